"""Who may not score, judge or confirm whom: nobody judges themself or their own unit (五（七）)."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Looker:
    """Somebody with the units of the posts they hold and their kin on record."""

    person: int
    units: frozenset[int]
    kin: frozenset[int] = frozenset()


def is_recused(looker: Looker, *, unit: int, person: int | None) -> bool:
    """Return whether somebody stays out of a sheet or a matter.

    Of a person: themself and their kin. Of a unit: whoever holds a post in it.
    """
    if person is not None:
        return person == looker.person or person in looker.kin
    return unit in looker.units


def office_is_concerned(
    unit: int, own_unit: int | None, units_of_members: Collection[Collection[int]]
) -> bool:
    """Return whether a unit is the discipline office's own, which the body named for it scores.

    Its own is the unit that does its work, and one in which all of its members hold a post.
    """
    if unit == own_unit:
        return True
    return bool(units_of_members) and all(unit in units for units in units_of_members)
