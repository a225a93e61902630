"""Which clock of an alert has run out on a day (五（六）1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianfang.alerts.rules.states import State


class ClockCode(StrEnum):
    TRIAGE = "triage"
    HANDLING = "handling"
    FOLLOW_UP = "follow_up"
    # of a notice to a unit, which is to put things right
    CORRECTION = "correction"


@dataclass(frozen=True, kw_only=True)
class Running:
    """The days of an alert; `talks_until` is the first day by which a talk is still owed."""

    state: str
    is_handed_over: bool
    triage_due_on: date
    due_on: date | None
    begun_on: date | None
    talks_until: date | None
    follow_up_on: date | None
    followed_up_on: date | None


def running_clock(alert: Running) -> tuple[ClockCode, date] | None:
    """Return the clock that runs and its day; None where nothing is waited for here.

    Whoever has an alert is to begin by its day; once begun, the talk that is still owed counts.
    A lead that the discipline office keeps has clocks of its own.
    """
    if alert.state == State.CLOSED:
        if alert.follow_up_on is None or alert.followed_up_on is not None:
            return None
        return ClockCode.FOLLOW_UP, alert.follow_up_on
    if alert.state == State.STRUCK or alert.is_handed_over:
        return None
    if alert.state == State.NOTICED:
        return ClockCode.TRIAGE, alert.triage_due_on
    day = alert.talks_until if alert.begun_on is not None else alert.due_on
    return (ClockCode.HANDLING, day) if day is not None else None
