"""Figures of reports, for the discipline office alone (五（六）2（2）)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lianfang.casework.models import ReportCase
from lianfang.casework.queries.lists import ReportLine
from lianfang.casework.rules.states import OPEN, State


@dataclass(frozen=True, kw_only=True)
class Count:
    """A label and how many."""

    label: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """Reports that arrived in a year: how many, how they go, what came of them, and in time."""

    year: int
    arrived: int
    signed: int
    open: int
    late: int
    states: list[Count]
    routes: list[Count]
    outcomes: list[Count]
    months: list[Count]


def statistics_of(lines: Iterable[ReportLine], year: int) -> Statistics:
    """Count the reports of a year."""
    chosen = [line for line in lines if line.report.arrived_on.year == year]
    cases = [line.case for line in chosen if line.case is not None]
    months = Counter(line.report.arrived_on.month for line in chosen)
    return Statistics(
        year=year,
        arrived=len(chosen),
        signed=sum(line.report.signed for line in chosen),
        open=sum(State(line.state) in OPEN for line in chosen),
        late=sum(line.is_late for line in chosen),
        states=_counted(ReportCase.State.choices, [line.state for line in chosen]),
        routes=_counted(ReportCase.Route.choices, [case.route for case in cases]),
        outcomes=_counted(ReportCase.Outcome.choices, [case.outcome for case in cases]),
        months=[
            Count(label=date(year, month, 1).strftime("%m"), number=months[month])
            for month in range(1, 13)
        ],
    )


def _counted(choices: Iterable[tuple[str, object]], values: list[str]) -> list[Count]:
    numbers = Counter(values)
    return [Count(label=str(label), number=numbers[code]) for code, label in choices]
