"""Cuts a large file into slices of whole units, so that only one is held at a time.

Up to WHOLE parts a file is one slice. Parts are recognised within their unit, so that slices say
the same of it.
"""

from collections.abc import Iterator
from typing import TypeVar

from msgspec.structs import replace

from lianfang.intake.rules.books import Stored
from lianfang.register.model import Power, Register, RiskPoint

WHOLE = 20_000
SLICE = 5_000
Part = TypeVar("Part", Power, RiskPoint)


def slices(register: Register, stored: Stored) -> Iterator[tuple[Register, Stored]]:
    """Yield the file's register piece by piece, each with what is stored of the same units.

    Every piece has all units, posts and regulations.
    """
    if len(register.powers) + len(register.risks) <= WHOLE:
        yield register, stored
        return
    powers, risks = _by_unit(register.powers), _by_unit(register.risks)
    known = stored.register
    stored_powers, stored_risks = _by_unit(known.powers), _by_unit(known.risks)
    codes = _codes_by_unit(stored.codes)
    for units in _groups(powers, risks):
        yield (
            replace(register, powers=_of(units, powers), risks=_of(units, risks)),
            replace(
                stored,
                register=replace(
                    known, powers=_of(units, stored_powers), risks=_of(units, stored_risks)
                ),
                codes=frozenset(code for unit in (*units, "ZD") for code in codes.get(unit, ())),
            ),
        )


def _groups(
    powers: dict[str, list[Power]], risks: dict[str, list[RiskPoint]]
) -> Iterator[list[str]]:
    """Yield units in the order of the file, so many that a slice is full."""
    waiting: list[str] = []
    size = 0
    for unit in dict.fromkeys((*powers, *risks)):
        waiting.append(unit)
        size += len(powers.get(unit, ())) + len(risks.get(unit, ()))
        if size >= SLICE:
            yield waiting
            waiting, size = [], 0
    if waiting:
        yield waiting


def _by_unit(parts: tuple[Part, ...]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.unit, []).append(part)
    return found


def _of(units: list[str], parts: dict[str, list[Part]]) -> tuple[Part, ...]:
    return tuple(part for unit in units for part in parts.get(unit, ()))


def _codes_by_unit(codes: frozenset[str]) -> dict[str, list[str]]:
    """Return codes by the unit they name (`R-CW-07`, `CW-03`); those of regulations under ZD."""
    found: dict[str, list[str]] = {}
    for code in codes:
        named = code.rpartition("-")[0]
        # a unit may be called R, too
        for unit in {named, named.removeprefix("R-")}:
            found.setdefault(unit, []).append(code)
    return found
