"""What is to be done next with a lead: one thing, so that its page can say it."""

from collections.abc import Collection
from enum import StrEnum

from lianfang.leads.rules.states import Kind, LeadState, Result


class Next(StrEnum):
    DISPOSE = "dispose"
    CONCLUDE = "conclude"
    OUTCOME = "outcome"
    CLOSE = "close"
    TAKE_UP = "take_up"
    WAIT = "wait"
    NOTHING = "nothing"


_PLAIN = {
    LeadState.REGISTERED: Next.DISPOSE,
    LeadState.IN_DISPOSAL: Next.CONCLUDE,
    LeadState.HELD: Next.TAKE_UP,
    LeadState.CONCLUDED: Next.CLOSE,
    LeadState.CLOSED: Next.NOTHING,
    LeadState.STRUCK: Next.NOTHING,
}
_HOLDS_UP = frozenset({Kind.DISPOSAL, Kind.OUTCOME})


def next_of(state: str, result: str, waiting: Collection[str], outcomes: int) -> Next:
    """Return what whoever handles a lead does next; WAIT while its disposal or outcome waits."""
    if _HOLDS_UP.intersection(waiting):
        return Next.WAIT
    found = _PLAIN[LeadState(state)]
    if found is Next.CLOSE and result == Result.FOUND and not outcomes:
        return Next.OUTCOME
    return found
