"""A revision: some powers of an edition are taken as they are now, all else stays (六（五）)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from lianfang.register.difference import Part
from lianfang.register.edition import frozen_register
from lianfang.register.mentions import Entry, mentions
from lianfang.register.model import Post, Power, Register, Regulation, RiskPoint, Unit

Listed = TypeVar("Listed", Unit, Post, Regulation, Power, RiskPoint)


class Scope(Struct, frozen=True, kw_only=True):
    """What a revision touches: powers by id, and with `rest` what hangs on none that was there.

    The rest are powers that the edition before did not have, and risk points about posts,
    regulations and powers of other units.
    """

    powers: frozenset[str]
    rest: bool = False


def powers_by_subject(powers: Iterable[Power]) -> Mapping[str, str]:
    """Return the id of the power by the id of each power and each step."""
    return {
        subject: power.id
        for power in powers
        for subject in (power.id, *(step.id for step in power.steps))
    }


def in_scope(register: Register, unit: str, scope: Scope, before: Register) -> frozenset[str]:
    """Return the ids of a unit's powers and risk points in a register that a revision touches.

    `before` is the register of the edition, which says which powers are new.
    """
    known = {power.id for power in before.powers}
    own = {power.id for power in register.powers if power.unit == unit}
    new = own - known if scope.rest else set()
    powers = (own & scope.powers) | new
    subjects = powers_by_subject(power for power in register.powers if power.unit == unit)
    risks = {
        risk.id
        for risk in register.risks
        if risk.unit == unit and _is_touched(subjects.get(risk.about.id), powers, rest=scope.rest)
    }
    return frozenset(powers | risks)


def revised(before: Register, now: Register, unit: str, scope: Scope) -> Register:
    """Return a unit's edition with what is in scope as it is now. Linear but for sorting.

    `before` is the register of the edition, `now` holds the unit's working copy with all that it
    mentions. Units, posts and regulations are as they are now. Raises EditionRefused where a part
    that is mentioned is missing.
    """
    old, new = in_scope(before, unit, scope, before), in_scope(now, unit, scope, before)

    def chosen(was: Sequence[Listed], is_now: Sequence[Listed]) -> tuple[Listed, ...]:
        known = {entry.id for entry in is_now} & new
        kept = tuple(entry for entry in was if entry.id not in old | known)
        return kept + tuple(entry for entry in is_now if entry.id in known)

    beside = _with_missing(_of_others(now, unit), _of_others(before, unit))
    merged = replace(
        now.without_people(),
        units=_with_missing(now.units, before.units),
        posts=_with_missing(now.posts, before.posts),
        regulations=_with_missing(now.regulations, before.regulations),
        powers=(*chosen(_of_unit(before, unit), _of_unit(now, unit)), *beside),
        risks=chosen(
            [risk for risk in before.risks if risk.unit == unit],
            [risk for risk in now.risks if risk.unit == unit],
        ),
    )
    return frozen_register(merged, unit)


def posts_named(register: Register, touched: Collection[str]) -> frozenset[str]:
    """Return the ids of the posts that these powers and risk points name. Linear."""
    entries: tuple[Entry, ...] = (*register.powers, *register.risks)
    return frozenset(
        mention.target
        for entry in entries
        if entry.id in touched
        for mention in mentions(entry)
        if mention.to is Part.POST
    )


def _is_touched(power: str | None, powers: Collection[str], *, rest: bool) -> bool:
    return rest if power is None else power in powers


def _of_unit(register: Register, unit: str) -> list[Power]:
    return [power for power in register.powers if power.unit == unit]


def _of_others(register: Register, unit: str) -> list[Power]:
    return [power for power in register.powers if power.unit != unit]


def _with_missing(now: Sequence[Listed], before: Sequence[Listed]) -> tuple[Listed, ...]:
    """Return the entries of now, and those of before that are gone since."""
    known = {entry.id for entry in now}
    return tuple(now) + tuple(entry for entry in before if entry.id not in known)
