"""Finds everything that is wrong with a layout's geometry, in words; used by several tests."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from lianfang.documents.drawing.geometry import Area, Box, Layout, Line, Point, Wire
from lianfang.documents.drawing.wrapping import width_em
from lianfang.register.model import StepKind

_EPS = 0.01
Segment = tuple[Point, Point]


def faults_of(layout: Layout) -> list[str]:
    """Return every fault of a layout; an empty list is a perfect drawing."""
    return [
        *_lost(layout),
        *_boxes(layout),
        *_texts(layout),
        *_wires(layout),
        *_shared(layout),
        *_labels(layout),
        *_outside(layout),
    ]


def _lost(layout: Layout) -> Iterator[str]:
    if [box.node for box in layout.boxes] != list(range(len(layout.chart.nodes))):
        yield "not every node has its box"
    if [wire.link for wire in layout.wires] != list(range(len(layout.chart.links))):
        yield "not every link has its arrow"
    for shown, given in _words(layout):
        if _bare("".join(line.text for line in shown)) != _bare(given):
            yield f"words were cut: {given}"
    for box in layout.boxes:
        if len(box.tags) != len(layout.chart.nodes[box.node].marks):
            yield f"a mark of {box.node} is missing"


def _words(layout: Layout) -> Iterator[tuple[Sequence[Line], str]]:
    """Yield all words as drawn beside the words as given."""
    for box in layout.boxes:
        node = layout.chart.nodes[box.node]
        yield box.name, node.name
        yield box.small, node.limit + node.output
    for wire in layout.wires:
        shown = wire.label.lines if wire.label else ()
        yield shown, layout.chart.links[wire.link].condition
    for lane in layout.lanes:
        given = layout.chart.lanes[lane.lane]
        yield lane.lines, given.name + given.note


def _bare(text: str) -> str:
    return "".join(text.split())


def _boxes(layout: Layout) -> Iterator[str]:
    claims = [(box.node, part) for box in layout.boxes for part in parts_of(box)]
    for (one, a), (other, b) in combinations(claims, 2):
        if one != other and overlap(a, b):
            yield f"boxes {one} and {other} overlap"
    for box in layout.boxes:
        lane = layout.lanes[layout.chart.nodes[box.node].lane]
        parts = parts_of(box)
        if not all(_inside(part, lane.area) for part in parts):
            yield f"box {box.node} leaves its lane"
        if any(overlap(part, lane.head) for part in parts):
            yield f"box {box.node} lies on the head of its lane"
        if any(overlap(a, b) for a, b in combinations(parts[1:], 2)):
            yield f"number and marks of {box.node} overlap"
    if any(overlap(a.area, b.area) for a, b in combinations(layout.lanes, 2)):
        yield "lanes overlap"


def parts_of(box: Box) -> list[Area]:
    """Return the area of a box, of its marks and of its number."""
    number = [text_area(box.number)] if box.number else []
    return [box.area, *(tag.area for tag in box.tags), *number]


def text_area(line: Line) -> Area:
    """Return the area of a line of text, by the measured widths."""
    width = width_em(line.text) * line.size
    x = {"start": line.x, "middle": line.x - width / 2, "end": line.x - width}[line.anchor]
    return Area(x, line.y - line.size * 0.85, width, line.size)


def _texts(layout: Layout) -> Iterator[str]:
    for box in layout.boxes:
        texts = [text_area(line) for line in (*box.name, *box.small)]
        if not all(_holds(box, text) for text in texts):
            yield f"text leaves box {box.node}"
    for area, lines in _frames(layout):
        if not all(_inside(text_area(line), area) for line in lines):
            yield f"text leaves its frame: {lines}"


def _frames(layout: Layout) -> Iterator[tuple[Area, Sequence[Line]]]:
    """Yield every rectangle that must hold its lines."""
    for box in layout.boxes:
        yield from ((tag.area, tag.lines) for tag in box.tags)
    yield from ((lane.head, lane.lines) for lane in layout.lanes)
    yield from ((wire.label.area, wire.label.lines) for wire in layout.wires if wire.label)


def _holds(box: Box, text: Area) -> bool:
    if box.kind is not StepKind.DECISION:
        return _inside(text, box.area)
    return all(_slope(box, corner) <= 1 + _EPS for corner in _corners(text))


def _slope(box: Box, point: Point) -> float:
    """Return 1 on the border of a diamond, less inside."""
    area = box.area
    across = abs(point[0] - area.x - area.width / 2) / (area.width / 2)
    return across + abs(point[1] - area.y - area.height / 2) / (area.height / 2)


def _corners(area: Area) -> list[Point]:
    right, bottom = area.x + area.width, area.y + area.height
    return [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)]


def _wires(layout: Layout) -> Iterator[str]:
    solids = [(box, part) for box in layout.boxes for part in parts_of(box)]
    for wire in layout.wires:
        link = layout.chart.links[wire.link]
        ends = ((link.source, wire.points[0]), (link.target, wire.points[-1]))
        if not all(_on_border(layout.boxes[node], point) for node, point in ends):
            yield f"arrow {wire.link} is not attached"
        for one, other in segments_of(wire):
            if abs(one[0] - other[0]) > _EPS and abs(one[1] - other[1]) > _EPS:
                yield f"arrow {wire.link} is slanted"
            for box, part in solids:
                if _enters(box, part, (one, other)):
                    yield f"arrow {wire.link} runs through box {box.node}"
        (x0, y0), (x1, y1) = wire.points[-2:]
        if abs(x0 - x1) + abs(y0 - y1) < 8:
            yield f"arrow {wire.link} has no room for its head"


def segments_of(wire: Wire) -> list[Segment]:
    return list(zip(wire.points, wire.points[1:], strict=False))


def _on_border(box: Box, point: Point) -> bool:
    if box.kind is StepKind.DECISION:
        return abs(_slope(box, point) - 1) < _EPS
    area = box.area
    on_x = min(abs(point[0] - area.x), abs(point[0] - area.x - area.width)) < _EPS
    on_y = min(abs(point[1] - area.y), abs(point[1] - area.y - area.height)) < _EPS
    return (on_x or on_y) and _inside(Area(point[0], point[1], 0, 0), area)


def _enters(box: Box, part: Area, segment: Segment) -> bool:
    if box.kind is StepKind.DECISION and part is box.area:
        return any(_slope(box, point) < 1 - _EPS for point in _samples(segment))
    return overlap(part, _span(segment))


def _samples(segment: Segment) -> Iterator[Point]:
    (x0, y0), (x1, y1) = segment
    for step in range(41):
        yield (x0 + (x1 - x0) * step / 40, y0 + (y1 - y0) * step / 40)


def _span(segment: Segment) -> Area:
    (x0, y0), (x1, y1) = segment
    return Area(min(x0, x1), min(y0, y1), abs(x0 - x1), abs(y0 - y1))


def _shared(layout: Layout) -> Iterator[str]:
    pieces = [(wire.link, piece) for wire in layout.wires for piece in segments_of(wire)]
    for (one, a), (other, b) in combinations(pieces, 2):
        if one != other and _collinear(a, b):
            yield f"arrows {one} and {other} run over each other"


def _collinear(a: Segment, b: Segment) -> bool:
    for axis in (0, 1):
        flat = all(abs(p[axis] - a[0][axis]) < 2.5 for p in (a[1], *b))
        lows = sorted((sorted(p[1 - axis] for p in a), sorted(p[1 - axis] for p in b)))
        if flat and lows[0][1] > lows[1][0] + _EPS:
            return True
    return False


def _labels(layout: Layout) -> Iterator[str]:
    labels = [(wire.link, wire.label.area) for wire in layout.wires if wire.label]
    for (one, a), (other, b) in combinations(labels, 2):
        if overlap(a, b):
            yield f"labels {one} and {other} overlap"
    solids = [part for box in layout.boxes for part in parts_of(box)]
    solids += [lane.head for lane in layout.lanes]
    solids += [_span(piece) for wire in layout.wires for piece in segments_of(wire)]
    for link, area in labels:
        if any(overlap(area, solid) for solid in solids):
            yield f"label {link} overlaps something"
        if not any(_inside(area, lane.area) for lane in layout.lanes):
            yield f"label {link} stands on the border of a lane"


def _outside(layout: Layout) -> Iterator[str]:
    sheet = Area(0, 0, layout.width, layout.height)
    lines = [*layout.title, *layout.notes, *(key.line for key in layout.legend)]
    areas: Iterable[Area] = (
        *(text_area(line) for line in lines),
        *(lane.area for lane in layout.lanes),
    )
    if not all(_inside(area, sheet) for area in areas):
        yield "something leaves the sheet"
    for wire in layout.wires:
        if not all(_inside(Area(x, y, 0, 0), layout.body) for x, y in wire.points):
            yield f"arrow {wire.link} leaves the lanes"
    for one, other in combinations(areas, 2):
        if overlap(one, other):
            yield "title, legend, notes or lanes overlap"


def overlap(one: Area, other: Area) -> bool:
    """Return whether two areas share more than a border; a line may be an area, too."""
    return (
        one.x + one.width > other.x + _EPS
        and other.x + other.width > one.x + _EPS
        and one.y + one.height > other.y + _EPS
        and other.y + other.height > one.y + _EPS
    )


def _inside(inner: Area, outer: Area) -> bool:
    return (
        inner.x >= outer.x - _EPS
        and inner.y >= outer.y - _EPS
        and inner.x + inner.width <= outer.x + outer.width + _EPS
        and inner.y + inner.height <= outer.y + outer.height + _EPS
    )
