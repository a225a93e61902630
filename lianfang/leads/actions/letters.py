"""Letters of a lead are issued: numbered in a series of the lead's own, shown on its page alone."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.writing.official_pdf import official_pdf
from lianfang.files.actions import issue_document
from lianfang.leads.actions.moving import (
    around,
    locked,
    note,
    require_content,
    require_handling,
)
from lianfang.leads.models import Lead, LeadLetter, LeadStep
from lianfang.leads.queries.letters import office_name, written_of
from lianfang.leads.rules.letters import NAMES, Letter, paper_of
from lianfang.org.models import Person
from lianfang.scheme.model import Scheme


class NoGround(Refused):
    """A letter without the disposal or the outcome it belongs to."""


@transaction.atomic
def issue_letter(
    *,
    lead: Lead,
    kind: str,
    person: Person,
    until_on: date | None = None,
    said: str = "",
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadLetter:
    """Issue a written inquiry, answered by `until_on`, or an admonition, whose effect has its day.

    Its series is the lead's own, so that its number tells nothing of other letters. Raises
    NotYours, ContentOff, NoGround and FontsRefused.
    """
    lead = locked(lead)
    require_handling(lead, around(lead, on, by))
    require_content(scheme, said)
    since_on, answer_on = _days(lead, kind, person, until_on, on)
    letter = LeadLetter(
        lead=lead,
        kind=kind,
        person=person,
        since_on=since_on,
        until_on=answer_on,
        said=said.strip(),
        office=office_name(lead),
    )
    written = written_of(letter, on)

    def make(mark: str) -> tuple[str, bytes]:
        return f"{mark}{NAMES[written.letter]}.pdf", official_pdf(paper_of(written, mark))

    letter.document = issue_document(
        organisation=lead.organisation_id,
        series=f"纪函{lead.number}",
        kind=f"lead_{kind}",
        title=NAMES[written.letter],
        about=lead,
        make=make,
        on=on,
        by=by,
        at=at,
        is_confined=True,
    )
    letter.save(force_insert=True)
    note(
        lead,
        LeadStep.What.LETTER,
        "leads.letter.issued",
        on=on,
        by=by,
        at=at,
        code=kind,
        changes={"kind": (None, kind), "until_on": (None, letter.until_on.isoformat())},
        sealed={"person": (None, person.name), "said": (None, letter.said)},
    )
    return letter


def _days(
    lead: Lead, kind: str, person: Person, until_on: date | None, on: date
) -> tuple[date | None, date]:
    """Return the days in the letter: from when, up to when. Raises NoGround."""
    named = lead.concerned.filter(person=person).exists()
    if kind == Letter.INQUIRY:
        is_asked = lead.state == lead.State.IN_DISPOSAL and lead.disposal == lead.Disposal.INQUIRY
        if named and is_asked and until_on is not None and until_on > on:
            return None, until_on
        raise NoGround(
            Text(
                "函询通知书发给线索涉及人员，须已批准谈话函询，答复期限在今天以后。",
                "A written inquiry goes to somebody whom the lead concerns, once the inquiry is "
                "approved, and is answered on a day after today.",
            )
        )
    outcome = lead.outcomes.filter(person=person, code="admonition").order_by("-decided_on").first()
    if outcome is None or outcome.effect_until is None:
        raise NoGround(
            Text(
                "诫勉书发给已批准诫勉的人员。请先提出诫勉并经批准。",
                "An admonition goes to somebody for whom it was approved. Propose it first.",
            )
        )
    return outcome.decided_on, outcome.effect_until
