"""A year's end: how it ran in figures, its running review, and what came of it (六（五）)."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Count, Q, QuerySet

from lianfang.cycles.models import CorrectiveTask, Cycle, CycleStage, Filing, Remark, RunningReview
from lianfang.cycles.rules.improving import IMPROVE, LevelCount, YearFigures
from lianfang.files.queries import documents_about_each
from lianfang.org.models import Post, Unit
from lianfang.org.queries.tree import in_use
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.reviewing import due_in
from lianfang.scheme.model import Scheme

_TO_SEND = (Filing.State.NOT_STARTED, Filing.State.DRAFTING, Filing.State.RETURNED)
_PUBLISHED = (Filing.State.PUBLISHED, Filing.State.SUPERSEDED)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the corrective tasks of a year are, in numbers."""

    tasks: int
    done: int
    confirmed: int
    overdue: int


def year_figures(cycle: Cycle, scheme: Scheme, on: date) -> YearFigures:
    """Return how a year stands now. Six statements; the cycle's organisation must be selected."""
    filings = list(cycle.filings.filter(revision=None).order_by("pk"))
    units = [filing.unit_id for filing in filings]
    due_on = cycle.stages.order_by("order").values_list("ends_on", flat=True)[0]
    letters = documents_about_each(filings)
    risks = RiskPoint.objects.filter(in_use(on), unit__in=units)
    ranks = dict(risks.values_list("rank").annotate(n=Count("pk")).order_by())
    is_open = Q(closed_at=None)
    remarks = Remark.objects.filter(filing__cycle=cycle).aggregate(
        all=Count("pk"), open=Count("pk", filter=is_open)
    )
    zone = ZoneInfo(cycle.organisation.time_zone)
    return YearFigures(
        units=len(filings),
        published=sum(filing.state in _PUBLISHED for filing in filings),
        late=sum(f.state in _TO_SEND and (f.due_on or due_on) < on for f in filings),
        reminded=sum(any(paper.void_on is None for paper in papers) for papers in letters.values()),
        risks=(
            *(
                LevelCount(level=level.code, count=ranks.get(level.rank, 0))
                for level in sorted(scheme.levels, key=lambda level: -level.rank)
            ),
            LevelCount(level="", count=ranks.get(0, 0)),
        ),
        remarks=remarks["all"],
        remarks_open=remarks["open"],
        waiting=due_in(cycle.organisation_id, on, zone, scheme).filter(unit__in=units).count(),
    )


def figures_in(review: RunningReview) -> YearFigures:
    """Return the figures that a review holds."""
    return msgspec.convert(review.figures, YearFigures)


def review_of(cycle: Cycle) -> RunningReview | None:
    """Return the running review of a year, None before it is recorded. One statement."""
    rows = RunningReview.objects.filter(cycle=cycle)
    return rows.select_related("cycle__organisation", "recorded_by__person").first()


def improving_stage(cycle: Cycle) -> CycleStage | None:
    """Return the stage that a review ends, None where the scheme has none. One statement."""
    return cycle.stages.filter(code=IMPROVE).first()


def tasks_of(review: RunningReview) -> list[CorrectiveTask]:
    """Return the tasks of a review: those to be done first, by day and unit. One statement."""
    rows = CorrectiveTask.objects.filter(review=review).select_related(
        "unit", "post", "evidence", "done_by__person", "confirmed_by__person"
    )
    order = list(CorrectiveTask.State.values)
    return sorted(
        rows.order_by("due_on", "unit__order", "unit__code", "pk"),
        key=lambda task: order.index(task.state),
    )


def progress_of(tasks: list[CorrectiveTask], on: date) -> Progress:
    """Return how far tasks are on a day."""
    states = [task.state for task in tasks]
    open_state, done = CorrectiveTask.State.OPEN, CorrectiveTask.State.DONE
    return Progress(
        tasks=len(tasks),
        done=states.count(done),
        confirmed=states.count(CorrectiveTask.State.CONFIRMED),
        overdue=sum(task.state == open_state and task.due_on < on for task in tasks),
    )


def units_to_charge(cycle: Cycle) -> QuerySet[Unit]:
    """Return the units that file in a year, in their order. No statement."""
    return Unit.objects.filter(pk__in=cycle.filings.values("unit")).order_by("order", "code")


def posts_to_charge(cycle: Cycle, on: date, *, unit: int | None = None) -> QuerySet[Post]:
    """Return the posts in use of these units, or of one of them, with their units. No statement."""
    units = cycle.filings.values("unit")
    rows = Post.objects.filter(in_use(on), unit__in=units).select_related("unit")
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.order_by("unit__order", "unit__code", "order", "code")
