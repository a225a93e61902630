"""What waits to be checked, by whom, since when and until when (六（二）)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from lianfang.cycles.models import Cycle, Filing
from lianfang.org.standing import Standing

_COLLECT = "collect"
WAITING = (Filing.State.SUBMITTED, Filing.State.IN_CHECK)
STATES = (*WAITING, Filing.State.RETURNED, Filing.State.CHECKED)


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A filing with what matters for its checking; `is_own` where the asker stays out of it."""

    filing: Filing
    since: datetime | None
    due_on: date
    is_late: bool
    is_own: bool
    open_remarks: int


@dataclass(frozen=True, kw_only=True)
class Queue:
    """The filings in a state, or those that wait, and how many there are in each state."""

    rows: tuple[QueueRow, ...]
    counts: Mapping[str, int]

    @property
    def waiting(self) -> int:
        """How many wait for a checker or are being checked."""
        return sum(self.counts.get(state, 0) for state in WAITING)


def queue_of(cycle: Cycle, standing: Standing, state: str = "") -> Queue:
    """Return what waits to be checked in a year, longest first; or what is in one state.

    Two statements.
    """
    rows = cycle.filings.filter(state__in=STATES).select_related("unit", "checker")
    rows = rows.annotate(still=Count("remarks", filter=Q(remarks__closed_at=None)))
    filings = list(rows.order_by("submitted_at", "unit__order", "unit__code"))
    ends = cycle.stages.filter(code=_COLLECT).values_list("ends_on", flat=True).first()
    wanted = (state,) if state in STATES else WAITING
    return Queue(
        rows=tuple(
            _row(filing, ends or date(cycle.year, 12, 31), standing)
            for filing in filings
            if filing.state in wanted
        ),
        counts=Counter(filing.state for filing in filings),
    )


def _row(filing: Filing, end: date, standing: Standing) -> QueueRow:
    due_on = filing.due_on or end
    is_taken_up = filing.state == Filing.State.IN_CHECK
    return QueueRow(
        filing=filing,
        since=filing.taken_up_at if is_taken_up else filing.submitted_at,
        due_on=due_on,
        is_late=filing.state != Filing.State.CHECKED and due_on < standing.on,
        is_own=filing.unit_id in standing.units | standing.headed,
        open_remarks=getattr(filing, "still", 0),
    )
