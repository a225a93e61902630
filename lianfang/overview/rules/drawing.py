"""Where columns of a course are drawn, in the units of an SVG's view box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianfang.overview.rules.figure import Figure

WIDTH, HEIGHT = 780, 168
_LEFT, _BASE, _TOP, _COLUMN = 36, 142, 16, 34
_STEPS = 3
_GAP = 1.0
# the name of a kind, how many, and the way to them
_Part = tuple[str, int, Figure]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a column: the how-manieth kind and its name, how many, and where it lies.

    `lead` has as many as its reader may see, and the way to them.
    """

    place: int
    kind: str
    count: int
    lead: Figure
    y: str
    height: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column with its label; `top` is where its sum stands."""

    label: str
    total: int
    x: str
    middle: str
    top: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Point:
    """A number over a column, on the line drawn across them; `lead` as with a piece."""

    label: str
    count: int
    lead: Figure
    x: str
    y: str


@dataclass(frozen=True, kw_only=True)
class GridLine:
    """A line across, with the number it stands for."""

    number: int
    y: str
    baseline: str


@dataclass(frozen=True, kw_only=True)
class Course:
    """Columns beside each other, the lines behind them, and the same numbers to be read out.

    `points` are a number for each column, joined by a line before them, where there are any.
    """

    columns: tuple[Column, ...]
    lines: tuple[GridLine, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]
    points: tuple[Point, ...] = ()

    @property
    def path(self) -> str:
        """The line through the points."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    def figures(self) -> Iterator[Figure]:
        """Yield the numbers that lead to lists."""
        yield from (piece.lead for column in self.columns for piece in column.pieces)
        yield from (point.lead for point in self.points)


def course_of(
    labels: Sequence[str],
    kinds: Sequence[str],
    counts: Sequence[Sequence[int]],
    leads: Sequence[Sequence[Figure]],
    line: Sequence[tuple[int, Figure]] = (),
) -> Course:
    """Return columns of counts by kind, the first kind at the bottom; each count with its lead.

    `line` has a count and its lead for each column, no larger than its sum.
    """
    most = _rounded(max((sum(one) for one in counts), default=0))
    pitch = (WIDTH - _LEFT) / max(len(counts), 1)
    columns = tuple(
        _column(label, list(zip(kinds, one, of, strict=True)), _LEFT + pitch * (place + 0.5), most)
        for place, (label, one, of) in enumerate(zip(labels, counts, leads, strict=True))
    )
    rows = [(*one, line[place][0]) if line else tuple(one) for place, one in enumerate(counts)]
    table = tuple(zip(labels, rows, strict=True))
    points = tuple(
        Point(
            label=column.label,
            count=count,
            lead=lead,
            x=column.middle,
            y=f"{_BASE - _height(count, most):.1f}",
        )
        for column, (count, lead) in zip(columns, line, strict=bool(line))
    )
    return Course(columns=columns, lines=tuple(_lines(most)), table=table, points=points)


def _rounded(most: int) -> int:
    """Return the least multiple of the lines that is no smaller, at least one for each."""
    step = max(-(-most // _STEPS), 1)
    return step * _STEPS


def _column(label: str, parts: Sequence[_Part], middle: float, most: int) -> Column:
    total = sum(count for _kind, count, _lead in parts)
    return Column(
        label=label,
        total=total,
        x=f"{middle - _COLUMN / 2:.1f}",
        middle=f"{middle:.1f}",
        top=f"{_BASE - _height(total, most) - 5:.1f}",
        pieces=tuple(_pieces(parts, most)),
    )


def _pieces(parts: Sequence[_Part], most: int) -> Iterator[Piece]:
    below = 0
    for place, (kind, count, lead) in enumerate(parts):
        if count:
            height = _height(count, most)
            y = _BASE - _height(below, most) - height
            below += count
            drawn = max(height - _GAP, 0.5)
            yield Piece(
                place=place,
                kind=kind,
                count=count,
                lead=lead,
                y=f"{y:.1f}",
                height=f"{drawn:.1f}",
            )


def _lines(most: int) -> Iterator[GridLine]:
    for step in range(_STEPS + 1):
        number = most // _STEPS * step
        y = _BASE - _height(number, most)
        yield GridLine(number=number, y=f"{y:.1f}", baseline=f"{y + 4:.1f}")


def _height(count: int, most: int) -> float:
    return (_BASE - _TOP) * count / most
