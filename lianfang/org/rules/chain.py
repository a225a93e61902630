"""The chain of responsibility: who answers for a post, tier over tier (三).

Holder, control owner (防控责任人), portfolio leader, head of the leadership, superior body.
Nobody ever stands above themself in it, nor is overseen by somebody they themself oversee.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lianfang.org.rules.structure import (
    BodyKind,
    PostFact,
    Seat,
    SeatKind,
    Structure,
    UnitKind,
)

CLAUSE = "三"


class Role(StrEnum):
    """In which capacity somebody stands in the chain."""

    CONTROL_OWNER = "control_owner"
    PORTFOLIO_LEADER = "portfolio_leader"
    LEADERSHIP_HEAD = "leadership_head"
    SUPERIOR = "superior"


class Because(StrEnum):
    """Why somebody, or nobody, stands on a rung."""

    HEAD_OF_UNIT = "head_of_unit"
    ACTING_HEAD = "acting_head"
    HEAD_ABOVE = "head_above"
    HEAD_VACANT = "head_vacant"
    NO_HEAD_POST = "no_head_post"
    OWN_PORTFOLIO = "own_portfolio"
    PORTFOLIO_ABOVE = "portfolio_above"
    NO_PORTFOLIO = "no_portfolio"
    LEADERSHIP_HEAD = "leadership_head"
    LEADERSHIP_HEAD_VACANT = "leadership_head_vacant"
    OUTSIDE = "outside"
    WOULD_OVERSEE_THEMSELF = "would_oversee_themself"


@dataclass(frozen=True)
class Link:
    """One who answers: a person, or None for the superior body, an outside party."""

    person: int | None
    roles: tuple[Role, ...]
    because: Because


@dataclass(frozen=True)
class Passed:
    """A rung on which nobody stands, and why; the page says it beside the chain."""

    role: Role
    because: Because


@dataclass(frozen=True)
class Chain:
    """Who answers for a post held by `holder` (None: vacant), nearest first, never empty.

    The first link is the control owner; the last is the superior body.
    """

    post: int
    holder: int | None
    links: tuple[Link, ...]
    passed: tuple[Passed, ...]

    @property
    def owner(self) -> Link:
        """The control owner of the post."""
        return self.links[0]

    def holder_of(self, role: Role) -> Link | None:
        """Return who stands in that capacity."""
        return next((link for link in self.links if role in link.roles), None)


@dataclass(frozen=True)
class _Rung:
    role: Role
    person: int | None
    because: Because

    @property
    def is_empty(self) -> bool:
        return self.person is None and self.role is not Role.SUPERIOR


def chain_of(structure: Structure, post: int, holder: int | None = None) -> Chain:
    """Return the chain above a post while `holder` holds it, on the day of the structure.

    Raises KeyError when the post is not in the structure. Source: 三.
    """
    return chain_above(structure, structure.posts[post], holder)


def chain_above(structure: Structure, post: PostFact, holder: int | None = None) -> Chain:
    """Return the chain above a post that the structure itself may lack.

    Head posts and those of the leadership must be in it. Source: 三.
    """
    links: list[Link] = []
    passed: list[Passed] = []
    overseen_as = _highest(structure, post, holder)
    if overseen_as.id != post.id:
        passed.append(Passed(Role.CONTROL_OWNER, Because.WOULD_OVERSEE_THEMSELF))
    for rung in _rungs(structure, overseen_as):
        if rung.is_empty:
            passed.append(Passed(rung.role, rung.because))
        else:
            _climb(links, rung)
    first, *rest = links
    if Role.CONTROL_OWNER not in first.roles:
        first = Link(first.person, (Role.CONTROL_OWNER, *first.roles), first.because)
    return Chain(post.id, holder, (first, *rest), tuple(passed))


def chains_of_person(structure: Structure, person: int) -> tuple[Chain, ...]:
    """Return the chain above each post the person holds."""
    return tuple(
        chain_of(structure, seat.post, person) for seat in structure.seats_of_person.get(person, ())
    )


def inspector_of(structure: Structure, person: int) -> BodyKind:
    """Return which body inspects and assesses a person: never one they sit in (三)."""
    if person in structure.members.get(BodyKind.DISCIPLINE_OFFICE, frozenset()):
        return BodyKind.DISCIPLINE_OVERSIGHT
    return BodyKind.DISCIPLINE_OFFICE


def _highest(structure: Structure, post: PostFact, holder: int | None) -> PostFact:
    """Return the post from which the holder is overseen: their seat in the leadership, else the
    headship of the unit or one above it where they have one, else the post itself.

    So a deputy director with a second post in a department is not overseen by its head.
    """
    seats = structure.seats_of_person.get(holder, ()) if holder is not None else ()
    held = [structure.posts[seat.post] for seat in seats]
    leading = sorted((own for own in held if own.leadership), key=lambda own: -own.leadership_head)
    if leading:
        return leading[0]
    heading = post
    for unit in structure.upwards(post.unit):
        head = structure.head_posts.get(unit)
        seat = structure.first_in(head.id) if head is not None else None
        if head is not None and seat is not None and seat.person == holder:
            heading = head
    return heading


def _climb(links: list[Link], rung: _Rung) -> None:
    """Put a rung on top; who stands there already is not overseen by those in between."""
    for place, link in enumerate(links):
        if link.person == rung.person:
            links[place:] = [Link(link.person, (*link.roles, rung.role), link.because)]
            return
    links.append(Link(rung.person, (rung.role,), rung.because))


def _rungs(structure: Structure, post: PostFact) -> Iterator[_Rung]:
    if not post.leadership:
        yield from _owner(structure, post)
        yield _portfolio(structure, post.unit)
    if not post.leadership_head:
        yield _leadership_head(structure)
    yield _Rung(Role.SUPERIOR, None, Because.OUTSIDE)


def _owner(structure: Structure, post: PostFact) -> Iterator[_Rung]:
    """Yield the head over a post: of its unit; of a sub-unit's head the parent unit's.

    A unit without a head post of its own answers to the head above it. Over the head of a unit
    that is part of no other there is none: the portfolio leader is the control owner.
    """
    for unit in structure.upwards(post.unit)[post.unit_head :]:
        if structure.units[unit].kind in {UnitKind.ORGANISATION, UnitKind.LEADERSHIP}:
            break
        head = structure.head_posts.get(unit)
        if head is not None:
            yield _head(structure.first_in(head.id), is_own=unit == post.unit)
            return
    if not post.unit_head:
        yield _Rung(Role.CONTROL_OWNER, None, Because.NO_HEAD_POST)


def _head(seat: Seat | None, *, is_own: bool) -> _Rung:
    if seat is None:
        return _Rung(Role.CONTROL_OWNER, None, Because.HEAD_VACANT)
    if seat.kind is SeatKind.ACTING:
        return _Rung(Role.CONTROL_OWNER, seat.person, Because.ACTING_HEAD)
    because = Because.HEAD_OF_UNIT if is_own else Because.HEAD_ABOVE
    return _Rung(Role.CONTROL_OWNER, seat.person, because)


def portfolio_leader(structure: Structure, unit: int) -> int | None:
    """Return who has the unit in portfolio: its own, or that of the nearest unit above it.

    A portfolio counts only while its leader sits in the leadership. Source: 三.
    """
    for above in structure.upwards(unit):
        leader = structure.portfolios.get(above)
        if leader in structure.leadership:
            return leader
    return None


def answering_leader(structure: Structure, unit: int) -> int | None:
    """Return who answers for a unit in the leadership: its portfolio leader, else the head (三)."""
    leader = portfolio_leader(structure, unit)
    if leader is not None:
        return leader
    seat = structure.leadership_head
    return seat.person if seat is not None else None


def units_answered_for(structure: Structure, leader: int) -> frozenset[int]:
    """Return the units for which somebody answers in the leadership (三)."""
    return frozenset(
        unit for unit in structure.units if answering_leader(structure, unit) == leader
    )


def _portfolio(structure: Structure, unit: int) -> _Rung:
    leader = portfolio_leader(structure, unit)
    if leader is None:
        return _Rung(Role.PORTFOLIO_LEADER, None, Because.NO_PORTFOLIO)
    is_own = structure.portfolios.get(unit) == leader
    because = Because.OWN_PORTFOLIO if is_own else Because.PORTFOLIO_ABOVE
    return _Rung(Role.PORTFOLIO_LEADER, leader, because)


def _leadership_head(structure: Structure) -> _Rung:
    seat = structure.leadership_head
    if seat is None:
        return _Rung(Role.LEADERSHIP_HEAD, None, Because.LEADERSHIP_HEAD_VACANT)
    return _Rung(Role.LEADERSHIP_HEAD, seat.person, Because.LEADERSHIP_HEAD)
