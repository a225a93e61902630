"""Months, intervals and dates of the year, without a database."""

from datetime import date
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.duties.rules.clock import Change, Period, at_intervals, later, months_later, on_dates
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.scheme.model import Measured, Quantity

MONDAY_TO_FRIDAY = WorkCalendar()
EVER = date.min
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def number(value: float, unit: Measured = Measured.MONTHS) -> Quantity:
    return Quantity(value=value, unit=unit, default=True)


def periods(start: date, *changes: tuple[date, float], on: date) -> list[tuple[date, date]]:
    given = [Change(day, number(months)) for day, months in changes]
    return [(*period,) for period in at_intervals(start, given, on, MONDAY_TO_FRIDAY)]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param(date(2026, 7, 1), 6, date(2027, 1, 1), id="across New Year"),
        pytest.param(date(2026, 8, 31), 6, date(2027, 2, 28), id="to the end of February"),
        pytest.param(date(2027, 8, 31), 6, date(2028, 2, 29), id="of a leap year"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="a leap day a year later"),
        pytest.param(date(2024, 2, 29), 48, date(2028, 2, 29), id="and comes again after four"),
        pytest.param(date(2026, 3, 31), -1, date(2026, 2, 28), id="back"),
        pytest.param(date(2026, 1, 15), -1, date(2025, 12, 15), id="back across New Year"),
        pytest.param(date(2026, 12, 1), 0, date(2026, 12, 1), id="none"),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (number(30, Measured.DAYS), date(2026, 6, 13)),
        (number(10, Measured.WORKING_DAYS), date(2026, 5, 28)),
        (number(6), date(2026, 11, 14)),
        (number(5, Measured.YEARS), date(2031, 5, 14)),
        (number(0), date(2026, 6, 14)),
        (number(-3), date(2026, 6, 14)),
    ],
)
def test_a_quantity_leads_to_a_day(quantity: Quantity, expected: date) -> None:
    assert later(date(2026, 5, 14), quantity, MONDAY_TO_FRIDAY) == expected


def test_a_31st_comes_again_after_a_shorter_month() -> None:
    assert periods(date(2026, 8, 31), (EVER, 6), on=date(2027, 8, 31)) == [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 2, 28), date(2027, 8, 31)),
        (date(2027, 8, 31), date(2028, 2, 29)),
    ]


def test_a_period_is_there_from_its_first_day() -> None:
    start = date(2026, 7, 1)
    assert periods(start, (EVER, 6), on=date(2026, 6, 30)) == []
    assert periods(start, (EVER, 6), on=start) == [(start, date(2027, 1, 1))]
    assert len(periods(start, (EVER, 6), on=date(2026, 12, 31))) == 1
    assert len(periods(start, (EVER, 6), on=date(2027, 1, 1))) == 2


@pytest.mark.parametrize(
    ("changed", "months", "expected"),
    [
        pytest.param(
            date(2027, 2, 1),
            3,
            [(date(2026, 7, 1), date(2027, 1, 1)), (date(2027, 1, 1), date(2027, 4, 1))],
            id="a shorter one counts from the first day of the period that runs",
        ),
        pytest.param(
            date(2026, 11, 15),
            3,
            [(date(2026, 7, 1), date(2026, 11, 15)), (date(2026, 11, 15), date(2027, 2, 15))],
            id="it is due on the day of the change at the earliest",
        ),
        pytest.param(
            date(2026, 11, 15),
            12,
            [(date(2026, 7, 1), date(2027, 7, 1))],
            id="a longer one lengthens the period that runs",
        ),
        pytest.param(
            date(2026, 6, 1),
            12,
            [(date(2026, 7, 1), date(2027, 7, 1))],
            id="one from before the start is the first",
        ),
    ],
)
def test_a_changed_interval_rewrites_nothing_that_was_due(
    changed: date, months: float, expected: list[tuple[date, date]]
) -> None:
    found = periods(date(2026, 7, 1), (EVER, 6), (changed, months), on=date(2027, 2, 10))
    assert found[: len(expected)] == expected


@settings(deadline=None)
@given(
    start=DAYS,
    first=st.integers(1, 24),
    changes=st.lists(st.tuples(DAYS, st.integers(1, 24)), max_size=3),
    on=DAYS,
)
def test_periods_follow_each_other_without_a_gap_or_an_end_before_their_beginning(
    start: date, first: int, changes: list[tuple[date, int]], on: date
) -> None:
    found = periods(start, (EVER, first), *sorted(dict(changes).items()), on=on)
    assert bool(found) == (start <= on)
    assert all(opens <= due for opens, due in found)
    assert [due for _, due in found[:-1]] == [opens for opens, _ in found[1:]]
    assert all(opens <= on for opens, _ in found)
    assert found == [] or found[0][0] == start
    assert found == [] or found[-1][1] >= on


HALVES = ("06-30", "12-31")


@pytest.mark.parametrize(
    ("start", "first", "on", "expected"),
    [
        pytest.param(
            date(2026, 7, 1),
            date(2026, 7, 1),
            date(2026, 7, 1),
            [Period(date(2026, 7, 1), date(2026, 12, 31))],
            id="the half-year that runs",
        ),
        pytest.param(
            date(2026, 5, 20),
            date(2026, 8, 20),
            date(2027, 1, 1),
            [
                Period(date(2026, 5, 20), date(2026, 12, 31)),
                Period(date(2027, 1, 1), date(2027, 6, 30)),
            ],
            id="a newcomer's first falls on the second date",
        ),
        pytest.param(
            date(2026, 6, 30),
            date(2026, 6, 30),
            date(2026, 6, 30),
            [Period(date(2026, 6, 30), date(2026, 6, 30))],
            id="on the very day",
        ),
        pytest.param(date(2026, 7, 2), date(2026, 7, 2), date(2026, 7, 1), [], id="not yet"),
    ],
)
def test_dates_of_the_year_end_periods(
    start: date, first: date, on: date, expected: list[Period]
) -> None:
    assert list(on_dates(start, HALVES, first, on)) == expected


def test_the_last_of_february_is_found_in_every_year() -> None:
    found = islice(on_dates(date(2027, 1, 1), ("02-29",), EVER, date(2028, 12, 1)), 2)
    assert [period.due_on for period in found] == [date(2027, 2, 28), date(2028, 2, 29)]
