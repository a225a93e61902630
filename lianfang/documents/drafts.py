"""A risk point while its rows are coming, and how it becomes one or more of the Register's."""

from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct

from lianfang.common.text import Text
from lianfang.documents.items import Items, measure_part, split_items
from lianfang.documents.levels import LevelReader
from lianfang.documents.lines import Line, TableView
from lianfang.documents.model import Field, MeasureItem, Problem, ProblemCode
from lianfang.documents.origins import Origin
from lianfang.documents.parts import Parts
from lianfang.documents.wording import asks_rule, is_person, names
from lianfang.register.model import (
    Charge,
    ChargeRole,
    Extra,
    Manifestation,
    Measure,
    RiskPoint,
    Subject,
)
from lianfang.scheme.model import Scheme

# A cell of several risks names the point as a whole up to here, else by its first.
_LONGEST_TITLE = 100
Key = tuple[str, str, tuple[str, ...], str, str]

_CHARGES = (
    (Field.OWNER, ChargeRole.OWNER),
    (Field.UNIT_HEAD, ChargeRole.UNIT_HEAD),
    (Field.LEADER, ChargeRole.LEADER),
)
_KEPT = (
    (Field.OBJECT, "适用对象"),
    (Field.NOTE, "备注"),
    (Field.HOLDER, "人员"),
    (Field.RISK_COUNT, "风险点数"),
)


class Beside(Struct, frozen=True, gc=False):
    """The words that stand beside the measures of one row."""

    origin: Origin
    responsible: str
    frequency: str
    evidence: str
    method: str
    indicator: str


class MeasureDraft(Struct, frozen=True, gc=False):
    item: MeasureItem
    beside: Beside


@dataclass(slots=True)
class PointDraft:
    """A risk point of one or more rows; `risk` is empty where the table has only manifestations."""

    key: Key
    unit: str
    about: Subject
    posts: tuple[str, ...]
    aspects: tuple[str, ...]
    risk: str
    origin: Origin
    shown: list[tuple[str, str | None]] = field(default_factory=list)
    levels: list[str | None] = field(default_factory=list)
    level_text: str = ""
    measures: list[MeasureDraft] = field(default_factory=list)
    measure_cells: list[str] = field(default_factory=list)
    charges: dict[tuple[ChargeRole, str], None] = field(default_factory=dict)
    extras: dict[Extra, None] = field(default_factory=dict)
    rows: list[Origin] = field(default_factory=list)

    def goes_on(self, key: Key, risk: str, shown: str) -> bool:
        """Tell whether a row adds to this point: the same risk, and shown in another way."""
        if key != self.key or not self.risk:
            return False
        if not risk:
            return bool(shown)
        return risk == self.risk and bool(shown) and all(shown != text for text, _ in self.shown)

    def add_row(self, view: TableView, line: Line) -> None:
        """Take a row's manifestation, level, measures and the words beside them."""
        self.rows.append(line.origin)
        words = line.words
        if Field.MANIFESTATION in words:
            self.shown.append((words[Field.MANIFESTATION], line.row.level))
        self.levels.append(line.row.level)
        self.level_text = words.get(Field.LEVEL, "")
        for column, role in _CHARGES:
            if column in words:
                self.charges.update(dict.fromkeys((role, name) for name in names(words[column])))
        if line.row.measures:
            self._take_measures(view, line)
        for loose, cell in view.loose(line.row) if view.loose_columns else ():
            self.extras[Extra(label=loose.header, text=cell)] = None
        for kept, label in _KEPT:
            if kept in words and not (kept is Field.HOLDER and self.posts):
                self.extras[Extra(label=label, text=words[kept])] = None

    def _take_measures(self, view: TableView, line: Line) -> None:
        said = line.words.get
        beside = Beside(
            line.origin,
            _words_for_who(said(Field.OWNER, "")),
            said(Field.FREQUENCY, ""),
            said(Field.EVIDENCE, ""),
            said(Field.METHOD, ""),
            said(Field.INDICATOR, ""),
        )
        known = {draft.item for draft in self.measures} if self.measures else frozenset()
        self.measures += [
            MeasureDraft(item, beside) for item in line.row.measures if item not in known
        ]
        self.measure_cells += [line.row.values[place] or "" for place, _ in view.measure_places]


@lru_cache(maxsize=16_384)
def _words_for_who(text: str) -> str:
    """Return the words for who carries a measure out, without the persons named."""
    return "、".join([name for name in names(text) if not is_person(name)])


