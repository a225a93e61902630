"""The steps of a yearly check, of each sheet in it, of objections, tasks and accountability.

Source: 质检认纪〔2012〕1号 五（七）1, 五（七）2.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a year's check stands."""

    DRAFT = "draft"
    OPEN = "open"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"


class Act(StrEnum):
    """What is done with a year's check; `CHANGE` leaves it the draft it is."""

    CHANGE = "change"
    OPEN = "open"
    CONFIRM = "confirm"
    PUBLISH = "publish"


class Step(StrEnum):
    """Who is to act on a sheet, or what became of it."""

    SELF = "self"
    OFFICE = "office"
    LEADERSHIP = "leadership"
    SCORED = "scored"
    CONFIRMED = "confirmed"
    LEFT_OUT = "left_out"


class SheetAct(StrEnum):
    """What is done with a sheet."""

    SCORE_SELF = "score_self"
    SCORE_OFFICE = "score_office"
    SCORE_LEADERSHIP = "score_leadership"
    RETURN = "return"
    ADJUST = "adjust"
    OBJECT = "object"
    SCORE_ANEW = "score_anew"
    CONFIRM = "confirm"
    CORRECT = "correct"
    LEAVE_OUT = "leave_out"


class Matter(StrEnum):
    """Where an accountability matter stands."""

    DISMISSED = "dismissed"
    OPENED = "opened"
    HEARD = "heard"
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"


class MatterAct(StrEnum):
    """What is done in an accountability matter."""

    HEAR = "hear"
    DECIDE = "decide"
    APPEAL = "appeal"
    ANSWER = "answer"
    CLOSE = "close"
    DISMISS = "dismiss"


class TaskState(StrEnum):
    """Where a task that a check gave a unit stands."""

    OPEN = "open"
    DONE = "done"
    CONFIRMED = "confirmed"


class TaskAct(StrEnum):
    """What is done with a task."""

    DO = "do"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"


NEXT: dict[tuple[State, Act], State] = {
    (State.DRAFT, Act.CHANGE): State.DRAFT,
    (State.DRAFT, Act.OPEN): State.OPEN,
    (State.OPEN, Act.CONFIRM): State.CONFIRMED,
    (State.CONFIRMED, Act.PUBLISH): State.PUBLISHED,
}
SHEET_NEXT: dict[tuple[Step, SheetAct], Step] = {
    (Step.SELF, SheetAct.SCORE_SELF): Step.OFFICE,
    (Step.OFFICE, SheetAct.SCORE_OFFICE): Step.LEADERSHIP,
    (Step.OFFICE, SheetAct.RETURN): Step.SELF,
    (Step.OFFICE, SheetAct.ADJUST): Step.OFFICE,
    (Step.LEADERSHIP, SheetAct.SCORE_LEADERSHIP): Step.SCORED,
    (Step.LEADERSHIP, SheetAct.RETURN): Step.OFFICE,
    (Step.LEADERSHIP, SheetAct.ADJUST): Step.LEADERSHIP,
    (Step.SCORED, SheetAct.ADJUST): Step.SCORED,
    (Step.SCORED, SheetAct.OBJECT): Step.SCORED,
    (Step.SCORED, SheetAct.SCORE_ANEW): Step.OFFICE,
    (Step.SCORED, SheetAct.CONFIRM): Step.CONFIRMED,
    (Step.CONFIRMED, SheetAct.CORRECT): Step.CONFIRMED,
    (Step.SELF, SheetAct.LEAVE_OUT): Step.LEFT_OUT,
    (Step.OFFICE, SheetAct.LEAVE_OUT): Step.LEFT_OUT,
    (Step.LEADERSHIP, SheetAct.LEAVE_OUT): Step.LEFT_OUT,
    (Step.SCORED, SheetAct.LEAVE_OUT): Step.LEFT_OUT,
}
MATTER_NEXT: dict[tuple[Matter, MatterAct], Matter] = {
    (Matter.OPENED, MatterAct.HEAR): Matter.HEARD,
    (Matter.OPENED, MatterAct.DISMISS): Matter.DISMISSED,
    (Matter.HEARD, MatterAct.DISMISS): Matter.DISMISSED,
    (Matter.HEARD, MatterAct.DECIDE): Matter.DECIDED,
    (Matter.DECIDED, MatterAct.APPEAL): Matter.APPEALED,
    (Matter.DECIDED, MatterAct.CLOSE): Matter.CLOSED,
    (Matter.APPEALED, MatterAct.ANSWER): Matter.CLOSED,
}
TASK_NEXT: dict[tuple[TaskState, TaskAct], TaskState] = {
    (TaskState.OPEN, TaskAct.DO): TaskState.DONE,
    (TaskState.DONE, TaskAct.CONFIRM): TaskState.CONFIRMED,
    (TaskState.DONE, TaskAct.SEND_BACK): TaskState.OPEN,
}


def follows(state: str, act: Act) -> State | None:
    """Return the state of a year's check after an act, None where it can't be done."""
    return NEXT.get((State(state), act))


def sheet_after(step: str, act: SheetAct) -> Step | None:
    """Return the step of a sheet after an act, None where it can't be done."""
    return SHEET_NEXT.get((Step(step), act))


def matter_after(state: str, act: MatterAct) -> Matter | None:
    """Return the state of a matter after an act, None where it can't be done."""
    return MATTER_NEXT.get((Matter(state), act))


def task_after(state: str, act: TaskAct) -> TaskState | None:
    """Return the state of a task after an act, None where it can't be done."""
    return TASK_NEXT.get((TaskState(state), act))
