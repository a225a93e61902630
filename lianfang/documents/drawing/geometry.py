"""The laid-out chart: everything with absolute coordinates in points, y downwards.

Every drawing (SVG, PNG, PDF, BPMN) is made from this value alone.
"""

from enum import StrEnum

from msgspec import Struct

from lianfang.documents.drawing.flow import Chart
from lianfang.register.model import StepKind

Point = tuple[float, float]


class Orientation(StrEnum):
    """Whether the flow runs down, lanes side by side, or to the right, lanes stacked."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Tone(StrEnum):
    INK = "ink"
    SOFT = "soft"
    FAINT = "faint"
    LOOP = "loop"


class Line(Struct, frozen=True, gc=False):
    """A line of text; `y` is its baseline, `anchor` an SVG text-anchor."""

    x: float
    y: float
    text: str
    size: float
    anchor: str = "middle"
    tone: Tone = Tone.INK
    bold: bool = False


class Area(Struct, frozen=True, gc=False):
    """A rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float


class TagBox(Struct, frozen=True, gc=False):
    """A risk mark; `look` is an index into the chart's looks."""

    look: int
    area: Area
    lines: tuple[Line, ...]


class Box(Struct, frozen=True, gc=False):
    """A step: a diamond of the whole area for a decision, rounded for an open end."""

    node: int
    kind: StepKind
    area: Area
    name: tuple[Line, ...]
    small: tuple[Line, ...]
    number: Line | None
    tags: tuple[TagBox, ...]


class Label(Struct, frozen=True, gc=False):
    area: Area
    lines: tuple[Line, ...]


class Wire(Struct, frozen=True, gc=False):
    """An arrow: a rectangular line from border to border; loops are drawn dashed."""

    link: int
    points: tuple[Point, ...]
    loop: bool
    label: Label | None


class LaneBox(Struct, frozen=True, gc=False):
    """A lane; `head` holds its name and lies inside `area`."""

    lane: int
    area: Area
    head: Area
    lines: tuple[Line, ...]


class LegendKey(Struct, frozen=True, gc=False):
    """An entry of the legend: the mark of a look, a dashed line, or words alone."""

    look: int | None
    dashed: bool
    area: Area
    line: Line


class Layout(Struct, frozen=True, kw_only=True, gc=False):
    """A chart on a sheet of `width` by `height` points; `body` holds the lanes.

    At `rank_breaks` along the flow and `lane_breaks` across, from edge to edge, the sheet may
    be cut: no box, word or head of an arrow lies there, and arrows only run straight across.
    """

    chart: Chart
    orientation: Orientation
    width: float
    height: float
    title: tuple[Line, ...]
    body: Area
    lanes: tuple[LaneBox, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    legend: tuple[LegendKey, ...]
    notes: tuple[Line, ...]
    rank_breaks: tuple[float, ...]
    lane_breaks: tuple[float, ...]
