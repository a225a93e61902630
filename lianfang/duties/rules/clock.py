"""Which days a number of the scheme leads to: months are calendar months.

A 31st falls back to the end of a shorter month, and comes again in a longer one, since months
are counted from the first day and not from the last result. A day that nobody works stays the
day that is due.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from lianfang.org.rules.calendar import WorkCalendar, add_working_days
from lianfang.scheme.model import Measured, Quantity

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """A time in which something is to be done once: from its first day to the day that is due."""

    opens_on: date
    due_on: date


class Change(NamedTuple):
    """From which day an interval holds."""

    from_on: date
    interval: Quantity


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or before if negative; else the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def later(day: date, quantity: Quantity, calendar: WorkCalendar, times: int = 1) -> date:
    """Return the day that a quantity leads to, so many times over; before if negative.

    A number below one counts as one: no interval stands still.
    """
    number = max(1, round(quantity.value)) * times
    match quantity.unit:
        case Measured.YEARS:
            return months_later(day, 12 * number)
        case Measured.MONTHS:
            return months_later(day, number)
        case Measured.WORKING_DAYS:
            return add_working_days(calendar, day, number)
        case _:
            return day + timedelta(days=number)


def at_intervals(
    start: date, changes: Sequence[Change], on: date, calendar: WorkCalendar
) -> Iterator[Period]:
    """Yield every period that began by `on`, the first at `start`.

    Each is due when the next begins, whenever it was done: what is late does not put off what
    follows. Where an interval changes, the period that runs is measured anew from its own first
    day, but falls due no earlier than the day of the change; what was due by then stays as it was.
    """
    last = max((n for n, change in enumerate(changes) if change.from_on <= start), default=0)
    places = range(last, len(changes))
    for place in places:
        ends = changes[place + 1].from_on if place + 1 in places else None
        for period in _grid(start, changes[place], calendar):
            if period.opens_on > on:
                return
            if ends is not None and period.due_on >= ends:
                start = period.opens_on
                break
            yield period


def on_dates(start: date, dates: Sequence[str], first: date, on: date) -> Iterator[Period]:
    """Yield the periods that end on days of the year (MM-DD) and began by `on`.

    The first begins at `start` and is due on the first such day that is not before `first`.
    """
    opens = start
    for year in range(start.year, on.year + 2):
        for due in sorted(_day_of(year, day) for day in dates):
            if due < max(start, first):
                continue
            if opens > on:
                return
            yield Period(opens, due)
            opens = due + _DAY


def _grid(start: date, change: Change, calendar: WorkCalendar) -> Iterator[Period]:
    times, opens = 0, start
    while True:
        times += 1
        due = later(start, change.interval, calendar, times)
        if due < change.from_on:
            # the interval became shorter than what has passed of the period
            due, start, times = change.from_on, change.from_on, 0
        yield Period(opens, due)
        opens = due


def _day_of(year: int, day: str) -> date:
    month, number = map(int, day.split("-"))
    return date(year, month, min(number, monthrange(year, month)[1]))
