"""Reads a file into tables with every doubt marked: the one entrance of the room for files in."""

from collections.abc import Iterable
from pathlib import Path

from lianfang.common.collecting import paused_collection
from lianfang.common.progress import Progress, Report
from lianfang.common.text import Text
from lianfang.documents.contents import Vocabulary, vocabulary
from lianfang.documents.forms import Form, find_forms, is_form
from lianfang.documents.grids import OWN_SHEET, Grid, Opened
from lianfang.documents.headers import Header, match_columns
from lianfang.documents.levels import LevelReader
from lianfang.documents.model import (
    Direction,
    Field,
    LooseRow,
    Problem,
    ProblemCode,
    Reading,
    Table,
)
from lianfang.documents.opening import open_file
from lianfang.documents.rows import Filled, Plan, fill_rows
from lianfang.documents.sheets import Kind, Region, continued_region, filling_unit, find_regions
from lianfang.documents.spellings import is_label
from lianfang.scheme.model import Scheme

_SAMPLE_ROWS = 60
_CAPTION_LINES = 6
_TITLE_WORDS = ("表", "清单", "目录", "台账", "一览", "汇总", "情况", "措施", "卡", "图", "册")
_NO_TITLE = ("附件", "附：", "附:", "填", "单位：", "单位:", "部门：", "部门:")


def read_file(
    path: Path,
    scheme: Scheme,
    *,
    direction: Direction = Direction.HIGH_FIRST,
    columns: dict[str, Field | None] | None = None,
    progress: Report | None = None,
) -> Reading:
    """Return what is understood of the file at `path`; linear in its cells.

    `columns` are corrections by heading (as `squeezed`), which outweigh every guess. `progress`
    is told rows done and rows in all. Raises FileRefused for a file that can't be read safely.
    """
    with paused_collection():
        return read_grids(
            path.name,
            open_file(path),
            scheme,
            direction=direction,
            columns=columns,
            progress=progress,
        )


def read_grids(
    file: str,
    opened: Opened,
    scheme: Scheme,
    *,
    direction: Direction = Direction.HIGH_FIRST,
    columns: dict[str, Field | None] | None = None,
    progress: Report | None = None,
) -> Reading:
    """Return what is understood of grids that are open already; as `read_file`."""
    total = sum(len(grid.rows) for grid in opened.grids)
    counted = Progress(progress, total)
    reader = _Reader(scheme, direction, columns or {}, counted)
    for grid in opened.grids:
        reader.take(grid)
    problems = list(opened.problems)
    if not reader.tables:
        problems.append(_no_table())
    return Reading(file, tuple(reader.tables), direction, tuple(reader.loose), tuple(problems))


def _no_table() -> Problem:
    return Problem(
        ProblemCode.NO_TABLE,
        Text(
            "没有找到表格。请确认表头行至少有两列是常见的栏目名称（如“风险点”“防控措施”）。",
            "No table was found. The header row needs at least two usual headings "
            "(such as 风险点, 防控措施).",
        ),
    )


