"""Days relative to the one on which the example is loaded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.example.dates import NoDay, day_of, months_from
from lianfang.example.moments import counted_on, working_hour

ON = date(2026, 5, 14)
LEAP = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "on", "day"),
    [
        ("-40d", ON, date(2026, 4, 4)),
        ("+1d", ON, date(2026, 5, 15)),
        ("-3y2m", ON, date(2023, 3, 14)),
        ("-1y", LEAP, date(2027, 2, 28)),
        ("-4y", LEAP, date(2024, 2, 29)),
        ("+1m", date(2027, 1, 31), date(2027, 2, 28)),
        ("-1m", date(2027, 1, 1), date(2026, 12, 1)),
        ("-1d", date(2027, 1, 1), date(2026, 12, 31)),
        ("-2m@15", ON, date(2026, 3, 15)),
        ("+9m@30", ON, date(2027, 2, 28)),
        ("-1m@31", date(2027, 1, 31), date(2026, 12, 31)),
        ("-2y1m@15-1d", ON, date(2024, 4, 14)),
        ("-2y@1-1d", date(2026, 3, 31), date(2024, 2, 29)),
        ("-1m5d", ON, date(2026, 4, 9)),
        ("2026-01-02", ON, date(2026, 1, 2)),
    ],
)
def test_a_text_stands_for_a_day(text: str, on: date, day: date) -> None:
    assert day_of(text, on) == day


@pytest.mark.parametrize(
    "text", ["", "-", "+", "3y", "-y", "@1", "-1d1m", "-2y@32", "heute", "-1w"]
)
def test_what_is_no_day_is_refused_with_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(NoDay) as refused:
        day_of(text, ON)
    assert "-3y2m" in refused.value.text.zh
    assert "-3y2m" in refused.value.text.en


DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2060, 12, 31))


@given(on=DAYS, months=st.integers(1, 120), at=st.integers(1, 31))
def test_a_day_of_an_earlier_month_is_past_and_the_day_before_is_a_day_less(
    on: date, months: int, at: int
) -> None:
    day = day_of(f"-{months}m@{at}", on)
    assert day < on
    assert day_of(f"-{months}m@{at}-1d", on) == day - timedelta(days=1)


@given(on=DAYS, months=st.integers(-120, 120), more=st.integers(0, 60))
def test_more_months_never_lead_to_an_earlier_day(on: date, months: int, more: int) -> None:
    assert months_from(on, months) <= months_from(on, months + more)
    assert months_from(on, 0) == on


@pytest.mark.parametrize(
    ("day", "year", "counted"),
    [
        (date(2026, 12, 3), 2027, date(2027, 1, 1)),
        (date(2027, 1, 1), 2027, date(2027, 1, 1)),
        (date(2027, 4, 3), 2027, date(2027, 4, 3)),
    ],
)
def test_work_for_a_year_that_begins_before_it_counts_from_its_first_day(
    day: date, year: int, counted: date
) -> None:
    assert counted_on(working_hour(day), year) == counted
