"""The work calendar: a year is loaded as a whole, from the notice of holidays or from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import CalendarDay, CalendarYear, Organisation

CLAUSE = "六"


class WrongCalendar(Refused):
    """Days that lie outside the year they are loaded for."""


@dataclass(frozen=True, kw_only=True)
class Departure:
    """A day that departs from Monday to Friday."""

    is_working: bool
    name: str = ""
    name_en: str = ""


@transaction.atomic
def load_calendar(
    *,
    organisation: Organisation,
    year: int,
    departures: Mapping[date, Departure],
    source: str,
    by: AbstractBaseUser | None,
    at: datetime,
) -> CalendarYear:
    """Replace the days of a year. Raises WrongCalendar for a day of another year."""
    strays = sorted(day for day in departures if day.year != year)
    if strays:
        raise WrongCalendar(
            Text(
                f"{strays[0]} 不在 {year} 年，请改正后重新导入。",
                f"{strays[0]} does not lie in {year}; mend it and load the file again.",
            )
        )
    stored = CalendarDay.objects.filter(organisation=organisation, day__year=year)
    before = {day.day: day.is_working for day in stored}
    stored.delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(
            organisation=organisation,
            day=day,
            is_working=departure.is_working,
            name=departure.name,
            name_en=departure.name_en,
        )
        for day, departure in sorted(departures.items())
    )
    loaded, _ = CalendarYear.objects.update_or_create(
        organisation=organisation, year=year, defaults={"source": source, "loaded_at": at}
    )
    audit.record(
        at=at,
        by=by,
        action="org.calendar.loaded",
        subject=loaded,
        organisation=organisation.pk,
        changes={
            "source": (None, source),
            "days": (_told(before), _told({d: x.is_working for d, x in departures.items()})),
        },
        rule=CLAUSE,
    )
    return loaded


def _told(days: Mapping[date, bool]) -> dict[str, bool]:
    return {day.isoformat(): works for day, works in sorted(days.items())}
