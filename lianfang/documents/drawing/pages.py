"""Fits a chart to paper: on one page if it stays readable, else over several with marks.

Names print at 7.5 points (六号) or more, the smallest words at 6 and the numbers of marks at 5,
unless a single rank of boxes or a single lane is larger than a page: then all of it shrinks.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from lianfang.documents.drawing.faces import NAME
from lianfang.documents.drawing.flow import Chart
from lianfang.documents.drawing.geometry import Area, Layout, Orientation, Point
from lianfang.documents.drawing.layout import lay_out

LEAST_NAME = 7.5
LEAST_SCALE = LEAST_NAME / NAME
EDGE = 24.0
STRIP = 26.0
_PREFERENCE = 1.08


class Paper(NamedTuple):
    """A sheet in points, upright."""

    width: float
    height: float

    def turned(self, orientation: Orientation) -> "Paper":
        """Return the sheet as a chart of that orientation lies on it."""
        upright = orientation is Orientation.PORTRAIT
        return self if upright else Paper(self.height, self.width)


A4 = Paper(595.28, 841.89)
A3 = Paper(841.89, 1190.55)


class Crossing(Struct, frozen=True, gc=False):
    """Where an arrow is cut: both sides of the cut bear the same number.

    `point` is on the window's edge, `outward` the unit step away from it, `page` where the
    arrow goes on.
    """

    number: int
    point: Point
    outward: Point
    page: int
    loop: bool


class Page(Struct, frozen=True, kw_only=True, gc=False):
    """One sheet of paper: the `window` of the layout on it, at `scale`.

    `window` None shows the whole layout with its own title and legend.
    """

    layout: Layout
    paper: Paper
    scale: float
    number: int
    count: int
    window: Area | None
    crossings: tuple[Crossing, ...]


def paged(
    chart: Chart, paper: Paper = A4, orientation: Orientation | None = None
) -> tuple[Page, ...]:
    """Return the pages of a chart, lying as asked for or as it fits best."""
    ways = [orientation] if orientation else list(Orientation)
    layouts = [lay_out(chart, way, narrow=narrow) for way in ways for narrow in (False, True)]
    best = max(layouts, key=lambda layout: _wish(layout, paper))
    scale = _whole_scale(best, paper)
    if scale >= LEAST_SCALE:
        sheet = paper.turned(best.orientation)
        return (_page(best, sheet, scale, 1, 1, None, ()),)
    splits = [_split(layout, paper) for layout in layouts]
    return min(splits, key=lambda pages: (len(pages), -pages[0].scale))


def _page(
    layout: Layout,
    paper: Paper,
    scale: float,
    number: int,
    count: int,
    window: Area | None,
    crossings: tuple[Crossing, ...],
) -> Page:
    return Page(
        layout=layout,
        paper=paper,
        scale=scale,
        number=number,
        count=count,
        window=window,
        crossings=crossings,
    )


def _wish(layout: Layout, paper: Paper) -> float:
    """Return how well a layout fits, a little in favour of the upright page."""
    prefer = _PREFERENCE if layout.orientation is Orientation.PORTRAIT else 1.0
    return _whole_scale(layout, paper) * prefer


def _whole_scale(layout: Layout, paper: Paper) -> float:
    sheet = paper.turned(layout.orientation)
    room = (sheet.width - EDGE, sheet.height - EDGE)
    return min(1.0, room[0] / layout.width, room[1] / layout.height)


def frame_height(layout: Layout) -> tuple[float, float]:
    """Return what title and foot take from each page of several, unscaled, in layout points."""
    foot = layout.height - layout.body.y - layout.body.height
    return layout.body.y, foot + 24


def head_size(layout: Layout) -> float:
    """Return how much of a page the heads of the lanes take along main."""
    if not layout.lanes:
        return 0.0
    head = layout.lanes[0].head
    return head.height if layout.orientation is Orientation.PORTRAIT else head.width


def _split(layout: Layout, paper: Paper) -> tuple[Page, ...]:
    sheet = paper.turned(layout.orientation)
    upright = layout.orientation is Orientation.PORTRAIT
    across = layout.body.width if upright else layout.body.height
    breadth = sheet.width - 2 * EDGE if upright else sheet.height - 2 * EDGE
    frame = 2 * STRIP if upright else 2 * STRIP + sum(frame_height(layout))
    scale = min(1.0, max(LEAST_SCALE, breadth / (across + frame)))
    scale = min(scale, _least_room(layout, sheet, upright=upright))
    main_room, cross_room = _rooms(layout, sheet, scale, upright=upright)
    mains = list(pairwise(_cuts(layout.rank_breaks, main_room)))
    crosses = list(pairwise(_cuts(layout.lane_breaks, cross_room)))
    windows = [_window(main, cross, upright=upright) for main in mains for cross in crosses]
    crossings = _crossings(layout, windows)
    return tuple(
        _page(layout, sheet, scale, at + 1, len(windows), window, tuple(crossings[at]))
        for at, window in enumerate(windows)
    )


def _rooms(layout: Layout, sheet: Paper, scale: float, *, upright: bool) -> tuple[float, float]:
    """Return the room for a window along main and across, in layout points."""
    width = (sheet.width - 2 * EDGE) / scale - 2 * STRIP
    height = (sheet.height - 2 * EDGE) / scale - 2 * STRIP - sum(frame_height(layout))
    along, across = (height, width) if upright else (width, height)
    return along - head_size(layout), across


def _least_room(layout: Layout, sheet: Paper, *, upright: bool) -> float:
    """Return the largest scale at which every single rank and lane fits a page."""
    rank = max((b - a for a, b in pairwise(layout.rank_breaks)), default=0.0) + 1
    lane = max((b - a for a, b in pairwise(layout.lane_breaks)), default=0.0) + 1
    along, across = (sheet.height, sheet.width) if upright else (sheet.width, sheet.height)
    frame = sum(frame_height(layout)) + 2 * STRIP
    main_frame, cross_frame = (frame, 2 * STRIP) if upright else (2 * STRIP, frame)
    return min(
        (along - 2 * EDGE) / (rank + head_size(layout) + main_frame),
        (across - 2 * EDGE) / (lane + cross_frame),
    )


def _cuts(breaks: Sequence[float], room: float) -> list[float]:
    """Return where to cut, so that each part is as long as it may be."""
    cuts = [breaks[0]]
    for before, here in pairwise(breaks):
        if here - cuts[-1] > room and before > cuts[-1]:
            cuts.append(before)
    return [*cuts, breaks[-1]]


def _window(main: tuple[float, float], cross: tuple[float, float], *, upright: bool) -> Area:
    if upright:
        return Area(cross[0], main[0], cross[1] - cross[0], main[1] - main[0])
    return Area(main[0], cross[0], main[1] - main[0], cross[1] - cross[0])


def clipped(points: Sequence[Point], window: Area) -> Iterator[tuple[Point, ...]]:
    """Yield the parts of a rectangular line that lie in a window."""
    piece: list[Point] = []
    for one, other in pairwise(points):
        part = _clip(one, other, window)
        if part is None:
            if len(piece) > 1:
                yield tuple(piece)
            piece = []
            continue
        if piece and piece[-1] == part[0]:
            piece.append(part[1])
        else:
            if len(piece) > 1:
                yield tuple(piece)
            piece = [*part]
    if len(piece) > 1:
        yield tuple(piece)


def _clip(one: Point, other: Point, window: Area) -> tuple[Point, Point] | None:
    right, bottom = window.x + window.width, window.y + window.height
    low = (max(min(one[0], other[0]), window.x), max(min(one[1], other[1]), window.y))
    high = (min(max(one[0], other[0]), right), min(max(one[1], other[1]), bottom))
    if low[0] > high[0] or low[1] > high[1] or low == high:
        return None
    ahead = one[0] <= other[0] and one[1] <= other[1]
    return (low, high) if ahead else (high, low)


def _crossings(layout: Layout, windows: Sequence[Area]) -> list[list[Crossing]]:
    """Return the cuts of arrows by page; the same number stands on both sides of one."""
    cuts = sorted(
        (here, there, point, outward, wire.loop)
        for wire in layout.wires
        for one, other in pairwise(wire.points)
        for here, there, point, outward in _passages(one, other, windows)
    )
    found: list[list[Crossing]] = [[] for _ in windows]
    for number, (here, there, point, outward, loop) in enumerate(cuts, start=1):
        back = (-outward[0], -outward[1])
        found[here].append(Crossing(number, point, outward, there + 1, loop))
        found[there].append(Crossing(number, point, back, here + 1, loop))
    return found


def _passages(
    one: Point, other: Point, windows: Sequence[Area]
) -> Iterator[tuple[int, int, Point, Point]]:
    """Yield where a segment goes from one window on into the next, down or to the right."""
    upright = abs(one[0] - other[0]) < abs(one[1] - other[1])
    way = sorted(
        (part, at) for at, window in enumerate(windows) if (part := _clip(one, other, window))
    )
    key = 1 if upright else 0
    ordered = sorted(way, key=lambda item: min(item[0][0][key], item[0][1][key]))
    for (part, here), (_, there) in pairwise(ordered):
        end = max(part, key=lambda point: point[key])
        yield here, there, end, (0.0, 1.0) if upright else (1.0, 0.0)
