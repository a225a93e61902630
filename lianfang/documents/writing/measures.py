"""The table of powers, risks and measures (职权运行和廉政风险防控措施表): print and offline form.

Source: 质检认纪〔2012〕1号 五（四）, 六（一）.
"""

from collections.abc import Iterator

from lianfang.common.text import Language, Text
from lianfang.documents.writing.enclosing import enclose
from lianfang.documents.writing.facing import facts, footer, level_legend, signatures
from lianfang.documents.writing.gathering import Group, UnitGroups, gather
from lianfang.documents.writing.paper import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    Cell,
    Cells,
    Column,
    Row,
    TablePaper,
    heading_row,
)
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.words import Words, in_line, shown
from lianfang.register.model import Register, RiskPoint, SubjectKind

CODE = "measures"
TITLE = Text("职权运行和廉政风险防控措施表", "Powers, Integrity Risks and Control Measures")
NEW = "+"
PHASE = "measure:"
UNSORTED = "measure:-"
POWER_COLUMNS = 4
BLANK_ROWS = 1
BLANK_POWERS = 3

_HEADS = {
    "seq": Text("序号", "No."),
    "power": Text("职权名称及编号", "Power and code"),
    "category": Text("类别", "Category"),
    "basis": Text("行使依据", "Basis"),
    "post": Text("岗位", "Post"),
    "risk": Text("廉政风险点", "Integrity risk"),
    "shown": Text("表现形式", "How it shows"),
    "aspect": Text("方面", "Aspect"),
    "level": Text("等级", "Level"),
    "responsible": Text("责任岗位", "Responsible post"),
}
_MEASURES = Text("防控措施", "Control measures")
_UNSORTED_HEAD = Text("未分阶段", "Not sorted")
_WIDTHS = {
    "seq": 8,
    "power": 23,
    "category": 12,
    "basis": 25,
    "post": 23,
    "risk": 26,
    "shown": 32,
    "aspect": 15,
    "level": 12,
    "responsible": 25,
}
_ENGLISH_WIDTHS = {"seq": 9, "category": 18, "aspect": 21, "level": 14, "power": 21, "shown": 28}
_MEASURE_WIDTH = 28
_CENTRED = frozenset({"seq", "category", "aspect", "level"})
_LEGEND = Text(
    "措施后〔〕内为频次、期限和留痕。方面：{aspects}。",
    "After a measure, in 〔〕: how often, until when, evidence. Aspects: {aspects}.",
)
_FILLING = Text(
    "填写：白色格可改；每项职权下的空行和表末空行用于增加；等级、类别从下拉单中选；"
    "要删去一个风险点，先“撤销工作表保护”（无密码），再删除整行。各格多项时按 1. 2. 分行编号。",
    "Filling in: white cells may be changed; use the blank rows under a power and at the end to "
    "add; choose level and category from the lists; to remove a risk point, unprotect the sheet "
    "(no password) and delete the whole row. Number several items in a cell 1. 2. on lines.",
)
_EMPTY = Text("本表没有职权和风险点。", "This table has no powers and no risk points.")
_OTHER = {
    SubjectKind.POST: Text("（岗位）{name}", "(Post) {name}"),
    SubjectKind.REGULATION: Text("（制度）{name}", "(Rule) {name}"),
    SubjectKind.UNIT: Text("（单位）{name}", "(Unit) {name}"),
    SubjectKind.STEP: Text("（环节）{name}", "(Step) {name}"),
    SubjectKind.POWER: Text("（职权）{name}", "(Power) {name}"),
}


def measures_table(request: Request) -> TablePaper:
    """Return the table of a register; of several units, with a heading for each."""
    words = Words(request)
    columns = _columns(request, words)
    units = gather(request.register)
    rows = tuple(_Rows(request, words, columns).of(units))
    notes = [
        level_legend(words),
        words.say(_LEGEND).format(aspects="、".join(words.aspects.values())),
    ]
    if request.fillable:
        notes.append(words.say(_FILLING))
    wide = len(columns) > len(_WIDTHS) + len(words.phases)
    return TablePaper(
        code=CODE,
        language=request.language,
        on=request.on,
        title=words.say(TITLE),
        sheet=words.say(Text("措施表", "Measures")),
        page=A3_LANDSCAPE if wide else A4_LANDSCAPE,
        columns=columns,
        head=_head(columns, words),
        rows=rows,
        facts=facts(request, words),
        notes=tuple(notes),
        signatures=signatures(words),
        footer=footer(request, words, "五（一）", "五（四）", "六（一）"),
        empty=words.say(_EMPTY),
        enclosed=enclose(CODE, request) if request.fillable else None,
    )


def _columns(request: Request, words: Words) -> tuple[Column, ...]:
    choices = {
        "category": tuple(words.categories.values()),
        "aspect": tuple(words.aspects.values()),
        "level": words.level_words(),
    }
    english = request.language is Language.EN
    widths = {**_WIDTHS, **(_ENGLISH_WIDTHS if english else {})}
    codes = [code for code in _HEADS if code != "responsible"]
    codes += [PHASE + phase for phase in words.phases]
    if _has_unsorted(request.register, words):
        codes.append(UNSORTED)
    return tuple(
        Column(
            code=code,
            width=widths.get(code, _MEASURE_WIDTH),
            centred=code in _CENTRED,
            choices=choices.get(code, ()),
            strict=code in ("category", "level"),
        )
        for code in (*codes, "responsible")
    )


