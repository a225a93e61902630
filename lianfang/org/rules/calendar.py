"""Working days: Monday to Friday, but for the days that a loaded year says otherwise.

Source: the scheme's `calendar` (六); holidays are those of the State Council's yearly notice.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Days that depart from Monday to Friday, and the years for which they are loaded."""

    departures: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Return whether people work on that day."""
        return self.departures.get(day, day.weekday() < _SATURDAY)

    def is_provisional(self, day: date) -> bool:
        """Return whether that day lies in a year whose holidays are not loaded."""
        return day.year not in self.years


def add_working_days(calendar: WorkCalendar, start: date, days: int) -> date:
    """Return the working day that is `days` working days after `start`, or before if negative.

    The day of `start` itself does not count. Zero gives `start`, or the next working day after
    it. Raises OverflowError past the last day there is.
    """
    step = timedelta(days=-1 if days < 0 else 1)
    day, left = start, abs(days)
    while left or not calendar.is_working(day):
        day += step
        left -= calendar.is_working(day) and left > 0
    return day


def working_days_between(calendar: WorkCalendar, start: date, end: date) -> int:
    """Return how many working days lie after `start` up to and with `end`; negative if past."""
    if end < start:
        return -working_days_between(calendar, end, start)
    span = (end - start).days
    weeks, rest = divmod(span, 7)
    count = weeks * 5 + sum(
        (start + timedelta(days=weeks * 7 + ahead)).weekday() < _SATURDAY
        for ahead in range(1, rest + 1)
    )
    for day, works in calendar.departures.items():
        if start < day <= end:
            count += works - (day.weekday() < _SATURDAY)
    return count


def years_to_load(calendar: WorkCalendar, on: date, warn_from: str) -> tuple[int, ...]:
    """Return the years whose holidays should be loaded by now, of this and the next.

    The next year counts from `warn_from` (MM-DD) of this one.
    """
    wanted = [on.year, *([on.year + 1] if on.strftime("%m-%d") >= warn_from else [])]
    return tuple(year for year in wanted if year not in calendar.years)


def add_months(day: date, months: int) -> date:
    """Return the same day some calendar months later; the end of the month where it has none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
