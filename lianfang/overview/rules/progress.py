"""How far a unit is in the first three stages of a year, by the state of its filing (六)."""

from collections.abc import Mapping
from enum import StrEnum


class Mark(StrEnum):
    """How a stage stands for a unit."""

    DONE = "ok"
    RUNNING = "half"
    TO_MEND = "bad"
    WAITING = "wait"


Marks = tuple[Mark, Mark, Mark]
# filling in, checking, deciding: the stages that a filing goes through
STAGES = ("fill", "collect", "deliberate")
_D, _R, _M, _W = Mark.DONE, Mark.RUNNING, Mark.TO_MEND, Mark.WAITING
MARKS: Mapping[str, Marks] = {
    "not_started": (_W, _W, _W),
    "drafting": (_R, _W, _W),
    "submitted": (_D, _W, _W),
    "in_check": (_D, _R, _W),
    "returned": (_D, _M, _W),
    "checked": (_D, _D, _W),
    "approved": (_D, _D, _R),
    "published": (_D, _D, _D),
    "superseded": (_D, _D, _D),
    "dropped": (_W, _W, _W),
}


def marks_of(state: str, *, is_late: bool) -> Marks:
    """Return how the three stages stand; what should have been sent by now is to be mended."""
    first, *rest = MARKS[state]
    if is_late and not is_sent(state):
        first = Mark.TO_MEND
    return (first, rest[0], rest[1])


def is_sent(state: str) -> bool:
    """Return whether a unit has sent its filing at least once."""
    return MARKS[state][0] is Mark.DONE
