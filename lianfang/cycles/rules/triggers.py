"""What asks for a revision of an edition in force (动态调整, 六（五）, 五（七）2（2）)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianfang.org.rules.calendar import add_months


class Trigger(StrEnum):
    """The reasons of the scheme that the records themselves show."""

    STRUCTURE = "structure_changed"
    HOLDER = "holder_changed"
    REQUIREMENT = "requirement_changed"
    BREACH = "breach"
    YEARLY = "yearly_review"


@dataclass(frozen=True, kw_only=True)
class InForce:
    """The edition of a unit in force: its number, and the day on which it was published."""

    unit: int
    number: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Happened:
    """Something on record about a unit: when it took effect, what it is about, which powers.

    `about` is the name of the post, unit or regulation, never of a person; `thing` tells it from
    all others of its kind. `powers` are keys. A breach asks for a revision until an edition has
    taken it up, so it counts from before the edition, too.
    """

    unit: int
    trigger: Trigger
    thing: str
    about: str
    on: date
    powers: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A proposal to revise a unit's edition; `key` is the same whenever it is worked out."""

    unit: int
    trigger: Trigger
    key: str
    about: str
    powers: frozenset[int]


def wanted(
    editions: Collection[InForce],
    happened: Iterable[Happened],
    *,
    under_way: Collection[int],
    on: date,
    review_months: int,
) -> dict[tuple[int, str], Wanted]:
    """Return what asks for a revision on a day, by unit and key.

    `under_way` are units whose whole register is being filed anew: they need none. Editions that
    are `review_months` old ask for their yearly review. Linear.
    """
    in_force = {one.unit: one for one in editions if one.unit not in under_way}
    found = [
        _proposed(one, in_force[one.unit])
        for one in happened
        if one.unit in in_force and _counts(one, in_force[one.unit], on)
    ]
    found += _reviews(in_force.values(), on, review_months)
    return {(one.unit, one.key): one for one in found}


def _counts(one: Happened, edition: InForce, on: date) -> bool:
    if one.trigger is Trigger.BREACH:
        return one.on <= on
    return edition.since < one.on <= on


def _proposed(one: Happened, edition: InForce) -> Wanted:
    # a breach stays the same whatever edition comes; the others are about this edition
    scope = "" if one.trigger is Trigger.BREACH else f"{edition.number}:"
    return Wanted(
        unit=one.unit,
        trigger=one.trigger,
        key=f"{one.trigger}:{scope}{one.thing}",
        about=one.about,
        powers=one.powers,
    )


def _reviews(editions: Iterable[InForce], on: date, months: int) -> Iterator[Wanted]:
    for edition in editions:
        if add_months(edition.since, months) <= on:
            yield Wanted(
                unit=edition.unit,
                trigger=Trigger.YEARLY,
                key=f"{Trigger.YEARLY}:{edition.number}",
                about=edition.number,
                powers=frozenset(),
            )
