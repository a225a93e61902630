"""Turns the data rows of a table into values by field: merges spread, blanks filled down."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from lianfang.common.progress import Progress
from lianfang.common.text import Text
from lianfang.documents.grids import Grid
from lianfang.documents.items import measure_part, split_items
from lianfang.documents.levels import LevelReader
from lianfang.documents.model import (
    GROUPING,
    MEASURE_PHASES,
    Column,
    Field,
    MeasureItem,
    Problem,
    ProblemCode,
    Row,
)


class Plan(Struct, frozen=True):
    """Which column holds which field, in the order of the fields, for one table."""

    columns: tuple[Column, ...]
    width: int

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(column.field for column in self.columns if column.field is not None)

    @property
    def places(self) -> tuple[int, ...]:
        """The column index of each field."""
        return tuple(column.index for column in self.columns if column.field is not None)


class Filled(Struct, frozen=True):
    """The rows of a table; `last` are the values that a continuation goes on from."""

    rows: tuple[Row, ...]
    last: dict[Field, str]
    problems: tuple[Problem, ...]


def fill_rows(
    grid: Grid,
    data: Sequence[int],
    plan: Plan,
    levels: LevelReader,
    *,
    before: dict[Field, str] | None = None,
    progress: Progress | None = None,
) -> Filled:
    """Return the data rows of a table. Linear in cells.

    `before` holds the last values of the table that this one continues: blank grouping cells
    take them, even where a merged block begins blank.
    """
    reader = _RowReader(plan, levels, before or {})
    spread = _spread_down(grid)
    rows = []
    opening = data[0] if before and data else -1
    counted = progress or Progress(None, len(data))
    for number in data:
        counted.step()
        brought = spread.get(number, ())
        cells = _cells(grid.rows[number], brought, plan.width)
        left_blank = {b.column for b in brought if b.blank and b.top != opening}
        rows.append(reader.row(number + 1, cells, left_blank))
    return Filled(tuple(rows), reader.last, tuple(reader.problems))


class _Brought(Struct, frozen=True):
    """What a merged cell brings into one row it covers; `top` is the row it begins in."""

    column: int
    top: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def _spread_down(grid: Grid) -> dict[int, list[_Brought]]:
    """Return for each row what merged cells of more than one row bring into it."""
    spread: dict[int, list[_Brought]] = {}
    for merge in grid.merges:
        if merge.bottom == merge.top or merge.top >= len(grid.rows):
            continue
        line = grid.rows[merge.top]
        text = line[merge.left] if merge.left < len(line) else ""
        brought = _Brought(merge.left, merge.top, text)
        for row in range(merge.top, min(merge.bottom + 1, len(grid.rows))):
            spread.setdefault(row, []).append(brought)
    return spread


def _cells(line: tuple[str, ...], brought: Iterable[_Brought], width: int) -> tuple[str, ...]:
    if not brought and len(line) == width:
        return line
    cells = [*line, *[""] * (width - len(line))]
    for merged in brought:
        if merged.column < len(cells) and not cells[merged.column].strip():
            cells[merged.column] = merged.text
    return tuple(cells)


class _RowReader:
    """Reads rows one after the other, remembering what blank grouping cells repeat."""

    def __init__(self, plan: Plan, levels: LevelReader, before: dict[Field, str]) -> None:
        self._plan = plan
        self._levels = levels
        self._fields = plan.fields
        self._columns = plan.places
        self._groups = [(i, field) for i, field in enumerate(self._fields) if field in GROUPING]
        self._measures = tuple(
            (place, MEASURE_PHASES[field])
            for place, field in enumerate(self._fields)
            if field in MEASURE_PHASES
        )
        self._level = self._fields.index(Field.LEVEL) if Field.LEVEL in self._fields else None
        self._level_column = plan.places[self._level] if self._level is not None else None
        self.last = dict(before)
        self.problems: list[Problem] = []

    def row(self, number: int, cells: tuple[str, ...], left_blank: set[int]) -> Row:
        """Return a row; `left_blank` are columns that a merged blank cell covers on purpose."""
        texts = [cell.strip() for cell in cells]
        values = [texts[column] or None for column in self._columns]
        for place, field in self._groups:
            text = values[place]
            if text is not None:
                self.last[field] = text
            elif self._columns[place] not in left_blank:
                values[place] = self.last.get(field)
        return Row(
            number=number,
            cells=cells,
            values=tuple(values),
            level=self._read_level(number, values),
            measures=self._read_measures(number, values),
        )

    def _read_level(self, number: int, values: list[str | None]) -> str | None:
        text = values[self._level] if self._level is not None else None
        if text is None:
            return None
        reading = self._levels.read(text)
        if reading.unknown:
            self._doubt(
                number,
                self._level_column,
                ProblemCode.LEVEL_UNKNOWN,
                f"等级“{text}”认不出来，按未评定处理。请改为高、中、低之一。",
                f"Level “{text}” is not known and counts as not rated. "
                "Make it high, medium or low.",
            )
        elif reading.counts and len(reading.counts) > 1:
            self._doubt(
                number,
                self._level_column,
                ProblemCode.LEVEL_SEVERAL,
                f"等级“{text}”写了不止一个，本行取最高的；请按风险点分行填写。",
                f"Level “{text}” names several; the row takes the highest. "
                "Give each risk point a row of its own.",
            )
        elif reading.numbered:
            self._doubt(
                number,
                self._level_column,
                ProblemCode.LEVEL_NUMBERED,
                f"等级“{text}”按第一级最高来读；如果相反，请用 --levels low-first 再读一次。",
                f"Level “{text}” was read with the first as the highest; "
                "if it is the other way round, read again with --levels low-first.",
            )
        return reading.code

    def _read_measures(self, number: int, values: list[str | None]) -> tuple[MeasureItem, ...]:
        measures: list[MeasureItem] = []
        for place, phase in self._measures:
            text = values[place]
            if text is None:
                continue
            split = split_items(measure_part(text))
            measures += [MeasureItem(item.text, phase) for item in split.items]
            if not split.in_order:
                self._doubt(
                    number,
                    self._columns[place],
                    ProblemCode.ITEMS_MISNUMBERED,
                    "措施的编号有重复或跳号，已按编号处逐条拆分，请核对。",
                    "The measures' numbers repeat or skip; the cell was split at each number. "
                    "Please check.",
                )
        return tuple(measures)

    def _doubt(self, number: int, column: int | None, code: ProblemCode, zh: str, en: str) -> None:
        self.problems.append(Problem(code, Text(zh, en), row=number, column=column))
