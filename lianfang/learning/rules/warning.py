"""Whom a case warns, and whom an activity is for: by posts, their levels and kinds of risk (二)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kinds:
    """Kinds of risk by the scheme's codes: sides it comes from, fields, categories of power."""

    aspects: frozenset[str] = frozenset()
    focus: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.aspects or self.focus or self.categories)

    def __and__(self, other: "Kinds") -> "Kinds":
        return Kinds(
            aspects=self.aspects & other.aspects,
            focus=self.focus & other.focus,
            categories=self.categories & other.categories,
        )

    def __or__(self, other: "Kinds") -> "Kinds":
        return Kinds(
            aspects=self.aspects | other.aspects,
            focus=self.focus | other.focus,
            categories=self.categories | other.categories,
        )


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody in a post, with the level of the post; empty for "not rated"."""

    person: int
    post: int
    unit: int
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom an activity is for; what is empty excludes nobody.

    `warned` are the posts that a case warns, None where the activity is about no case.
    """

    levels: frozenset[str] = frozenset()
    units: frozenset[int] = frozenset()
    warned: frozenset[int] | None = None

    def takes(self, seat: Seat) -> bool:
        """Return whether somebody in a post is to come."""
        return (
            (not self.levels or seat.level in self.levels)
            and (not self.units or seat.unit in self.units)
            and (self.warned is None or seat.post in self.warned)
        )


def kinds_of(aspects: Iterable[str], focus: Iterable[str], categories: Iterable[str]) -> Kinds:
    """Return kinds of risk from codes as they are stored; empty ones say nothing."""
    return Kinds(
        aspects=frozenset(filter(None, aspects)),
        focus=frozenset(filter(None, focus)),
        categories=frozenset(filter(None, categories)),
    )


def warned_posts(case: Kinds, risks: Iterable[tuple[Kinds, Collection[int]]]) -> dict[int, Kinds]:
    """Return the posts that a case warns, each with the kinds it shares with their risk points.

    One kind in common is enough: whoever needs the warning is to be reached.
    """
    found: dict[int, Kinds] = {}
    for kinds, posts in risks:
        shared = case & kinds
        if shared:
            for post in posts:
                found[post] = found.get(post, Kinds()) | shared
    return found


def with_below(units: Iterable[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    """Return units and all those beneath them; a ring in the data ends the walk."""
    found = frozenset(units)
    while True:
        more = frozenset(unit for unit, parent in parents.items() if parent in found) - found
        if not more:
            return found
        found |= more


def expected(audience: Audience, seats: Iterable[Seat]) -> Iterator[int]:
    """Yield who is to come, each once, in the order of the seats."""
    seen: set[int] = set()
    for seat in seats:
        if seat.person not in seen and audience.takes(seat):
            seen.add(seat.person)
            yield seat.person
