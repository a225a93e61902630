"""Figures of reports, for the discipline office alone, small numbers hidden (五（六）2（2）)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.dates import MONTHS

from lianfang.casework.models import ReportCase
from lianfang.casework.queries.lists import ReportLine
from lianfang.casework.rules.states import OPEN, State
from lianfang.leads.rules.counting import protected


@dataclass(frozen=True, kw_only=True)
class Count:
    """A label and how many; None for a number that is hidden."""

    label: str
    number: int | None


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """Reports that arrived in a year: how many, how they go, what came of them, and in time.

    None for a number that is hidden.
    """

    year: int
    arrived: int | None
    signed: int | None
    open: int | None
    late: int | None
    states: list[Count]
    routes: list[Count]
    outcomes: list[Count]
    months: list[Count]


def statistics_of(lines: Iterable[ReportLine], year: int) -> Statistics:
    """Count the reports of a year."""
    chosen = [line for line in lines if line.report.arrived_on.year == year]
    cases = [line.case for line in chosen if line.case is not None]
    total = len(chosen)
    return Statistics(
        year=year,
        arrived=_part(total, total),
        signed=_part(sum(line.report.signed for line in chosen), total),
        open=_part(sum(State(line.state) in OPEN for line in chosen), total),
        late=_part(sum(line.is_late for line in chosen), total),
        states=_counted(ReportCase.State.choices, [line.state for line in chosen]),
        routes=_counted(ReportCase.Route.choices, [case.route for case in cases]),
        outcomes=_counted(ReportCase.Outcome.choices, [case.outcome for case in cases]),
        months=_counted(
            [(f"{month:02}", name) for month, name in MONTHS.items()],
            [f"{line.report.arrived_on:%m}" for line in chosen],
        ),
    )


def _part(number: int, total: int) -> int | None:
    """Return how many of a total, where neither they nor the rest are few."""
    return protected({"those": number, "others": total - number}).cells["those"]


def _counted(choices: Sequence[tuple[str, object]], values: list[str]) -> list[Count]:
    numbers = Counter(values)
    told = protected({code: numbers[code] for code, _ in choices}).cells
    return [Count(label=str(label), number=told[code]) for code, label in choices]
