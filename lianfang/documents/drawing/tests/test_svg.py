"""The SVG: clean under a strict policy, readable without eyes, true to the scheme."""

import re

import pytest
from lxml import etree

from lianfang.documents.drawing.colours import edge_of, ink_on
from lianfang.documents.drawing.geometry import Orientation
from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.svg import svg_of
from lianfang.documents.drawing.tests.flows import FLOWS, LOOKS

_SVG = "{http://www.w3.org/2000/svg}"


def _drawn(name: str) -> etree._Element:
    return etree.fromstring(svg_of(lay_out(FLOWS[name]()), "k").encode())


@pytest.mark.parametrize("name", FLOWS)
def test_a_drawing_is_well_formed_and_needs_no_style_or_script(name: str) -> None:
    root = _drawn(name)
    for element in root.iter(etree.Element):
        assert element.tag.removeprefix(_SVG) not in ("style", "script", "image", "use", "a")
        assert not any(key == "style" or key.startswith("on") for key in map(str, element.attrib))
    assert root.get("aria-labelledby") == "k-t k-d"
    assert root.findtext(f"{_SVG}title")
    assert root.findtext(f"{_SVG}desc")


def test_every_word_of_the_flow_is_in_the_drawing() -> None:
    root = _drawn("procurement")
    words = "".join("".join(map(str, root.itertext())).split())
    for expected in (
        "▲高R-015",
        "■中R-018",
        "●低R-013",
        "履约验收（双人）",
        "5万元以下",
        "虚线为退回",
    ):
        assert expected in words


def test_the_description_counts_steps_lanes_loops_and_risks() -> None:
    text = _drawn("procurement").findtext(f"{_SVG}desc")
    assert text == "流程图，共 10 个环节、4 个岗位、1 处退回；有风险点的环节：2、4、5、6、7、9。"


def test_the_legend_names_only_what_the_chart_shows() -> None:
    legend = [key.line.text for key in lay_out(FLOWS["acceptance"]()).legend]
    assert legend == ["▲高", "●低", "风险环节", "虚线为退回"]
    assert lay_out(FLOWS["two_steps"]()).legend == ()


def test_colours_of_levels_come_from_the_scheme_and_stay_readable() -> None:
    svg = svg_of(lay_out(FLOWS["many_marks"](), Orientation.LANDSCAPE))
    for look in LOOKS:
        assert look.colour in svg
        assert ink_on(look.colour) in ("#ffffff", "#22201c")
        assert re.fullmatch("#[0-9a-f]{6}", edge_of(look.colour))


def test_a_chart_for_a_page_has_no_title_of_its_own() -> None:
    layout = lay_out(FLOWS["reward"](), framed=False)
    assert layout.title == ()
    assert layout.legend == ()
