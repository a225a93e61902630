"""On paper: one page where it can be read, else several that join without a gap."""

from collections import Counter
from itertools import combinations, pairwise

import pytest
from lxml import etree

from lianfang.documents.drawing.geometry import Area, Orientation
from lianfang.documents.drawing.pages import A3, A4, LEAST_SCALE, Page, clipped, paged
from lianfang.documents.drawing.printing import svg_of_page
from lianfang.documents.drawing.tests.flows import FLOWS

SPLIT = ("sixty_steps", "sixty_steps_one_lane", "twelve_lanes", "hub", "far_jumps")


@pytest.mark.parametrize("name", FLOWS)
def test_pages_are_well_formed_and_say_which_they_are(name: str) -> None:
    for page in paged(FLOWS[name]()):
        root = etree.fromstring(svg_of_page(page).encode())
        assert page.count == 1 or f"第 {page.number} 页，共 {page.count} 页" in "".join(
            map(str, root.itertext())
        )


@pytest.mark.parametrize(
    "name", ["acceptance", "reward", "penalty", "procurement", "parallel", "nested_loops"]
)
def test_a_usual_flow_fits_one_page(name: str) -> None:
    pages = paged(FLOWS[name]())
    assert len(pages) == 1
    assert pages[0].scale >= LEAST_SCALE


@pytest.mark.parametrize("name", SPLIT)
def test_a_flow_over_several_pages_stays_readable_and_shows_every_box_once(name: str) -> None:
    pages = paged(FLOWS[name]())
    assert len(pages) > 1
    assert pages[0].scale >= LEAST_SCALE - 1e-9
    for box in pages[0].layout.boxes:
        holders = [page for page in pages if page.window and _holds(page.window, box.area)]
        assert len(holders) == 1
    for wire in pages[0].layout.wires:
        if wire.label:
            area = wire.label.area
            assert sum(_holds(page.window, area) for page in pages if page.window) == 1


@pytest.mark.parametrize("name", FLOWS)
def test_marks_come_in_pairs_that_name_each_other_and_never_touch(name: str) -> None:
    pages = paged(FLOWS[name]())
    numbers = Counter(crossing.number for page in pages for crossing in page.crossings)
    assert set(numbers.values()) <= {2}
    for page in pages:
        for crossing in page.crossings:
            other = pages[crossing.page - 1]
            assert any(
                back.number == crossing.number and back.page == page.number
                for back in other.crossings
            )
        for one, two in combinations(page.crossings, 2):
            if one.outward == two.outward:
                gap = max(abs(one.point[0] - two.point[0]), abs(one.point[1] - two.point[1]))
                assert gap > 11.3


@pytest.mark.parametrize("name", FLOWS)
def test_a_window_with_its_marks_stays_on_the_paper(name: str) -> None:
    for page in paged(FLOWS[name]()):
        taken = page.window or Area(0, 0, page.layout.width, page.layout.height)
        assert taken.width * page.scale <= page.paper.width
        assert taken.height * page.scale <= page.paper.height


@pytest.mark.parametrize("name", SPLIT)
def test_the_pages_together_show_the_whole_of_every_arrow(name: str) -> None:
    pages = paged(FLOWS[name]())
    for wire in pages[0].layout.wires:
        shown = sum(
            _length(piece)
            for page in pages
            if page.window
            for piece in clipped(wire.points, page.window)
        )
        assert shown == pytest.approx(_length(wire.points))


def test_a_chart_lies_as_asked_for() -> None:
    page = paged(FLOWS["reward"](), A3, Orientation.LANDSCAPE)[0]
    assert (page.paper.width, page.paper.height) == (A3.height, A3.width)
    upright: Page = paged(FLOWS["reward"](), A4, Orientation.PORTRAIT)[0]
    assert upright.paper == A4


def _length(points: tuple[tuple[float, float], ...]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


def _holds(window: Area, area: Area) -> bool:
    return (
        window.x <= area.x
        and window.y <= area.y
        and area.x + area.width <= window.x + window.width
        and area.y + area.height <= window.y + window.height
    )
