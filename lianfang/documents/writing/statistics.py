"""What the units of an organisation have filed, counted: a line for each, and their sum.

Source: 质检认纪〔2012〕1号 六（二）.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from lianfang.common.text import Language, Text
from lianfang.documents.writing.facing import day_of
from lianfang.documents.writing.paper import (
    A3_LANDSCAPE,
    Cell,
    Cells,
    Column,
    Row,
    TablePaper,
    Tone,
)
from lianfang.documents.writing.words import in_line
from lianfang.scheme.model import Scheme

CODE = "statistics"
TITLE = Text(
    "{organisation}{year}年度廉政风险防控填报汇总表",
    "{organisation}: Filings of {year} in Figures",
)
_SHEET = Text("汇总", "Figures")
_ALL = Text("合计", "Total")
_SUM = Text("全部单位", "All units")
_UNCLASSED = Text("未分类", "Not classed")
_UNSORTED = Text("未分阶段", "Not sorted")
_FRONT = (
    (Column(code="seq", width=9, centred=True), Text("序号", "No.")),
    (Column(code="unit", width=38), Text("单位", "Unit")),
    (Column(code="state", width=19, centred=True), Text("填报状态", "Filing")),
)
_BACK = (
    (
        Column(code="remarks", width=12, centred=True, figures=True),
        Text("未办结意见", "Open remarks"),
    ),
    (Column(code="edition", width=17, centred=True), Text("现行版本", "Edition in force")),
)
_POSTS = Text("岗位", "Posts")
_GROUPS = {
    "powers": Text("职权", "Powers"),
    "risks": Text("廉政风险点，按等级", "Risk points by level"),
    "aspects": Text("廉政风险点，按方面", "Risk points by aspect"),
    "measures": Text("防控措施，按阶段", "Measures by phase"),
    "looking": Text("参与查找", "Looked for risks"),
}
_ASKED, _TAKEN = Text("应参与", "Asked"), Text("已参与", "Took part")
# millimetres: a column of figures, one with English words over it, a character and what is around
_NARROWEST, _WIDEST, _ENGLISH = 10.5, 14.5, 15.5
_CHARACTER, _AROUND = 3.0, 2.5
_NOTES = (
    Text(
        "职权、岗位、风险点和措施是登记册在填表日在用的；等级是评定到目前一步的；"
        "一个风险点属于两个方面时，两边都计。",
        "Powers, posts, risk points and measures are those in use in the register on the day of "
        "this paper; a level is as far as rating has come; what has two aspects counts in both.",
    ),
    Text(
        "应参与的是各岗位现任人员；未办结意见是审核中提出而未解决、未免改的。",
        "Asked are the present holders of posts; open remarks are those of checking that are "
        "neither resolved nor waived.",
    ),
)
_SIGNATURES = (
    Text("领导小组办公室（签字）", "Office of the leading group (signature)"),
    Text("领导小组组长（签字）", "Head of the leading group (signature)"),
    Text("日期", "Date"),
)
_FACTS = (
    Text("单位：{name}", "Organisation: {name}"),
    Text("年度：{year}", "Year: {year}"),
    Text("填报日期：{day}", "Date: {day}"),
)
_FOOTER = Text(
    "依据：六（二）。方案 {scheme} 第 {version} 版。",
    "Clause: 六（二）. Scheme {scheme}, version {version}.",
)
_EMPTY = Text("没有要填报的单位。", "There is no unit to file.")


class Line(Struct, frozen=True, kw_only=True):
    """The figures of a unit. The counts stand in the scheme's order, what is in none of it last.

    `categories` count powers, the last ones without a category; `levels` count risk points from
    the highest level down, the last ones not rated; `phases` count measures, the last ones
    unsorted. `asked` and `taken` count seats.
    """

    unit: str = ""
    state: str = ""
    edition: str = ""
    categories: tuple[int, ...]
    posts: int = 0
    levels: tuple[int, ...]
    aspects: tuple[int, ...]
    phases: tuple[int, ...]
    asked: int = 0
    taken: int = 0
    remarks: int = 0

    @property
    def powers(self) -> int:
        """How many powers there are."""
        return sum(self.categories)

    @property
    def risks(self) -> int:
        """How many risk points there are."""
        return sum(self.levels)

    @property
    def measures(self) -> int:
        """How many measures there are."""
        return sum(self.phases)


class Asked(Struct, frozen=True, kw_only=True):
    """Of whom and for whom the figures are."""

    organisation: str
    year: int
    scheme: Scheme
    on: date
    language: Language = Language.ZH


def sum_of(lines: Iterable[Line], scheme: Scheme) -> Line:
    """Return the sum of some lines, noughts for none."""
    told = list(lines)
    return Line(
        categories=_added((one.categories for one in told), len(scheme.categories) + 1),
        posts=sum(one.posts for one in told),
        levels=_added((one.levels for one in told), len(scheme.levels) + 1),
        aspects=_added((one.aspects for one in told), len(scheme.aspects)),
        phases=_added((one.phases for one in told), len(scheme.phases) + 1),
        asked=sum(one.asked for one in told),
        taken=sum(one.taken for one in told),
        remarks=sum(one.remarks for one in told),
    )


def statistics_table(lines: Sequence[Line], asked: Asked) -> TablePaper:
    """Return the table of the lines in their order, their sum under them."""
    language, scheme = asked.language, asked.scheme
    name = in_line(asked.organisation)
    columns, head = _heads(asked)
    rows = [
        Row(key=f"unit:{number}", cells=_cells(str(number), line.unit, line))
        for number, line in enumerate(lines, 1)
    ]
    if rows:
        total = _cells("", _SUM.in_(language), sum_of(lines, scheme))
        rows.append(Row(key="sum", total=True, cells=tuple(map(_weighty, total))))
    told = {"name": name, "year": asked.year, "day": day_of(asked.on, language)}
    return TablePaper(
        code=CODE,
        language=language,
        on=asked.on,
        title=TITLE.in_(language).format(organisation=name, year=asked.year),
        sheet=_SHEET.in_(language),
        page=A3_LANDSCAPE,
        columns=columns,
        head=head,
        rows=tuple(rows),
        facts=tuple(fact.in_(language).format(**told) for fact in _FACTS),
        notes=tuple(note.in_(language) for note in _NOTES),
        signatures=tuple(text.in_(language) for text in _SIGNATURES),
        footer=_FOOTER.in_(language).format(scheme=scheme.name, version=scheme.version),
        empty=_EMPTY.in_(language),
    )


def groups_of(scheme: Scheme) -> dict[str, tuple[Text, ...]]:
    """Return what the counts of a line are called, by group, in their order."""
    return {
        "powers": (*(one.label for one in scheme.categories), _UNCLASSED),
        "risks": (*(one.label for one in scheme.levels), scheme.unrated),
        "aspects": tuple(one.label for one in scheme.aspects),
        "measures": (*(one.label for one in scheme.phases), _UNSORTED),
    }


def _heads(asked: Asked) -> tuple[tuple[Column, ...], tuple[Cells, ...]]:
    """Return the columns and their two rows of headings."""
    head = _Head(asked.language)
    named = groups_of(asked.scheme)
    for column, text in _FRONT:
        head.alone(column, text)
    head.group("powers", (_ALL, *named["powers"]))
    head.alone(head.narrow("posts", _POSTS), _POSTS)
    head.group("risks", (_ALL, *named["risks"]))
    head.group("aspects", named["aspects"])
    head.group("measures", (_ALL, *named["measures"]))
    head.group("looking", (_ASKED, _TAKEN))
    for column, text in _BACK:
        head.alone(column, text)
    return tuple(head.columns), (tuple(head.upper), tuple(head.lower))


class _Head:
    """Two rows of headings, while columns are added to them."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.columns: list[Column] = []
        self.upper: list[Cell | None] = []
        self.lower: list[Cell | None] = []

    def narrow(self, code: str, text: Text) -> Column:
        """Return a column of figures, wide enough for a few characters over them."""
        needed = len(text.in_(self._language)) * _CHARACTER + _AROUND
        width = min(max(needed, _NARROWEST), _WIDEST)
        if self._language is Language.EN:
            width = _ENGLISH
        return Column(code=code, width=width, centred=True, figures=True)

    def alone(self, column: Column, text: Text) -> None:
        """Add a column with a heading of its own."""
        self.columns.append(column)
        self.upper.append(Cell(text=text.in_(self._language), rows=2))
        self.lower.append(None)

    def group(self, code: str, texts: Sequence[Text]) -> None:
        """Add columns of figures under one heading."""
        over = Cell(text=_GROUPS[code].in_(self._language), columns=len(texts))
        self.columns += [self.narrow(f"{code}:{at}", text) for at, text in enumerate(texts)]
        self.upper += [over, *[None] * (len(texts) - 1)]
        self.lower += [Cell(text=text.in_(self._language)) for text in texts]


def _cells(number: str, name: str, line: Line) -> tuple[Cell, ...]:
    texts = (number, in_line(name), line.state, *map(str, _figures(line)), line.edition or "—")
    return tuple(Cell(text=text) for text in texts)


def _figures(line: Line) -> Iterator[int]:
    yield from (line.powers, *line.categories, line.posts)
    yield from (line.risks, *line.levels, *line.aspects)
    yield from (line.measures, *line.phases)
    yield from (line.asked, line.taken, line.remarks)


def _weighty(cell: Cell) -> Cell:
    text = "" if cell.text == "—" else cell.text
    return Cell(text=text, strong=True, tone=Tone.HEAD)


def _added(rows: Iterable[tuple[int, ...]], wide: int) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True))) or (0,) * wide
