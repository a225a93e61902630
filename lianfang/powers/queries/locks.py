"""What is closed to changes: units and powers that are being decided or in force (六（二）)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lianfang.powers.models import EditLock, EditOpening, Power


@dataclass(frozen=True, slots=True)
class Touched:
    """A part of a unit's register that is to be changed, by the unit's key.

    `power` is the code of the power that it is or hangs on; empty for what hangs on none and for a
    power that is new.
    """

    unit: int
    power: str = ""


@dataclass(frozen=True, kw_only=True)
class _Openings:
    """What of a closed unit is open: powers by code; `rest_from` is when all else was opened."""

    powers: frozenset[str] = frozenset()
    rest_from: datetime | None = None


def lock_on(organisation: int, touched: Collection[Touched]) -> EditLock | None:
    """Return what closes one of the parts to changes, None where all are open.

    A lock of a unit closes it all but for its openings. What is opened beside named powers are the
    powers listed since then and what hangs on none of the others. One statement where nothing is
    locked, else three, and one for each unit with such an opening.
    """
    units = {one.unit for one in touched}
    codes = {one.power for one in touched}
    locks = list(
        EditLock.objects.filter(
            Q(unit__in=units, power=None) | Q(power__isnull=False),
            organisation=organisation,
            released_at=None,
        ).select_related("unit", "power")
    )
    of_power = next((lock for lock in locks if lock.power and lock.power.code in codes), None)
    if of_power is not None:
        return of_power
    closed = {lock.unit_id: lock for lock in locks if lock.power is None}
    openings = _openings(closed.values()) if closed else {}
    asked: defaultdict[int, set[str]] = defaultdict(set)
    for one in touched:
        if one.unit in closed:
            asked[one.unit].add(one.power)
    for unit, powers in asked.items():
        if not _is_within(unit, powers, openings.get(unit, _Openings())):
            return closed[unit]
    return None


def unit_lock(unit: int) -> EditLock | None:
    """Return the lock that closes a unit's register, None where none does. One statement."""
    return EditLock.objects.filter(unit=unit, power=None, released_at=None).first()


def was_ever_closed(unit: int, since: datetime, power: int | None = None) -> bool:
    """Return whether a unit was closed since a moment, or a power ever: somebody relied on it.

    One statement.
    """
    of_power = Q(power=power) if power is not None else Q(pk=None)
    return EditLock.objects.filter(of_power | Q(unit=unit, power=None, set_at__gte=since)).exists()


def _openings(locks: Iterable[EditLock]) -> Mapping[int, _Openings]:
    rows = EditOpening.objects.filter(lock__in=list(locks), closed_at=None)
    powers: defaultdict[int, set[str]] = defaultdict(set)
    rest: dict[int, datetime] = {}
    for opening in rows.select_related("lock", "power"):
        unit = opening.lock.unit_id
        if opening.power is None:
            rest[unit] = opening.opened_at
        else:
            powers[unit].add(opening.power.code)
    return {
        unit: _Openings(powers=frozenset(powers[unit]), rest_from=rest.get(unit))
        for unit in {*powers, *rest}
    }


def _is_within(unit: int, asked: Collection[str], openings: _Openings) -> bool:
    """Return whether all that is asked of a closed unit is open."""
    others = set(asked) - openings.powers
    if not others or openings.rest_from is None:
        return not others
    if others == {""}:
        return True
    known = Power.objects.filter(unit=unit, created_at__lt=openings.rest_from)
    return others.isdisjoint(known.values_list("code", flat=True))
