"""The steps of an alert and of what a unit puts right; what is not in a table is not done.

Source: 质检认纪〔2012〕1号 五（六）1.
"""

from collections.abc import Mapping
from enum import StrEnum

CLAUSE = "五（六）1"


class State(StrEnum):
    NOTICED = "noticed"
    TRIAGED = "triaged"
    IN_HAND = "in_hand"
    CLOSED = "closed"
    STRUCK = "struck"


class Act(StrEnum):
    """What is done with an alert; `note_look` and the like change no state and are not here."""

    TRIAGE = "triage"
    BEGIN = "begin"
    MEASURE = "measure"
    LETTER = "letter"
    ADD = "add"
    RECUSE = "recuse"
    CLOSE = "close"
    SEND_UP = "send_up"
    HAND_OVER = "hand_over"
    CLOSE_HANDED = "close_handed"
    FOLLOW = "follow"
    STRIKE = "strike"


OPEN = (State.NOTICED, State.TRIAGED, State.IN_HAND)
NEXT: Mapping[tuple[State, Act], State] = {
    (State.NOTICED, Act.TRIAGE): State.TRIAGED,
    # sent on to somebody else: graver than it looked, or whoever had it may not
    (State.TRIAGED, Act.TRIAGE): State.TRIAGED,
    (State.IN_HAND, Act.TRIAGE): State.TRIAGED,
    (State.TRIAGED, Act.BEGIN): State.IN_HAND,
    (State.TRIAGED, Act.MEASURE): State.IN_HAND,
    (State.IN_HAND, Act.MEASURE): State.IN_HAND,
    (State.TRIAGED, Act.LETTER): State.IN_HAND,
    (State.IN_HAND, Act.LETTER): State.IN_HAND,
    (State.IN_HAND, Act.CLOSE): State.CLOSED,
    (State.TRIAGED, Act.SEND_UP): State.CLOSED,
    (State.IN_HAND, Act.SEND_UP): State.CLOSED,
    **{(state, Act.HAND_OVER): State.IN_HAND for state in OPEN},
    (State.IN_HAND, Act.CLOSE_HANDED): State.CLOSED,
    (State.CLOSED, Act.FOLLOW): State.CLOSED,
    **{(state, Act.STRIKE): State.STRUCK for state in OPEN},
    **{(state, Act.RECUSE): state for state in OPEN},
    **{(state, Act.ADD): state for state in (*OPEN, State.CLOSED)},
}
# what may still be done once the discipline office keeps a lead of it
WHILE_HANDED_OVER = frozenset({Act.ADD, Act.RECUSE, Act.CLOSE_HANDED, Act.FOLLOW})


def state_after(state: str, act: Act, *, is_handed_over: bool) -> State | None:
    """Return the state an alert comes to, None where the act is not possible."""
    if act is Act.CLOSE_HANDED and not is_handed_over:
        return None
    if is_handed_over and act not in WHILE_HANDED_OVER:
        return None
    return NEXT.get((State(state), act))


class CorrectionState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class CorrectionAct(StrEnum):
    """The unit answers a notice; whoever sent it accepts the answer or returns it."""

    ANSWER = "answer"
    ACCEPT = "accept"
    RETURN = "return"


NEXT_CORRECTION: Mapping[tuple[CorrectionState, CorrectionAct], CorrectionState] = {
    (CorrectionState.OPEN, CorrectionAct.ANSWER): CorrectionState.ANSWERED,
    (CorrectionState.ANSWERED, CorrectionAct.ACCEPT): CorrectionState.CLOSED,
    (CorrectionState.ANSWERED, CorrectionAct.RETURN): CorrectionState.OPEN,
}


def correction_after(state: str, act: CorrectionAct) -> CorrectionState | None:
    """Return the state a notice to a unit comes to, None where the act is not possible."""
    return NEXT_CORRECTION.get((CorrectionState(state), act))
