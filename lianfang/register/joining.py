"""Joins the Registers of several files into one: fourteen departments' tables as one whole.

Units of one name are one unit, posts of one name in a unit one post, regulations of one title one
regulation. Powers and risk points stay apart, since each stood in a table of its own.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from lianfang.common.text import bare
from lianfang.register.model import Fact, Register
from lianfang.register.naming import Names, renamed


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_HasId)
Entry = TypeVar("Entry")


def joined(registers: Sequence[Register]) -> Register:
    """Return the registers as one, in their order; ids begin with the place, as in “2.risk-5”.

    A fact is absent only where it is absent from all. Linear in the parts.
    """
    known: dict[tuple[str, ...], str] = {}
    parts = [
        renamed(register, _names(register, f"{place}.", known))
        for place, register in enumerate(registers, 1)
    ]
    absent = set(Fact).intersection(*(register.absent for register in registers))
    return Register(
        scheme=parts[0].scheme if parts else "",
        organisation=next((part.organisation for part in parts if part.organisation), ""),
        units=_once(unit for part in parts for unit in part.units),
        posts=_once(post for part in parts for post in part.posts),
        regulations=_once(entry for part in parts for entry in part.regulations),
        powers=tuple(power for part in parts for power in part.powers),
        risks=tuple(risk for part in parts for risk in part.risks),
        absent=tuple(fact for fact in Fact if fact in absent),
        holders=_together(part.holders for part in parts),
        finders=_together(part.finders for part in parts),
        totals=_together(part.totals for part in parts),
        charges=_together(part.charges for part in parts),
    )


def _names(register: Register, prefix: str, known: dict[tuple[str, ...], str]) -> Names:
    """Give every part its new id; parts that an earlier register had take the id from there."""
    names = Names()

    def shared(made: str, *key: str) -> str:
        return known.setdefault(key, prefix + made)

    names.units = {u.id: shared(u.id, "unit", bare(u.name)) for u in register.units}
    names.posts = {
        p.id: shared(p.id, "post", names.units.get(p.unit, p.unit), bare(p.name))
        for p in register.posts
    }
    names.regulations = {r.id: shared(r.id, "rule", bare(r.title)) for r in register.regulations}
    names.powers = {p.id: prefix + p.id for p in register.powers}
    names.steps = {s.id: prefix + s.id for p in register.powers for s in p.steps}
    names.risks = {r.id: prefix + r.id for r in register.risks}
    names.measures = {m.id: prefix + m.id for r in register.risks for m in r.measures}
    return names


def _once(parts: Iterable[Part]) -> tuple[Part, ...]:
    found: dict[str, Part] = {}
    for part in parts:
        found.setdefault(part.id, part)
    return tuple(found.values())


def _together(lists: Iterable[tuple[Entry, ...] | None]) -> tuple[Entry, ...] | None:
    there = [entries for entries in lists if entries is not None]
    return tuple(dict.fromkeys(e for entries in there for e in entries)) if there else None
