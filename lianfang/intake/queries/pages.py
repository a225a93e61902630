"""What the pages of this room show: deliveries, lines a page at a time, original rows, origins."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from lianfang.common.text import Text
from lianfang.files.models import Import
from lianfang.intake.models import Delivery, Line, Paper, Remembered, Row
from lianfang.intake.rules.lines import WRITES, Told, Verdict
from lianfang.intake.rules.work import APPLYING, READING
from lianfang.jobs.models import Job
from lianfang.jobs.queries import with_pulse
from lianfang.jobs.rules import is_silent
from lianfang.org.standing import Standing
from lianfang.powers.models import Power
from lianfang.register import model
from lianfang.risks.models import RiskPoint

LISTED = 30
ON_A_PAGE = 50
ROWS_ON_A_PAGE = 100
MANY = 26
DOUBTFUL = "doubtful"
_OPEN = (Job.State.WAITING, Job.State.RUNNING)


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLine:
    """A line ready for the page; `part` is what it would store, None where it writes nothing."""

    pk: int
    place: int
    kind: str
    verdict: str
    key: str
    unit: str
    code: str
    label: str
    table: int | None
    row: int | None
    taken: bool
    writes: bool
    changes: tuple[Told, ...]
    reasons: tuple[Text, ...]
    doubts: tuple[Text, ...]
    part: model.Power | model.RiskPoint | None
    known: bool


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A page of lines; `newer` and `older` are where the pages beside it begin, None for none."""

    lines: list[ShownLine]
    first: int
    older: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRow:
    """A row of the original with the parts of the register that came of it."""

    number: int
    kind: str
    cells: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownOrigin:
    """An import that spoke of a part: the file, the rows, and what those rows hold."""

    paper: Paper
    line: Line
    rows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class MeaningsPage:
    """A page of what is remembered; `count` are all, `older` the number of the next page."""

    rows: list[Remembered]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def listed_meanings(rows: QuerySet[Remembered], words: str, page: int) -> MeaningsPage:
    """Return a page of what is written like that, by kind and writing. Two statements."""
    found = rows.filter(key__icontains=words) if words else rows
    count, first = found.count(), (page - 1) * ON_A_PAGE
    shown = found.select_related("said_by__person").order_by("kind", "key")
    return MeaningsPage(
        rows=list(shown[first : first + ON_A_PAGE]),
        page=page,
        older=page + 1 if first + ON_A_PAGE < count else None,
        count=count,
    )


def listed_deliveries(rows: QuerySet[Delivery], *, before: int | None) -> list[Delivery]:
    """Return deliveries with their files, newest first, one more than listed. Two statements."""
    found = rows.filter(pk__lt=before) if before else rows
    return list(
        found.select_related("opened_by__person")
        .prefetch_related("papers__opened__attachment")
        .order_by("-pk")[: LISTED + 1]
    )


def papers_of(delivery: Delivery) -> list[Paper]:
    """Return the files of a delivery in their order. One statement."""
    rows = delivery.papers.select_related("opened__attachment", "delivery").order_by("pk")
    return list(rows.defer("summary", "findings", "settings"))


def to_read(paper: Paper) -> Paper:
    """Return a file with what reading it again needs. One statement."""
    rows = Paper.objects.select_related("opened__attachment", "delivery__organisation")
    return rows.get(pk=paper.pk)


def work_on(imports: Iterable[int], at: datetime) -> dict[int, Job]:
    """Return the living work on each of some imports, with its progress. One statement."""
    wanted = list(imports)
    jobs = Job.objects.filter(
        kind__in=(READING, APPLYING), state__in=_OPEN, arguments__import__in=wanted
    ).order_by("pk")
    return {job.arguments["import"]: job for job in _living(jobs, at)}


def work_on_delivery(delivery: Delivery, at: datetime) -> Job | None:
    """Return the living work that writes a whole delivery. One statement."""
    jobs = Job.objects.filter(
        kind=APPLYING, state__in=_OPEN, arguments__delivery=delivery.pk
    ).order_by("pk")
    return next(_living(jobs, at), None)


def _living(jobs: QuerySet[Job], at: datetime) -> Iterator[Job]:
    """Yield the jobs whose worker has not died: what was begun may be begun anew after that."""
    for job in with_pulse(jobs):
        if not (job.is_running and is_silent(last=job.beat_at, at=at)):
            yield job


def papers_waiting(standing: Standing) -> int:
    """Return how many files of the asker's own wait for a decision, MANY at the most.

    One statement.
    """
    rows = Paper.objects.filter(
        opened__opened_by=standing.user_id,
        opened__organisation=standing.organisation_id,
        opened__state=Import.State.PREVIEWED,
    )
    return len(rows.values_list("pk")[:MANY])


def narrowed(paper: Paper, *, show: str = "", kind: str = "", unit: str = "") -> QuerySet[Line]:
    """Return lines of a verdict (or in doubt), a kind, a unit."""
    rows = paper.lines.all()
    if show == DOUBTFUL:
        rows = rows.filter(is_doubtful=True)
    elif show:
        rows = rows.filter(verdict=show)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(unit=unit) if unit else rows


