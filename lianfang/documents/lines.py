"""A table's rows with their words at hand by field, for making a Register of them."""

from msgspec import Struct

from lianfang.documents.model import MEASURE_PHASES, Column, Field, Row, Table
from lianfang.documents.origins import Origin

Words = dict[Field, str]

# Fields that say what a row belongs to, rather than what it adds.
_OF_THE_WHOLE = (
    Field.UNIT,
    Field.POWER,
    Field.POWER_CODE,
    Field.CATEGORY,
    Field.BASIS,
    Field.STEP,
    Field.POST,
    Field.HOLDER,
    Field.RESPONSIBILITY,
)


class Line(Struct, frozen=True, gc=False):
    """A row being taken: its filled cells by field, and where it stands."""

    row: Row
    words: Words
    origin: Origin

    def text(self, field: Field) -> str:
        """Return the row's words under `field`, empty where there are none."""
        return self.words.get(field, "")


class TableView:
    """A table with its cells at hand by field."""

    def __init__(self, table: Table, number: int) -> None:
        self.table = table
        self.number = number
        self._places = {field: place for place, field in enumerate(table.fields)}
        self.loose_columns = tuple(c for c in table.columns if c.field is None and c.header)
        self.measure_places = tuple(
            (self._places[field], phase)
            for field, phase in MEASURE_PHASES.items()
            if field in self._places
        )
        self._whole_places = [self._places[f] for f in _OF_THE_WHOLE if f in self._places]
        self.asks_risks = bool({Field.RISK, Field.MANIFESTATION} & self._places.keys())

    def said_of_whole(self, row: Row) -> tuple[str | None, ...] | None:
        """Return the row's words for unit, power and post; None where other cells count as well."""
        if self.table.bands or self.loose_columns:
            return None
        values = row.values
        return tuple([values[place] for place in self._whole_places])

    def has(self, field: Field) -> bool:
        return field in self._places

    def words(self, row: Row) -> Words:
        """Return the row's filled cells by field."""
        pairs = zip(self.table.fields, row.values, strict=True)
        return {field: text for field, text in pairs if text}

    def loose(self, row: Row) -> list[tuple[Column, str]]:
        """Return the row's filled cells that fit no field."""
        if self.table.form:
            return []
        return [
            (column, cell)
            for column in self.loose_columns
            if column.index < len(row.cells) and (cell := row.cells[column.index].strip())
        ]
