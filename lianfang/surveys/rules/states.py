"""The states of a survey, and what leads from one to the next (五（五）1, 五（五）2)."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    DROPPED = "dropped"


class Act(StrEnum):
    """What the office does with a survey; `CHANGE` leaves it the draft it is."""

    CHANGE = "change"
    OPEN = "open"
    CLOSE = "close"
    PUBLISH = "publish"
    DROP = "drop"


# A survey that was closed never opens again: two counts of one survey could be subtracted.
NEXT: dict[tuple[State, Act], State] = {
    (State.DRAFT, Act.CHANGE): State.DRAFT,
    (State.DRAFT, Act.OPEN): State.OPEN,
    (State.DRAFT, Act.DROP): State.DROPPED,
    (State.OPEN, Act.CLOSE): State.CLOSED,
    (State.OPEN, Act.DROP): State.DROPPED,
    (State.CLOSED, Act.PUBLISH): State.PUBLISHED,
}


def follows(state: str, act: Act) -> State | None:
    """Return the state that an act leads to, None where it can't be done."""
    return NEXT.get((State(state), act))
