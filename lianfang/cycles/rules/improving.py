"""The end of a year: how it ran in figures, and what is to be put right (六（五）)."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

IMPROVE = "improve"


class LevelCount(Struct, frozen=True):
    """How many risk points have a level; an empty level is “not rated”."""

    level: str
    count: int


class YearFigures(Struct, frozen=True, kw_only=True):
    """A year in figures, as they were at one moment.

    `late` are units that had not sent their filing although its day was past, `reminded` those
    that got a letter; `waiting` are risk points that waited for their yearly review.
    """

    units: int = 0
    published: int = 0
    late: int = 0
    reminded: int = 0
    risks: tuple[LevelCount, ...] = ()
    remarks: int = 0
    remarks_open: int = 0
    waiting: int = 0

    @property
    def all_risks(self) -> int:
        """How many risk points were in use."""
        return sum(entry.count for entry in self.risks)


class TaskState(StrEnum):
    """How far a corrective task is."""

    OPEN = "open"
    DONE = "done"
    CONFIRMED = "confirmed"


class TaskAct(StrEnum):
    """What moves a corrective task on: its unit does it; the office confirms or sends it back."""

    DO = "do"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"


NEXT: Mapping[tuple[TaskState, TaskAct], TaskState] = {
    (TaskState.OPEN, TaskAct.DO): TaskState.DONE,
    (TaskState.DONE, TaskAct.CONFIRM): TaskState.CONFIRMED,
    (TaskState.DONE, TaskAct.SEND_BACK): TaskState.OPEN,
}


def task_after(state: str, act: TaskAct) -> TaskState | None:
    """Return the state after an act, None where it is not done in that state."""
    return NEXT.get((TaskState(state), act))
