"""An organisation on one day, as values: what every rule about people is a function of.

Source: 质检认纪〔2012〕1号 三, 四.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class UnitKind(StrEnum):
    ORGANISATION = "organisation"
    LEADERSHIP = "leadership"
    DEPARTMENT = "department"
    COMPANY = "company"


class SeatKind(StrEnum):
    """How a post is held, in the order in which one holder counts before another."""

    FULL = "full"
    CONCURRENT = "concurrent"
    ACTING = "acting"


class BodyKind(StrEnum):
    LEADING_GROUP = "leading_group"
    LEADING_GROUP_OFFICE = "leading_group_office"
    DISCIPLINE_OFFICE = "discipline_office"
    DISCIPLINE_OVERSIGHT = "discipline_oversight"


_RANK = {kind: rank for rank, kind in enumerate(SeatKind)}


@dataclass(frozen=True, kw_only=True)
class UnitFact:
    """A unit that is in use."""

    id: int
    parent: int | None
    kind: UnitKind


@dataclass(frozen=True, kw_only=True)
class PostFact:
    """A post that is in use."""

    id: int
    unit: int
    leadership: bool = False
    unit_head: bool = False
    leadership_head: bool = False


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A person in a post on the day; a full holder counts before a concurrent, then acting."""

    person: int
    post: int
    kind: SeatKind = SeatKind.FULL
    since: date = date.min

    @property
    def order(self) -> tuple[int, date, int]:
        """Who counts first where several hold one post."""
        return _RANK[self.kind], self.since, self.person


@dataclass(frozen=True)
class Structure:
    """An organisation as it stands on `on`: only what is in use and holds on that day.

    `portfolios` has the leader of each unit that has one of its own; `members` the people of
    each body that exists.
    """

    on: date
    units: Mapping[int, UnitFact] = field(default_factory=dict)
    posts: Mapping[int, PostFact] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    portfolios: Mapping[int, int] = field(default_factory=dict)
    members: Mapping[BodyKind, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def seats_of_post(self) -> Mapping[int, tuple[Seat, ...]]:
        """The holders of each post, the one that counts first."""
        found: dict[int, list[Seat]] = {}
        for seat in sorted(self.seats, key=lambda seat: seat.order):
            if seat.post in self.posts:
                found.setdefault(seat.post, []).append(seat)
        return {post: tuple(seats) for post, seats in found.items()}

    @cached_property
    def seats_of_person(self) -> Mapping[int, tuple[Seat, ...]]:
        """The posts each person holds."""
        found: dict[int, list[Seat]] = {}
        for seats in self.seats_of_post.values():
            for seat in seats:
                found.setdefault(seat.person, []).append(seat)
        return {person: tuple(seats) for person, seats in found.items()}

    @cached_property
    def head_posts(self) -> Mapping[int, PostFact]:
        """The head post of each unit that has one."""
        return {post.unit: post for post in self.posts.values() if post.unit_head}

    @cached_property
    def leadership(self) -> frozenset[int]:
        """The people in the leadership."""
        return frozenset(
            seat.person
            for post in self.posts.values()
            if post.leadership
            for seat in self.seats_of_post.get(post.id, ())
        )

    @cached_property
    def leadership_head(self) -> Seat | None:
        """Who heads the leadership; None where that post is vacant or missing."""
        heads = (post for post in self.posts.values() if post.leadership_head)
        return next((self.first_in(post.id) for post in heads), None)

    @cached_property
    def children(self) -> Mapping[int, tuple[int, ...]]:
        """The units right below each unit."""
        found: dict[int, list[int]] = {}
        for unit in self.units.values():
            if unit.parent is not None:
                found.setdefault(unit.parent, []).append(unit.id)
        return {unit: tuple(below) for unit, below in found.items()}

    def first_in(self, post: int) -> Seat | None:
        """Return the holder of a post that counts first."""
        return next(iter(self.seats_of_post.get(post, ())), None)

    def upwards(self, unit: int | None) -> tuple[int, ...]:
        """Return a unit and those above it, the root last; a ring in the data ends the walk."""
        path: list[int] = []
        while unit is not None and unit in self.units and unit not in path:
            path.append(unit)
            unit = self.units[unit].parent
        return tuple(path)

    def below(self, unit: int) -> frozenset[int]:
        """Return a unit and all units below it."""
        found: set[int] = set()
        waiting = [unit]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self.children.get(current, ()))
        return frozenset(found)
