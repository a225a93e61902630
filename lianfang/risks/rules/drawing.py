"""Where the figures of the register are drawn: bars of levels, and the cells of the heatmap.

All in the units of an SVG's view box; nothing here knows what is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BAR_WIDTH = 150.0
BAR_HEIGHT = 12
GAP = 0.8
CELL_WIDTH, CELL_HEIGHT = 47, 34
STEP_WIDTH, STEP_HEIGHT = 50, 37
LEFT, TOP, BELOW = 36, 4, 37


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of a bar: the how-manieth, and where it lies."""

    place: int
    count: int
    x: str
    width: str


@dataclass(frozen=True, kw_only=True)
class Square:
    """A cell of the heatmap: its steps, and the corners and points that are drawn."""

    likelihood: int
    impact: int
    x: int
    y: int

    @property
    def middle(self) -> str:
        """Where the number stands."""
        return f"{self.x + CELL_WIDTH / 2:g}"

    @property
    def baseline(self) -> int:
        """On what the number stands."""
        return self.y + 22

    @property
    def mark_x(self) -> int:
        """Where the level's shape stands."""
        return self.x + 40

    @property
    def mark_y(self) -> int:
        """On what the level's shape stands."""
        return self.y + 11


def segments(counts: Sequence[int], most: int) -> tuple[Segment, ...]:
    """Return a bar's parts in order; `most` is the sum that fills the whole width."""
    return tuple(_segments(counts, most))


def _segments(counts: Sequence[int], most: int) -> Iterator[Segment]:
    x = 0.0
    for place, count in enumerate(counts):
        if count:
            width = max(count * (BAR_WIDTH - GAP * len(counts)) / max(most, 1), GAP)
            yield Segment(place=place, count=count, x=f"{x:.1f}", width=f"{width:.1f}")
            x += width + GAP


def squares(likelihoods: int, impacts: int) -> tuple[Square, ...]:
    """Return the cells, the gravest in the upper right corner."""
    return tuple(
        Square(
            likelihood=likelihood,
            impact=impact,
            x=LEFT + STEP_WIDTH * (likelihood - 1),
            y=TOP + STEP_HEIGHT * (impacts - impact),
        )
        for impact in range(1, impacts + 1)
        for likelihood in range(1, likelihoods + 1)
    )


def size_of(likelihoods: int, impacts: int) -> tuple[int, int]:
    """Return width and height of a heatmap with its axes."""
    return LEFT + STEP_WIDTH * likelihoods, TOP + STEP_HEIGHT * impacts + BELOW
