"""This year's work in a line, for the strip at the top of every page (六)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from lianfang.cycles.models import CycleStage, Filing
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

# who sees how far all units are
SEES_ALL = (
    Role.LEADERSHIP,
    Role.LEADERSHIP_HEAD,
    Role.LEADING_GROUP,
    Role.LEADING_GROUP_OFFICE,
    Role.DISCIPLINE_OFFICE,
)


@dataclass(frozen=True, kw_only=True)
class StageRun:
    """A stage as planned, and as it was opened and closed."""

    code: str
    begins_on: date
    ends_on: date
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, kw_only=True)
class StateCount:
    """How many filings stand somewhere, `sent` of them submitted at least once."""

    state: str
    filings: int
    sent: int


@dataclass(frozen=True, kw_only=True)
class YearRun:
    """The stages of this year's work, and the filings that concern the asker.

    All of them for leaders and offices, those of their own units for heads, else none.
    """

    stages: tuple[StageRun, ...]
    filings: tuple[StateCount, ...] = ()


def year_run(standing: Standing) -> YearRun | None:
    """Return this year's work, None where it was not opened. Two statements at most."""
    rows = CycleStage.objects.filter(
        cycle__organisation=standing.organisation_id, cycle__year=standing.on.year
    )
    columns = ("code", "begins_on", "ends_on", "opened_on", "closed_on", "cycle")
    stages = list(rows.order_by("order").values_list(*columns))
    if not stages:
        return None
    return YearRun(
        stages=tuple(
            StageRun(code=code, begins_on=begins, ends_on=ends, opened_on=opened, closed_on=closed)
            for code, begins, ends, opened, closed, _cycle in stages
        ),
        filings=_filings(standing, stages[0][-1]),
    )


def _filings(standing: Standing, cycle: int) -> tuple[StateCount, ...]:
    rows = Filing.objects.filter(cycle=cycle, revision=None)
    if not standing.has(*SEES_ALL):
        if not standing.headed:
            return ()
        rows = rows.filter(unit__in=standing.headed)
    counted = rows.values_list("state").annotate(
        filings=Count("pk"), sent=Count("pk", filter=Q(round__gt=0))
    )
    return tuple(
        StateCount(state=state, filings=filings, sent=sent)
        for state, filings, sent in counted.order_by()
    )
