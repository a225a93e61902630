"""Who keeps a lead and who decides what is proposed: never its proposer nor whom it concerns.

The scheme names an approver for each rung of its ladders. Whoever may not know of the lead, or
proposed it themself, is passed over upward: the head of the discipline office, the head of the
leadership, the superior body. Source: 质检认纪〔2012〕1号 三, 五（六）2（2）.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianfang.scheme.model.base import Actor


class Decider(StrEnum):
    """Who decides; what `outside` bodies decide is recorded with their paper."""

    KEEPER = "keeper"
    LEADERSHIP_HEAD = "leadership_head"
    SUPERIOR = "superior"
    OUTSIDE = "outside"


_BEGINS: dict[Actor, Decider] = {
    Actor.DISCIPLINE_OFFICE: Decider.KEEPER,
    Actor.LEADERSHIP_HEAD: Decider.LEADERSHIP_HEAD,
    Actor.LEADERSHIP: Decider.LEADERSHIP_HEAD,
    Actor.SUPERIOR: Decider.SUPERIOR,
    Actor.COMPETENT_BODY: Decider.OUTSIDE,
}
_RANK = {"head": 0, "deputy": 1, "member": 2}


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody in a body: `role` is head, deputy or member."""

    person: int
    role: str
    since: date


def in_order(seats: Iterable[Seat]) -> tuple[int, ...]:
    """Return the people of a body, the one who speaks for it first."""
    ordered = sorted(seats, key=lambda seat: (_RANK[seat.role], seat.since, seat.person))
    return tuple(dict.fromkeys(seat.person for seat in ordered))


def keeper_of(candidates: Sequence[int], kept_out: Collection[int]) -> int | None:
    """Return who keeps a lead: the first who may know of it."""
    return next((person for person in candidates if person not in kept_out), None)


def decider_of(
    approver: Actor,
    *,
    keeper: int | None,
    head: int | None,
    proposer: int | None,
    kept_out: Collection[int],
) -> Decider:
    """Return who decides, whoever is passed over being nobody, kept out or the proposer.

    `keeper` and `head` are whoever keeps the lead and heads the leadership today.
    """
    decider = _BEGINS[approver]
    closed = {*kept_out, proposer, None}
    if decider is Decider.KEEPER and keeper in closed:
        decider = Decider.LEADERSHIP_HEAD
    if decider is Decider.LEADERSHIP_HEAD and head in closed:
        decider = Decider.SUPERIOR
    return decider
