"""Alerts as a list: narrowed, sorted, page by page, or all of them to take away."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from lianfang.alerts.models import Alert
from lianfang.alerts.queries.board import Card, cards_of
from lianfang.alerts.queries.figures import triaged_late
from lianfang.alerts.queries.labels import Labels
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.scheme.model import Scheme

PAGE = 50
# as many as one table to take away holds
MOST = 20_000
SORTS = ("due", "noticed", "gravity", "unit")
OPEN = (Alert.State.NOTICED, Alert.State.TRIAGED, Alert.State.IN_HAND)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the list was narrowed by; empty for not at all.

    `state` may also be `open`, `late`, `kept` for all but those struck, or `slow` for those of them
    that were triaged late.

    `since` and `until` are the first and the last day on which signs were noticed.
    """

    state: str = ""
    channel: str = ""
    trigger: str = ""
    gravity: str = ""
    unit: int | None = None
    year: int | None = None
    since: date | None = None
    until: date | None = None
    mine: bool = False
    sort: str = "due"
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A page of alerts; `older` is the number of the next one, if any. `count` are all."""

    lines: tuple[Card, ...]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def narrowed(
    rows: QuerySet[Alert], mine: QuerySet[Alert], asked: Asked, scheme: Scheme, on: date
) -> QuerySet[Alert]:
    """Return the alerts that are asked for, in order. No statement."""
    if asked.mine:
        rows = rows.filter(pk__in=mine.values("pk"))
    if asked.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif asked.state == "late":
        late = Q(state=Alert.State.NOTICED, triage_due_on__lt=on)
        late |= Q(state__in=OPEN, begun_on=None, due_on__lt=on)
        rows = rows.filter(late)
    elif asked.state in ("kept", "slow"):
        rows = rows.exclude(state=Alert.State.STRUCK)
        rows = rows.filter(triaged_late(on)) if asked.state == "slow" else rows
    elif asked.state:
        rows = rows.filter(state=asked.state)
    same = {
        "channel": asked.channel,
        "trigger": asked.trigger,
        "gravity": asked.gravity,
        "unit": asked.unit,
        "noticed_on__year": asked.year,
        "noticed_on__gte": asked.since,
        "noticed_on__lte": asked.until,
    }
    rows = rows.filter(**{name: value for name, value in same.items() if value})
    return rows.order_by(*_order(asked.sort, scheme))


def _order(sort: str, scheme: Scheme) -> tuple[str | Combinable, ...]:
    last = ("-noticed_on", "-pk")
    if sort == "gravity":
        ranks = [When(gravity=each.code, then=Value(-each.rank)) for each in scheme.gravities]
        return (Case(*ranks, default=Value(0), output_field=IntegerField()), *last)
    if sort == "unit":
        return (F("unit__order").asc(nulls_last=True), "unit__code", *last)
    if sort == "noticed":
        return last
    is_open = Case(
        When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return (is_open, F("due_on").asc(nulls_first=True), *last)


def list_page(
    rows: QuerySet[Alert], labels: Labels, calendar: WorkCalendar, on: date, page: int
) -> ListPage:
    """Return a page of alerts. Two statements."""
    first, count = (page - 1) * PAGE, rows.count()
    return ListPage(
        lines=tuple(cards_of(rows, labels, calendar, on, PAGE, first)),
        page=page,
        older=page + 1 if first + PAGE < count else None,
        count=count,
    )


def all_lines(
    rows: QuerySet[Alert], labels: Labels, calendar: WorkCalendar, on: date
) -> list[Card]:
    """Return the first MOST alerts. One statement."""
    return list(cards_of(rows, labels, calendar, on, MOST))
