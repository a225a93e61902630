"""What changed between two Registers: added, removed, changed by field, moved.

Parts are compared by id; run `identity.carry_over` first on a register whose ids were made anew.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec
from msgspec import Struct

from lianfang.register.model import Register

_NESTED = frozenset({"steps", "measures"})
_PARENT = {"unit": "parent", "post": "unit", "power": "unit", "risk": "about"}
_NAMED = ("name", "title", "text")


class Part(StrEnum):
    UNIT = "unit"
    POST = "post"
    REGULATION = "regulation"
    POWER = "power"
    STEP = "step"
    RISK = "risk"
    MEASURE = "measure"


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class FieldChange(Struct, frozen=True):
    """A field's value before and after, in words: ids stand as the names they mean."""

    field: str
    before: str
    after: str


class Change(Struct, frozen=True):
    """What happened to one part; `place` says in what it stands, before and after a move.

    A part that moved and changed is one change, MOVED, with its fields.
    """

    kind: ChangeKind
    part: Part
    id: str
    name: str
    place: str
    place_before: str
    fields: tuple[FieldChange, ...] = ()


class _Record(Struct, frozen=True):
    """A part laid flat: what it stands in, and its own fields as they are."""

    part: Part
    id: str
    name: str
    parent: str
    fields: Mapping[str, object]


def difference(old: Register, new: Register) -> tuple[Change, ...]:
    """Return the changes from `old` to `new`, part by part in the order of `new`.

    Linear in the parts. Removed parts come last in their kind.
    """
    before, after = _Laid(old), _Laid(new)
    changes = [
        change
        for key, record in after.records.items()
        if (change := _compare(before.records.get(key), record, before, after)) is not None
    ]
    removed = [
        _change(ChangeKind.REMOVED, record, before.name(record.parent), before.name(record.parent))
        for key, record in before.records.items()
        if key not in after.records
    ]
    order = list(Part)
    return tuple(sorted(changes + removed, key=lambda change: order.index(change.part)))


def _compare(before: _Record | None, record: _Record, old: "_Laid", new: "_Laid") -> Change | None:
    place = new.name(record.parent)
    if before is None:
        return _change(ChangeKind.ADDED, record, place, place)
    fields = tuple(
        FieldChange(field, old.words(before.fields.get(field)), new.words(value))
        for field in dict.fromkeys((*record.fields, *before.fields))
        if (value := record.fields.get(field)) != before.fields.get(field)
    )
    if before.parent != record.parent:
        return _change(ChangeKind.MOVED, record, place, old.name(before.parent), fields)
    return _change(ChangeKind.CHANGED, record, place, place, fields) if fields else None


def _change(
    kind: ChangeKind,
    record: _Record,
    place: str,
    place_before: str,
    fields: tuple[FieldChange, ...] = (),
) -> Change:
    return Change(kind, record.part, record.id, record.name, place, place_before, fields)


class _Laid:
    """A register laid flat, with the names that its ids mean."""

    def __init__(self, register: Register) -> None:
        self.records = {(record.part, record.id): record for record in _records(register)}
        self._names = {record.id: record.name for record in self.records.values()}

    def name(self, made: str) -> str:
        return self._names.get(made, made)

    def words(self, value: object) -> str:
        """Return a field's value in words."""
        match value:
            case None | "":
                return ""
            case str():
                return self.name(value)
            case tuple() | list():
                return "；".join(self.words(entry) for entry in value)
            case dict():
                return " ".join(filter(None, (self.words(entry) for entry in value.values())))
            case _:
                return str(value)


def _records(register: Register) -> Iterator[_Record]:
    people = _people(register)
    lists: tuple[tuple[Part, tuple[Struct, ...]], ...] = (
        (Part.UNIT, register.units),
        (Part.POST, register.posts),
        (Part.REGULATION, register.regulations),
        (Part.POWER, register.powers),
        (Part.RISK, register.risks),
    )
    for part, entries in lists:
        for entry in entries:
            plain: dict[str, object] = msgspec.to_builtins(entry)
            made = str(plain["id"])
            if (part, made) in people:
                plain["people"] = people[part, made]
            yield _record(part, plain, _parent_of(part, plain))
            yield from _inner(plain, made)


def _inner(plain: Mapping[str, object], holder: str) -> Iterator[_Record]:
    for part, field in ((Part.STEP, "steps"), (Part.MEASURE, "measures")):
        entries = plain.get(field, ())
        for entry in entries if isinstance(entries, list | tuple) else ():
            yield _record(part, entry, holder)


def _parent_of(part: Part, plain: Mapping[str, object]) -> str:
    parent = plain.get(_PARENT.get(part, ""), "")
    if isinstance(parent, dict):
        return str(parent["id"])
    return str(parent or "")


def _record(part: Part, plain: Mapping[str, object], parent: str) -> _Record:
    name = next((str(plain[field]) for field in _NAMED if field in plain), "")
    left_out = _NESTED | {"id", _PARENT.get(part, "")}
    fields = {field: value for field, value in plain.items() if field not in left_out}
    return _Record(part, str(plain["id"]), name, parent, fields)


def _people(register: Register) -> dict[tuple[Part, str], list[str]]:
    """Return the persons named at posts and risk points, where the register knows any."""
    people: dict[tuple[Part, str], list[str]] = {}
    for holder in register.holders or ():
        people.setdefault((Part.POST, holder.post), []).append(holder.person)
    for charge in register.charges or ():
        people.setdefault((Part.RISK, charge.risk), []).append(charge.name)
    return people
