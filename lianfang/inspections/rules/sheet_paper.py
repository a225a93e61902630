"""The sheet of a draw to be printed: all that it can be recomputed from."""

from collections.abc import Iterator, Sequence
from datetime import date

from lianfang.common.text import Language, Text
from lianfang.documents.writing.paper import (
    A4_LANDSCAPE,
    Cell,
    Column,
    Row,
    TablePaper,
    Tone,
    heading_row,
)
from lianfang.documents.writing.words import in_line
from lianfang.inspections.rules.drawing import Picked
from lianfang.inspections.rules.plan import CLAUSE, Entry, Inspector, sha256
from lianfang.inspections.rules.sheet import Sheet, to_bytes
from lianfang.scheme.model import Scheme

TITLE = Text("{organisation}廉洁履责抽查抽取单", "{organisation}: Sheet of a Draw for Spot Checks")
_SHEET = Text("抽取单", "Draw sheet")
_COLUMNS = (
    (Column(code="line", width=10, centred=True), Text("行", "Line")),
    (Column(code="level", width=14, centred=True), Text("等级", "Level")),
    (Column(code="unit", width=44), Text("单位", "Unit")),
    (Column(code="post", width=48), Text("岗位", "Post")),
    (Column(code="person", width=32), Text("人员", "Person")),
    (Column(code="body", width=30), Text("检查机构", "Inspected by")),
    (Column(code="digest", width=28), Text("行摘要（前 12 位）", "Digest (12 digits)")),
    (Column(code="drawn", width=16, centred=True), Text("抽中", "Drawn")),
    (Column(code="inspectors", width=40), Text("检查人员", "Inspectors")),
)
_BODIES = {
    "discipline_office": Text("纪检监察室", "Discipline office"),
    "discipline_oversight": Text("对纪检监察室的监督机构", "Oversight of the discipline office"),
}
_ENTRIES = Text("名单：可能被抽中的人员", "The list: who may be drawn")
_STRATA = Text("分层：各等级在各单位的人数和抽取数", "Strata: people and sample by level and unit")
_POOL = Text("检查人员名单和回避范围", "Who may inspect, and whom they may not")
_ORDER = Text("第 {number} 人", "No. {number}")
_SAMPLE = Text("{population} 人抽 {sample} 人", "{sample} of {population}")
_UNITS = Text("回避单位：{codes}", "Not the units: {codes}")
_PEOPLE = Text("回避人员：{codes}", "Not the people: {codes}")
_NOBODY = Text("无可用的检查人员", "nobody may inspect")
_FACTS = (
    (Text("编号：{told}", "Number: {told}"), "mark"),
    (Text("名称：{told}", "Title: {told}"), "title"),
    (Text("抽取日期：{told}", "Drawn on: {told}"), "on"),
)
_NOTES = (
    Text(
        "办法：机构 {organisation}，{year} 年，方案 {scheme} 第 {version} 版，检查期限 {due_on}，"
        "规则 {rules}",
        "Method: organisation {organisation}, year {year}, scheme {scheme} version {version}, "
        "visits due by {due_on}, rules {rules}",
    ),
    Text("名单和办法的摘要：{plan}", "Digest of the list and the method: {plan}"),
    Text("种子承诺：{commitment}", "Commitment to the seed: {commitment}"),
    Text("种子：{seed}", "Seed: {seed}"),
    Text(
        "公开数值：{value}（{source}，{public_on}）",
        "Public value: {value} ({source}, {public_on})",
    ),
    Text("混合值：{mixed}", "Mixed: {mixed}"),
    Text(
        "抽取比例：{shares}；每组检查人数：{team}", "Shares: {shares}; inspectors together: {team}"
    ),
    Text(
        "核对：lianfang draw-sheet verify 抽取单文件；算法见 docs/inspections.md，"
        "只需 SHA-256 和 HMAC-SHA-256。抽取单文件的摘要：{digest}",
        "To verify: lianfang draw-sheet verify FILE; docs/inspections.md tells the algorithm, "
        "which needs SHA-256 and HMAC-SHA-256 alone. Digest of the file: {digest}",
    ),
)
_SIGNATURES = (
    Text("抽取人（签字）", "Drawn by (signature)"),
    Text("监督人（签字）", "Witness (signature)"),
    Text("日期", "Date"),
)
_FOOTER = Text("依据：{clause}。{title}", "Clause: {clause}. {title}")
_EMPTY = Text("没有名单。", "There is no list.")
_SHORT = 12


