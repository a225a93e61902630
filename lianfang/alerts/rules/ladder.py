"""What whoever answers for a person may do: remind, caution, criticise (五（六）2（1）)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from lianfang.alerts.rules.routing import Way
from lianfang.org.rules.calendar import add_months
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.alerts import Rung

CLAUSE = "五（六）2（1）"
OWNERS_LADDER = "owner"


class Plain(StrEnum):
    """Outcomes without a measure."""

    UNFOUNDED = "unfounded"
    EXPLAINED = "explained"
    CORRECTED = "corrected"
    SENT_UP = "sent_up"


# who closes may say these beside the measures taken
CLOSING = (Plain.UNFOUNDED, Plain.EXPLAINED, Plain.CORRECTED)


def rungs(scheme: Scheme) -> tuple[Rung, ...]:
    """Return the rungs of the owner's ladder, from the mildest up."""
    found = next(each for each in scheme.ladders if each.code == OWNERS_LADDER)
    return found.rungs


def called(scheme: Scheme, code: str) -> str:
    """Return what a rung of any ladder is called in Chinese, for records; else the code."""
    found = (rung for ladder in scheme.ladders for rung in ladder.rungs if rung.code == code)
    return next((rung.label.zh for rung in found), code)


def rungs_open(scheme: Scheme, way: str, taken: Sequence[str]) -> tuple[Rung, ...]:
    """Return the measures that may be taken now: those from the last one up.

    The discipline office has its own ladder in its leads; the superior body decides elsewhere.
    """
    if way not in (Way.OWNER, Way.LEADER, Way.HEAD):
        return ()
    ladder = rungs(scheme)
    codes = [rung.code for rung in ladder]
    last = max((codes.index(code) for code in taken if code in codes), default=0)
    return ladder[last:]


def follow_up_day(scheme: Scheme, outcome: str, closed_on: date) -> date | None:
    """Return when an outcome is to be followed up, None where the scheme asks for nothing."""
    rung = next((each for each in rungs(scheme) if each.code == outcome), None)
    if rung is None or rung.follow_up is None:
        return None
    return add_months(closed_on, int(rung.follow_up.value))
