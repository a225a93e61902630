"""Draws a layout as SVG: attributes only, no style, script or outside reference.

Arrow heads are plain paths, so that many charts can stand in one page without shared ids.
"""

import re
from collections.abc import Iterable, Iterator

from lianfang.common.text import Language, Text
from lianfang.documents.drawing.colours import (
    HEAD,
    LOOP,
    RULE,
    SHEET,
    TONES,
    VACANT,
    WASH,
    edge_of,
    ink_on,
)
from lianfang.documents.drawing.flow import Chart, LevelLook
from lianfang.documents.drawing.geometry import (
    Area,
    Box,
    LaneBox,
    Layout,
    LegendKey,
    Line,
    Point,
    TagBox,
    Tone,
    Wire,
)
from lianfang.documents.drawing.surround import title_of
from lianfang.register.model import StepKind

FONT_FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
)
_FONTS = ", ".join((*(f"'{family}'" for family in FONT_FAMILIES), "sans-serif"))
_ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}
_STROKE = TONES[Tone.SOFT]
_DESCRIPTION = Text(
    "流程图，共 {steps} 个环节、{lanes} 个岗位、{loops} 处退回；{risks}。",
    "A flowchart of {steps} steps in {lanes} lanes with {loops} ways back; {risks}.",
)
_RISKY = Text("有风险点的环节：{steps}", "steps with risk points: {steps}")
_NO_RISK = Text("没有标出风险点", "no risk points are marked")
_UNSAFE = re.compile('[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def svg_of(layout: Layout, key: str = "flow") -> str:
    """Return the SVG of a layout; `key` makes its two ids unique in a page.

    Characters that XML can't hold are left out of the text.
    """
    return "".join(
        (
            opening(layout.width, layout.height, key),
            f'<title id="{key}-t">{escaped(title_of(layout.chart))}</title>',
            f'<desc id="{key}-d">{escaped(description_of(layout))}</desc>',
            *parts_of(layout),
            "</svg>",
        )
    )


def opening(width: float, height: float, key: str) -> str:
    """Return the start tag of a drawing of `width` by `height` points."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {width:.1f} {height:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'role="img" aria-labelledby="{key}-t {key}-d" font-family="{_FONTS}">'
    )


def description_of(layout: Layout) -> str:
    """Return the chart in a sentence, for readers who can't see it."""
    chart = layout.chart
    joint = ", " if chart.language is Language.EN else "、"
    risky = [node.number for node in chart.nodes if node.marks]
    risks = _RISKY.filled(steps=joint.join(risky)) if risky else _NO_RISK
    return _DESCRIPTION.filled(
        steps=len(chart.nodes),
        lanes=len(chart.lanes),
        loops=sum(wire.loop for wire in layout.wires),
        risks=risks,
    ).in_(chart.language)


def parts_of(layout: Layout) -> Iterator[str]:
    """Yield the drawing, back to front."""
    yield f'<rect width="{layout.width:.1f}" height="{layout.height:.1f}" fill="{SHEET}"/>'
    yield from map(text_part, layout.title)
    yield from _lanes(layout)
    for wire in layout.wires:
        yield wire_path(wire.points, loop=wire.loop)
        yield arrow_head(wire.points, loop=wire.loop)
    for box in layout.boxes:
        yield from box_parts(layout.chart, box)
    for wire in layout.wires:
        yield from _label(wire)
    yield from legend_parts(layout.chart, layout.legend)
    yield from map(text_part, layout.notes)


def escaped(text: str) -> str:
    """Return `text` for XML, without the control characters that XML can't hold."""
    return _UNSAFE.sub(_escape, text) if _UNSAFE.search(text) else text


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0], "")


def _lanes(layout: Layout) -> Iterator[str]:
    for place, lane in enumerate(layout.lanes):
        yield lane_ground(lane.area, place)
        yield from lane_head(layout.chart, lane)


def lane_ground(area: Area, place: int) -> str:
    """Return the ground of the lane at `place`; neighbours differ a little."""
    return _rect(area, WASH if place % 2 else SHEET, RULE, 0.8)


def lane_head(chart: Chart, lane: LaneBox) -> Iterator[str]:
    """Yield the head of a lane, of another colour where nobody has the post yet."""
    yield _rect(lane.head, VACANT if chart.lanes[lane.lane].vacant else HEAD, RULE, 0.8)
    yield from map(text_part, lane.lines)


