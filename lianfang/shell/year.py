"""The strip of the year: its stages as they were opened and closed, else as the plan has them (六).

Before a year's work is opened it says where the day stands between the dates of the scheme, and
nothing about what was filed.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lianfang.common.text import Text
from lianfang.cycles.queries.strip import StageRun, YearRun
from lianfang.scheme.model import Stage
from lianfang.shell.filed import Filed, filed_of

State = Literal["past", "now", "next"]


@dataclass(frozen=True, kw_only=True)
class ShownStage:
    """A stage of this year; `done` is how much of it has gone by, in per cent, today included.

    `is_today` is true of the one stage that carries the flag of today; `is_late` of one that is
    open although `due_on`, its planned end, has passed. `figure` says how far filings are.
    """

    label: Text
    begins: date
    ends: date
    state: State
    done: int
    is_today: bool
    due_on: date
    is_late: bool = False
    is_run: bool = False
    figure: Text | None = None

    @property
    def tenth(self) -> int:
        """Where the flag of today stands, in tenths of the stage."""
        return round(self.done / 10)


def stages_on(stages: Iterable[Stage], on: date) -> tuple[ShownStage, ...]:
    """Return the stages of the year of `on` by the calendar, in the scheme's order.

    Source: 质检认纪〔2012〕1号 六. Between two stages none is `now`.
    """
    return tuple(_planned(stage, on) for stage in stages)


def stages_run(stages: Iterable[Stage], run: YearRun, on: date) -> tuple[ShownStage, ...]:
    """Return the stages of a year's work as they were opened and closed.

    Where several are open, today's flag stands in the last of them; where none is, in none.
    """
    labels = {stage.code: stage.label for stage in stages}
    open_ones = [stage.code for stage in run.stages if _state(stage) == "now"]
    filed = filed_of(run.filings)
    return tuple(
        _run(
            stage,
            labels.get(stage.code) or Text(stage.code, stage.code),
            on,
            is_today=open_ones[-1:] == [stage.code],
            filed=filed,
        )
        for stage in run.stages
    )


def _planned(stage: Stage, on: date) -> ShownStage:
    begins, ends = _day(stage.begins, on.year), _day(stage.ends, on.year)
    state: State = "past" if ends < on else "next" if on < begins else "now"
    return ShownStage(
        label=stage.label,
        begins=begins,
        ends=ends,
        state=state,
        done=_gone(begins, ends, on),
        is_today=state == "now",
        due_on=ends,
    )


def _run(stage: StageRun, label: Text, on: date, *, is_today: bool, filed: Filed) -> ShownStage:
    begins = stage.opened_on or stage.begins_on
    ends = max(begins, stage.closed_on or stage.ends_on)
    state = _state(stage)
    return ShownStage(
        label=label,
        begins=begins,
        ends=ends,
        state=state,
        done=_gone(begins, ends, on),
        is_today=is_today,
        due_on=stage.ends_on,
        is_late=state == "now" and stage.ends_on < on,
        is_run=stage.opened_on is not None,
        figure=filed.in_stage(stage.code),
    )


def _state(stage: StageRun) -> State:
    if stage.opened_on is None:
        return "next"
    return "now" if stage.closed_on is None else "past"


def _gone(begins: date, ends: date, on: date) -> int:
    gone = ((on - begins).days + 1) * 100 // ((ends - begins).days + 1)
    return min(100, max(0, gone))


def _day(month_and_day: str, year: int) -> date:
    month, day = map(int, month_and_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))
