"""States, silence and nights."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.jobs.models import Job
from lianfang.jobs.rules import (
    NEXT,
    SILENCE,
    Act,
    days_late,
    is_silent,
    next_night,
    nights_to_sweep,
    source_of,
)

AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
ON = date(2026, 5, 14)
LEGAL = {
    ("waiting", "claim"): "running",
    ("waiting", "cancel"): "failed",
    ("running", "finish"): "done",
    ("running", "fail"): "failed",
}


@pytest.mark.parametrize("pair", [*product(Job.State.values, get_args(Act))])
def test_every_state_knows_what_may_be_done_in_it(pair: tuple[str, Act]) -> None:
    assert NEXT.get(pair) == LEGAL.get(pair)


@pytest.mark.parametrize("act", get_args(Act))
def test_each_act_has_one_state_to_begin_in(act: Act) -> None:
    assert (source_of(act), act) in NEXT


def test_a_worker_is_dead_after_two_minutes_of_silence() -> None:
    assert not is_silent(last=AT - SILENCE, at=AT)
    assert is_silent(last=AT - SILENCE - timedelta(seconds=1), at=AT)
    assert is_silent(last=None, at=AT)


@pytest.mark.parametrize(
    ("last", "nights", "late"),
    [
        (None, [ON], 0),  # a fresh installation
        (ON, [], 0),
        (date(2026, 5, 15), [], 0),  # somebody set the clock back
        (date(2026, 5, 13), [ON], 0),
        (date(2026, 5, 12), [date(2026, 5, 13), ON], 1),
        (date(2026, 5, 11), [date(2026, 5, 12), date(2026, 5, 13), ON], 2),
    ],
)
def test_missed_nights_are_caught_up_and_counted(
    last: date | None, nights: list[date], late: int
) -> None:
    assert nights_to_sweep(last=last, on=ON) == nights
    assert days_late(last=last, on=ON) == late


def test_more_than_a_year_is_not_caught_up() -> None:
    nights = nights_to_sweep(last=date(2020, 1, 1), on=ON)
    assert len(nights) == 366
    assert nights[-1] == ON


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 1, 1)), st.integers(0, 500))
def test_after_a_sweep_nothing_is_left_and_nobody_is_late(last: date, days: int) -> None:
    on = last + timedelta(days=days)
    nights = nights_to_sweep(last=last, on=on)
    assert nights == sorted(set(nights))
    if nights:
        assert nights[-1] == on
        assert nights_to_sweep(last=nights[-1], on=on) == []
        assert days_late(last=nights[-1], on=on) == 0


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (AT, datetime(2026, 5, 14, 16, 30, tzinfo=UTC)),
        (datetime(2026, 5, 14, 16, 29, tzinfo=UTC), datetime(2026, 5, 14, 16, 30, tzinfo=UTC)),
        (datetime(2026, 5, 14, 16, 30, tzinfo=UTC), datetime(2026, 5, 15, 16, 30, tzinfo=UTC)),
        # New Year in Shanghai
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), datetime(2026, 12, 31, 16, 30, tzinfo=UTC)),
    ],
)
def test_the_night_begins_half_an_hour_after_local_midnight(at: datetime, night: datetime) -> None:
    assert next_night(at=at, zone=SHANGHAI) == night
