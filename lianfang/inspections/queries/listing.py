"""Inspections as a list: narrowed, sorted, page by page, or all of them to take away."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from lianfang.common.text import Text
from lianfang.duties.models import Duty
from lianfang.duties.queries.listing import MOST
from lianfang.duties.queries.marks import LOOKS
from lianfang.duties.queries.narrowing import Days, named
from lianfang.duties.rules.looks import Look
from lianfang.inspections.models import Record
from lianfang.scheme.model import Scheme

PAGE = 50
SORTS = ("due", "level", "unit", "person")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the list was narrowed by; empty for not at all. `how` is `draw` or `regular`."""

    year: int
    unit: int | None = None
    level: str = ""
    look: str = ""
    how: str = ""
    words: str = ""
    sort: str = "due"
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Line:
    """An inspection with how it stands; `record` only where the asker may read it."""

    duty: Duty
    label: Text | None
    look: Look
    record: Record | None

    @property
    def look_label(self) -> str:
        """How it stands, in words."""
        return str(LOOKS[self.look])


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A page of inspections; `older` is the number of the next one, if any. `count` are all."""

    lines: tuple[Line, ...]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def narrowed(rows: QuerySet[Duty], asked: Asked, days: Days, scheme: Scheme) -> QuerySet[Duty]:
    """Return the inspections of a year that are asked for, sorted; lapsed ones are left out.

    Of the year are those due in it, and visits made in it. No statement.
    """
    made = Q(state=Duty.State.DONE, closed_on__year=asked.year)
    rows = rows.exclude(state=Duty.State.LAPSED).filter(made | Q(due_on__year=asked.year))
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    if asked.level:
        rows = rows.filter(level=asked.level)
    if asked.look:
        rows = rows.filter(days.looks[Look(asked.look)])
    if asked.how:
        drawn = Q(origin=Duty.Origin.DRAW)
        rows = rows.filter(drawn if asked.how == "draw" else ~drawn)
    return _sorted(rows.filter(named(asked.words, "person__")), asked.sort, scheme)


def rank_of(scheme: Scheme, field: str = "level") -> Case:
    """Return the expression that says how high a level stands."""
    whens = [When(**{field: level.code}, then=Value(level.rank)) for level in scheme.levels]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def list_page(
    rows: QuerySet[Duty],
    readable: QuerySet[Record],
    labels: Mapping[str, Text],
    days: Days,
    page: int,
) -> ListPage:
    """Return a page of inspections. Three statements."""
    first = (page - 1) * PAGE
    count = rows.count()
    return ListPage(
        lines=tuple(_lines(rows[first : first + PAGE], readable, labels, days)),
        page=page,
        older=page + 1 if first + PAGE < count else None,
        count=count,
    )


def all_lines(
    rows: QuerySet[Duty], readable: QuerySet[Record], labels: Mapping[str, Text], days: Days
) -> list[Line]:
    """Return the first MOST inspections. Two statements."""
    return list(_lines(rows[:MOST], readable, labels, days))


def _lines(
    rows: QuerySet[Duty], readable: QuerySet[Record], labels: Mapping[str, Text], days: Days
) -> Iterator[Line]:
    duties = list(rows.select_related("person", "post", "unit"))
    records = _records(duties, readable)
    for duty in duties:
        yield Line(
            duty=duty,
            label=labels.get(duty.rule),
            look=days.look_of(duty),
            record=records.get(duty.pk),
        )


def _records(duties: Collection[Duty], readable: QuerySet[Record]) -> dict[int, Record]:
    found = readable.filter(duty__in=[duty.pk for duty in duties])
    return {record.duty_id: record for record in found}


def _sorted(rows: QuerySet[Duty], sort: str, scheme: Scheme) -> QuerySet[Duty]:
    if sort == "level":
        return rows.annotate(height=rank_of(scheme)).order_by("-height", "due_on", "pk")
    if sort == "unit":
        return rows.order_by("unit__order", "unit__code", "due_on", "pk")
    if sort == "person":
        return rows.order_by("person__name", "due_on", "pk")
    return rows.order_by("due_on", "pk")
