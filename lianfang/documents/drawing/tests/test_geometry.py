"""What must hold of every drawing, whatever the flow."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.documents.drawing.flow import Chart, Lane, Link, Mark, Node
from lianfang.documents.drawing.geometry import Orientation
from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.tests.flows import FLOWS, LOOKS
from lianfang.documents.drawing.tests.geometry_faults import faults_of
from lianfang.register.model import StepKind

_WORDS = st.text(alphabet="评审受理（）《》，。、“””核查 aMW5-/", max_size=30)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    lanes = draw(st.integers(1, 6))
    count = draw(st.integers(0, 12))
    node = st.builds(
        Node,
        id=st.just("x"),
        number=st.integers(1, 120).map(str),
        name=_WORDS,
        lane=st.integers(0, lanes - 1),
        kind=st.sampled_from(StepKind),
        marks=st.lists(
            st.builds(Mark, look=st.integers(0, len(LOOKS) - 1), reference=_WORDS), max_size=3
        ).map(tuple),
        limit=st.sampled_from(("", "5 个工作日", "公示期满后三个工作日内，遇节假日顺延")),
        output=st.sampled_from(("", "审批表")),
    )
    ends = st.integers(0, max(count - 1, 0))
    links = st.lists(
        st.builds(Link, source=ends, target=ends, condition=st.one_of(st.just(""), _WORDS)),
        max_size=24 if count else 0,
    )
    return Chart(
        title=draw(_WORDS),
        lanes=tuple(Lane(name=draw(_WORDS)) for _ in range(lanes)),
        nodes=tuple(draw(st.lists(node, min_size=count, max_size=count))),
        links=tuple(draw(links)),
        looks=LOOKS,
    )


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("name", FLOWS)
def test_a_known_flow_is_drawn_without_a_fault(name: str, orientation: Orientation) -> None:
    assert faults_of(lay_out(FLOWS[name](), orientation)) == []


@given(chart=charts(), orientation=st.sampled_from(Orientation), framed=st.booleans())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_random_flow_is_drawn_without_a_fault(
    chart: Chart, orientation: Orientation, framed: bool
) -> None:
    assert faults_of(lay_out(chart, orientation, framed=framed)) == []


def test_the_same_chart_is_always_drawn_the_same() -> None:
    assert lay_out(FLOWS["penalty"]()) == lay_out(FLOWS["penalty"]())
