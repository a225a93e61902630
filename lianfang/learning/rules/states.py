"""How a plan and an activity go on, as tables; how one takes part in which kind (二)."""

from collections.abc import Mapping
from enum import StrEnum


class PlanState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class ActivityState(StrEnum):
    """Planned; open to those who come; held, which only corrects who came; cancelled."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


class ActivityAct(StrEnum):
    CHANGE = "change"
    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"
    # somebody comes, by the code on the screen or from afar
    COME = "come"
    # the organiser notes who came, or that somebody didn't
    NOTE = "note"
    TAKE_QUIZ = "take_quiz"


class Kind(StrEnum):
    LECTURE = "lecture"
    CASE_STUDY = "case_study"
    VISIT = "visit"
    READING = "reading"
    ONLINE = "online"


class Way(StrEnum):
    """How it is known that somebody took part."""

    CODE = "code"
    LIST = "list"
    QUIZ = "quiz"


NEXT: Mapping[tuple[ActivityState, ActivityAct], ActivityState] = {
    (ActivityState.PLANNED, ActivityAct.CHANGE): ActivityState.PLANNED,
    (ActivityState.PLANNED, ActivityAct.OPEN): ActivityState.OPEN,
    (ActivityState.PLANNED, ActivityAct.CANCEL): ActivityState.CANCELLED,
    (ActivityState.OPEN, ActivityAct.COME): ActivityState.OPEN,
    (ActivityState.OPEN, ActivityAct.NOTE): ActivityState.OPEN,
    (ActivityState.OPEN, ActivityAct.TAKE_QUIZ): ActivityState.OPEN,
    (ActivityState.OPEN, ActivityAct.CLOSE): ActivityState.HELD,
    (ActivityState.HELD, ActivityAct.NOTE): ActivityState.HELD,
    (ActivityState.HELD, ActivityAct.TAKE_QUIZ): ActivityState.HELD,
}
# done at one's desk, over some days: only the quiz shows that somebody did it
REMOTE = frozenset({Kind.READING, Kind.ONLINE})


def after(state: str, act: ActivityAct) -> ActivityState | None:
    """Return the state an activity comes to, None where it doesn't allow the act."""
    return NEXT.get((ActivityState(state), act))


def is_remote(kind: str) -> bool:
    """Return whether an activity is done at one's desk rather than at a place."""
    return Kind(kind) in REMOTE


def may_try(kind: str, state: str, *, has_come: bool) -> bool:
    """Return whether somebody may take the quiz of an activity now.

    At a place: whoever came, also when it is over. From afar: anybody, while it is open; passing
    shows that they took part.
    """
    if is_remote(kind):
        return ActivityState(state) is ActivityState.OPEN
    return has_come and after(state, ActivityAct.TAKE_QUIZ) is not None
