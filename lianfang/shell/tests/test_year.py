"""The strip of the year: where a day stands among the stages of the scheme (六)."""

from datetime import date

import pytest

from lianfang.scheme.load import load_scheme
from lianfang.shell.year import stages_on

STAGES = load_scheme("cnas-2012").stages


@pytest.mark.parametrize(
    ("on", "states"),
    [
        (date(2026, 1, 31), "next next next next next"),
        (date(2026, 2, 1), "now next next next next"),
        (date(2026, 4, 30), "now next next next next"),
        (date(2026, 5, 1), "past now next next next"),
        (date(2026, 8, 15), "past past past past next"),
        (date(2026, 12, 31), "past past past past now"),
        (date(2028, 2, 29), "now next next next next"),
    ],
)
def test_a_stage_is_past_now_or_to_come(on: date, states: str) -> None:
    assert " ".join(stage.state for stage in stages_on(STAGES, on)) == states


@pytest.mark.parametrize(
    ("on", "done", "tenth"),
    [
        (date(2026, 5, 1), 3, 0),
        (date(2026, 5, 16), 51, 5),
        (date(2026, 5, 31), 100, 10),
    ],
)
def test_the_flag_of_today_stands_where_the_day_is(on: date, done: int, tenth: int) -> None:
    now = next(stage for stage in stages_on(STAGES, on) if stage.state == "now")
    assert (now.done, now.tenth) == (done, tenth)
