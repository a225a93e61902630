"""A small institution as plain values: what duties follow from on any day, without a database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from lianfang.duties.rules.facts import Facts, Holding, MeasureFact, joined
from lianfang.duties.rules.history import histories
from lianfang.duties.rules.levels import Given
from lianfang.duties.rules.oracle import wanted
from lianfang.duties.rules.values import Wanted
from lianfang.org.rules.structure import (
    BodyKind,
    PostFact,
    Seat,
    SeatKind,
    Structure,
    UnitFact,
    UnitKind,
)
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme
from lianfang.scheme.override import overridden

SCHEME = load_scheme("cnas-2012")
RANKS = {level.code: level.rank for level in SCHEME.levels}
KINDS = list(SeatKind)


class Seated(NamedTuple):
    """An appointment."""

    person: int
    post: int
    from_on: date
    to_on: date | None = None
    kind: SeatKind = SeatKind.FULL

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


class Led(NamedTuple):
    """A portfolio."""

    leader: int
    unit: int
    from_on: date
    to_on: date | None = None


class Sits(NamedTuple):
    """A seat in a body."""

    person: int
    body: BodyKind
    from_on: date
    to_on: date | None = None


class Rated(NamedTuple):
    """A level of a post, by an edition or an override."""

    post: int
    given: Given


class Number(NamedTuple):
    """A number of the scheme that the organisation sets from a day on."""

    path: str
    value: float
    from_on: date


@dataclass(frozen=True)
class World:
    """All that is on record, with its days."""

    units: tuple[UnitFact, ...]
    posts: tuple[PostFact, ...]
    seated: tuple[Seated, ...] = ()
    led: tuple[Led, ...] = ()
    sits: tuple[Sits, ...] = ()
    rated: tuple[Rated, ...] = ()
    numbers: tuple[Number, ...] = ()
    measures: tuple[MeasureFact, ...] = ()
    members: Mapping[int, bool | None] = field(default_factory=dict)
    retired: Mapping[int, date] = field(default_factory=dict)

    def structure(self, on: date) -> Structure:
        """Return the whole organisation as it stands on a day."""
        bodies: dict[BodyKind, frozenset[int]] = {}
        for each in self.sits:
            if each.from_on <= on and (each.to_on is None or on <= each.to_on):
                bodies[each.body] = bodies.get(each.body, frozenset()) | {each.person}
        return Structure(
            on=on,
            units={
                unit.id: unit for unit in self.units if on < self.retired.get(unit.id, date.max)
            },
            posts={post.id: post for post in self.posts},
            seats=tuple(
                Seat(person=each.person, post=each.post, kind=each.kind, since=each.from_on)
                for each in self.seated
                if each.holds(on)
            ),
            portfolios={
                each.unit: each.leader
                for each in sorted(self.led, key=lambda each: each.from_on)
                if each.from_on <= on and (each.to_on is None or on <= each.to_on)
            },
            members=bodies,
        )

    def scheme(self, on: date) -> Scheme:
        """Return the scheme with what is set by a day."""
        begun = [each for each in self.numbers if each.from_on <= on]
        values = {each.path: each.value for each in sorted(begun, key=lambda each: each.from_on)}
        return _scheme(tuple(sorted(values.items())))

    def facts(self, on: date) -> Facts:
        """Return what duties follow from on a day."""
        scheme = self.scheme(on)
        days = sorted({each.from_on for each in self.numbers if each.from_on <= on})
        levels: dict[int, tuple[Given, ...]] = {}
        for post, given in self.rated:
            if given.from_on <= on:
                levels[post] = (*levels.get(post, ()), given)
        held = sorted(self._holdings(), key=lambda each: (each.person, each.post, each.from_on))
        return Facts(
            structure=self.structure(on),
            rules=histories([(date.min, SCHEME), *((day, self.scheme(day)) for day in days)]),
            newcomer=scheme.duty_terms.newcomer,
            forms=scheme.statement_forms,
            units=frozenset(unit.id for unit in self.units),
            holdings=tuple(joined(held)),
            levels=levels,
            begun=self._begun(on),
            measures=self.measures,
            scheme_version=scheme.version,
        )

    def wanted(self, on: date) -> list[Wanted]:
        """Return what the oracle wants on a day."""
        return list(wanted(self.facts(on)))

    def with_(self, **more: object) -> "World":
        """Return it with entries added to its lists."""
        return replace(
            self,
            **{name: (*getattr(self, name), *rows) for name, rows in more.items()},  # type: ignore[misc, arg-type]
        )

    def _holdings(self) -> Iterator[Holding]:
        """Yield who is where; an appointment ends with its unit."""
        unit_of = {post.id: post.unit for post in self.posts}
        for each in self.seated:
            unit, ends = unit_of[each.post], each.to_on
            if unit in self.retired:
                ends = min(each.to_on or date.max, self.retired[unit] - timedelta(days=1))
            if ends is None or each.from_on <= ends:
                rank, member = KINDS.index(each.kind), self.members.get(each.person)
                yield Holding(each.person, each.post, unit, each.from_on, ends, rank, member)

    def _begun(self, on: date) -> dict[int, date]:
        unit_of = {post.id: post.unit for post in self.posts}
        found: dict[int, date] = {}
        for post, given in self.rated:
            if given.override is None and given.from_on <= on:
                unit = unit_of[post]
                found[unit] = min(found.get(unit, given.from_on), given.from_on)
        return found


@cache
def _scheme(values: tuple[tuple[str, float], ...]) -> Scheme:
    return overridden(SCHEME, dict(values)) if values else SCHEME


# A leadership with a secretary and two deputies; two departments, one with a section; a company.
ROOT, LEADERSHIP, FINANCE, ASSESSORS, SECTION, COMPANY = range(1, 7)
SECRETARY, DEPUTY, OTHER_DEPUTY, HEAD, CLERK, CASHIER = range(11, 17)
ASSESSOR_HEAD, ASSESSOR, SECTION_HEAD, SECTION_CLERK, MANAGER, OFFICER = range(17, 23)
SHEN, ZHOU, LIN, CHEN, HE, XU, SONG, MENG, WU, GAO, JI, TANG = range(101, 113)
SINCE = date(2024, 1, 1)


def unit(key: int, parent: int | None = ROOT, kind: UnitKind = UnitKind.DEPARTMENT) -> UnitFact:
    """Return a unit, a department below the root unless said otherwise."""
    return UnitFact(id=key, parent=parent, kind=kind)


UNITS = (
    unit(ROOT, None, UnitKind.ORGANISATION),
    unit(LEADERSHIP, kind=UnitKind.LEADERSHIP),
    unit(FINANCE),
    unit(ASSESSORS),
    unit(SECTION, ASSESSORS),
    unit(COMPANY, kind=UnitKind.COMPANY),
)
POSTS = (
    PostFact(id=SECRETARY, unit=LEADERSHIP, leadership=True, leadership_head=True),
    PostFact(id=DEPUTY, unit=LEADERSHIP, leadership=True),
    PostFact(id=OTHER_DEPUTY, unit=LEADERSHIP, leadership=True),
    PostFact(id=HEAD, unit=FINANCE, unit_head=True),
    PostFact(id=CLERK, unit=FINANCE),
    PostFact(id=CASHIER, unit=FINANCE),
    PostFact(id=ASSESSOR_HEAD, unit=ASSESSORS, unit_head=True),
    PostFact(id=ASSESSOR, unit=ASSESSORS),
    PostFact(id=SECTION_HEAD, unit=SECTION, unit_head=True),
    PostFact(id=SECTION_CLERK, unit=SECTION),
    PostFact(id=MANAGER, unit=COMPANY, unit_head=True),
    PostFact(id=OFFICER, unit=ASSESSORS),
)
SEATS = {
    SECRETARY: SHEN,
    DEPUTY: ZHOU,
    OTHER_DEPUTY: LIN,
    HEAD: CHEN,
    CLERK: HE,
    ASSESSOR_HEAD: XU,
    SECTION_HEAD: SONG,
    SECTION_CLERK: MENG,
    MANAGER: WU,
    OFFICER: JI,
}
LEDS = (Led(ZHOU, FINANCE, SINCE), Led(LIN, ASSESSORS, SINCE), Led(ZHOU, COMPANY, SINCE))
SITS = (
    Sits(JI, BodyKind.DISCIPLINE_OFFICE, SINCE),
    Sits(SHEN, BodyKind.DISCIPLINE_OVERSIGHT, SINCE),
)


def institution(*, without: tuple[int, ...] = (), led: tuple[Led, ...] = LEDS) -> World:
    """Return the institution with its usual seats, but for some posts that are vacant."""
    return World(
        units=UNITS,
        posts=POSTS,
        seated=tuple(
            Seated(who, post, SINCE) for post, who in SEATS.items() if post not in without
        ),
        led=led,
        sits=SITS,
        members=dict.fromkeys((SHEN, ZHOU, LIN, CHEN, HE), True) | {XU: False},
    )


def given(level: str, from_on: date, until: date | None = None, edition: str = "2026-1") -> Given:
    """Return a level that an edition gave."""
    return Given(level, RANKS[level], from_on, until, edition)


def raised(level: str, from_on: date, until: date | None = None) -> Given:
    """Return a level that an override gave."""
    return Given(level, RANKS[level], from_on, until, "", 7)
