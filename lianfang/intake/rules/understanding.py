"""What was understood of a file, as its page shows it: columns, levels, places, flows, doubts."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lianfang.common.text import Text, squeezed
from lianfang.documents.letters import column_letter
from lianfang.documents.model import Column, Direction, Problem, ProblemCode, Reading, Table
from lianfang.documents.roundtrip import Returned
from lianfang.intake.rules.arranging import Keyed, may_be_paired
from lianfang.intake.rules.placing import Placed
from lianfang.register.model import Register

SAMPLES = 3
_SAMPLE_LENGTH = 60
# More doubts than this are counted, not listed.
MOST_PROBLEMS = 500
MOST_FLOWS = 200
# Doubts that a line of the preview tells; the others concern a column, a table or the file.
_OF_A_LINE = frozenset(
    {
        ProblemCode.LEVEL_UNKNOWN,
        ProblemCode.LEVEL_SEVERAL,
        ProblemCode.ITEMS_MISNUMBERED,
        ProblemCode.ITEMS_UNPAIRED,
        ProblemCode.ASPECT_UNKNOWN,
        ProblemCode.CATEGORY_UNKNOWN,
        ProblemCode.TEXT_REPAIRED,
        ProblemCode.CELL_OUTSIDE,
        ProblemCode.PART_INERT,
    }
)
_NUMBERED = ProblemCode.LEVEL_NUMBERED
_LEVELS = {
    Direction.HIGH_FIRST: Text(
        "等级用编号写（一级、Ⅰ、1），按第一级最高读。如果相反，请在“等级”处改过来。",
        "Levels are numbered (一级, Ⅰ, 1), the first taken as the highest. If it is the other "
        "way round, say so under “Levels”.",
    ),
    Direction.LOW_FIRST: Text(
        "等级用编号写（一级、Ⅰ、1），按第一级最低读。如果相反，请在“等级”处改过来。",
        "Levels are numbered (一级, Ⅰ, 1), the first taken as the lowest. If it is the other "
        "way round, say so under “Levels”.",
    ),
}


class SeenColumn(Struct, frozen=True, kw_only=True):
    """A column: its letter, what it is taken for and how surely, and some of its cells."""

    letter: str
    header: str
    key: str
    field: str
    confidence: float
    samples: tuple[str, ...]


class SeenProblem(Struct, frozen=True, kw_only=True):
    """A doubt in reading, with the table and row it is about; -1 and 0 for none."""

    code: str
    message: Text
    table: int = -1
    row: int = 0


class SeenTable(Struct, frozen=True, kw_only=True):
    """A table of the file; `unit` is whom the lines above it name."""

    number: int
    title: str
    sheet: str
    is_form: bool
    unit: str
    rows: int
    columns: tuple[SeenColumn, ...]


class SeenFlow(Struct, frozen=True, kw_only=True):
    """A flow that a cell tells: of which power, and its steps with who takes each."""

    power: str
    steps: tuple[tuple[str, str], ...]


class SeenPairing(Struct, frozen=True, kw_only=True):
    """A row whose numbered risks and measures could be paired by hand."""

    key: str
    title: str
    row: int
    risks: tuple[str, ...]
    measures: tuple[str, ...]


class Unsorted(Struct, frozen=True, kw_only=True):
    """A measure without a phase: its key, its risk, its words."""

    key: str
    risk: str
    text: str


class Summary(Struct, frozen=True, kw_only=True):
    """Everything that can be corrected about a reading."""

    is_form: bool = False
    direction: Direction = Direction.HIGH_FIRST
    numbered_levels: bool = False
    names_no_unit: bool = False
    tables: tuple[SeenTable, ...] = ()
    problems: tuple[SeenProblem, ...] = ()
    problems_in_all: int = 0
    units: tuple[Placed, ...] = ()
    posts: tuple[Placed, ...] = ()
    people: tuple[Placed, ...] = ()
    flows: tuple[SeenFlow, ...] = ()
    flows_in_all: int = 0
    pairings: tuple[SeenPairing, ...] = ()
    unsorted: tuple[Unsorted, ...] = ()
    unsorted_in_all: int = 0


def problems_in(reading: Reading, of_register: Iterable[Problem]) -> Iterator[SeenProblem]:
    """Yield every doubt in reading a file, with its table.

    What a switch of the page mends is said once, not for every row.
    """
    for problem in reading.problems:
        yield _seen(problem, -1)
    for number, table in enumerate(reading.tables):
        is_numbered = False
        for problem in table.problems:
            if problem.code is not _NUMBERED:
                yield _seen(problem, number)
            elif not is_numbered:
                is_numbered = True
                yield SeenProblem(code=_NUMBERED, message=_LEVELS[reading.direction], table=number)
    for problem in of_register:
        # whose the rows are is told by the line of the unit
        if problem.code is not ProblemCode.UNIT_ASSUMED:
            yield _seen(problem, -1 if problem.table is None else problem.table)


def without_paired(problems: Iterable[SeenProblem], pairs: Iterable[str]) -> list[SeenProblem]:
    """Return the doubts, less those about rows whose risks and measures were paired by hand."""
    paired = {tuple(key.split(":")[:2]) for key in pairs}
    return [
        problem
        for problem in problems
        if problem.code != ProblemCode.ITEMS_UNPAIRED
        or (str(problem.table), str(problem.row)) not in paired
    ]


def problems_of_form(returned: Returned) -> Iterator[SeenProblem]:
    """Yield every doubt in reading a form back."""
    for problem in returned.problems:
        yield SeenProblem(code=problem.code, message=problem.message, table=0, row=problem.row or 0)


def doubts_by_row(problems: Iterable[SeenProblem]) -> dict[tuple[int, int], tuple[Text, ...]]:
    """Return the doubts that concern a line, by table and row."""
    found: dict[tuple[int, int], tuple[Text, ...]] = {}
    for problem in problems:
        if problem.row and problem.code in _OF_A_LINE:
            place = (problem.table, problem.row)
            found[place] = (*found.get(place, ()), problem.message)
    return found


def doubts_of_form(problems: Iterable[SeenProblem]) -> dict[tuple[int, int], tuple[Text, ...]]:
    """Return the doubts about a form's rows, by table and row."""
    found: dict[tuple[int, int], tuple[Text, ...]] = {}
    for problem in problems:
        if problem.row:
            place = (problem.table, problem.row)
            found[place] = (*found.get(place, ()), problem.message)
    return found


