"""In which order the units stand in the statistics: by a figure, the most first (六（二）)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from lianfang.documents.writing.statistics import Line


class Counted(Protocol):
    """What has figures to be put in order by."""

    @property
    def line(self) -> Line:
        """The figures."""


Row = TypeVar("Row", bound=Counted)


def _share(line: Line) -> float:
    """Return how many of those asked took part; all of nobody is everybody."""
    return line.taken / line.asked if line.asked else 1.0


FIGURES: Mapping[str, Callable[[Line], float]] = {
    "powers": lambda line: line.powers,
    "posts": lambda line: line.posts,
    "risks": lambda line: line.risks,
    "high": lambda line: line.levels[0],
    "unrated": lambda line: line.levels[-1],
    "measures": lambda line: line.measures,
    "unsorted": lambda line: line.phases[-1],
    "taken": _share,
    "remarks": lambda line: line.remarks,
}


def ordered(rows: Iterable[Row], sort: str) -> list[Row]:
    """Return the rows by a figure, the most first; with a minus before its name, the least first.

    Rows with the same figure stay as they were, all of them where there is no such figure.
    """
    figure = FIGURES.get(sort.removeprefix("-"))
    if figure is None:
        return list(rows)
    return sorted(rows, key=lambda row: figure(row.line), reverse=not sort.startswith("-"))


def next_sort(sort: str, figure: str) -> str:
    """Return what a heading leads to: most first, then least first, then the order of units."""
    return {figure: f"-{figure}", f"-{figure}": ""}.get(sort, figure)
