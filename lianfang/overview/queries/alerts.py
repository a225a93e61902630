"""Early warning in numbers: what is open, how old, what came in by month (五（六）1).

The leadership counts all alerts but those hidden from each reader; the number that leads to rows is
of those the reader may open. Confidential reports are not counted, but as the alerts that came of
them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import pgettext

from lianfang.alerts.access import alerts_counted_for, alerts_visible_to
from lianfang.alerts.models import Alert
from lianfang.alerts.queries.figures import OPEN, MonthCount, by_month
from lianfang.common.http import language_now
from lianfang.org.rules.calendar import add_months
from lianfang.org.standing import Standing
from lianfang.overview.queries.figures import figure
from lianfang.overview.rules.drawing import Course, course_of
from lianfang.overview.rules.figure import Figure
from lianfang.scheme.model import Scheme

_DAY = timedelta(days=1)
_MONTHS = 12
_LIST = "alerts:list"


@dataclass(frozen=True, kw_only=True)
class Age:
    """How many open alerts were noticed within some months; `months` is 0 for earlier ones."""

    months: int
    counted: int
    lead: Figure


@dataclass(frozen=True, kw_only=True)
class Alerts:
    """Open alerts: how many are counted, how many days the oldest is old, how many are to be read.

    `course` has a column for each month, `channels` name its parts from the bottom up; its line are
    those triaged late. What leads
    to alerts leads to those its reader may open.
    """

    counted: int
    oldest: int
    ages: tuple[Age, ...]
    open: Figure
    course: Course
    channels: tuple[str, ...]

    def figures(self) -> Iterator[Figure]:
        """Yield the numbers that lead to lists."""
        yield self.open
        yield from (age.lead for age in self.ages)
        yield from self.course.figures()


def alerts_of(standing: Standing, scheme: Scheme) -> Alerts:
    """Return the alerts as somebody may count them. Four statements."""
    on = standing.on
    counted, visible = alerts_counted_for(standing), alerts_visible_to(standing)
    since = add_months(on.replace(day=1), 1 - _MONTHS)
    open_now, first = _open(counted, on)
    seen, _first = _open(visible, on)
    return Alerts(
        counted=sum(open_now.values()),
        oldest=(on - first).days if first is not None else 0,
        ages=tuple(
            Age(
                months=span.months,
                counted=open_now[span],
                lead=figure(seen[span], _LIST, state="open", **span.asked()),
            )
            for span in open_now
        ),
        open=figure(sum(seen.values()), _LIST, state="open"),
        course=_course(
            *(
                by_month(standing.organisation_id, since, on, among=rows)
                for rows in (counted, visible)
            ),
            since=since,
            scheme=scheme,
        ),
        channels=tuple(channel.label.in_(language_now()) for channel in scheme.channels),
    )


@dataclass(frozen=True, kw_only=True)
class _Span:
    """Days on which signs were noticed, both included."""

    months: int = 0
    since: date | None = None
    until: date | None = None

    def holds(self) -> Q:
        """Return the condition of being noticed in them."""
        asked = {"noticed_on__gte": self.since, "noticed_on__lte": self.until}
        return Q(**{name: day for name, day in asked.items() if day})

    def asked(self) -> dict[str, object]:
        """Return how a list is narrowed to them."""
        days = {"since": self.since, "until": self.until}
        return {name: day.isoformat() for name, day in days.items() if day}


def _open(rows: QuerySet[Alert], on: date) -> tuple[dict[_Span, int], date | None]:
    """Return how many are open by their age, and when the first was noticed. One statement."""
    month, three = add_months(on, -1), add_months(on, -3)
    spans = (
        _Span(months=1, since=month + _DAY),
        _Span(months=3, since=three + _DAY, until=month),
        _Span(until=three),
    )
    found = rows.filter(state__in=OPEN).aggregate(
        first=Min("noticed_on"),
        **{f"span{place}": Count("pk", filter=one.holds()) for place, one in enumerate(spans)},
    )
    return {one: found[f"span{place}"] for place, one in enumerate(spans)}, found["first"]


def _course(
    counted: Sequence[MonthCount], seen: Sequence[MonthCount], *, since: date, scheme: Scheme
) -> Course:
    months = [add_months(since, ahead) for ahead in range(_MONTHS)]
    channels = [channel.code for channel in scheme.channels]
    many, visible = _by_place(counted), _by_place(seen)
    late, seen_late = _late_by_month(counted), _late_by_month(seen)
    return course_of(
        [_month_word(month, months[0]) for month in months],
        [channel.label.in_(language_now()) for channel in scheme.channels],
        [[many.get((month, code), 0) for code in channels] for month in months],
        [
            [_lead(month, visible.get((month, code), 0), "kept", channel=code) for code in channels]
            for month in months
        ],
        [(late[month], _lead(month, seen_late[month], "slow")) for month in months],
    )


def _by_place(counts: Sequence[MonthCount]) -> dict[tuple[date, str], int]:
    return {(one.month, one.channel): one.count for one in counts}


def _late_by_month(counts: Sequence[MonthCount]) -> Counter[date]:
    found = Counter[date]()
    for one in counts:
        found[one.month] += one.late
    return found


def _lead(month: date, many: int, state: str, **asked: str) -> Figure:
    span = _Span(since=month, until=add_months(month, 1) - _DAY)
    return figure(many, _LIST, state=state, **asked, **span.asked())


def _month_word(month: date, first: date) -> str:
    """Return a month, with its year where that is new, or first and not said by the next one."""
    if month.month == 1 or (month == first and month.month < 12):
        return date_format(month, pgettext("date format", "Y年n月"))
    return date_format(month, pgettext("date format", "n月"))