def sheet_paper(
    sheet: Sheet, scheme: Scheme, *, mark: str, on: date, language: Language
) -> TablePaper:
    """Return the sheet of a draw as a table paper; `mark` is its number, empty for none."""
    head = sheet.plan.head
    say = _Saying(sheet, scheme, language)
    facts = {"mark": mark, "title": head.title, "on": on.isoformat()}
    return TablePaper(
        code="draw_sheet",
        language=language,
        on=on,
        title=TITLE.in_(language).format(organisation=head.organisation_name),
        sheet=_SHEET.in_(language),
        page=A4_LANDSCAPE,
        columns=tuple(column for column, _ in _COLUMNS),
        head=(tuple(Cell(text=label.in_(language)) for _, label in _COLUMNS),),
        rows=tuple(say.rows()),
        facts=tuple(
            label.in_(language).format(told=facts[code]) for label, code in _FACTS if facts[code]
        ),
        notes=tuple(say.notes()),
        signatures=tuple(one.in_(language) for one in _SIGNATURES),
        footer=_FOOTER.in_(language).format(clause=CLAUSE, title=head.title),
        empty=_EMPTY.in_(language),
    )


class _Saying:
    """Says a sheet's lines in one language."""

    def __init__(self, sheet: Sheet, scheme: Scheme, language: Language) -> None:
        self._sheet = sheet
        self._language = language
        self._levels = {level.code: level for level in scheme.levels}
        self._drawn = {picked.line: picked for picked in sheet.drawn}
        self._names = {one.person: one.person_name for one in sheet.plan.inspectors}

    def rows(self) -> Iterator[Row]:
        """Yield the list, the strata, and who inspects."""
        yield self._band("entries", _ENTRIES)
        for entry in self._sheet.plan.entries:
            yield self._entry(entry, self._drawn.get(entry.line))
        yield self._band("strata", _STRATA)
        units = {entry.unit: entry.unit_name for entry in self._sheet.plan.entries}
        for number, one in enumerate(self._sheet.strata, 1):
            told = _SAMPLE.in_(self._language)
            sample = told.format(population=one.population, sample=one.sample)
            unit = f"{one.unit} {units.get(one.unit, '')}"
            cells = (str(number), self._level(one.level), unit, sample, "", "", "", "", "")
            yield _plain(f"stratum:{number}", cells)
        yield self._band("pool", _POOL)
        for inspector in self._sheet.plan.inspectors:
            yield self._inspector(inspector)

    def notes(self) -> Iterator[str]:
        """Yield what stands under the table: seeds, digests, the public value."""
        head = self._sheet.plan.head
        told = {
            "plan": self._sheet.plan_digest,
            "commitment": self._sheet.commitment,
            "seed": self._sheet.seed,
            "value": self._sheet.value,
            "source": head.source,
            "public_on": head.public_on.isoformat(),
            "mixed": self._sheet.mixed,
            "shares": "、".join(f"{self._level(one.level)} {one.percent}%" for one in head.shares),
            "team": head.team,
            "organisation": f"{head.organisation} {head.organisation_name}",
            "year": head.year,
            "scheme": head.scheme,
            "version": head.scheme_version,
            "due_on": head.due_on.isoformat(),
            "rules": " / ".join(f"{one.level}: {' '.join(one.rules)}" for one in head.shares),
            "digest": sha256(to_bytes(self._sheet)),
        }
        for note in _NOTES:
            yield in_line(note.in_(self._language).format(**told))

    def _band(self, key: str, text: Text) -> Row:
        return heading_row(f"band:{key}", text.in_(self._language), len(_COLUMNS))

    def _level(self, code: str) -> str:
        level = self._levels.get(code)
        return level.label.in_(self._language) if level else code

    def _body(self, code: str) -> str:
        body = _BODIES.get(code)
        return body.in_(self._language) if body else code

    def _entry(self, entry: Entry, picked: Picked | None) -> Row:
        texts = [
            str(entry.line),
            self._level(entry.level),
            f"{entry.unit} {in_line(entry.unit_name)}",
            f"{entry.post} {in_line(entry.post_name)}",
            f"{entry.person} {in_line(entry.person_name)}",
            self._body(entry.body),
            entry.digest[:_SHORT],
            "",
            "",
        ]
        if picked is None:
            return _plain(f"entry:{entry.line}", texts)
        texts[-2] = _ORDER.in_(self._language).format(number=picked.order)
        named = [f"{self._names.get(one, '')}（{one}）" for one in picked.inspectors]
        texts[-1] = "、".join(named) or _NOBODY.in_(self._language)
        cells = tuple(Cell(text=text, tone=Tone.GREY, strong=True) for text in texts)
        return Row(key=f"entry:{entry.line}", cells=cells)

    def _inspector(self, one: Inspector) -> Row:
        units = _UNITS.in_(self._language).format(codes="、".join(one.units) or "—")
        people = _PEOPLE.in_(self._language).format(codes="、".join(one.people) or "—")
        texts = (
            str(one.line),
            "",
            units,
            people,
            f"{one.person} {in_line(one.person_name)}",
            self._body(one.body),
            one.digest[:_SHORT],
            "",
            "",
        )
        return _plain(f"inspector:{one.line}", texts)


def _plain(key: str, texts: Sequence[str]) -> Row:
    return Row(key=key, cells=tuple(Cell(text=text) for text in texts))
