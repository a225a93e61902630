"""The states of a report's case; what is not in the table is not done.

Source: 质检认纪〔2012〕1号 五（六）1, 五（六）2（2）.
"""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    IN_STUDY = "in_study"
    ACCEPTED = "accepted"
    GOING_OUT = "going_out"
    COMPLETED = "completed"
    DESTROYED = "destroyed"


class Act(StrEnum):
    """What moves a case on."""

    STUDY = "study"
    ACCEPT = "accept"
    SEND_OUT = "send_out"
    HAND_OVER = "hand_over"
    DECLINE = "decline"
    COMPLETE = "complete"
    REOPEN = "reopen"
    DESTROY = "destroy"


class Route(StrEnum):
    """What an officer makes of a report."""

    ALERT = "alert"
    LEAD = "lead"
    OTHER = "other"
    REPEAT = "repeat"
    TRANSFER = "transfer"
    DECLINED = "declined"


class Outcome(StrEnum):
    """What came of a report; the scheme says for each how long it is kept."""

    SUBSTANTIATED = "substantiated"
    UNFOUNDED = "unfounded"
    OTHER_MATTER = "other_matter"
    TRANSFERRED = "transferred"
    NOT_TAKEN = "not_taken"


NEXT: Mapping[tuple[State, Act], State] = {
    (State.RECEIVED, Act.STUDY): State.IN_STUDY,
    (State.IN_STUDY, Act.ACCEPT): State.ACCEPTED,
    (State.IN_STUDY, Act.SEND_OUT): State.GOING_OUT,
    (State.IN_STUDY, Act.DECLINE): State.COMPLETED,
    # reading on may still show whom it is about
    (State.ACCEPTED, Act.SEND_OUT): State.GOING_OUT,
    (State.ACCEPTED, Act.COMPLETE): State.COMPLETED,
    (State.GOING_OUT, Act.HAND_OVER): State.COMPLETED,
    (State.COMPLETED, Act.REOPEN): State.IN_STUDY,
    (State.COMPLETED, Act.DESTROY): State.DESTROYED,
}
OPEN = frozenset({State.RECEIVED, State.IN_STUDY, State.ACCEPTED, State.GOING_OUT})
# what an officer may say came of a report that was accepted
FOUND = (Outcome.SUBSTANTIATED, Outcome.UNFOUNDED, Outcome.OTHER_MATTER)


def follows(state: str, act: Act) -> State | None:
    """Return the state that an act leads to, None where it can't be done."""
    return NEXT.get((State(state), act))
