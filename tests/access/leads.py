"""Who may open leads: who handles one, who keeps it, who decides what waits; nobody else."""

from collections.abc import Callable
from typing import Any

from lianfang.files.models import OutgoingDocument
from lianfang.files.tests.test_documents import issued
from lianfang.leads.models import Lead, LeadAccess, LeadLetter, LeadOutcome, LeadProposal
from lianfang.leads.rules.states import Kind
from lianfang.leads.tests.making import asked, concluded, disposed, opened, punished
from lianfang.org.tests.cast import ON, Cast
from tests.access.parts import EVERYBODY, NOBODY, Row, own_and_other, row

ROOM = {"officer", "overseer"}
HANDLES = {"officer"}
UNKNOWN = EVERYBODY - HANDLES
_FORMS = ("name", "strike", "dispose", "stop", "extend", "take-up", "conclude", "close", "access")
_OTHERS = ("outcome", "close-breach", "recuse")


def lead(cast: Cast) -> Any:
    """Return the key of a lead about the clerk that waits for its disposal."""
    found = Lead.objects.filter(organisation=cast.organisation, state="registered", alert=None)
    return (found.first() or opened(cast)).pk


def waiting(cast: Cast) -> LeadProposal:
    """Return what waits for the secretary."""
    rows = LeadProposal.objects.filter(lead__organisation=cast.organisation, state="waiting")
    return rows.first() or asked(cast, opened(cast), "stop_request", kind=Kind.STOP)


def given(cast: Cast) -> LeadAccess:
    """Return who may know of a lead."""
    return LeadAccess.objects.get(lead=lead(cast), ended_at=None)


def outcome(cast: Cast) -> LeadOutcome:
    """Return an admonition that is to be followed up."""
    rows = LeadOutcome.objects.filter(lead__organisation=cast.organisation)
    if not rows.exists():
        punished(cast, concluded(cast, disposed(cast, opened(cast))))
    return rows.get()


def letter(cast: Cast) -> LeadLetter:
    """Return a letter of a lead."""
    rows = LeadLetter.objects.filter(lead__organisation=cast.organisation)
    if not rows.exists():
        found = opened(cast)
        document = issued(
            cast.logins["officer"], organisation=cast.organisation.pk, is_confined=True,
            series="纪函",
        )  # fmt: skip
        LeadLetter.objects.create(
            lead=found,
            kind="inquiry",
            person=cast.people["clerk"],
            document=OutgoingDocument.objects.get(pk=document.pk),
            until_on=ON,
            office="纪检监察室",
        )
    return rows.get()


def _pair(name: str, opens: set[str], find: Callable[[Cast], list[Any]]) -> list[Row]:
    hidden = EVERYBODY - opens
    return [
        row(name, opens, lambda own, _: find(own), hidden=hidden, about="own"),
        row(
            name,
            NOBODY,
            lambda _, other: find(other),
            hidden=EVERYBODY,
            about="of another organisation",
        ),
    ]


def _of_proposal(cast: Cast) -> list[Any]:
    found = waiting(cast)
    return [found.lead_id, found.pk]


def _of_access(cast: Cast) -> list[Any]:
    found = given(cast)
    return [found.lead_id, found.pk]


def _of_outcome(cast: Cast) -> list[Any]:
    found = outcome(cast)
    return [found.lead_id, found.pk]


def _of_letter(cast: Cast) -> list[Any]:
    found = letter(cast)
    return [found.lead_id, found.pk, "pdf"]


LEADS = [
    row("leads:leads", ROOM, hidden=EVERYBODY - ROOM),
    row("leads:leads-export", ROOM, hidden=EVERYBODY - ROOM),
    row("leads:statistics", ROOM, hidden=EVERYBODY - ROOM),
    row("leads:statistics-export", ROOM, hidden=EVERYBODY - ROOM),
    row("leads:register", ROOM, hidden=EVERYBODY - ROOM),
    *own_and_other("leads:lead", HANDLES, lead, hidden=UNKNOWN),
    *(
        one
        for name in (*_FORMS, *_OTHERS)
        for one in own_and_other(f"leads:{name}", HANDLES, lead, hidden=UNKNOWN)
    ),
    *own_and_other("leads:note", NOBODY, lead, hidden=EVERYBODY),
    *own_and_other(
        "leads:decide", {"secretary"}, lambda cast: waiting(cast).pk,
        hidden=EVERYBODY - {"secretary"},
    ),
    *_pair("leads:record", HANDLES, _of_proposal),
    *_pair("leads:withdraw", HANDLES, _of_proposal),
    *_pair("leads:access-end", HANDLES, _of_access),
    *_pair("leads:follow", HANDLES, _of_outcome),
    *_pair("leads:letter-issue", HANDLES, lambda cast: [lead(cast), "inquiry"]),
    *_pair("leads:letter", HANDLES, _of_letter),
]  # fmt: skip
