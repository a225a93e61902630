"""Draws pages of paper as SVG: the window of the chart, heads, marks, title, foot."""

from collections.abc import Iterator

from lianfang.common.text import Language, Text
from lianfang.documents.drawing.colours import LOOP, SHEET, TONES
from lianfang.documents.drawing.geometry import Area, LaneBox, Layout, Line, Orientation, Tone, Wire
from lianfang.documents.drawing.pages import (
    EDGE,
    STRIP,
    Crossing,
    Page,
    clipped,
    frame_height,
    head_size,
)
from lianfang.documents.drawing.surround import MARGIN, title_of
from lianfang.documents.drawing.svg import (
    arrow_head,
    box_parts,
    description_of,
    escaped,
    lane_ground,
    lane_head,
    legend_parts,
    opening,
    parts_of,
    text_part,
    wire_path,
)

_PAGE = Text("第 {number} 页，共 {count} 页", "page {number} of {count}")
_JOINS = Text("{numbers} 接第 {page} 页", "{numbers} on page {page}")
_RADIUS = 5.6
_MARK_SIZE = 8.5


def svg_of_page(page: Page, key: str = "flow") -> str:
    """Return the SVG of one page, as large as its paper, in points."""
    layout = page.layout
    heading = f"{title_of(layout.chart)} {page.number}/{page.count}"
    parts = _whole(page) if page.window is None else _part(page, page.window)
    return "".join(
        (
            opening(page.paper.width, page.paper.height, key),
            f'<title id="{key}-t">{escaped(heading)}</title>',
            f'<desc id="{key}-d">{escaped(description_of(layout))}</desc>',
            f'<rect width="{page.paper.width:.1f}" height="{page.paper.height:.1f}" '
            f'fill="{SHEET}"/>',
            *parts,
            "</svg>",
        )
    )


def _whole(page: Page) -> Iterator[str]:
    x = (page.paper.width - page.layout.width * page.scale) / 2
    yield f'<g transform="translate({x:.2f} {EDGE / 2:.2f}) scale({page.scale:.4f})">'
    yield from parts_of(page.layout)
    yield "</g>"


def _part(page: Page, window: Area) -> Iterator[str]:
    """Yield title, window and foot; the window's group has the layout's own coordinates."""
    layout, scale = page.layout, page.scale
    upright = layout.orientation is Orientation.PORTRAIT
    top, _ = frame_height(layout)
    head = head_size(layout)
    taken = (window.width + 2 * STRIP + (0 if upright else head)) * scale
    x = (page.paper.width - taken) / 2 + (STRIP + (0 if upright else head)) * scale
    y = EDGE + (top + STRIP + (head if upright else 0)) * scale
    shift_x, shift_y = x - window.x * scale, y - window.y * scale
    middle = page.paper.width / scale / 2
    yield f'<g transform="translate(0 {EDGE:.2f}) scale({scale:.4f})">'
    for line in layout.title:
        moved = Line(middle, line.y, line.text, line.size, line.anchor, line.tone, line.bold)
        yield text_part(moved)
    yield "</g>"
    yield f'<g transform="translate({shift_x:.2f} {shift_y:.2f}) scale({scale:.4f})">'
    yield from _window(page, window)
    yield "</g>"
    yield from _foot(page)


def _window(page: Page, window: Area) -> Iterator[str]:
    layout = page.layout
    lanes = [lane for lane in layout.lanes if _shares(lane.area, window)]
    for lane in lanes:
        yield lane_ground(_cut_lane(lane, layout, window), lane.lane)
        yield from lane_head(layout.chart, _moved_head(lane, layout, window))
    for wire in layout.wires:
        yield from _wire(wire, window)
    for box in layout.boxes:
        if _shares(box.area, window):
            yield from box_parts(layout.chart, box)
    for wire in layout.wires:
        if wire.label and _shares(wire.label.area, window):
            yield from map(text_part, wire.label.lines)
    for crossing in page.crossings:
        yield from _mark(crossing)


