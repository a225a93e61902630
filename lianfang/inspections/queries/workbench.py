"""The workbench of those who inspect: what is next, what is due, how far the year is (五（五）)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from lianfang.common.text import Text
from lianfang.duties.models import Duty
from lianfang.duties.queries.narrowing import Days
from lianfang.duties.rules.looks import Look
from lianfang.inspections.models import Record
from lianfang.inspections.queries.listing import rank_of
from lianfang.org.models import Post, Unit
from lianfang.risks.queries.levels import levels_in_force
from lianfang.scheme.model import Scheme

NEXT = 12
SOON = timedelta(days=31)


@dataclass(frozen=True, kw_only=True)
class NextVisit:
    """An inspection to be made, and when the post was last visited, None for never."""

    duty: Duty
    label: Text | None
    look: Look
    last_on: date | None
    is_begun: bool


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How far the posts of a level are in a unit: visited this year, still to be, all of them.

    `asked` are those that are to be visited in the year, done or open.
    """

    level: str
    posts: int = 0
    visited: int = 0
    asked: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        """Return both together."""
        return Cell(
            level=self.level,
            posts=self.posts + other.posts,
            visited=self.visited + other.visited,
            asked=self.asked + other.asked,
        )

    @property
    def percent(self) -> int:
        """The share of posts visited, in hundredths rounded down; of none it is none."""
        return self.visited * 100 // self.posts if self.posts else 0


@dataclass(frozen=True, kw_only=True)
class CoverageLine:
    """A unit, None for all together, with a cell for each level."""

    unit: Unit | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The levels, highest first, the units, and all of them together."""

    levels: tuple[str, ...]
    lines: tuple[CoverageLine, ...]
    total: CoverageLine


def next_visits(
    rows: QuerySet[Duty], scheme: Scheme, labels: Mapping[str, Text], days: Days
) -> tuple[list[NextVisit], int]:
    """Return what to inspect next, and how many there are: late ones first, then by level.

    Of one level comes first who was never visited, then who was longest ago. Two statements.
    """
    # with a record or, from the time before there were any, noted by hand
    last = Duty.objects.filter(
        post=OuterRef("post"), kind=Duty.Kind.INSPECTION, state=Duty.State.DONE
    )
    newest = Subquery(last.order_by("-closed_on").values("closed_on")[:1])
    begun = Record.objects.filter(duty=OuterRef("pk")).values("pk")[:1]
    rows = rows.filter(opens_on__lte=days.on)
    found = (
        rows.annotate(height=rank_of(scheme), last_on=newest, begun=Subquery(begun))
        .select_related("person", "post", "unit")
        .order_by("-height", F("last_on").asc(nulls_first=True), "due_on", "pk")
    )
    late = list(found.filter(due_on__lt=days.on)[:NEXT])
    others = list(found.filter(due_on__gte=days.on)[: NEXT - len(late)]) if len(late) < NEXT else []
    lines = [
        NextVisit(
            duty=duty,
            label=labels.get(duty.rule),
            look=days.look_of(duty),
            last_on=getattr(duty, "last_on", None),
            is_begun=getattr(duty, "begun", None) is not None,
        )
        for duty in (*late, *others)
    ]
    return lines, rows.count()


def reports_due(rows: QuerySet[Duty], on: date) -> list[Duty]:
    """Return the unit reports that are late or due within a month, soonest first. One statement."""
    found = rows.filter(kind=Duty.Kind.UNIT_REPORT, state=Duty.State.OPEN, opens_on__lte=on)
    shown = found.filter(due_on__lte=on + SOON).select_related("unit", "actor")
    return list(shown.order_by("due_on", "unit__order", "unit__code")[:NEXT])


def coverage_of(organisation: int, scheme: Scheme, on: date) -> Coverage:
    """Return how many posts of each level were visited this year, by unit. Five statements."""
    levels = [level.code for level in sorted(scheme.levels, key=lambda one: -one.rank)]
    given = levels_in_force(organisation, on)
    unit_of = dict(Post.objects.filter(pk__in=list(given)).values_list("pk", "unit"))
    visited, asked = _visits(organisation, on.year)
    cells = {(unit, level): Cell(level=level) for unit in set(unit_of.values()) for level in levels}
    for post, found in given.items():
        if (unit_of[post], found.level) in cells:
            cells[unit_of[post], found.level] += Cell(
                level=found.level, posts=1, visited=int(post in visited), asked=int(post in asked)
            )
    units = Unit.objects.filter(pk__in=set(unit_of.values())).order_by("order", "code")
    lines = [
        CoverageLine(
            unit=unit,
            cells=tuple(cells[unit.pk, level] for level in levels),
        )
        for unit in units
    ]
    return Coverage(levels=tuple(levels), lines=tuple(lines), total=_total(levels, lines))


def _visits(organisation: int, year: int) -> tuple[set[int], set[int]]:
    """Return the posts that were visited in a year, and all that were or are to be.

    A visit counts in the year in which it was made, whenever it was due. One statement.
    """
    state = Duty.State
    rows = Duty.objects.filter(
        Q(state=state.DONE, closed_on__year=year) | Q(state=state.OPEN, due_on__year=year),
        organisation=organisation,
        kind=Duty.Kind.INSPECTION,
        post__isnull=False,
    )
    found = list(rows.values_list("post", "state"))
    return {post for post, how in found if how == state.DONE}, {post for post, _ in found}


def _total(levels: Sequence[str], lines: Sequence[CoverageLine]) -> CoverageLine:
    cells = [Cell(level=level) for level in levels]
    for line in lines:
        cells = [one + other for one, other in zip(cells, line.cells, strict=True)]
    return CoverageLine(unit=None, cells=tuple(cells))