def _has_unsorted(register: Register, words: Words) -> bool:
    return any(
        measure.phase not in words.phases for risk in register.risks for measure in risk.measures
    )


def _head(columns: tuple[Column, ...], words: Words) -> tuple[Cells, ...]:
    upper: list[Cell | None] = []
    lower: list[Cell | None] = []
    measures = sum(column.code.startswith(PHASE) for column in columns)
    for column in columns:
        if column.code.startswith(PHASE):
            first = all(cell is None or cell.columns == 1 for cell in upper)
            upper.append(Cell(text=words.say(_MEASURES), columns=measures) if first else None)
            phase = column.code.removeprefix(PHASE)
            lower.append(Cell(text=words.phases.get(phase, words.say(_UNSORTED_HEAD))))
        else:
            upper.append(Cell(text=words.say(_HEADS[column.code]), rows=2))
            lower.append(None)
    return tuple(upper), tuple(lower)


class _Rows:
    """The rows of one table, while they are being numbered."""

    def __init__(self, request: Request, words: Words, columns: tuple[Column, ...]) -> None:
        self._words = words
        self._columns = columns
        self._fillable = request.fillable
        self._phases = tuple(
            column.code.removeprefix(PHASE) for column in columns if column.code.startswith(PHASE)
        )
        self._number = 0
        self._blank = Cell(open=True)

    def of(self, units: tuple[UnitGroups, ...]) -> Iterator[Row]:
        """Yield the rows of all units."""
        for entry in units:
            if len(units) > 1:
                yield self._band(entry.unit)
            for group in entry.groups:
                yield from self._group_rows(group)
            if self._fillable:
                for place in range(1, BLANK_POWERS + 1):
                    seq = Cell(text="+")
                    cells = (seq, *[self._blank] * (len(self._columns) - 1))
                    yield Row(key=f"{NEW}new:{entry.unit}#{place}", cells=cells)

    def _band(self, unit: str) -> Row:
        name = self._words.units.get(unit, shown(unit))
        return heading_row(f"band:{unit}", name, len(self._columns))

    def _group_rows(self, group: Group) -> Iterator[Row]:
        self._number += 1
        parts: list[tuple[str, Cells]] = [
            (f"risk:{risk.id}", self._risk(risk)) for risk in group.risks
        ]
        parts = parts or [(group.key, self._no_risk())]
        if self._fillable:
            blanks: Cells = (self._blank,) * (len(self._columns) - POWER_COLUMNS)
            parts += [(f"{NEW}{group.key}#{n + 1}", blanks) for n in range(BLANK_ROWS)]
        front = self._front(group, len(parts))
        for place, (key, cells) in enumerate(parts):
            before = front if place == 0 else (None,) * POWER_COLUMNS
            yield Row(key=key, cells=(*before, *cells))

    def _front(self, group: Group, rows: int) -> Cells:
        """Return the cells that a group's rows share: number, power, category, basis."""
        words, power = self._words, group.power
        seq = Cell(text=str(self._number), rows=rows)
        if power is None:
            name = words.say(_OTHER[group.about.kind]).format(name=self._name(group))
            empty = Cell(rows=rows)
            return (seq, Cell(text=name, rows=rows), empty, empty)
        category = words.categories.get(power.category or "", shown(power.category or power.kind))
        return (
            seq,
            Cell(text=in_line(power.name), note=in_line(power.code), rows=rows, open=True),
            Cell(text=category, rows=rows, open=True),
            Cell(text=words.basis_lines(power.bases), rows=rows, open=True),
        )

    def _name(self, group: Group) -> str:
        words, about = self._words, group.about
        names = {
            SubjectKind.POST: words.posts,
            SubjectKind.REGULATION: words.regulations,
            SubjectKind.UNIT: words.units,
        }.get(about.kind, words.steps)
        return names.get(about.id, shown(about.id))

    def _risk(self, risk: RiskPoint) -> Cells:
        words = self._words
        texts = (shown(risk.title), words.manifestations(risk), words.aspect_lines(risk))
        measures = (
            words.measures_in(risk, None if phase == "-" else phase) for phase in self._phases
        )
        return (
            Cell(text=words.post_lines(risk), note=words.step_note(risk), open=True),
            *(Cell(text=text, open=True) for text in texts),
            words.level_cell(words.level_of(risk), open=True),
            *(Cell(text=text, open=True) for text in measures),
            Cell(text=words.responsibles(risk), open=True),
        )

    def _no_risk(self) -> Cells:
        """Return the cells of a power without risk points: to be filled in, or a dash."""
        rest = len(self._columns) - POWER_COLUMNS
        if self._fillable:
            return (self._blank,) * rest
        return (Cell(text="—"),) * rest