def lines_page(rows: QuerySet[Line], *, after: int) -> Lines:
    """Return a page of lines from a place on. One statement."""
    found = list(rows.filter(place__gte=after).order_by("place")[: ON_A_PAGE + 1])
    older = found[ON_A_PAGE].place if len(found) > ON_A_PAGE else None
    return Lines(lines=[_shown(line) for line in found[:ON_A_PAGE]], first=after, older=older)


def taken_in(paper: Paper) -> int:
    """Return how many lines would be written. One statement."""
    return paper.lines.filter(taken=True, verdict__in=WRITES).count()


def units_in(paper: Paper) -> list[str]:
    """Return the codes of the units of which a file has lines. One statement."""
    rows = paper.lines.filter(kind__in=("power", "risk")).values_list("unit", flat=True)
    return sorted(set(rows.distinct()))


def rows_page(paper: Paper, *, table: int, start: int) -> tuple[list[ShownRow], int | None]:
    """Return original rows of a table with what came of them, and where the next page begins.

    Two statements.
    """
    found = list(
        Row.objects.filter(paper=paper, table=table, number__gte=start).order_by("number", "pk")[
            : ROWS_ON_A_PAGE + 1
        ]
    )
    older = found[ROWS_ON_A_PAGE].number if len(found) > ROWS_ON_A_PAGE else None
    page = found[:ROWS_ON_A_PAGE]
    lines: dict[int, list[Line]] = {}
    if page:
        first, last = page[0].number, page[-1].number
        near = paper.lines.filter(table=table).filter(
            Q(row__gte=first, row__lte=last) | ~Q(rows="")
        )
        for line in near.order_by("place"):
            for number in _rows_of(line, table):
                lines.setdefault(number, []).append(line)
    return [
        ShownRow(
            number=row.number,
            kind=row.kind,
            cells=msgspec.json.decode(row.cells or "[]", type=tuple[str, ...]),
            lines=tuple(lines.get(row.number, ())) if row.kind == "data" else (),
        )
        for row in page
    ], older


def has_loose(paper: Paper) -> bool:
    """Return whether rows stand outside any table. One statement."""
    return Row.objects.filter(paper=paper, table=-1).exists()


def origins_of(part: RiskPoint | Power) -> list[ShownOrigin]:
    """Return the imports that spoke of a part, the last one first. One statement."""
    kind = "risk" if isinstance(part, RiskPoint) else "power"
    lines = (
        Line.objects.filter(
            kind=kind,
            code=part.code,
            paper__opened__organisation=part.organisation_id,
            paper__opened__state=Import.State.APPLIED,
        )
        .exclude(verdict__in=WRITES, taken=False)
        .exclude(verdict=Verdict.REFUSED)
        .select_related("paper__opened__attachment", "paper__opened__closed_by__person")
        .order_by("-paper__opened__closed_at", "-pk")
    )
    return [ShownOrigin(paper=line.paper, line=line, rows=_all_rows(line)) for line in lines[:20]]


def cells_of(origins: Sequence[ShownOrigin]) -> Mapping[tuple[int, int, int], tuple[str, ...]]:
    """Return the cells of the rows of some origins, by file, table and row. One statement."""
    wanted = Q(pk=None)
    for origin in origins:
        for table, number in origin.rows[:5]:
            wanted |= Q(paper=origin.paper, table=table, number=number, kind="data")
    return {
        (row.paper_id, row.table, row.number): msgspec.json.decode(
            row.cells or "[]", type=tuple[str, ...]
        )
        for row in Row.objects.filter(wanted)
    }


def _shown(line: Line) -> ShownLine:
    return ShownLine(
        pk=line.pk,
        place=line.place,
        kind=line.kind,
        verdict=line.verdict,
        key=line.key,
        unit=line.unit,
        code=line.code,
        label=line.label,
        table=line.table,
        row=line.row,
        taken=line.taken,
        writes=line.verdict in WRITES,
        changes=_decoded(line.changes, tuple[Told, ...]),
        reasons=_decoded(line.reasons, tuple[Text, ...]),
        doubts=_decoded(line.doubts, tuple[Text, ...]),
        part=_part(line) if line.verdict == Verdict.ADDED else None,
        known=bool(line.before),
    )


def _part(line: Line) -> model.Power | model.RiskPoint | None:
    if not line.content:
        return None
    if line.kind == "power":
        return msgspec.json.decode(line.content, type=model.Power)
    if line.kind == "risk":
        return msgspec.json.decode(line.content, type=model.RiskPoint)
    return None


def _decoded(kept: str, of: Any) -> Any:
    return msgspec.json.decode(kept, type=of) if kept else ()


def _all_rows(line: Line) -> tuple[tuple[int, int], ...]:
    if line.rows:
        return msgspec.json.decode(line.rows, type=tuple[tuple[int, int], ...])
    if line.table is None or line.row is None:
        return ()
    return ((line.table, line.row),)


def _rows_of(line: Line, table: int) -> list[int]:
    return [number for at, number in _all_rows(line) if at == table]
