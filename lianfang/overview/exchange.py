"""The view on paper: a brief of two tables, and the table of units as a workbook (三, 六（二）)."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import structs

from lianfang.common.http import language_now
from lianfang.common.text import Language, Text
from lianfang.documents.drawing.wrapping import wrapped
from lianfang.documents.writing.facing import day_of
from lianfang.documents.writing.paper import (
    A4_LANDSCAPE,
    A4_PORTRAIT,
    Cell,
    Column,
    Row,
    TablePaper,
    heading_row,
)
from lianfang.documents.writing.pdf import to_pdf
from lianfang.documents.writing.xlsx import to_xlsx
from lianfang.overview.queries.overview import Overview
from lianfang.overview.queries.units import UnitLine
from lianfang.overview.rules.progress import Mark
from lianfang.risks.queries.narrowing import UNRATED
from lianfang.scheme.model import Scheme

Heading = tuple[Column, Text]

TITLE = Text("廉政风险防控情况简报", "Integrity-Risk Control: Brief")
_UNITS = Text("各单位情况表", "Units")
_FACTS = (
    Text("单位：{name}", "Organisation: {name}"),
    Text("截至：{day}", "As of: {day}"),
)
_FOOTER = Text(
    "依据：三、六（二）、五（六）1、五（七）。方案 {scheme} 第 {version} 版。"
    "数据来自登记册和履责记录，不含举报内容。",
    "Clauses: 三, 六（二）, 五（六）1, 五（七）. Scheme {scheme}, version {version}. "
    "From the register and the records of duties; nothing of reports.",
)
_BRIEF = (
    (Column(code="what", width=72), Text("事项", "What")),
    (Column(code="number", width=18, centred=True, figures=True), Text("数量", "Number")),
    (Column(code="measure", width=16, centred=True), Text("单位", "Of")),
    (Column(code="note", width=80), Text("说明", "Note")),
)
_WHOSE = (
    (Column(code="unit", width=58), Text("单位", "Unit")),
    (Column(code="head", width=30), Text("防控责任人", "Control owner")),
)
_STAGES = (
    (Column(code="fill", width=34, centred=True), Text("清权梳理", "Filling in")),
    (Column(code="collect", width=22, centred=True), Text("汇总反馈", "Checking")),
    (Column(code="decide", width=22, centred=True), Text("审议发布", "Deciding")),
)
_FURTHEST = ((Column(code="stage", width=40), Text("年度工作", "Work of the year")),)
_LATER = (
    (Column(code="risks", width=16, centred=True, figures=True), Text("风险点", "Risk points")),
    (Column(code="measures", width=16, centred=True, figures=True), Text("措施", "Measures")),
    (Column(code="done", width=16, centred=True, figures=True), Text("已履责", "Duties done")),
    (Column(code="owed", width=16, centred=True, figures=True), Text("应履责", "Duties owed")),
    (Column(code="late", width=16, centred=True, figures=True), Text("逾期", "Overdue")),
)
_GROUPS = {
    "year": Text("年度工作", "Work of the year"),
    "levels": Text("廉政风险点", "Risk points"),
    "duties": Text("履责", "Duties"),
    "chain": Text("逾期，按责任链", "Overdue, down the chain"),
    "findings": Text("监督检查", "Inspections"),
    "alerts": Text("预警和考核", "Early warning and yearly check"),
}
_SENT = Text("已报送填报的单位", "Units that have sent their filing")
_OF_UNITS = Text("共 {many} 个单位", "of {many} units")
_LEVEL = Text("{level}等级风险点", "Risk points, {level}")
_NOT_RATED = Text("{level}的风险点", "Risk points, {level}")
_SHARE = Text("占 {percent}%", "{percent}%")
_LACK = Text("高等级风险点缺{phase}措施", "High-level points lacking: {phase}")
_MEASURES = Text("现行防控措施", "Measures in force")
_KIND = Text("{kind}：已履行", "{kind}: done")
_OWED = Text("本年应履行 {owed} 项，逾期 {late} 项", "{owed} owed this year, {late} overdue")
_LATE = Text("逾期履责", "Overdue duties")
_OLDEST = Text("最长 {days} 天", "oldest {days} days")
_OPEN, _WAITS = Text("待整改问题", "Findings to be put right"), Text("待复核问题", "To be judged")
_FINDINGS_LATE = Text("其中逾期 {late} 项", "{late} of them overdue")
_ALERTS = Text("在办预警", "Open alerts")
_AVERAGE = Text("{year} 年度考核的单位", "Units checked in {year}")
_SCORE = Text("平均 {average} 分：{bands}", "{average} points on average: {bands}")
_NOBODY = Text("未明确", "nobody")
_ITEMS, _POINTS, _BODIES = Text("项", "items"), Text("个", "points"), Text("个", "units")
_NOTES = (
    Text(
        "风险点数含下属单位，其余各列只计本单位；逾期含以前年度的。",
        "Risk points are counted with the units below, everything else without; overdue are those "
        "of earlier years, too.",
    ),
)
_NONE = Text("没有单位。", "There are no units.")
# so much fits on a page of the brief: leaders with something overdue, the units named with each,
# lines of units, and so many em of a unit's name
_LEADERS, _NAMED, _LINES, _WIDE = 10, 4, 27, 18.0
_MORE_UNITS = Text(
    "另有 {many} 个单位未列出，见导出的各单位情况表。",
    "{many} more units are in the exported table of units.",
)
_NAMED_UNIT = Text("{name}（{many}）", "{name} ({many})")
_OTHER_LEADERS = Text("另有 {many} 位领导", "{many} more leaders")
_AND_OTHERS = Text("等 {many} 个单位", " and {many} more units")


def brief_pdf(view: Overview, *, organisation: str, scheme: Scheme) -> bytes:
    """Return the brief, two pages: the figures, then the units. Raises FontsRefused."""
    return to_pdf(
        _figures_paper(view, organisation, scheme), _short_paper(view, organisation, scheme)
    )


def units_workbook(view: Overview, *, organisation: str, scheme: Scheme) -> bytes:
    """Return the table of units as .xlsx."""
    return to_xlsx(units_paper(view, organisation, scheme))


def units_paper(view: Overview, organisation: str, scheme: Scheme) -> TablePaper:
    """Return the table of all units, stage by stage."""
    paper = _short_paper(view, organisation, scheme)
    return structs.replace(
        paper,
        code="overview-units",
        **_table((*_WHOSE, *_STAGES), scheme, language_now()),
        rows=tuple(_unit_row(line, _stage_words(line), language_now()) for line in view.lines),
        notes=_notes(view, language_now(), shown=len(view.lines)),
    )


def _short_paper(view: Overview, organisation: str, scheme: Scheme) -> TablePaper:
    """Return the table of units as far as one page holds it: how far each has come at most."""
    language, lines = language_now(), list(_fitting(view.lines))
    return TablePaper(
        code="overview-brief-units",
        language=language,
        on=view.on,
        title=_UNITS.in_(language),
        sheet=_UNITS.in_(language),
        page=A4_LANDSCAPE,
        **_table((*_WHOSE, *_FURTHEST), scheme, language),
        rows=tuple(_unit_row(line, (_furthest(line),), language) for line in lines),
        facts=_facts(view, organisation, language),
        notes=_notes(view, language, shown=len(lines)),
        footer=_footer(scheme, language),
        empty=_NONE.in_(language),
    )


def _table(front: Iterable[Heading], scheme: Scheme, language: Language) -> dict[str, Any]:
    """Return the columns and the head of a table of units."""
    labels = [(level.code, f"{level.shape}{level.label.in_(language)}") for level in scheme.levels]
    labels.append((UNRATED, f"○{scheme.unrated.in_(language)}"))
    heads = [
        *((column, head.in_(language)) for column, head in front),
        *((Column(code=code, width=16, centred=True, figures=True), told) for code, told in labels),
        *((column, head.in_(language)) for column, head in _LATER),
    ]
    return {
        "columns": tuple(column for column, _head in heads),
        "head": (tuple(Cell(text=head) for _column, head in heads),),
    }


def _fitting(lines: Iterable[UnitLine]) -> Iterator[UnitLine]:
    """Yield the units that fit on a page, the first ones."""
    room = _LINES
    for line in lines:
        room -= len(wrapped(_name(line), _WIDE))
        if room < 0:
            return
        yield line


def _stage_words(line: UnitLine) -> tuple[str, ...]:
    return tuple(stage.words for stage in line.stages) or ("—",) * len(_STAGES)


def _furthest(line: UnitLine) -> str:
    """Return how the last stage stands that a unit has come to."""
    come_to = [stage for stage in line.stages if stage.mark is not Mark.WAITING] or line.stages[:1]
    return come_to[-1].words if come_to else "—"


def _unit_row(line: UnitLine, stages: tuple[str, ...], language: Language) -> Row:
    numbers = (
        *line.ranks,
        line.risks.count,
        line.measures.count,
        line.done.count,
        line.owed.count,
        line.late.count,
    )
    head = line.head.shown_name if line.head is not None else _NOBODY.in_(language)
    texts = (_name(line), head, *stages, *map(str, numbers))
    return Row(key=f"unit:{line.unit.code}", cells=tuple(Cell(text=text) for text in texts))


def _name(line: UnitLine) -> str:
    """Return the name, with a full-width space for each step down: a cell keeps it at its start."""
    return "　" * (line.depth - 1) + line.unit.shown_name


def _notes(view: Overview, language: Language, *, shown: int) -> tuple[str, ...]:
    left = len(view.lines) - shown
    more = [_MORE_UNITS.filled(many=left)] if left else []
    return tuple(note.in_(language) for note in (*_NOTES, *more))


def _figures_paper(view: Overview, organisation: str, scheme: Scheme) -> TablePaper:
    language = language_now()
    return TablePaper(
        code="overview-brief",
        language=language,
        on=view.on,
        title=TITLE.in_(language),
        sheet=TITLE.in_(language),
        page=A4_PORTRAIT,
        columns=tuple(column for column, _head in _BRIEF),
        head=(tuple(Cell(text=head.in_(language)) for _column, head in _BRIEF),),
        rows=tuple(_rows(view, language)),
        facts=_facts(view, organisation, language),
        footer=_footer(scheme, language),
    )


def _rows(view: Overview, language: Language) -> Iterator[Row]:
    groups = {
        "year": _year_lines(view),
        "levels": _level_lines(view, language),
        "duties": _duty_lines(view),
        "chain": _chain_lines(view, language),
        "findings": _finding_lines(view),
        "alerts": _alert_lines(view, language),
    }
    for code, lines in groups.items():
        told = list(lines)
        if told:
            yield heading_row(f"band:{code}", _GROUPS[code].in_(language), len(_BRIEF))
        for place, (what, number, measure, note) in enumerate(told):
            texts = (what, str(number), measure, note)
            words = (text.in_(language) if isinstance(text, Text) else text for text in texts)
            yield Row(key=f"{code}:{place}", cells=tuple(Cell(text=text) for text in words))


_Line = tuple[Text | str, int, Text | str, Text | str]


def _year_lines(view: Overview) -> Iterable[_Line]:
    if view.cycle is not None:
        yield (_SENT, view.sent, _BODIES, _OF_UNITS.filled(many=view.filings.count))
    yield (_MEASURES, view.measures.count, _ITEMS, "")


def _level_lines(view: Overview, language: Language) -> Iterable[_Line]:
    total = max(view.risks.count, 1)
    for level in view.levels:
        share = _SHARE.filled(percent=_percent(level.figure.count, total))
        words = _LEVEL if level.code != UNRATED else _NOT_RATED
        name = words.filled(level=f"{level.shape}{level.label}")
        yield (name.in_(language), level.figure.count, _POINTS, share)
    for lack in view.lacks:
        yield (_LACK.filled(phase=lack.label).in_(language), lack.figure.count, _POINTS, "")


def _percent(part: int, whole: int) -> str:
    """Return a share in whole percent; what is there is never called nothing, nor all."""
    if 0 < part * 100 < whole:
        return "<1"
    return str(part * 100 // whole)


def _duty_lines(view: Overview) -> Iterable[_Line]:
    yield (_LATE, view.late.count, _ITEMS, _OLDEST.filled(days=view.oldest))
    for kind in view.kinds:
        note = _OWED.filled(owed=kind.owed.count, late=kind.late.count)
        yield (_KIND.filled(kind=kind.label), kind.done.count, _ITEMS, note)


def _chain_lines(view: Overview, language: Language) -> Iterable[_Line]:
    zh = language is Language.ZH
    joint = "、" if zh else ", "
    for group in view.chain[:_LEADERS]:
        leader = group.leader.shown_name if group.leader is not None else _NOBODY.in_(language)
        named, others = group.lines[:_NAMED], len(group.lines) - _NAMED
        units = joint.join(
            _NAMED_UNIT.filled(name=line.unit.shown_name, many=line.late.count).in_(language)
            for line in named
        )
        if others > 0:
            units += _AND_OTHERS.filled(many=len(group.lines) if zh else others).in_(language)
        yield (leader, group.late.count, _ITEMS, units)
    rest = view.chain[_LEADERS:]
    if rest:
        name = _OTHER_LEADERS.filled(many=len(rest)).in_(language)
        yield (name, sum(group.late.count for group in rest), _ITEMS, "")


def _finding_lines(view: Overview) -> Iterable[_Line]:
    found = view.findings
    if found.open.count or found.corrected.count:
        yield (_OPEN, found.open.count, _ITEMS, _FINDINGS_LATE.filled(late=found.late.count))
        yield (_WAITS, found.corrected.count, _ITEMS, "")


def _alert_lines(view: Overview, language: Language) -> Iterable[_Line]:
    yield (_ALERTS, view.alerts.counted, _ITEMS, _OLDEST.filled(days=view.alerts.oldest))
    found = view.results
    if found is not None:
        joint = ", " if language is Language.EN else "，"
        bands = joint.join(f"{band} {many.count}" for band, many in found.bands)
        note = _SCORE.filled(average=found.average, bands=bands)
        yield (_AVERAGE.filled(year=found.year), found.units.count, _BODIES, note)


def _facts(view: Overview, organisation: str, language: Language) -> tuple[str, ...]:
    whose, day = _FACTS
    return (
        whose.filled(name=organisation).in_(language),
        day.filled(day=day_of(view.on, language)).in_(language),
    )


def _footer(scheme: Scheme, language: Language) -> str:
    return _FOOTER.filled(scheme=scheme.name, version=scheme.version).in_(language)
