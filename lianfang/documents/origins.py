"""Where in a file a part of a Register came from, so that a finding can point to the cell."""

from collections.abc import Mapping

from msgspec import Struct

from lianfang.documents.model import Field

_MEASURES = (
    Field.MEASURES,
    Field.MEASURE_EARLY,
    Field.MEASURE_DURING,
    Field.MEASURE_AFTER,
)
# Under which columns the fields of each part stand in a table, the first that exists counting.
_COLUMNS: Mapping[str, Mapping[str, tuple[Field, ...]]] = {
    "unit": {"": (Field.UNIT,)},
    "post": {"": (Field.POST,), "duties": (Field.RESPONSIBILITY,), "holders": (Field.HOLDER,)},
    "regulation": {"": (Field.BASIS,)},
    "power": {
        "": (Field.POWER, Field.STEP),
        "code": (Field.POWER_CODE,),
        "category": (Field.CATEGORY,),
        "bases": (Field.BASIS,),
        "steps": (Field.STEP, Field.POWER),
        "posts": (Field.POST,),
    },
    "step": {"": (Field.STEP,), "post": (Field.POST, Field.STEP)},
    "risk": {
        "": (Field.RISK, Field.MANIFESTATION),
        "manifestations": (Field.MANIFESTATION, Field.RISK),
        "level": (Field.LEVEL,),
        "aspects": (Field.ASPECT,),
        "posts": (Field.POST,),
        "about": (Field.POWER, Field.STEP),
        "measures": _MEASURES,
    },
    "measure": {
        "": _MEASURES,
        "responsible": (Field.OWNER, *_MEASURES),
        "post": (Field.OWNER, *_MEASURES),
        "frequency": (Field.FREQUENCY, *_MEASURES),
        "evidence": (Field.EVIDENCE, *_MEASURES),
    },
}


class Origin(Struct, frozen=True, gc=False):
    """The row that first gave a part; `row` is 1-based in the sheet, Word table or CSV file."""

    table: int
    row: int


class TableOrigin(Struct, frozen=True):
    """A table: its sheet, and the 0-based column of each field."""

    sheet: str
    columns: Mapping[Field, int]
    form: bool = False


class Place(Struct, frozen=True, order=True):
    """A cell: number of the table, 1-based row, 0-based column; -1 where only the row is known."""

    table: int
    row: int
    column: int


class Origins(Struct, frozen=True):
    """Origins of everything read from one file; `places` by the part's id.

    A measure that stands in the row of its risk has no entry. `rows` are all rows of a part that
    stands in several, by its id.
    """

    file: str
    tables: tuple[TableOrigin, ...]
    places: Mapping[str, Origin]
    rows: Mapping[str, tuple[Origin, ...]] = {}

    def all_rows(self, made: str) -> tuple[Origin, ...]:
        """Return every row that a part was read from, in the order of the file."""
        found = self.rows.get(made)
        if found is not None:
            return found
        first = self.places.get(made)
        return () if first is None else (first,)

    def place(self, kind: str, made: str, field: str) -> Place | None:
        """Return the cell of a part's field, None where the part stands in no row."""
        # A measure in its risk's own row has no place of its own: “risk-5.2” stands by “risk-5”.
        origin = self.places.get(made) or self.places.get(made.rpartition(".")[0])
        if origin is None:
            return None
        table = self.tables[origin.table]
        columns = _COLUMNS.get(kind, {})
        fields = (*columns.get(field, ()), *columns.get("", ()))
        column = next((table.columns[f] for f in fields if f in table.columns), -1)
        return Place(origin.table, origin.row, -1 if table.form else column)
