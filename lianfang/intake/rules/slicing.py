"""Cuts a large file into slices of whole units, so that only one is held at a time.

Up to WHOLE parts a file is one slice. Parts are recognised within their unit, so that slices say
the same of it.
"""

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from msgspec.structs import replace

from lianfang.intake.rules.books import Stored
from lianfang.register.model import Power, Register, RiskPoint

WHOLE = 20_000
SLICE = 5_000
Part = TypeVar("Part", Power, RiskPoint)
Fetch = Callable[[Collection[str]], Stored]


def slices(
    register: Register, touched: Collection[str], fetch: Fetch
) -> Iterator[tuple[Register, Stored]]:
    """Yield the file's register piece by piece, each with what is stored of the same units.

    `touched` are all units concerned; `fetch` returns what is stored of some of them, asked for
    when its turn comes. Every piece has all units, posts and regulations.
    """
    if len(register.powers) + len(register.risks) <= WHOLE:
        yield register, fetch(touched)
        return
    powers, risks = _by_unit(register.powers), _by_unit(register.risks)
    for units in _groups(powers, risks):
        yield (
            replace(register, powers=_of(units, powers), risks=_of(units, risks)),
            fetch(units),
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
