"""The steps of a lead and of what is proposed about it; what is not in a table is not done.

Source: 质检认纪〔2012〕1号 五（六）2（2）.
"""

from collections.abc import Mapping
from enum import StrEnum

CLAUSE = "五（六）2（2）"
# the action under which the log keeps each look at a lead
LOOKED = "leads.lead.looked_at"


class LeadState(StrEnum):
    REGISTERED = "registered"
    IN_DISPOSAL = "in_disposal"
    HELD = "held"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    STRUCK = "struck"


class LeadAct(StrEnum):
    """What moves a lead on. The four disposals are those of the scheme's ladder `office`."""

    INQUIRE = "inquiry"
    CHECK = "preliminary_check"
    HOLD = "hold"
    END = "close"
    TAKE_UP = "take_up"
    CONCLUDE = "conclude"
    CLOSE = "close_file"
    STRIKE = "strike"


class Result(StrEnum):
    """What working on a lead came to: borne out, not borne out, ended without."""

    FOUND = "found"
    CLEARED = "cleared"
    ENDED = "ended"


class ProposalState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ProposalAct(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"


class Kind(StrEnum):
    """What is proposed: a disposal, an outcome, to stop an act, more time."""

    DISPOSAL = "disposal"
    OUTCOME = "outcome"
    STOP = "stop"
    EXTENSION = "extension"


DISPOSALS = (LeadAct.INQUIRE, LeadAct.CHECK, LeadAct.HOLD, LeadAct.END)
OPEN = frozenset({LeadState.REGISTERED, LeadState.IN_DISPOSAL, LeadState.CONCLUDED})
_R, _D, _H, _C = (
    LeadState.REGISTERED,
    LeadState.IN_DISPOSAL,
    LeadState.HELD,
    LeadState.CONCLUDED,
)
NEXT: Mapping[tuple[LeadState, LeadAct], LeadState] = {
    (_R, LeadAct.INQUIRE): _D,
    (_R, LeadAct.CHECK): _D,
    (_R, LeadAct.HOLD): _H,
    (_R, LeadAct.END): _C,
    (_D, LeadAct.INQUIRE): _D,
    (_D, LeadAct.CHECK): _D,
    (_D, LeadAct.HOLD): _H,
    (_D, LeadAct.END): _C,
    (_H, LeadAct.TAKE_UP): _R,
    (_D, LeadAct.CONCLUDE): _C,
    (_C, LeadAct.CLOSE): LeadState.CLOSED,
    (_R, LeadAct.STRIKE): LeadState.STRUCK,
}
NEXT_PROPOSAL: Mapping[tuple[ProposalState, ProposalAct], ProposalState] = {
    (ProposalState.WAITING, ProposalAct.APPROVE): ProposalState.APPROVED,
    (ProposalState.WAITING, ProposalAct.RETURN): ProposalState.RETURNED,
    (ProposalState.WAITING, ProposalAct.WITHDRAW): ProposalState.WITHDRAWN,
}
# in which states of the lead something may be proposed
PROPOSED_IN: Mapping[Kind, frozenset[LeadState]] = {
    Kind.DISPOSAL: frozenset({_R, _D}),
    Kind.OUTCOME: frozenset({_C}),
    Kind.STOP: frozenset({_R, _D, _C}),
    Kind.EXTENSION: frozenset({_R}),
}


def lead_after(state: str, act: str) -> LeadState | None:
    """Return the state a lead comes to, None where the act is not possible."""
    return NEXT.get((LeadState(state), LeadAct(act)))


def proposal_after(state: str, act: ProposalAct) -> ProposalState | None:
    """Return the state a proposal comes to, None where the act is not possible."""
    return NEXT_PROPOSAL.get((ProposalState(state), act))


def may_propose(state: str, kind: Kind, *, is_found: bool) -> bool:
    """Return whether something may be proposed; an outcome only of a lead that was borne out."""
    if kind is Kind.OUTCOME and not is_found:
        return False
    return LeadState(state) in PROPOSED_IN[kind]


def is_late(state: str, due_on: object, on: object, *, is_disposed: bool) -> bool:
    """Return whether a lead should have been disposed of by now.

    `due_on` and `on` are days.
    """
    waits = LeadState(state) is LeadState.REGISTERED and not is_disposed
    return waits and str(due_on) < str(on)