def freeze(draft: PointDraft, parts: Parts, scheme: Scheme, levels: LevelReader) -> None:
    """Add the draft to the register as one risk point, or as one for each item it numbers.

    A cell of several numbered risks becomes several points only where one measure column numbers
    its items alike: risk i then has measure i. Otherwise the items are its manifestations.
    """
    titles = split_items(draft.risk or (draft.shown[0][0] if draft.shown else ""))
    pairs = _pairs(draft, titles)
    if pairs is not None:
        own = _expanded(draft, levels, len(pairs))
        for (title, measure), level in zip(pairs, own, strict=True):
            _add(draft, parts, title, (), measure, level)
        return
    whole = " ".join(draft.risk.split())
    if draft.risk and draft.shown:
        shown = [
            (item.text, level) for text, level in draft.shown for item in split_items(text).items
        ]
        title = titles.items[0].text if len(titles.items) == 1 else whole
    else:
        several = titles.numbered and (not draft.risk or len(titles.items) > 1)
        shown = [(item.text, draft.levels[0]) for item in titles.items] if several else []
        title = whole if several and 0 < len(whole) <= _LONGEST_TITLE else titles.items[0].text
    if len(titles.items) > 1 and titles.numbered and draft.measures:
        parts.problems.append(_unpaired(draft.origin))
    level = max(draft.levels, key=scheme.rank, default=None)
    differing = len(set(draft.levels)) > 1
    manifestations = tuple(
        Manifestation(text=text, level=own if differing else None) for text, own in shown
    )
    _add(draft, parts, title, manifestations, draft.measures, level)


def _expanded(draft: PointDraft, levels: LevelReader, number: int) -> list[str | None]:
    """Return the level of each of `number` risks: “1中2低” is three where there are three."""
    counts = levels.read(draft.level_text).counts
    each = [code for code, times in counts for _ in range(min(times, number))]
    return list(each) if len(each) == number else [draft.levels[0]] * number


def _pairs(draft: PointDraft, titles: Items) -> list[tuple[str, list[MeasureDraft]]] | None:
    """Return each numbered risk with its measure, None where the numbers don't match."""
    if len(draft.rows) > 1 or len(titles.items) < 2 or not titles.numbered:
        return None
    if draft.risk and draft.shown:
        return None
    if len(draft.measure_cells) != 1 or len(draft.measures) != len(titles.items):
        return None
    measures = split_items(measure_part(draft.measure_cells[0]))
    if [item.number for item in measures.items] != [item.number for item in titles.items]:
        return None
    return [
        (title.text, [measure]) for title, measure in zip(titles.items, draft.measures, strict=True)
    ]


def _add(
    draft: PointDraft,
    parts: Parts,
    title: str,
    manifestations: tuple[Manifestation, ...],
    measures: list[MeasureDraft],
    level: str | None,
) -> None:
    made = parts.new_id("risk", draft.origin)
    if len(draft.rows) > 1:
        parts.rows[made] = draft.rows
    parts.risks.append(
        RiskPoint(
            id=made,
            unit=draft.unit,
            about=draft.about,
            title=title.rstrip("。；;"),
            posts=draft.posts,
            aspects=draft.aspects,
            manifestations=manifestations,
            level=level,
            measures=tuple(
                [
                    _measure(measure, f"{made}.{number}", draft.origin, parts)
                    for number, measure in enumerate(measures, 1)
                ]
            ),
            extras=tuple(draft.extras),
        )
    )
    for role, name in draft.charges:
        parts.charges[made, role, name] = Charge(risk=made, role=role, name=name)


def _measure(draft: MeasureDraft, made: str, of_risk: Origin, parts: Parts) -> Measure:
    """Return a measure; its id, “risk-5.2”, says of which risk it is and so where it stands."""
    text, beside = draft.item.text, draft.beside
    if beside.origin != of_risk:
        parts.origins[made] = beside.origin
    return Measure(
        id=made,
        text=text,
        phase=draft.item.phase,
        responsible=beside.responsible,
        frequency=beside.frequency,
        evidence=beside.evidence,
        method=beside.method,
        indicator=beside.indicator,
        regulation=parts.known_regulation(text) if "《" in text else None,
        asks_rule=asks_rule(text),
    )


def _unpaired(origin: Origin) -> Problem:
    return Problem(
        ProblemCode.ITEMS_UNPAIRED,
        Text(
            "风险和措施的编号对不上，没有拆开：各条风险列为同一风险点的表现形式。请按条对应编号，或分行填写。",
            "The numbers of risks and measures don't match, so the row stays one risk point with "
            "its items as manifestations. Number them alike, or write a row for each.",
        ),
        row=origin.row,
        table=origin.table,
    )
