"""The work calendar of an organisation, as the rules take it and as the page shows it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from lianfang.common.text import Text
from lianfang.org.models import CalendarDay, CalendarYear
from lianfang.org.rules.calendar import WorkCalendar


def calendar_of(organisation: int, years: range | None = None) -> WorkCalendar:
    """Return the calendar, of these years or all. Two statements."""
    days = CalendarDay.objects.filter(organisation=organisation)
    if years is not None:
        days = days.filter(day__gte=date(years.start, 1, 1), day__lt=date(years.stop, 1, 1))
    loaded = CalendarYear.objects.filter(organisation=organisation).values_list("year", flat=True)
    return WorkCalendar(
        departures=dict(days.values_list("day", "is_working")), years=frozenset(loaded)
    )


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days in a row under one name: off, or worked instead."""

    first: date
    last: date
    name: Text
    is_working: bool

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def spans_of(organisation: int, year: int) -> list[Span]:
    """Return the days of a year that depart from Monday to Friday, in a row. One statement."""
    spans: list[Span] = []
    stored = CalendarDay.objects.filter(organisation=organisation, day__year=year)
    for day in stored.order_by("day"):
        span = Span(
            first=day.day,
            last=day.day,
            name=Text(day.name, day.name_en or day.name),
            is_working=day.is_working,
        )
        before = spans[-1] if spans else None
        if before and _goes_on(before, span):
            spans[-1] = replace(before, last=day.day)
        else:
            spans.append(span)
    return spans


def _goes_on(before: Span, span: Span) -> bool:
    alike = (before.name, before.is_working) == (span.name, span.is_working)
    return alike and before.last + timedelta(days=1) == span.first


def loaded_years(organisation: int) -> list[CalendarYear]:
    """Return the years that are loaded, with their sources. One statement."""
    return list(CalendarYear.objects.filter(organisation=organisation).order_by("year"))
