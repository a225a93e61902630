"""How it goes with duties of the example."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.example.fates import LONG_AHEAD, Fate, closes_on, fate_of

DUE = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("fate", "day"),
    [
        (Fate.IN_TIME, date(2026, 5, 3)),
        (Fate.WAIVED, date(2026, 5, 3)),
        (Fate.LATE, date(2026, 6, 1)),
        (Fate.LEFT, date(2026, 7, 8)),
    ],
)
def test_each_fate_has_its_day(fate: Fate, day: date) -> None:
    assert closes_on(fate, "talk", DUE) == day


def test_what_is_done_ahead_is_done_on_many_days_weeks_before() -> None:
    days = {(DUE - closes_on(Fate.AHEAD, f"talk|{number}", DUE)).days for number in range(200)}
    assert len(days) > 40
    assert 20 <= min(days) <= max(days) < LONG_AHEAD


def test_most_is_done_in_time_and_every_fate_befalls_somebody() -> None:
    met = Counter(fate_of(f"talk|{number}") for number in range(1000))
    assert set(met) == set(Fate)
    assert met[Fate.AHEAD] + met[Fate.IN_TIME] > 850
    assert met[Fate.LEFT] < met[Fate.LATE]


@given(st.text())
def test_the_same_name_has_the_same_fate(name: str) -> None:
    assert fate_of(name) is fate_of(name)
