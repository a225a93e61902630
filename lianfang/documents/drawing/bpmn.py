"""Writes a layout as BPMN 2.0: pool, lanes, tasks, gateways, flows, risks as annotations, and DI.

Steps are tasks and decisions exclusive gateways: the first and last steps of a power are real
work, which an event of BPMN could not hold. Coordinates are the layout's times `SCALE`, so that
the fixed type sizes of BPMN editors fit the boxes.
"""

from collections.abc import Iterable, Iterator

from lianfang.documents.drawing.colours import INK, SHEET, edge_of
from lianfang.documents.drawing.flow import Node
from lianfang.documents.drawing.geometry import Area, Box, Layout, Orientation, Point, Wire
from lianfang.documents.drawing.surround import title_of
from lianfang.documents.drawing.svg import escaped
from lianfang.register.model import StepKind

SCALE = 1.3
RISKS = "urn:lianfang:risk:1"
_POOL_HEAD = 30.0
_NOTE_LEADING = 14.4
_SPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" '
    'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" '
    f'xmlns:risk="{RISKS}"'
)


def bpmn_of(layout: Layout) -> str:
    """Return the BPMN 2.0 document of a layout."""
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<bpmn:definitions {_SPACES} id="Definitions" targetNamespace="urn:lianfang:flow">',
            '<bpmn:collaboration id="Collaboration">',
            f'<bpmn:participant id="Pool" name="{_attribute(title_of(layout.chart))}" '
            'processRef="Flow"/></bpmn:collaboration>',
            '<bpmn:process id="Flow" isExecutable="false">',
            *_lanes(layout),
            *_nodes(layout),
            *_flows(layout),
            *_annotations(layout),
            '</bpmn:process><bpmndi:BPMNDiagram id="Diagram">',
            '<bpmndi:BPMNPlane id="Plane" bpmnElement="Collaboration">',
            *_shapes(layout),
            *_edges(layout),
            "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>",
        )
    )


def _attribute(text: str) -> str:
    return " ".join(escaped(text).split())


def _lanes(layout: Layout) -> Iterator[str]:
    yield '<bpmn:laneSet id="Lanes">'
    for place, lane in enumerate(layout.chart.lanes):
        yield f'<bpmn:lane id="Lane_{place}" name="{_attribute(lane.name)}">'
        for at, node in enumerate(layout.chart.nodes):
            if node.lane == place:
                yield f"<bpmn:flowNodeRef>Step_{at}</bpmn:flowNodeRef>"
        yield "</bpmn:lane>"
    yield "</bpmn:laneSet>"


def _nodes(layout: Layout) -> Iterator[str]:
    into: list[list[int]] = [[] for _ in layout.chart.nodes]
    out: list[list[int]] = [[] for _ in layout.chart.nodes]
    for place, link in enumerate(layout.chart.links):
        out[link.source].append(place)
        into[link.target].append(place)
    for at, node in enumerate(layout.chart.nodes):
        tag, more = "task", ""
        if node.kind is StepKind.DECISION:
            tag, more = "exclusiveGateway", f' gatewayDirection="{_direction(into[at], out[at])}"'
        name = _attribute(f"{node.number} {node.name}")
        yield f'<bpmn:{tag} id="Step_{at}" name="{name}"{more}>'
        yield from _details(layout, node)
        yield from (f"<bpmn:incoming>Flow_{place}</bpmn:incoming>" for place in into[at])
        yield from (f"<bpmn:outgoing>Flow_{place}</bpmn:outgoing>" for place in out[at])
        yield f"</bpmn:{tag}>"


def _direction(into: Iterable[int], out: Iterable[int]) -> str:
    many_in, many_out = len(list(into)) > 1, len(list(out)) > 1
    if many_in and many_out:
        return "Mixed"
    if many_out:
        return "Diverging"
    return "Converging" if many_in else "Unspecified"


def _details(layout: Layout, node: Node) -> Iterator[str]:
    words = "\n".join(filter(None, (node.limit, node.output)))
    if words:
        yield f"<bpmn:documentation>{escaped(words)}</bpmn:documentation>"
    if node.marks:
        yield "<bpmn:extensionElements>"
        for mark in node.marks:
            level = _attribute(layout.chart.looks[mark.look].code or "unrated")
            reference = _attribute(mark.reference)
            yield f'<risk:point level="{level}" reference="{reference}"/>'
        yield "</bpmn:extensionElements>"


def _flows(layout: Layout) -> Iterator[str]:
    for place, link in enumerate(layout.chart.links):
        name = f' name="{_attribute(link.condition)}"' if link.condition else ""
        yield (
            f'<bpmn:sequenceFlow id="Flow_{place}"{name} '
            f'sourceRef="Step_{link.source}" targetRef="Step_{link.target}"/>'
        )


