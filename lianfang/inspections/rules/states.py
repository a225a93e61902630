"""The steps of a draw, of a record and of a finding; what is not in a table is not done.

Source: 质检认纪〔2012〕1号 五（五）.
"""

from collections.abc import Mapping
from enum import StrEnum


class DrawState(StrEnum):
    DRAFT = "draft"
    FROZEN = "frozen"
    DRAWN = "drawn"
    CLOSED = "closed"
    DROPPED = "dropped"


class DrawAct(StrEnum):
    """What moves a draw on. Nothing leads back: nobody draws again."""

    CHANGE = "change"
    FREEZE = "freeze"
    DRAW = "draw"
    CLOSE = "close"
    DROP = "drop"


class RecordState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"


class FindingState(StrEnum):
    OPEN = "open"
    CORRECTED = "corrected"
    CLOSED = "closed"


class FindingAct(StrEnum):
    """The unit says what it put right; whoever inspects accepts that or returns it."""

    CORRECT = "correct"
    ACCEPT = "accept"
    RETURN = "return"


NEXT_DRAW: Mapping[tuple[DrawState, DrawAct], DrawState] = {
    (DrawState.DRAFT, DrawAct.CHANGE): DrawState.DRAFT,
    (DrawState.DRAFT, DrawAct.FREEZE): DrawState.FROZEN,
    (DrawState.DRAFT, DrawAct.DROP): DrawState.DROPPED,
    (DrawState.FROZEN, DrawAct.DRAW): DrawState.DRAWN,
    (DrawState.FROZEN, DrawAct.DROP): DrawState.DROPPED,
    (DrawState.DRAWN, DrawAct.CLOSE): DrawState.CLOSED,
}
NEXT_FINDING: Mapping[tuple[FindingState, FindingAct], FindingState] = {
    (FindingState.OPEN, FindingAct.CORRECT): FindingState.CORRECTED,
    (FindingState.CORRECTED, FindingAct.ACCEPT): FindingState.CLOSED,
    (FindingState.CORRECTED, FindingAct.RETURN): FindingState.OPEN,
}


def draw_after(state: str, act: DrawAct) -> DrawState | None:
    """Return the state a draw comes to, None where the act is not possible."""
    return NEXT_DRAW.get((DrawState(state), act))


def finding_after(state: str, act: FindingAct) -> FindingState | None:
    """Return the state a finding comes to, None where the act is not possible."""
    return NEXT_FINDING.get((FindingState(state), act))
