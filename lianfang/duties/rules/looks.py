"""How a duty stands on a day, as a calendar of duties marks it."""

from datetime import date
from enum import StrEnum


class Look(StrEnum):
    """How a duty stands; most pressing first."""

    LATE = "late"
    SOON = "soon"
    OPEN = "open"
    PLANNED = "planned"
    DONE = "done"
    WAIVED = "waived"


# Those that somebody is to do now.
PRESSING = (Look.LATE, Look.SOON, Look.OPEN)


def look_of(*, state: str, opens_on: date, due_on: date, on: date, soon_until: date) -> Look:
    """Return how a duty that has not lapsed stands on a day.

    The day that is due is still in time; what opens later is planned, however near it is due.
    """
    if state in (Look.DONE, Look.WAIVED):
        return Look(state)
    if due_on < on:
        return Look.LATE
    if opens_on > on:
        return Look.PLANNED
    return Look.SOON if due_on <= soon_until else Look.OPEN
