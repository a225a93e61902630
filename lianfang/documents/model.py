"""What a reader understood of a file: tables, columns, rows, and every doubt.

A Reading keeps each original cell as written; a Register is made from it afterwards. The JSON
form of a Reading is in `documents.report`, the contract in docs/reading.md.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from lianfang.common.text import Text


class Field(StrEnum):
    """The meaning a column can have."""

    SEQ = "seq"
    UNIT = "unit"
    POST = "post"
    HOLDER = "holder"
    POWER_CODE = "power_code"
    POWER = "power"
    CATEGORY = "category"
    BASIS = "basis"
    STEP = "step"
    OBJECT = "object"
    ASPECT = "aspect"
    RISK = "risk"
    MANIFESTATION = "manifestation"
    LEVEL = "level"
    MEASURES = "measures"
    MEASURE_EARLY = "measure_early"
    MEASURE_DURING = "measure_during"
    MEASURE_AFTER = "measure_after"
    OWNER = "owner"
    UNIT_HEAD = "unit_head"
    LEADER = "leader"
    FREQUENCY = "frequency"
    EVIDENCE = "evidence"
    METHOD = "method"
    INDICATOR = "indicator"
    RISK_COUNT = "risk_count"
    RESPONSIBILITY = "responsibility"
    NOTE = "note"


# Columns that name a group: a blank cell in them repeats the one above.
GROUPING = frozenset(
    {
        Field.UNIT,
        Field.POST,
        Field.POWER,
        Field.POWER_CODE,
        Field.CATEGORY,
        Field.STEP,
        Field.OBJECT,
        Field.ASPECT,
        Field.UNIT_HEAD,
        Field.LEADER,
    }
)

# Columns whose cells hold measures, with the phase that the column stands for.
MEASURE_PHASES: Mapping[Field, str | None] = {
    Field.MEASURES: None,
    Field.MEASURE_EARLY: "early",
    Field.MEASURE_DURING: "during",
    Field.MEASURE_AFTER: "after",
}


class Direction(StrEnum):
    """Which end of a numbered level scale is the worst."""

    HIGH_FIRST = "high-first"
    LOW_FIRST = "low-first"


class ProblemCode(StrEnum):
    """What can be in doubt; each has its sentence where it is raised."""

    NO_TABLE = "no-table"
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_GUESSED = "column-guessed"
    COLUMN_TWICE = "column-twice"
    CELL_OUTSIDE = "cell-outside"
    LEVEL_UNKNOWN = "level-unknown"
    LEVEL_NUMBERED = "level-numbered"
    LEVEL_SEVERAL = "level-several"
    ITEMS_MISNUMBERED = "items-misnumbered"
    ITEMS_UNPAIRED = "items-unpaired"
    ASPECT_UNKNOWN = "aspect-unknown"
    CATEGORY_UNKNOWN = "category-unknown"
    UNIT_ASSUMED = "unit-assumed"
    ROW_WITHOUT_RISK = "row-without-risk"
    PART_INERT = "part-inert"
    TEXT_REPAIRED = "text-repaired"


class Problem(Struct, frozen=True):
    """A doubt about a place in a file.

    `row` is 1-based in the sheet, Word table or record; `column` is 0-based; None where the doubt
    is about the whole column, table or file. `table` is the number of the table in the file, where
    the doubt is not kept with its table.
    """

    code: ProblemCode
    message: Text
    row: int | None = None
    column: int | None = None
    table: int | None = None

    def at_row(self, row: int | None) -> "Problem":
        """Return the same doubt about another row."""
        return Problem(self.code, self.message, row, self.column, self.table)


class Column(Struct, frozen=True):
    """A column as understood; `confidence` is from 0 (not understood) to 1 (known spelling)."""

    index: int
    header: str
    field: Field | None
    confidence: float


class MeasureItem(Struct, frozen=True, gc=False):
    text: str
    phase: str | None


class Row(Struct, frozen=True, gc=False):
    """A data row: `cells` as written after merges are spread; `values` by field, filled down.

    `values` are in the order of the table's `fields`; None where there is nothing.
    """

    number: int
    cells: tuple[str, ...]
    values: tuple[str | None, ...]
    level: str | None = None
    measures: tuple[MeasureItem, ...] = ()

    def renumbered(self, number: int) -> "Row":
        """Return the same row under another number."""
        return Row(number, self.cells, self.values, self.level, self.measures)


class Table(Struct, frozen=True):
    """A table found in a file; `fields` are the fields present, in the order of Row.values.

    `header_rows` and `above` hold what stood in and over the header; `below` what closed the
    table, so that every cell of the sheet is somewhere. `unit` is whom the lines above name;
    `bands` the section heading a row number stands under, where no column names the unit.
    """

    title: str | None
    sheet: str
    columns: tuple[Column, ...]
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    form: bool = False
    unit: str | None = None
    bands: dict[int, str] = {}
    header_rows: tuple["LooseRow", ...] = ()
    loose: tuple["LooseRow", ...] = ()
    problems: tuple[Problem, ...] = ()

    def value(self, row: Row, field: Field) -> str | None:
        """Return the row's value of `field`, or None where the table has no such column."""
        try:
            return row.values[self.fields.index(field)]
        except ValueError:
            return None

    def column_of(self, field: Field) -> int | None:
        """Return the index of the column that holds `field`."""
        return next((c.index for c in self.columns if c.field is field), None)


class LooseRow(Struct, frozen=True):
    """A row that is no data: title, header, band, remark, sum or signature line."""

    number: int
    cells: tuple[str, ...]
    kind: str


class Reading(Struct, frozen=True):
    """A file as understood; `loose` holds rows of sheets in which no table was found."""

    file: str
    tables: tuple[Table, ...]
    direction: Direction
    loose: tuple[LooseRow, ...] = ()
    problems: tuple[Problem, ...] = ()

    def all_cells(self) -> Iterator[str]:
        """Yield every cell that was kept, wherever it ended up: for proving nothing is lost."""
        for table in self.tables:
            for row in table.rows:
                yield from row.cells
            for loose in (*table.header_rows, *table.loose):
                yield from loose.cells
        for loose in self.loose:
            yield from loose.cells
