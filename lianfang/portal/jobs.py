"""What happens every night: the days that are over get their roots (docs/reports.md)."""

from datetime import date, datetime, timedelta

from django.db.models import Max, Min

from lianfang.common.clock import day_in
from lianfang.org.models import Organisation
from lianfang.portal.actions.days import seal_day
from lianfang.portal.models import DayRoot, OfficerKey


def run(at: datetime) -> int:
    """Seal every day that is over, from the first key of an organisation on; returns how many.

    Safe to repeat.
    """
    sealed = 0
    keys = OfficerKey.objects.values("organisation").annotate(first=Min("made_on"))
    for organisation in Organisation.objects.filter(pk__in=keys.values("organisation")):
        yesterday = day_in(organisation.time_zone, at) - timedelta(days=1)
        day = _next_day(organisation)
        while day <= yesterday:
            seal_day(organisation=organisation, on=day, by=None, at=at)
            day += timedelta(days=1)
            sealed += 1
    return sealed


def _next_day(organisation: Organisation) -> date:
    """Return the first day without a root."""
    last = DayRoot.objects.filter(organisation=organisation).aggregate(last=Max("on"))["last"]
    if last is not None:
        return date.fromordinal(last.toordinal() + 1)
    keys = OfficerKey.objects.filter(organisation=organisation)
    first: date = keys.aggregate(first=Min("made_on"))["first"]
    return first