class _Reader:
    """Reads a file's grids in order; a Word table may continue the one before it."""

    def __init__(
        self,
        scheme: Scheme,
        direction: Direction,
        columns: dict[str, Field | None],
        progress: Progress,
    ) -> None:
        self._progress = progress
        self._levels = LevelReader(scheme, direction)
        self._words: Vocabulary = vocabulary(scheme, self._levels)
        self._corrections = columns
        self._headers: tuple[Header, ...] = ()
        self._plan: Plan | None = None
        self._last: dict[Field, str] = {}
        self.tables: list[Table] = []
        self.loose: list[LooseRow] = []

    def take(self, grid: Grid) -> None:
        if grid.name == OWN_SHEET:
            return
        if is_form(grid):
            self._take_forms(grid)
            return
        layout = find_regions(grid)
        if not layout.regions and self._fits(grid):
            self._take_region(grid, continued_region(grid, self._headers), continues=True)
            return
        for region in layout.regions:
            continues = grid.follows and region.header_rows[0] == 0 and self._same(region.headers)
            self._take_region(grid, region, continues=continues)
        if not layout.regions:
            self._forget()
        self.loose += _loose(grid, ((row, Kind.ABOVE) for row in layout.loose))

    def _forget(self) -> None:
        self._headers, self._plan, self._last = (), None, {}

    def _fits(self, grid: Grid) -> bool:
        """Tell whether a grid without header goes on with the table before it."""
        named = sum(1 for header in self._headers if header.lowest)
        return grid.follows and named > 1 and abs(grid.width - len(self._headers)) <= 1

    def _same(self, headers: tuple[Header, ...]) -> bool:
        return [h.joined for h in headers] == [h.joined for h in self._headers]

    def _take_region(self, grid: Grid, region: Region, *, continues: bool) -> None:
        plan = self._plan
        problems: tuple[Problem, ...] = ()
        if not continues or plan is None:
            plan, problems = self._planned(grid, region)
        before = self._last if continues else None
        filled = fill_rows(
            grid, region.data, plan, self._levels, before=before, progress=self._progress
        )
        self._headers, self._plan, self._last = region.headers, plan, filled.last
        above = (*grid.caption[-_CAPTION_LINES:], *_lines(grid, region.above))
        unit = _banded(region) if Field.UNIT not in plan.fields else None
        self.tables.append(
            Table(
                title=_title(above),
                sheet=grid.name,
                columns=plan.columns,
                fields=plan.fields,
                rows=filled.rows,
                unit=filling_unit(above),
                bands=unit or {},
                header_rows=tuple(_loose(grid, ((r, Kind.HEADER) for r in region.header_rows))),
                loose=tuple(
                    _loose(grid, (*((r, Kind.ABOVE) for r in region.above), *region.loose))
                ),
                problems=_sorted((*problems, *filled.problems, *_outside(filled, plan))),
            )
        )

    def _planned(self, grid: Grid, region: Region) -> tuple[Plan, tuple[Problem, ...]]:
        rows = [grid.rows[row] for row in region.data[:_SAMPLE_ROWS]]
        used = [header for header in region.headers if header.lowest.strip()]
        unnamed = [
            header
            for header in region.headers
            if not header.lowest.strip()
            and any(header.index < len(row) and row[header.index].strip() for row in rows)
        ]
        headers = sorted((*used, *unnamed), key=lambda header: header.index)
        samples = [[row[h.index] if h.index < len(row) else "" for row in rows] for h in headers]
        columns, problems = match_columns(headers, samples, self._words, self._corrections)
        return Plan(columns, max(grid.width, len(region.headers))), problems

    def _take_forms(self, grid: Grid) -> None:
        self._forget()
        forms = find_forms(grid)
        inside = {row for form in forms for row in form.rows}
        outside = [row for row, line in enumerate(grid.rows) if row not in inside and any(line)]
        self.loose += _loose(grid, ((row, Kind.ABOVE) for row in outside))
        above = (*grid.caption[-_CAPTION_LINES:], *_lines(grid, outside))
        for form in forms:
            samples = [[line[1][header.index] for line in form.lines] for header in form.headers]
            columns, problems = match_columns(form.headers, samples, self._words, self._corrections)
            plan = Plan(columns, len(form.headers))
            filled = _fill_form(form, plan, self._levels)
            self.tables.append(
                Table(
                    title=_title(above),
                    sheet=grid.name,
                    columns=columns,
                    fields=plan.fields,
                    rows=filled.rows,
                    form=True,
                    unit=filling_unit(above),
                    loose=tuple(_loose(grid, ((row, Kind.HEADER) for row in form.rows))),
                    problems=_sorted((*problems, *filled.problems)),
                )
            )


def _fill_form(form: Form, plan: Plan, levels: LevelReader) -> Filled:
    """Fill a form's lines as if they were rows of a sheet, then give them their real numbers."""
    lines = Grid("", [values for _, values in form.lines])
    filled = fill_rows(lines, range(len(form.lines)), plan, levels)
    numbers = {place + 1: row + 1 for place, (row, _) in enumerate(form.lines)}
    return Filled(
        tuple(row.renumbered(numbers[row.number]) for row in filled.rows),
        filled.last,
        tuple(problem.at_row(numbers.get(problem.row or 0)) for problem in filled.problems),
    )


def _banded(region: Region) -> dict[int, str]:
    """Return, by 1-based row, the section heading a row stands under."""
    return {row + 1: band for row, band in region.bands.items() if not band.isdigit()}


def _lines(grid: Grid, rows: Iterable[int]) -> list[str]:
    return [" ".join(cell for cell in grid.rows[row] if cell.strip()) for row in rows]


def _loose(grid: Grid, rows: Iterable[tuple[int, Kind]]) -> list[LooseRow]:
    return [LooseRow(row + 1, grid.rows[row], kind) for row, kind in rows]


def _title(lines: Iterable[str]) -> str | None:
    """Return the line above a table that reads like its title."""
    candidates = [line.strip() for line in lines if line.strip()]
    named = [line for line in candidates if not line.startswith(_NO_TITLE) and not is_label(line)]
    for line in reversed(named):
        if any(word in line for word in _TITLE_WORDS) and "：" not in line:
            return line
    return named[0] if named else None


def _outside(filled: Filled, plan: Plan) -> list[Problem]:
    """Mark cells that stand in no named column, so that nobody thinks they were understood."""
    known = {column.index for column in plan.columns}
    return [
        Problem(
            ProblemCode.CELL_OUTSIDE,
            Text(
                f"单元格“{cell.strip()[:20]}”不在任何有表头的列里，已原样保留，请核对。",
                f"Cell “{cell.strip()[:20]}” stands under no heading; it is kept as it is. "
                "Please check.",
            ),
            row=row.number,
            column=column,
        )
        for row in filled.rows
        for column, cell in enumerate(row.cells)
        if column not in known and cell.strip()
    ]


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(
        sorted(problems, key=lambda p: (p.row or 0, -1 if p.column is None else p.column, p.code))
    )
