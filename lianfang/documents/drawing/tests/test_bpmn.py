"""The BPMN: complete, its references whole, and everything placed."""

import pytest
from lxml import etree

from lianfang.documents.drawing.bpmn import bpmn_of
from lianfang.documents.drawing.geometry import Orientation
from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.tests.flows import FLOWS

_NS = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "d": "http://www.omg.org/spec/BPMN/20100524/DI",
    "c": "http://www.omg.org/spec/DD/20100524/DC",
    "i": "http://www.omg.org/spec/DD/20100524/DI",
}
_NODES = "//b:task | //b:exclusiveGateway"


def _found(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path, namespaces=_NS)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]


def _texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=_NS)
    assert isinstance(found, list)
    return list(map(str, found))


def _document(name: str, orientation: Orientation) -> etree._Element:
    return etree.fromstring(bpmn_of(lay_out(FLOWS[name](), orientation)).encode())


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("name", FLOWS)
def test_every_reference_is_whole_and_everything_is_placed(
    name: str, orientation: Orientation
) -> None:
    root = _document(name, orientation)
    ids = _texts(root, "//@id")
    assert len(ids) == len(set(ids))
    references = _texts(root, "//@sourceRef | //@targetRef | //@processRef | //@bpmnElement")
    references += _texts(root, "//b:flowNodeRef/text() | //b:incoming/text() | //b:outgoing/text()")
    assert set(references) <= set(ids)
    nodes = _texts(root, "//b:task/@id | //b:exclusiveGateway/@id")
    assert sorted(_texts(root, "//b:flowNodeRef/text()")) == sorted(nodes)
    shapes = set(_texts(root, "//d:BPMNShape/@bpmnElement"))
    drawn = _texts(root, "//b:lane/@id | //b:participant/@id | //b:textAnnotation/@id")
    assert shapes == {*nodes, *drawn}
    edges = set(_texts(root, "//d:BPMNEdge/@bpmnElement"))
    assert edges == set(_texts(root, "//b:sequenceFlow/@id | //b:association/@id"))


@pytest.mark.parametrize("name", FLOWS)
def test_every_flow_is_known_to_both_of_its_ends(name: str) -> None:
    root = _document(name, Orientation.PORTRAIT)
    for flow in _found(root, "//b:sequenceFlow"):
        for end, tag in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            path = f"//b:*[@id='{flow.get(end)}']/b:{tag}/text()"
            assert str(flow.get("id")) in _texts(root, path)
    for edge in _found(root, "//d:BPMNEdge"):
        assert len(edge.findall("i:waypoint", _NS)) >= 2


def test_risks_are_annotations_tied_to_their_steps() -> None:
    root = _document("procurement", Orientation.LANDSCAPE)
    assert "▲高 R-016\n■中 R-017" in _texts(root, "//b:textAnnotation/b:text/text()")
    assert len(_found(root, "//b:association")) == 6


def test_a_decision_is_a_gateway_and_conditions_name_its_flows() -> None:
    root = _document("procurement", Orientation.PORTRAIT)
    gateway = _found(root, "//b:exclusiveGateway")[0]
    assert gateway.get("gatewayDirection") == "Diverging"
    assert "5 万元以下" in _texts(root, "//b:sequenceFlow/@name")


def test_lanes_stand_or_lie_as_the_flow_runs() -> None:
    lanes = "//d:BPMNShape[starts-with(@bpmnElement, 'Lane')]/@isHorizontal"
    assert set(_texts(_document("reward", Orientation.PORTRAIT), lanes)) == {"false"}
    assert set(_texts(_document("reward", Orientation.LANDSCAPE), lanes)) == {"true"}