def has_numbered_levels(problems: Iterable[SeenProblem]) -> bool:
    """Return whether levels are numbered, so that it matters which end is the worst."""
    return any(problem.code == _NUMBERED for problem in problems)


def seen_tables(reading: Reading) -> tuple[SeenTable, ...]:
    """Return the tables with their columns and a few cells of each."""
    return tuple(
        SeenTable(
            number=number,
            title=table.title or "",
            sheet=table.sheet,
            is_form=table.form,
            unit=table.unit or "",
            rows=len(table.rows),
            columns=tuple(_column(column, table) for column in table.columns),
        )
        for number, table in enumerate(reading.tables)
    )


def flows_in(register: Register) -> Iterator[SeenFlow]:
    """Yield the flows with arrows."""
    for power in register.powers:
        if any(step.arrows for step in power.steps):
            yield SeenFlow(
                power=power.name, steps=tuple((step.name, step.lane) for step in power.steps)
            )


def pairings_in(keyed: Keyed) -> Iterator[SeenPairing]:
    """Yield the rows that show in several ways beside several measures."""
    for risk in keyed.register.risks:
        if may_be_paired(risk):
            origins = keyed.rows.get(risk.id, ())
            if len(origins) == 1:
                yield SeenPairing(
                    key=keyed.keys[risk.id],
                    title=risk.title,
                    row=origins[0].row,
                    risks=tuple(shown.text for shown in risk.manifestations),
                    measures=tuple(measure.text for measure in risk.measures),
                )


def unsorted_in(keyed: Keyed) -> Iterator[Unsorted]:
    """Yield the measures without a phase, with the keys under which one is chosen."""
    told: set[str] = set()
    for risk in keyed.register.risks:
        # a risk split off a row keeps the numbers that its measures have in that row
        of_row = keyed.keys[risk.id].partition(".")[0]
        for measure in risk.measures:
            key = f"{of_row}/{measure.id.rpartition('.')[2]}"
            if measure.phase is None and key not in told:
                told.add(key)
                yield Unsorted(key=key, risk=risk.title, text=measure.text)


def _seen(problem: Problem, table: int) -> SeenProblem:
    return SeenProblem(
        code=problem.code, message=problem.message, table=table, row=problem.row or 0
    )


def _column(column: Column, table: Table) -> SeenColumn:
    cells = (
        row.cells[column.index].strip()
        for row in table.rows
        if column.index < len(row.cells) and row.cells[column.index].strip()
    )
    samples: dict[str, None] = {}
    for cell in cells:
        samples[cell[:_SAMPLE_LENGTH]] = None
        if len(samples) == SAMPLES:
            break
    return SeenColumn(
        letter=column_letter(column.index),
        header=column.header,
        key=squeezed(column.header),
        field=column.field or "",
        confidence=column.confidence,
        samples=tuple(samples),
    )
