"""A kept file read as its settings say: its parts with their rows, and every original cell."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lianfang.common.progress import Report
from lianfang.documents.grids import OWN_SHEET
from lianfang.documents.limits import refuse
from lianfang.documents.model import LooseRow, Reading
from lianfang.documents.opening import open_file
from lianfang.documents.origins import Origin
from lianfang.documents.reading import read_grids
from lianfang.documents.registering import Registered, register_of
from lianfang.documents.roundtrip import is_form_of_ours, read_back
from lianfang.files.models import Attachment
from lianfang.files.store import opened
from lianfang.intake.exchange.spooling import RowRead, Spool
from lianfang.intake.rules import understanding
from lianfang.intake.rules.arranging import Keyed, arranged
from lianfang.intake.rules.planning import Parts
from lianfang.intake.rules.settings import Settings
from lianfang.intake.rules.understanding import SeenProblem, Summary
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme

MOST_ROWS = 120_000


@dataclass(frozen=True, kw_only=True)
class Read:
    """A file as read: its register under the reader's ids, what is to be planned, what is shown."""

    registers: list[Register]
    places: Mapping[str, Origin]
    parts: Parts
    summary: Summary
    rows: Spool[RowRead]

    def taken(self) -> Register:
        """Return the register, once: whoever takes it decides how long it is kept."""
        return self.registers.pop()


def read(
    attachment: Attachment, settings: Settings, scheme: Scheme, report: Report | None = None
) -> Read:
    """Return what stands in a kept file.

    Raises FileRefused, EnclosureRefused, SchemeDiffers and Damaged. Linear in the cells.
    """
    with _laid_out(attachment) as path:
        file = open_file(path)
        _require_size(attachment.name, sum(len(grid.rows) for grid in file.grids))
        if is_form_of_ours(file):
            return _read_form(path, scheme)
        reading = read_grids(
            attachment.name,
            file,
            scheme,
            direction=settings.direction,
            columns=settings.fields(),
            progress=report,
        )
        return _read_table(reading, settings, scheme)


@contextmanager
def _laid_out(attachment: Attachment) -> Iterator[Path]:
    """Lay a kept file out under its own name: what it is called says how old formats are read."""
    with TemporaryDirectory(prefix="lianfang-") as folder:
        path = Path(folder) / attachment.name
        with opened(attachment.digest) as kept, path.open("wb") as copy:
            shutil.copyfileobj(kept, copy)
        yield path


def _require_size(name: str, rows: int) -> None:
    """Raise FileRefused for a file with more rows than can be held against the register."""
    if rows > MOST_ROWS:
        raise refuse(
            name,
            f"共有 {rows} 行，一次最多导入 {MOST_ROWS} 行。请按单位拆成几个文件。",
            f"it has {rows} rows; at most {MOST_ROWS} are imported at once. Split it by units.",
        )


def _read_table(reading: Reading, settings: Settings, scheme: Scheme) -> Read:
    registered = register_of(reading, scheme)
    keyed = arranged(registered, settings, scheme)
    problems = understanding.without_paired(
        understanding.problems_in(reading, registered.problems), settings.pairs
    )
    return Read(
        registers=[keyed.register],
        places=registered.origins.places,
        parts=Parts(
            keys=keyed.keys,
            rows=_Rows(keyed.rows, registered),
            doubts=understanding.doubts_by_row(problems),
        ),
        summary=_summary(reading, keyed, problems, settings),
        rows=_spooled(_rows_of(reading)),
    )


class _Rows(dict[str, tuple[Origin, ...]]):
    """The rows of every part by its id; risk points may have been split."""

    def __init__(self, risks: Mapping[str, tuple[Origin, ...]], registered: Registered) -> None:
        super().__init__(risks)
        self._origins = registered.origins

    def get(self, made: str, default: object = ()) -> tuple[Origin, ...]:
        """Return the rows of a part, none where it stands in no row."""
        del default
        found = super().get(made)
        return self._origins.all_rows(made) if found is None else found


def _summary(
    reading: Reading,
    keyed: Keyed,
    problems: list[SeenProblem],
    settings: Settings,
) -> Summary:
    flows = list(understanding.flows_in(keyed.register))
    unsorted = list(understanding.unsorted_in(keyed))
    return Summary(
        direction=settings.direction,
        numbered_levels=understanding.has_numbered_levels(problems),
        tables=understanding.seen_tables(reading),
        problems=tuple(problems[: understanding.MOST_PROBLEMS]),
        problems_in_all=len(problems),
        flows=tuple(flows[: understanding.MOST_FLOWS]),
        flows_in_all=len(flows),
        pairings=tuple(understanding.pairings_in(keyed)),
        unsorted=tuple(unsorted[: understanding.MOST_PROBLEMS]),
        unsorted_in_all=len(unsorted),
    )


def _spooled(rows: Iterable[RowRead]) -> Spool[RowRead]:
    spool = Spool(RowRead)
    for row in rows:
        spool.add(row)
    return spool


def _rows_of(reading: Reading) -> Iterator[RowRead]:
    for number, table in enumerate(reading.tables):
        for row in table.rows:
            yield RowRead(number, row.number, "data", row.cells)
        yield from _loose_rows(number, (*table.header_rows, *table.loose))
    yield from _loose_rows(-1, reading.loose)


def _loose_rows(table: int, rows: tuple[LooseRow, ...]) -> Iterator[RowRead]:
    for row in rows:
        yield RowRead(table, row.number, row.kind, row.cells)


def _read_form(path: Path, scheme: Scheme) -> Read:
    returned = read_back(path, scheme)
    rows = _spooled(
        RowRead(0, number, "data", cells)
        for grid in open_file(path).grids
        if grid.name != OWN_SHEET
        for number, cells in enumerate(grid.rows, 1)
        if any(cells)
    )
    problems = tuple(understanding.problems_of_form(returned))
    places = {made: Origin(0, row) for made, row in returned.rows.items()}
    return Read(
        registers=[returned.register],
        places=places,
        parts=Parts(
            keys={made: f"0:{made}" for made in places},
            rows={made: (origin,) for made, origin in places.items()},
            doubts=understanding.doubts_of_form(problems),
            base=returned.base,
        ),
        summary=Summary(
            is_form=True,
            problems=problems[: understanding.MOST_PROBLEMS],
            problems_in_all=len(problems),
        ),
        rows=rows,
    )
