"""Who may open the pages that record what duties follow from: appointments and breaches."""

from lianfang.org.tests.cast import AT, ON, Cast, appointment_of
from lianfang.risks.models import LevelOverride
from tests.access.parts import ADMINISTRATORS, AUDIT, SYSTEM, Row, own_and_other


def appointment(cast: Cast) -> int:
    return appointment_of(cast, "clerk").pk


def post(cast: Cast) -> int:
    return cast.posts["CWG"].pk


def raised(cast: Cast) -> int:
    """Return a raised level of a post."""
    found = LevelOverride.objects.filter(organisation=cast.organisation).first()
    if found is None:
        found = LevelOverride.objects.create(
            organisation=cast.organisation,
            post=cast.posts["CWG"],
            level="high",
            rank=3,
            reason="巡视指出",
            from_on=ON,
            set_at=AT,
        )
    return found.pk


DUTY_CAUSES: list[Row] = [
    *own_and_other("duties:appoint", SYSTEM, post, hidden=AUDIT),
    *own_and_other("duties:appointment-end", SYSTEM, appointment, hidden=AUDIT),
    *own_and_other("duties:appointment-withdraw", SYSTEM, appointment, hidden=AUDIT),
    *own_and_other("duties:levels-breach", {"officer"}, post, hidden=ADMINISTRATORS),
    *own_and_other("duties:levels-end", {"officer"}, raised, hidden=ADMINISTRATORS),
]
