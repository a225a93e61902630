"""Finds the header of a sheet, which of the six it is, and its rows of filled cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lianfang.common.text import bare
from lianfang.org.exchange.roster.columns import COLUMNS, Column, sheet_named
from lianfang.org.rules.roster.model import Sheet

Cells = Sequence[str]
_HEADER_WITHIN = 30
_LONGEST_HEADER = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A sheet that was recognised: its header row (from 0), its columns by place, the rest."""

    sheet: Sheet
    name: str
    header: int
    columns: Mapping[int, Column]
    ignored: tuple[str, ...]
    repeated: tuple[str, ...]
    rows: Sequence[Cells]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(column.field for column in self.columns.values())

    def body(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the number of each row below the header, from 1, and its filled cells by field."""
        header = [bare(cell) for cell in self.rows[self.header]]
        for number, row in enumerate(self.rows[self.header + 1 :], self.header + 2):
            cells = {
                column.field: row[place]
                for place, column in self.columns.items()
                if place < len(row) and row[place].strip()
            }
            if any(cell.strip() for cell in row) and [bare(cell) for cell in row] != header:
                yield number, cells


def recognise(name: str, rows: Sequence[Cells]) -> Table | None:
    """Return a sheet as one of the six, else as the simple list, None for neither.

    A sheet called “people” that names units and posts is the simple list.
    """
    known = sheet_named(name)
    simple = _table(Sheet.STAFF, name, rows)
    if known is not None:
        table = _table(known, name, rows)
        is_simple = known is Sheet.PEOPLE and simple is not None and _places_people(simple)
        if table is not None and not is_simple:
            return table
    return simple


def _places_people(table: Table) -> bool:
    return not table.fields.isdisjoint({"unit", "post"})


def _table(sheet: Sheet, name: str, rows: Sequence[Cells]) -> Table | None:
    """Return the sheet with the first row that has all the columns that are needed."""
    spelled = {word: column for column in reversed(COLUMNS[sheet]) for word in column.spellings()}
    needed = {column.field for column in COLUMNS[sheet] if column.needed}
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        found: dict[int, Column] = {}
        ignored, repeated = [], []
        for place, cell in enumerate(row):
            column = spelled.get(bare(cell)) if len(cell) <= _LONGEST_HEADER else None
            if column is None:
                ignored.append(cell.strip())
            elif column in found.values():
                repeated.append(cell.strip())
            else:
                found[place] = column
        if needed <= {column.field for column in found.values()} and len(found) > 1:
            return Table(
                sheet=sheet,
                name=name,
                header=number,
                columns=found,
                ignored=tuple(filter(None, ignored)),
                repeated=tuple(repeated),
                rows=rows,
            )
    return None
