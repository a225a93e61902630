"""Puts a routed chart on a sheet: points for boxes, arrows, labels, lanes and the words in them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lianfang.documents.drawing.faces import (
    LABEL,
    LABEL_LEADING,
    NAME,
    NAME_LEADING,
    SMALL,
    SMALL_LEADING,
    Face,
    label_lines,
)
from lianfang.documents.drawing.flow import Chart
from lianfang.documents.drawing.geometry import (
    Area,
    Box,
    Label,
    Layout,
    Line,
    Orientation,
    Point,
    TagBox,
    Tone,
    Wire,
)
from lianfang.documents.drawing.legs import Route
from lianfang.documents.drawing.placing import Placing
from lianfang.documents.drawing.sizing import Body, label_bounds
from lianfang.documents.drawing.surround import surround
from lianfang.register.model import StepKind

_RISE = 0.36
_CUT_AFTER = 4.0


class Plan(NamedTuple):
    """All that is known of a chart before it has a sheet."""

    chart: Chart
    orientation: Orientation
    framed: bool
    faces: Sequence[Face]
    bodies: Sequence[Body]
    routes: Sequence[Route]
    placing: Placing

    @property
    def portrait(self) -> bool:
        return self.orientation is Orientation.PORTRAIT


class Axes(NamedTuple):
    """Where the corner of the lanes lies on the sheet, and which way main runs."""

    x: float
    y: float
    portrait: bool

    def point(self, main: float, cross: float) -> Point:
        if self.portrait:
            return (self.x + cross, self.y + main)
        return (self.x + main, self.y + cross)

    def area(self, main: tuple[float, float], cross: tuple[float, float]) -> Area:
        """Return the rectangle between two bounds along each axis."""
        x, y = self.point(main[0], cross[0])
        far_x, far_y = self.point(main[1], cross[1])
        return Area(x, y, far_x - x, far_y - y)


def sheet_of(plan: Plan) -> Layout:
    """Return the finished layout."""
    placing = plan.placing
    frame = surround(
        plan.chart,
        placing.borders,
        placing.length,
        portrait=plan.portrait,
        framed=plan.framed,
        loops=any(route.loop for route in plan.routes),
    )
    axes = Axes(frame.x, frame.y, plan.portrait)
    slanted = [node.kind is StepKind.DECISION for node in plan.chart.nodes]
    starts = [start + _CUT_AFTER for start in placing.channel_starts[1:-1]]
    breaks = [axes.point(start, start) for start in (0.0, *starts, placing.length)]
    borders = [axes.point(border, border) for border in placing.borders]
    main_axis, cross_axis = (1, 0) if plan.portrait else (0, 1)
    return Layout(
        chart=plan.chart,
        orientation=plan.orientation,
        width=frame.width,
        height=frame.height,
        title=frame.title,
        body=frame.body,
        lanes=frame.lanes,
        boxes=tuple(_boxes(plan, axes)),
        wires=tuple(_wires(plan, axes, slanted)),
        legend=frame.legend,
        notes=frame.notes,
        rank_breaks=tuple(point[main_axis] for point in breaks),
        lane_breaks=tuple(point[cross_axis] for point in borders),
    )


def _boxes(plan: Plan, axes: Axes) -> Iterator[Box]:
    grid = plan.placing.grid
    for place, node in enumerate(plan.chart.nodes):
        body, face = plan.bodies[place], plan.faces[place]
        main = plan.placing.main_of[grid.rank_of[place]]
        cross = plan.placing.cross_of[grid.column_of[place]]
        area = axes.area(
            (main - body.half_main, main + body.half_main),
            (cross - body.half_cross, cross + body.half_cross),
        )
        middle = area.x + area.width / 2
        text_height = len(face.name) * NAME_LEADING + len(face.small) * SMALL_LEADING
        top = area.y + (area.height - text_height) / 2
        yield Box(
            place,
            node.kind,
            area,
            tuple(_lines(face.name, middle, top, NAME, NAME_LEADING)),
            tuple(
                _lines(
                    face.small,
                    middle,
                    top + len(face.name) * NAME_LEADING,
                    SMALL,
                    SMALL_LEADING,
                    tone=Tone.SOFT,
                )
            ),
            _number(node.number, area, body),
            tuple(_tags(face, area, body)),
        )


def _number(number: str, area: Area, body: Body) -> Line | None:
    if not number:
        return None
    y = area.y - 3 + body.number_drop
    return Line(area.x + 2, y, number, SMALL, "start", Tone.FAINT)


def _tags(face: Face, area: Area, body: Body) -> Iterator[TagBox]:
    """Yield the marks, stacked over the right corner of the box, the highest on top."""
    y = area.y - face.tags_height + body.tags_drop
    right = area.x + area.width
    for tag in face.tags:
        height = tag.height - 1
        place = Area(right - tag.width, y, tag.width, height)
        lines = tuple(
            Line(
                place.x + tag.width / 2,
                y + (height - 10.5 * len(tag.lines)) / 2 + 10.5 * at + 8.4,
                text,
                SMALL,
                bold=True,
            )
            for at, text in enumerate(tag.lines)
        )
        yield TagBox(tag.look, place, lines)
        y += tag.height


def _lines(
    texts: Sequence[str],
    x: float,
    top: float,
    size: float,
    leading: float,
    *,
    anchor: str = "middle",
    tone: Tone = Tone.INK,
) -> Iterator[Line]:
    baseline = top + leading / 2 + size * _RISE
    for at, text in enumerate(texts):
        yield Line(x, baseline + at * leading, text, size, anchor, tone)


def _wires(plan: Plan, axes: Axes, slanted: Sequence[bool]) -> Iterator[Wire]:
    for route in plan.routes:
        way = plan.placing.way(route, plan.bodies, slanted)
        points = tuple(axes.point(main, cross) for main, cross in _plain(way))
        yield Wire(route.place, points, route.loop, _label(plan, axes, route))


def _plain(way: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a way without corners that are none."""
    kept = [way[0]]
    for at in range(1, len(way) - 1):
        before, here, after = kept[-1], way[at], way[at + 1]
        along = abs(before[0] - here[0]) < 1e-6 and abs(here[0] - after[0]) < 1e-6
        across = abs(before[1] - here[1]) < 1e-6 and abs(here[1] - after[1]) < 1e-6
        if not (along or across):
            kept.append(here)
    return [*kept, way[-1]]


def _label(plan: Plan, axes: Axes, route: Route) -> Label | None:
    condition = plan.chart.links[route.place].condition
    if not condition:
        return None
    grid = plan.placing.grid
    main = plan.placing.main_of[grid.rank_of[route.source]]
    cross = plan.placing.cross_of[grid.column_of[route.source]]
    bounds = label_bounds(route, plan.bodies[route.source], portrait=plan.portrait)
    area = axes.area(
        (main + bounds[0][0], main + bounds[0][1]), (cross + bounds[1][0], cross + bounds[1][1])
    )
    tone = Tone.LOOP if route.loop else Tone.SOFT
    texts = label_lines(condition)
    lines = _lines(texts, area.x, area.y, LABEL, LABEL_LEADING, anchor="start", tone=tone)
    return Label(area, tuple(lines))