def _wire(wire: Wire, window: Area) -> Iterator[str]:
    """Yield what the window shows of an arrow."""
    for piece in clipped(wire.points, window):
        yield wire_path(piece, loop=wire.loop)
        if piece[-1] == wire.points[-1]:
            yield arrow_head(piece, loop=wire.loop)


def _shares(area: Area, window: Area) -> bool:
    x, y = area.x + area.width / 2, area.y + area.height / 2
    if area.width > window.width or area.height > window.height:
        return (
            area.x < window.x + window.width - 1
            and window.x < area.x + area.width - 1
            and area.y < window.y + window.height - 1
            and window.y < area.y + area.height - 1
        )
    return window.x <= x <= window.x + window.width and window.y <= y <= window.y + window.height


def _cut_lane(lane: LaneBox, layout: Layout, window: Area) -> Area:
    """Return the part of a lane's ground on this page, with room for the marks."""
    if layout.orientation is Orientation.PORTRAIT:
        return Area(lane.area.x, window.y - STRIP, lane.area.width, window.height + 2 * STRIP)
    return Area(window.x - STRIP, lane.area.y, window.width + 2 * STRIP, lane.area.height)


def _moved_head(lane: LaneBox, layout: Layout, window: Area) -> LaneBox:
    """Return a lane's head, moved to stand before the window."""
    head = lane.head
    if layout.orientation is Orientation.PORTRAIT:
        x, y = 0.0, window.y - STRIP - head.height - head.y
    else:
        x, y = window.x - STRIP - head.width - head.x, 0.0
    lines = tuple(
        Line(line.x + x, line.y + y, line.text, line.size, line.anchor, line.tone, line.bold)
        for line in lane.lines
    )
    return LaneBox(
        lane.lane, lane.area, Area(head.x + x, head.y + y, head.width, head.height), lines
    )


def _mark(crossing: Crossing) -> Iterator[str]:
    """Yield a circled number on the arrow's way out of the window."""
    (x, y), (dx, dy) = crossing.point, crossing.outward
    far = 4 + _RADIUS
    centre_x, centre_y = x + dx * far, y + dy * far
    stroke = LOOP if crossing.loop else TONES[Tone.SOFT]
    yield wire_path(((x, y), (x + dx * 4, y + dy * 4)), loop=crossing.loop)
    yield (
        f'<circle cx="{centre_x:.1f}" cy="{centre_y:.1f}" r="{_RADIUS}" fill="{SHEET}" '
        f'stroke="{stroke}" stroke-width="0.8"/>'
    )
    size = _MARK_SIZE if crossing.number < 10 else 7.0
    yield text_part(Line(centre_x, centre_y + size * 0.36, str(crossing.number), size))


def _foot(page: Page) -> Iterator[str]:
    """Yield legend, notes and the page's number at the bottom of the paper."""
    layout, words = page.layout, page.layout.chart.language
    base = page.paper.height - EDGE
    lift = base - 14 - (layout.height - MARGIN + 6) * page.scale
    left = EDGE - MARGIN * page.scale
    yield f'<g transform="translate({left:.2f} {lift:.2f}) scale({page.scale:.4f})">'
    yield from legend_parts(layout.chart, layout.legend)
    yield from map(text_part, layout.notes)
    yield "</g>"
    joins = "；" if words is Language.ZH else "; "
    onward = joins.join(_joins(page))
    yield text_part(Line(EDGE, base, onward, 8.5, "start", Tone.SOFT))
    number = _PAGE.filled(number=page.number, count=page.count).in_(words)
    yield text_part(Line(page.paper.width - EDGE, base, number, 8.5, "end", Tone.FAINT))


def _joins(page: Page) -> Iterator[str]:
    """Yield which marks go on where; those of one page are numbered in a row."""
    pages: dict[int, list[int]] = {}
    for crossing in page.crossings:
        pages.setdefault(crossing.page, []).append(crossing.number)
    for other, numbers in sorted(pages.items()):
        low, high = min(numbers), max(numbers)
        span = f"{low}–{high}" if high > low else str(low)
        yield _JOINS.filled(numbers=span, page=other).in_(page.layout.chart.language)
