"""The way of a filing from the first line to the edition that takes its place (六（一）–（五）).

The table is the whole truth: what is not in it is not done.
"""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a filing stands."""

    NOT_STARTED = "not_started"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    IN_CHECK = "in_check"
    RETURNED = "returned"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


class Act(StrEnum):
    """What moves a filing on."""

    START = "start"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    TAKE_UP = "take_up"
    RETURN = "return"
    CONCLUDE = "conclude"
    RESUME = "resume"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    APPROVE_WITH_CHANGES = "approve_with_changes"
    CONFIRM_CHANGES = "confirm_changes"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    DROP = "drop"


class Mover(StrEnum):
    """Who does it: the unit, the office of the leading group, the group, or a later edition."""

    UNIT = "unit"
    OFFICE = "office"
    GROUP = "group"
    EDITION = "edition"


NEXT: Mapping[tuple[State, Act], State] = {
    (State.NOT_STARTED, Act.START): State.DRAFTING,
    (State.DRAFTING, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.WITHDRAW): State.DRAFTING,
    (State.SUBMITTED, Act.TAKE_UP): State.IN_CHECK,
    (State.IN_CHECK, Act.RETURN): State.RETURNED,
    (State.IN_CHECK, Act.CONCLUDE): State.CHECKED,
    (State.RETURNED, Act.RESUME): State.DRAFTING,
    (State.CHECKED, Act.SEND_BACK): State.RETURNED,
    (State.CHECKED, Act.APPROVE): State.APPROVED,
    (State.CHECKED, Act.APPROVE_WITH_CHANGES): State.RETURNED,
    # the changes the group listed were made: no new meeting is needed
    (State.CHECKED, Act.CONFIRM_CHANGES): State.APPROVED,
    (State.APPROVED, Act.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Act.SUPERSEDE): State.SUPERSEDED,
    # a revision that proves needless; the filing of a year is never dropped
    (State.DRAFTING, Act.DROP): State.DROPPED,
}
MOVERS: Mapping[Act, Mover] = {
    Act.START: Mover.UNIT,
    Act.SUBMIT: Mover.UNIT,
    Act.WITHDRAW: Mover.UNIT,
    Act.RESUME: Mover.UNIT,
    Act.TAKE_UP: Mover.OFFICE,
    Act.RETURN: Mover.OFFICE,
    Act.CONCLUDE: Mover.OFFICE,
    Act.CONFIRM_CHANGES: Mover.OFFICE,
    Act.PUBLISH: Mover.OFFICE,
    Act.SEND_BACK: Mover.GROUP,
    Act.APPROVE: Mover.GROUP,
    Act.APPROVE_WITH_CHANGES: Mover.GROUP,
    Act.SUPERSEDE: Mover.EDITION,
    Act.DROP: Mover.UNIT,
}
# from submission until return, withdrawal or publication nothing of the unit's register changes
CLOSED = frozenset({State.SUBMITTED, State.IN_CHECK, State.CHECKED, State.APPROVED})
# while a revision stands there, its part of the register may be changed
REVISED = frozenset({State.DRAFTING, State.RETURNED})
# a filing of a unit that is on its way: its powers can't be in another one meanwhile
UNDER_WAY = CLOSED | REVISED
# what staff are asked about before the group decides, and until it is published (六（三）)
CONSULTED = frozenset({State.CHECKED, State.APPROVED})
# until the group has decided somebody may be named to check it (六（二）)
NAMED = frozenset(
    {
        State.NOT_STARTED,
        State.DRAFTING,
        State.SUBMITTED,
        State.IN_CHECK,
        State.RETURNED,
        State.CHECKED,
    }
)
# still the unit's to change: what the checks find there is counted every night
DRAFTED = frozenset({State.DRAFTING, State.RETURNED})


def follows(state: str, act: Act) -> State | None:
    """Return the state after an act, None where it is not done in that state."""
    return NEXT.get((State(state), act))


def acts_in(state: str, mover: Mover) -> tuple[Act, ...]:
    """Return what somebody may do with a filing in a state, in the order of the table."""
    return tuple(act for (was, act) in NEXT if was == state and MOVERS[act] is mover)


def is_closed(state: str) -> bool:
    """Return whether the unit's register may not be changed meanwhile."""
    return state in CLOSED
