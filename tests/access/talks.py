"""Who may open the pages of talks: those who talk, the person, the offices; content to fewer."""

from lianfang.duties.models import Talk
from lianfang.duties.tests.making import owed
from lianfang.duties.tests.talking import held, planned, signed
from lianfang.org.tests.cast import Cast
from tests.access.duties import HIDDEN, SEES
from tests.access.parts import ADMINISTRATORS, EVERYBODY, NOBODY, STAFF, own_and_other, row

PARTNERS = {"head", "clerk"}
READERS = PARTNERS | {"officer"}


def talk(cast: Cast) -> int:
    """Return a planned talk of the head of finance with the clerk."""
    found = Talk.objects.filter(organisation=cast.organisation, state="planned").first()
    return (found or planned(cast)).pk


def talk_held(cast: Cast) -> int:
    """Return one whose record waits to be confirmed."""
    found = Talk.objects.filter(organisation=cast.organisation, state="held").first()
    return (found or held(cast, planned(cast))).pk


def talk_signed(cast: Cast) -> int:
    """Return one that a signed paper confirmed."""
    found = Talk.objects.filter(organisation=cast.organisation, state="confirmed").first()
    return (found or signed(cast)).pk


def post(cast: Cast) -> int:
    return cast.posts["CWG"].pk


def duty(cast: Cast) -> int:
    """Return an open talk that the head of finance is to have with the clerk."""
    return owed(cast).pk


def in_no_form(own: Cast, other: Cast) -> list[object]:
    """Return a record in a form that nobody prints."""
    del other
    return [talk_held(own), "odt"]


TALKS = [
    row("duties:talks", STAFF, hidden=ADMINISTRATORS),
    row("duties:talk-plan", STAFF, hidden=ADMINISTRATORS),
    row("duties:talk-several", STAFF, hidden=ADMINISTRATORS),
    *own_and_other("duties:talk-of-duty", {"head"}, duty, hidden=HIDDEN),
    *own_and_other("duties:talk-findings", STAFF, post, hidden=ADMINISTRATORS),
    *own_and_other("cycles:talk-remarks", STAFF, post, hidden=ADMINISTRATORS),
    *own_and_other("duties:talk", SEES, talk, hidden=HIDDEN),
    *own_and_other("duties:talk-record", {"head"}, talk, hidden=HIDDEN),
    *own_and_other("duties:talk-cancel", {"head"}, talk, hidden=HIDDEN),
    *own_and_other("duties:talk-calendar", PARTNERS, talk, hidden=HIDDEN),
    *own_and_other("duties:talk-sign", {"head"}, talk_held, hidden=HIDDEN),
    *own_and_other("duties:talk-confirm", {"clerk"}, talk_held, hidden=HIDDEN),
    *own_and_other("duties:talk-add", PARTNERS, talk_signed, hidden=HIDDEN),
    *own_and_other("duties:talk-scan", READERS, talk_signed, hidden=HIDDEN),
    row(
        "duties:talk-paper",
        READERS,
        lambda own, _: [talk_held(own), "docx"],
        hidden=HIDDEN,
        about="held",
    ),
    row(
        "duties:talk-paper",
        READERS - {"clerk"},
        lambda own, _: [talk(own), "docx"],
        hidden=HIDDEN,
        about="planned",
    ),
    row(
        "duties:talk-paper",
        NOBODY,
        lambda _, other: [talk_held(other), "docx"],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    row(
        "duties:talk-paper",
        NOBODY,
        in_no_form,
        hidden=HIDDEN | READERS,
        about="in a form that nobody prints",
    ),
]
