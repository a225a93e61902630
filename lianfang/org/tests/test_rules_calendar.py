"""Working days, and when a calendar must be loaded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.org.rules.calendar import (
    WorkCalendar,
    add_working_days,
    working_days_between,
    years_to_load,
)

# National Day 2026 by the State Council's notice: off 1-7 October, worked 20 September, 10 October.
CALENDAR = WorkCalendar(
    departures={date(2026, 10, day): False for day in range(1, 8)}
    | {date(2026, 9, 20): True, date(2026, 10, 10): True},
    years=frozenset({2026}),
)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 5, 14), 1, date(2026, 5, 15)),
        (date(2026, 5, 15), 1, date(2026, 5, 18)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 9), 1, date(2026, 10, 10)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
        (date(2026, 5, 18), -1, date(2026, 5, 15)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
        (date(2026, 5, 14), 5, date(2026, 5, 21)),
    ],
)
def test_working_days_are_added(start: date, days: int, expected: date) -> None:
    assert add_working_days(CALENDAR, start, days) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 5, 14), date(2026, 5, 14), 0),
        (date(2026, 5, 8), date(2026, 5, 14), 4),
        (date(2026, 5, 14), date(2026, 5, 8), -4),
        (date(2026, 9, 30), date(2026, 10, 10), 3),
        (date(2026, 9, 18), date(2026, 9, 21), 2),
    ],
)
def test_working_days_are_counted(start: date, end: date, expected: int) -> None:
    assert working_days_between(CALENDAR, start, end) == expected


@given(
    start=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    days=st.integers(1, 400),
    departures=st.dictionaries(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.booleans()),
)
def test_adding_and_counting_agree(start: date, days: int, departures: dict[date, bool]) -> None:
    calendar = WorkCalendar(departures=departures)
    end = add_working_days(calendar, start, days)
    assert calendar.is_working(end)
    assert working_days_between(calendar, start, end) == days
    slowly = sum(
        calendar.is_working(start + timedelta(days=ahead))
        for ahead in range(1, (end - start).days + 1)
    )
    assert slowly == days


def test_a_day_of_a_year_not_loaded_is_provisional() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 10, 31), ()),
        (date(2026, 11, 1), (2027,)),
        (date(2027, 1, 1), (2027,)),
        (date(2027, 12, 1), (2027, 2028)),
    ],
)
def test_years_are_asked_for_in_time(on: date, expected: tuple[int, ...]) -> None:
    assert years_to_load(CALENDAR, on, "11-01") == expected