def _rect(area: Area, fill: str, stroke: str, width: float, radius: float = 0.0) -> str:
    rounded = f' rx="{radius:.1f}"' if radius else ""
    return (
        f'<rect x="{area.x:.1f}" y="{area.y:.1f}" width="{area.width:.1f}" '
        f'height="{area.height:.1f}"{rounded} fill="{fill}" stroke="{stroke}" '
        f'stroke-width="{width}"/>'
    )


def text_part(line: Line) -> str:
    """Return a line of text."""
    return _text_in(line, TONES[line.tone])


def _text_in(line: Line, fill: str) -> str:
    bold = ' font-weight="700"' if line.bold else ""
    return (
        f'<text x="{line.x:.1f}" y="{line.y:.1f}" font-size="{line.size}"{_ANCHORS[line.anchor]}'
        f'{bold} fill="{fill}">{escaped(line.text)}</text>'
    )


def wire_path(points: Iterable[Point], *, loop: bool) -> str:
    """Return the line of an arrow without its head."""
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashed = ' stroke-dasharray="4 2.5"' if loop else ""
    return (
        f'<path d="M{way}" fill="none" stroke="{LOOP if loop else _STROKE}" '
        f'stroke-width="1.1" stroke-linejoin="round"{dashed}/>'
    )


def arrow_head(points: tuple[Point, ...], *, loop: bool) -> str:
    """Return the head at the end of an arrow."""
    (x0, y0), (x, y) = points[-2], points[-1]
    fill = LOOP if loop else _STROKE
    if abs(x - x0) > abs(y - y0):
        back = -7.0 if x > x0 else 7.0
        return f'<path d="M{x:.1f} {y:.1f}l{back} -3v6z" fill="{fill}"/>'
    back = -7.0 if y > y0 else 7.0
    return f'<path d="M{x:.1f} {y:.1f}l-3 {back}h6z" fill="{fill}"/>'


def box_parts(chart: Chart, box: Box) -> Iterator[str]:
    """Yield a step with its words and marks."""
    marks = chart.nodes[box.node].marks
    edge, width = _STROKE, 1.0
    if marks:
        edge, width = edge_of(chart.looks[marks[0].look].colour), 1.8
    yield outline(box, edge, width)
    yield from map(text_part, box.name)
    yield from map(text_part, box.small)
    if box.number:
        yield text_part(box.number)
    for tag in box.tags:
        yield from _tag(chart.looks[tag.look], tag)


def outline(box: Box, edge: str, width: float) -> str:
    """Return the shape of a step."""
    area = box.area
    if box.kind is StepKind.DECISION:
        half_x, half_y = area.width / 2, area.height / 2
        return (
            f'<path d="M{area.x:.1f} {area.y + half_y:.1f}l{half_x:.1f} {-half_y:.1f} '
            f'{half_x:.1f} {half_y:.1f} {-half_x:.1f} {half_y:.1f}z" fill="{SHEET}" '
            f'stroke="{edge}" stroke-width="{width}" stroke-linejoin="round"/>'
        )
    open_end = box.kind in (StepKind.START, StepKind.END)
    return _rect(area, SHEET, edge, width, min(area.height / 2, 15.0) if open_end else 3.0)


def _tag(look: LevelLook, tag: TagBox) -> Iterator[str]:
    dash = ' stroke-dasharray="2 1.5"' if look.code is None else ""
    rect = _rect(tag.area, look.colour, edge_of(look.colour), 0.8, 1.5)
    yield rect.replace("/>", f"{dash}/>") if dash else rect
    fill = ink_on(look.colour)
    for line in tag.lines:
        yield _text_in(line, fill)


def _label(wire: Wire) -> Iterator[str]:
    if wire.label:
        yield from map(text_part, wire.label.lines)


def legend_parts(chart: Chart, keys: Iterable[LegendKey]) -> Iterator[str]:
    """Yield the legend."""
    for key in keys:
        if key.look is not None:
            look = chart.looks[key.look]
            yield _rect(key.area, look.colour, edge_of(look.colour), 0.8, 1.5)
            yield _text_in(key.line, ink_on(look.colour))
            continue
        if key.dashed:
            y = key.area.y + key.area.height / 2
            yield wire_path(((key.area.x, y), (key.area.x + 22, y)), loop=True)
        yield text_part(key.line)