def _annotations(layout: Layout) -> Iterator[str]:
    for at, node in enumerate(layout.chart.nodes):
        if node.marks:
            text = escaped("\n".join(_mark_texts(layout, node)))
            yield f'<bpmn:textAnnotation id="Risk_{at}"><bpmn:text>{text}</bpmn:text>'
            yield f'</bpmn:textAnnotation><bpmn:association id="RiskOf_{at}" '
            yield f'associationDirection="None" sourceRef="Step_{at}" targetRef="Risk_{at}"/>'


def _mark_texts(layout: Layout, node: Node) -> Iterator[str]:
    for mark in node.marks:
        look = layout.chart.looks[mark.look]
        yield f"{look.shape}{look.label} {mark.reference}".strip()


def _shapes(layout: Layout) -> Iterator[str]:
    upright = layout.orientation is Orientation.PORTRAIT
    lying = f' isHorizontal="{"false" if upright else "true"}"'
    body = _scaled(layout.body)
    if upright:
        pool = Area(body.x, body.y - _POOL_HEAD, body.width, body.height + _POOL_HEAD)
    else:
        pool = Area(body.x - _POOL_HEAD, body.y, body.width + _POOL_HEAD, body.height)
    yield _shape("Pool", pool, lying)
    for lane in layout.lanes:
        yield _shape(f"Lane_{lane.lane}", _scaled(lane.area), lying)
    for box in layout.boxes:
        yield _shape(
            f"Step_{box.node}", _scaled(box.area), _colours(layout, box), _inner_label(box)
        )
        if box.tags:
            yield _shape(f"Risk_{box.node}", _note_area(box))


def _scaled(area: Area) -> Area:
    return Area(area.x * SCALE, area.y * SCALE, area.width * SCALE, area.height * SCALE)


def _shape(element: str, area: Area, more: str = "", label: Area | None = None) -> str:
    inner = ""
    if label:
        inner = f'<bpmndi:BPMNLabel color:color="{INK}">{_bounds(label)}</bpmndi:BPMNLabel>'
    return (
        f'<bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}"{more}>'
        f"{_bounds(area)}{inner}</bpmndi:BPMNShape>"
    )


def _bounds(area: Area) -> str:
    return (
        f'<dc:Bounds x="{area.x:.1f}" y="{area.y:.1f}" '
        f'width="{area.width:.1f}" height="{area.height:.1f}"/>'
    )


def _colours(layout: Layout, box: Box) -> str:
    if not box.tags:
        return ""
    edge = edge_of(layout.chart.looks[box.tags[0].look].colour)
    return (
        f' bioc:stroke="{edge}" bioc:fill="{SHEET}" '
        f'color:border-color="{edge}" color:background-color="{SHEET}"'
    )


def _inner_label(box: Box) -> Area:
    """Return where a step's name stands: for a gateway, inside its diamond."""
    area = _scaled(box.area)
    if box.kind is not StepKind.DECISION:
        return area
    height = 14.0 * max(len(box.name), 1)
    width = area.width * 0.62
    middle_y = area.y + area.height / 2
    return Area(area.x + (area.width - width) / 2, middle_y - height / 2, width, height)


def _note_area(box: Box) -> Area:
    """Return where a step's risks stand: over its right corner."""
    last = _scaled(box.tags[-1].area)
    left = min(tag.area.x for tag in box.tags) * SCALE
    height = _NOTE_LEADING * sum(len(tag.lines) for tag in box.tags) + 8
    return Area(left, last.y + last.height - 3 - height, last.x + last.width - left + 16, height)


def _edges(layout: Layout) -> Iterator[str]:
    for wire in layout.wires:
        yield _edge(f"Flow_{wire.link}", wire.points, _label(wire))
    for box in layout.boxes:
        if box.tags:
            area, note = box.area, _note_area(box)
            corner = (note.x / SCALE, (note.y + note.height) / SCALE)
            touch = (area.x + area.width / 2, area.y)
            if box.kind is not StepKind.DECISION:
                touch = (corner[0] + 6, area.y)
            yield _edge(f"RiskOf_{box.node}", (touch, corner), "")


def _edge(element: str, points: Iterable[Point], label: str) -> str:
    way = "".join(f'<di:waypoint x="{x * SCALE:.1f}" y="{y * SCALE:.1f}"/>' for x, y in points)
    return (
        f'<bpmndi:BPMNEdge id="{element}_di" bpmnElement="{element}">{way}{label}</bpmndi:BPMNEdge>'
    )


def _label(wire: Wire) -> str:
    if wire.label is None:
        return ""
    return f"<bpmndi:BPMNLabel>{_bounds(_scaled(wire.label.area))}</bpmndi:BPMNLabel>"
