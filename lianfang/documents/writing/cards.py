"""The difference of two registers as cards: one for each power and risk point, with what is in it.

Steps stand on the card of their power, measures on that of their risk point. What changed is
`register.difference`'s to say; here it is put in order and in words.

Source: 质检认纪〔2012〕1号 六（二）.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import fields, replace

from lianfang.documents.writing.comparison import changes_in
from lianfang.documents.writing.pieces import PieceKind, Row, rows_of, whole
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.values import Values
from lianfang.documents.writing.words import Words, in_line
from lianfang.register.difference import Change, ChangeKind, Part
from lianfang.register.mentions import Entry, entries, part_of
from lianfang.register.model import Measure, Power, Register, RiskPoint, Step
from lianfang.register.words import FIELD_LABELS, PART_LABELS

_NAMES = ("name", "title")
# what stands in the heading of a card, or on lines of its own
_APART = frozenset({"id", "code", "unit", "steps", "measures", "level", "confirmed", *_NAMES})
_LEVELS = frozenset({"level", "confirmed"})
# a matter or a post that both decides and executes sets a floor for the level (五（三）)
_WEIGHTY: Mapping[Part, frozenset[str]] = {
    Part.RISK: frozenset({"computed", "scores", "residual", "manifestations"}) | _LEVELS,
    Part.POWER: frozenset({"matters", "posts"}),
}
_Key = tuple[Part, str]


class CardKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    SAME = "same"


class Head(Struct, frozen=True, kw_only=True):
    """A part that stands by itself, and what became of it.

    `level` is the scheme's code of a risk point, None while it is not rated. `is_weighty`: its
    level, what decides the level, or a measure changed.
    """

    kind: CardKind
    part: Part
    id: str
    name: str
    level: str | None
    is_weighty: bool
    changes: tuple[Change, ...]


class Line(Struct, frozen=True, kw_only=True):
    """A field on a card: whose, what it is called, its rows; `note` is said behind it."""

    part: Part
    id: str
    field: str
    label: str
    rows: tuple[Row, ...]
    note: str = ""


class Card(Struct, frozen=True):
    """A head with its lines: those that changed, or all of a part that is there on one side."""

    head: Head
    lines: tuple[Line, ...]


class Cards:
    """Lays two registers beside each other; `before` None lays one beside itself.

    Of `request.unit` the powers and risk points are told, unchanged ones too, and whatever else
    of it changed. Heads cost what the registers hold, a card what stands on it.
    """

    def __init__(self, request: Request, before: Register | None) -> None:
        self._after = _Side(request)
        self._before = self._after
        changes: tuple[Change, ...] = ()
        if before is not None:
            earlier = replace(request, register=before, edition=request.before_edition)
            self._before = _Side(earlier)
            changes = changes_in(request, before)
        self.heads = tuple(self._heads(request.unit, changes))

    def card(self, head: Head) -> Card:
        """Return the card of one of the heads."""
        key = head.part, head.id
        match head.kind:
            case CardKind.CHANGED:
                lines = tuple(self._changed(head))
            case CardKind.REMOVED:
                lines = tuple(self._before.all_of(key, PieceKind.GONE))
            case CardKind.ADDED:
                lines = tuple(self._after.all_of(key, PieceKind.NEW))
            case CardKind.SAME:
                lines = tuple(self._after.all_of(key, PieceKind.SAME))
        return Card(head, lines)

    def _heads(self, unit: str, changes: tuple[Change, ...]) -> Iterator[Head]:
        told: dict[_Key, list[Change]] = {}
        for change in changes:
            side = self._before if change.kind is ChangeKind.REMOVED else self._after
            told.setdefault(side.holder[change.part, change.id], []).append(change)
        for key in dict.fromkeys((*self._after.order, *self._before.order)):
            found = tuple(told.get(key, ()))
            side = self._after if key in self._after.parts else self._before
            if (found or key[0] in (Part.POWER, Part.RISK)) and side.is_of(key, unit):
                yield _head(key, side, found)

    def _changed(self, head: Head) -> Iterator[Line]:
        levels = self._before.level(head.id), self._after.level(head.id)
        has_level = head.part is Part.RISK and levels[0] != levels[1]
        if has_level:
            yield self._level_line(head.id)
        for change in head.changes:
            left_out = (_LEVELS | {"reason"}) if has_level and change.part is Part.RISK else ()
            yield from (line for line in self._lines(change) if line.field not in left_out)

    def _level_line(self, risk: str) -> Line:
        rows = rows_of((self._before.level_words(risk),), (self._after.level_words(risk),))
        reason = getattr(self._after.parts[Part.RISK, risk], "reason", "")
        label = self._after.label("level")
        return Line(
            part=Part.RISK, id=risk, field="level", label=label, rows=rows, note=in_line(reason)
        )

    def _lines(self, change: Change) -> Iterator[Line]:
        key = change.part, change.id
        if change.kind is ChangeKind.ADDED:
            yield self._after.inner(key, PieceKind.NEW)
            return
        if change.kind is ChangeKind.REMOVED:
            yield self._before.inner(key, PieceKind.GONE)
            return
        old, new = self._before.parts[key], self._after.parts[key]
        names = [changed.field for changed in change.fields if hasattr(new, changed.field)]
        if change.kind is ChangeKind.MOVED:
            label = self._after.field_label(key, "about")
            rows = rows_of((change.place_before,), (change.place,))
            yield Line(part=change.part, id=change.id, field="about", label=label, rows=rows)
        for name in names:
            rows = rows_of(
                self._before.values.lines(name, getattr(old, name)),
                self._after.values.lines(name, getattr(new, name)),
            )
            label = self._after.field_label(key, name)
            if rows:
                yield Line(part=change.part, id=change.id, field=name, label=label, rows=rows)


class _Side:
    """One register: its parts by key, what each stands in, and the words for it."""

    def __init__(self, request: Request) -> None:
        self._words = Words(request)
        self.values = Values(self._words)
        self.parts: dict[_Key, Entry | Step | Measure] = {}
        self.holder: dict[_Key, _Key] = {}
        self._inner: dict[_Key, list[_Key]] = {}
        for entry in entries(request.register):
            self._note(entry)
        self.order = tuple(_in_order(request.register))

    def is_of(self, key: _Key, unit: str) -> bool:
        """Return whether a part is the unit's; rules of the library are everybody's."""
        owner = getattr(self.parts[key], "unit", unit)
        return not unit or owner == unit

    def level(self, risk: str) -> str | None:
        """Return the level in which a risk point stands on this side."""
        found = self.parts.get((Part.RISK, risk))
        return self._words.level_of(found) if isinstance(found, RiskPoint) else None

    def level_words(self, risk: str) -> str:
        """Return that level as shape and word."""
        return self._words.level_cell(self.level(risk)).whole

    def label(self, field: str) -> str:
        """Return what a field is called, as a heading."""
        return _headed(self._words.say(FIELD_LABELS[field]))

    def field_label(self, key: _Key, field: str) -> str:
        """Return what a field is called on a card, with the measure or step that it is of."""
        match self.parts[key]:
            case Measure() as measure:
                phase = self._words.phase_marks.get(measure.phase, self.of_part(Part.MEASURE))
                return phase if field == "text" else f"{phase}·{self.label(field)}"
            case Step() as step:
                return f"{in_line(step.name)}·{self.label(field)}"
        return self.label(field)

    def of_part(self, part: Part) -> str:
        """Return what a kind of part is called, as a heading."""
        return _headed(self._words.say(PART_LABELS[part]))

    def inner(self, key: _Key, kind: PieceKind) -> Line:
        """Return a step or a measure, or a whole part, as one line."""
        part, made = key
        match self.parts[key]:
            case Measure() as measure:
                told, field = self.values.measure(measure), "text"
                label = self.field_label(key, field)
            case Step() as step:
                told, field, label = self.values.step(step), "name", self.of_part(part)
            case other:
                told, field, label = _name(other), "", self.of_part(part)
        return Line(part=part, id=made, field=field, label=label, rows=whole(kind, (told,)))

    def all_of(self, key: _Key, kind: PieceKind) -> Iterator[Line]:
        """Yield every field that says something, then steps and measures."""
        entry = self.parts[key]
        for field in fields(entry):
            value = getattr(entry, field.name)
            if field.name in _APART or value == field.default:
                continue
            rows = whole(kind, self.values.lines(field.name, value))
            label = self.label(field.name)
            if rows:
                yield Line(part=key[0], id=key[1], field=field.name, label=label, rows=rows)
        yield from (self.inner(made, kind) for made in self._inner[key])

    def _note(self, entry: Entry) -> None:
        key = part_of(entry), entry.id
        self.parts[key], self.holder[key] = entry, key
        inner: tuple[tuple[Part, Step | Measure], ...] = ()
        if isinstance(entry, Power):
            inner = tuple((Part.STEP, step) for step in entry.steps)
        elif isinstance(entry, RiskPoint):
            inner = tuple((Part.MEASURE, measure) for measure in entry.measures)
        for part, one in inner:
            self.parts[part, one.id], self.holder[part, one.id] = one, key
        self._inner[key] = [(part, one.id) for part, one in inner]


def _head(key: _Key, side: _Side, changes: tuple[Change, ...]) -> Head:
    own = next((change.kind for change in changes if (change.part, change.id) == key), None)
    kind = CardKind.CHANGED if changes else CardKind.SAME
    if own is ChangeKind.ADDED:
        kind = CardKind.ADDED
    elif own is ChangeKind.REMOVED:
        kind = CardKind.REMOVED
    part, made = key
    is_come_or_gone = kind in (CardKind.ADDED, CardKind.REMOVED) and part is Part.RISK
    return Head(
        kind=kind,
        part=part,
        id=made,
        name=_name(side.parts[key]),
        level=side.level(made) if part is Part.RISK else None,
        is_weighty=is_come_or_gone or any(_weighs(change) for change in changes),
        changes=changes,
    )


def _weighs(change: Change) -> bool:
    fields_changed = {changed.field for changed in change.fields}
    return change.part is Part.MEASURE or not fields_changed.isdisjoint(
        _WEIGHTY.get(change.part, frozenset())
    )


def _headed(label: str) -> str:
    return label[:1].upper() + label[1:]


def _name(part: object) -> str:
    return in_line(next((getattr(part, name) for name in _NAMES if hasattr(part, name)), ""))


def _in_order(register: Register) -> Iterator[_Key]:
    """Yield powers, each followed by the risk points about it, then the rest by kind."""
    by_power: dict[str, list[str]] = {}
    place = {step.id: power.id for power in register.powers for step in power.steps}
    for risk in register.risks:
        by_power.setdefault(place.get(risk.about.id, risk.about.id), []).append(risk.id)
    for power in register.powers:
        yield Part.POWER, power.id
        yield from ((Part.RISK, made) for made in by_power.get(power.id, ()))
    for entry in entries(register):
        yield part_of(entry), entry.id
