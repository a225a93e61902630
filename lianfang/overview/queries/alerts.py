"""Early warning in numbers: what is open, how old, what came in by month (五（六）1).

The leadership counts all alerts but those hidden from each reader; the number that leads to rows is
of those the reader may open. Confidential reports are not counted, but as the alerts that came of
them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.utils.formats import date_format
from django.utils.translation import pgettext

from lianfang.alerts.access import alerts_counted_for, alerts_visible_to
from lianfang.alerts.queries.figures import OPEN, MonthCount, by_month
from lianfang.common.http import language_now
from lianfang.org.rules.calendar import add_months
from lianfang.org.standing import Standing
from lianfang.overview.queries.figures import Figure, figure
from lianfang.overview.rules.drawing import Course, course_of
from lianfang.scheme.model import Scheme

_MONTHS = 12
_LIST = "alerts:list"


@dataclass(frozen=True, kw_only=True)
class Alerts:
    """Open alerts: how many are counted, how many days the oldest is old, how many are to be read.

    `course` has a column for each month, `channels` name its parts from the bottom up.
    """

    counted: int
    oldest: int
    ages: tuple[tuple[int, int], ...]
    open: Figure
    course: Course
    channels: tuple[str, ...]


def alerts_of(standing: Standing, scheme: Scheme) -> Alerts:
    """Return the alerts as somebody may count them. Three statements."""
    on, counted = standing.on, alerts_counted_for(standing)
    month, three = add_months(on, -1), add_months(on, -3)
    found = counted.filter(state__in=OPEN).aggregate(
        all=Count("pk"),
        first=Min("noticed_on"),
        fresh=Count("pk", filter=Q(noticed_on__gt=month)),
        older=Count("pk", filter=Q(noticed_on__lte=month, noticed_on__gt=three)),
        oldest=Count("pk", filter=Q(noticed_on__lte=three)),
    )
    visible = alerts_visible_to(standing).filter(state__in=OPEN).count()
    since = add_months(on.replace(day=1), 1 - _MONTHS)
    counts = by_month(standing.organisation_id, since, on, among=counted)
    return Alerts(
        counted=found["all"],
        oldest=(on - found["first"]).days if found["first"] is not None else 0,
        ages=((1, found["fresh"]), (3, found["older"]), (0, found["oldest"])),
        open=figure(visible, _LIST, state="open"),
        course=_course(counts, since, scheme),
        channels=tuple(channel.label.in_(language_now()) for channel in scheme.channels),
    )


def _course(counts: Sequence[MonthCount], since: date, scheme: Scheme) -> Course:
    months = [add_months(since, ahead) for ahead in range(_MONTHS)]
    found = {(one.month, one.channel): one.count for one in counts}
    return course_of(
        [_month_word(month, months[0]) for month in months],
        [[found.get((month, one.code), 0) for one in scheme.channels] for month in months],
    )


def _month_word(month: date, first: date) -> str:
    """Return a month, with its year where that is the first one or a new one."""
    if month == first or month.month == 1:
        return date_format(month, pgettext("date format", "Y年n月"))
    return date_format(month, pgettext("date format", "n月"))
