"""The strip of the year: the stages of the plan as the calendar has them (六).

It says where the day stands between the dates of the scheme, and nothing about what was filed.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lianfang.common.text import Text
from lianfang.scheme.model import Stage

State = Literal["past", "now", "next"]


@dataclass(frozen=True, kw_only=True)
class ShownStage:
    """A stage of this year; `done` is how much of it has gone by, in per cent, today included."""

    label: Text
    begins: date
    ends: date
    state: State
    done: int

    @property
    def tenth(self) -> int:
        """Where the flag of today stands, in tenths of the stage."""
        return round(self.done / 10)


def stages_on(stages: Iterable[Stage], on: date) -> tuple[ShownStage, ...]:
    """Return the stages of the year of `on`, in the scheme's order.

    Source: 质检认纪〔2012〕1号 六. Between two stages none is `now`.
    """
    return tuple(_shown(stage, on) for stage in stages)


def _shown(stage: Stage, on: date) -> ShownStage:
    begins, ends = _day(stage.begins, on.year), _day(stage.ends, on.year)
    state: State = "past" if ends < on else "next" if on < begins else "now"
    gone = ((on - begins).days + 1) * 100 // ((ends - begins).days + 1)
    return ShownStage(
        label=stage.label,
        begins=begins,
        ends=ends,
        state=state,
        done=min(100, max(0, gone)),
    )


def _day(month_and_day: str, year: int) -> date:
    month, day = map(int, month_and_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))
