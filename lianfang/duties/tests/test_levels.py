"""Since when a post has had its level, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.duties.rules.levels import Given, Run, given_on, run_of

JULY, NEXT_JULY = date(2026, 7, 1), date(2027, 7, 1)
ON = date(2027, 9, 1)
RANKS = {"low": 1, "medium": 2, "high": 3}
DAY = timedelta(days=1)


def edition(level: str, from_on: date, until: date | None = None, name: str = "2026-1") -> Given:
    return Given(level, RANKS[level], from_on, until, name)


def override(level: str, from_on: date, until: date | None = None) -> Given:
    return Given(level, RANKS[level], from_on, until, "", 7)


def run(*given: Given, levels: tuple[str, ...] = ("high",), on: date = ON) -> Run | None:
    now = given_on(given, on)
    return run_of(given, now, levels, on) if now is not None and now.level in levels else None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([edition("high", JULY)], Run("high", JULY, "2026-1", None), id="one edition"),
        pytest.param(
            [edition("high", JULY, NEXT_JULY - DAY), edition("high", NEXT_JULY, name="2027-1")],
            Run("high", JULY, "2027-1", None),
            id="the next edition goes on",
        ),
        pytest.param(
            [edition("high", JULY, NEXT_JULY - 2 * DAY), edition("high", NEXT_JULY)],
            Run("high", NEXT_JULY, "2026-1", None),
            id="a day without a level ends it",
        ),
        pytest.param(
            [edition("medium", JULY), override("high", date(2027, 3, 1))],
            Run("high", date(2027, 3, 1), "", 7),
            id="raised by a breach",
        ),
        pytest.param(
            [
                edition("medium", JULY, NEXT_JULY - DAY),
                override("high", date(2027, 3, 1), NEXT_JULY - DAY),
                edition("high", NEXT_JULY, name="2027-1"),
            ],
            Run("high", date(2027, 3, 1), "2027-1", None),
            id="an edition takes up the breach",
        ),
        pytest.param(
            [edition("high", JULY), override("medium", date(2027, 3, 1))],
            Run("high", JULY, "2026-1", None),
            id="an override below the edition is nothing",
        ),
        pytest.param(
            [edition("high", JULY), override("high", date(2027, 3, 1))],
            Run("high", JULY, "2026-1", None),
            id="nor is an equal one",
        ),
        pytest.param(
            [edition("high", JULY, NEXT_JULY - DAY), edition("low", NEXT_JULY)],
            None,
            id="lowered by an edition",
        ),
        pytest.param(
            [edition("low", ON, ON - DAY, name="2027-1"), edition("high", ON, name="2027-2")],
            Run("high", ON, "2027-2", None),
            id="the first of two editions of a day held never",
        ),
        pytest.param([], None, id="not rated"),
        pytest.param([edition("high", ON + DAY)], None, id="not yet"),
    ],
)
def test_a_run_lasts_while_the_level_does(given: list[Given], expected: Run | None) -> None:
    assert run(*given) == expected


def test_levels_that_a_rule_takes_together_make_one_run() -> None:
    given = (edition("medium", JULY, NEXT_JULY - DAY), edition("high", NEXT_JULY, name="2027-1"))
    assert run(*given, levels=("high", "medium")) == Run("high", JULY, "2027-1", None)


DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))
GIVEN = st.builds(
    lambda level, from_on, length, is_override: (
        override(level, from_on, None if length is None else from_on + length * DAY)
        if is_override
        else edition(level, from_on, None if length is None else from_on + length * DAY)
    ),
    st.sampled_from(sorted(RANKS)),
    DAYS,
    st.none() | st.integers(-1, 400),
    st.booleans(),
)


@settings(deadline=None)
@given(st.lists(GIVEN, max_size=5), DAYS)
def test_a_run_is_what_going_back_day_by_day_finds(given: list[Given], on: date) -> None:
    found = run(*given, on=on)
    day, since = on, None
    while (there := given_on(given, day)) is not None and there.level == "high":
        since, day = day, day - DAY
    assert (found.from_on if found else None) == since
