"""Makes a Register of a reading: rows become powers, posts, risk points and measures.

Nothing understood is thrown away: what has no place in the Register is kept as an `Extra` under
its column's own heading, and every doubt on the way is a problem of the row. 六（一）
"""

from collections.abc import Iterable

from msgspec import Struct

from lianfang.common.collecting import paused_collection
from lianfang.common.progress import Progress, Report
from lianfang.common.text import Text
from lianfang.documents.facts import absent_facts
from lianfang.documents.levels import LevelReader
from lianfang.documents.lines import TableView
from lianfang.documents.model import Problem, ProblemCode, Reading, Table
from lianfang.documents.origins import Origins, TableOrigin
from lianfang.documents.parts import Parts
from lianfang.documents.points import PointBuilder
from lianfang.documents.wording import declared_totals
from lianfang.register.model import Register, Total
from lianfang.scheme.model import Scheme

# what a unit is called in the Register of a table that names none
NO_UNIT = "（未注明单位）"


class Registered(Struct, frozen=True):
    """A file's Register, where each part stands in the file, and the doubts on the way."""

    register: Register
    origins: Origins
    problems: tuple[Problem, ...]


def register_of(
    reading: Reading,
    scheme: Scheme,
    *,
    unit: str | None = None,
    progress: Report | None = None,
) -> Registered:
    """Return the Register of a file. Linear in rows.

    `unit` is whose table it is, where the table does not say. `progress` is told rows done and
    rows in all.
    """
    parts = Parts(scheme)
    points = PointBuilder(parts, scheme, LevelReader(scheme, reading.direction))
    counted = Progress(progress, sum(len(table.rows) for table in reading.tables))
    with paused_collection():
        for number, table in enumerate(reading.tables):
            points.begin(TableView(table, number), _fallback_unit(table, reading, unit))
            for row in table.rows:
                points.take(row)
                counted.step()
        points.finish()
    if points.assumed_unit:
        parts.problems.append(_unit_assumed(unit))
    register = parts.register(
        absent=absent_facts(reading, parts), totals=_totals(reading, scheme, parts)
    )
    return Registered(register, _origins(reading, parts), tuple(parts.problems))


def _fallback_unit(table: Table, reading: Reading, unit: str | None) -> str:
    return unit or table.unit or next((t.unit for t in reading.tables if t.unit), None) or NO_UNIT


def _unit_assumed(unit: str | None) -> Problem:
    if unit:
        return Problem(
            ProblemCode.UNIT_ASSUMED,
            Text(
                f"有的行没有注明单位，按“{unit}”处理。",
                f"Some rows name no unit; they count as {unit}.",
            ),
        )
    return Problem(
        ProblemCode.UNIT_ASSUMED,
        Text(
            "表中没有注明单位。请用 --unit 指明，或在表头上方写“填报单位：……”。",
            "The table names no unit. Name it with --unit, or write “填报单位：…” above "
            "the header.",
        ),
    )


def _totals(reading: Reading, scheme: Scheme, parts: Parts) -> tuple[Total, ...]:
    """Gather the numbers that lines around the tables and count columns declare."""
    totals = [
        Total(counted=declared.counted, number=declared.number)
        for line in _loose_lines(reading)
        for declared in declared_totals(line, scheme)
    ]
    return (*totals, *parts.totals)


def _loose_lines(reading: Reading) -> Iterable[str]:
    for table in reading.tables:
        for loose in table.loose:
            if not table.form:
                yield " ".join(cell for cell in loose.cells if cell.strip())
    for loose in reading.loose:
        yield " ".join(cell for cell in loose.cells if cell.strip())


def _origins(reading: Reading, parts: Parts) -> Origins:
    return Origins(
        reading.file,
        tuple(
            TableOrigin(
                table.sheet,
                {column.field: column.index for column in table.columns if column.field},
                table.form,
            )
            for table in reading.tables
        ),
        parts.origins,
        {made: tuple(rows) for made, rows in parts.rows.items()},
    )
