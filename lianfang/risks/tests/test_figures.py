"""How the register spreads: what is drawn is what the lists behind it hold."""

import re
from collections import Counter
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.org.tests.cast import Cast, full_cast
from lianfang.risks.models import RiskIndex, RiskPoint
from lianfang.risks.rules.drawing import BAR_WIDTH, segments, squares
from lianfang.risks.tests.entering import Entered, browsers_of, shown
from lianfang.risks.tests.many import fill

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db
CELL = re.compile(
    r'<a href="(/register/\?likelihood=(\d)&amp;impact=(\d))" aria-label="[^"]*：(\d+) 个"'
)
CODE = re.compile(r'<td class="code">(.+?)</td>')


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


@pytest.mark.parametrize("rows", [1, 20, 10_000])
def test_the_figures_cost_as_many_statements_at_any_size(
    cast: Cast, enter: Entered, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(cast, rows)
    client = enter("clerk")
    client.get("/register/")
    # seven for who asks and the year; units; by unit and level; the heatmap
    with django_assert_num_queries(10):
        client.get("/register/figures/", headers=HTMX)
    # + aspects, all, and those lacking each of three phases
    with django_assert_num_queries(15):
        client.get("/register/heat/")


def test_each_cell_leads_to_as_many_as_it_says(cast: Cast, enter: Entered) -> None:
    fill(cast, 60)
    client = enter("clerk")
    cells = CELL.findall(shown(client, "/register/heat/"))
    counts = Counter(RiskIndex.objects.values_list("likelihood", "impact"))
    assert {(int(x), int(y)): int(n) for _, x, y, n in cells} == {
        (x, y): counts[x, y] for x in range(1, 6) for y in range(1, 6)
    }
    for url, _, _, number in cells:
        assert len(CODE.findall(shown(client, unescape(url)))) == min(int(number), 25)


def test_the_unrated_are_never_counted_as_low(cast: Cast, enter: Entered) -> None:
    fill(cast, 40)
    page = shown(enter("clerk"), "/register/figures/")
    for rank, label in {0: "未评级", 1: "低", 2: "中", 3: "高"}.items():
        count = RiskPoint.objects.filter(rank=rank).count()
        assert f'<span class="lf-sr">{label}</span>{count}</a>' in page
    assert f"没有答全评级问题的 {RiskPoint.objects.filter(rank=0).count()} 个不入图" in page


def test_every_unit_is_drawn_those_without_any_too(cast: Cast, enter: Entered) -> None:
    fill(cast, 12)
    page = shown(enter("clerk"), "/register/heat/")
    assert re.search(r">领导班子</a>\s*<svg[^>]*></svg>\s*<b>0</b>", page)
    finance = RiskPoint.objects.filter(unit=cast.units["CW"]).count()
    assert re.search(rf">财务处</a>\s*<svg.*?</svg>\s*<b>{finance}</b>", page, re.DOTALL)


def test_figures_are_of_the_list_that_was_narrowed(cast: Cast, enter: Entered) -> None:
    fill(cast, 40)
    page = shown(enter("clerk"), "/register/heat/?level=high")
    assert sum(int(number) for *_, number in _cells(page)) == _count(rank=3)
    assert "level=high&amp;unit=" in page


def _cells(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]*likelihood=[^"]*)" aria-label="[^"]*：(\d+) 个"', page)


def _count(**narrowed: object) -> int:
    return RiskPoint.objects.filter(**narrowed).count()


def test_another_organisation_is_not_counted(cast: Cast, enter: Entered) -> None:
    fill(full_cast("other"), 10)
    page = shown(enter("clerk"), "/register/heat/")
    assert {number for *_, number in _cells(page)} == {"0"}


@pytest.mark.parametrize(
    ("counts", "most", "drawn"),
    [
        ([0, 0, 0, 0], 0, []),
        ([5, 0, 0, 0], 5, [0]),
        ([1, 2, 3, 4], 10, [0, 1, 2, 3]),
        ([0, 1, 0, 10_000], 10_001, [1, 3]),
    ],
)
def test_a_bar_has_a_part_for_every_level_there_is(
    counts: list[int], most: int, drawn: list[int]
) -> None:
    parts = segments(counts, most)
    assert [part.place for part in parts] == drawn
    ends = [float(part.x) + float(part.width) for part in parts]
    assert all(end <= BAR_WIDTH + 2 for end in ends)
    assert all(float(nxt.x) >= end for end, nxt in zip(ends, parts[1:], strict=False))


def test_the_gravest_cell_is_in_the_upper_right_corner() -> None:
    cells = squares(5, 4)
    gravest = next(cell for cell in cells if (cell.likelihood, cell.impact) == (5, 4))
    assert gravest.y == min(cell.y for cell in cells)
    assert gravest.x == max(cell.x for cell in cells)
    assert len({(cell.x, cell.y) for cell in cells}) == 20


def test_beside_a_list_the_figures_come_without_a_page_around_them(
    cast: Cast, enter: Entered
) -> None:
    fill(cast, 1)
    client: Client = enter("clerk")
    assert b"<html" not in client.get("/register/figures/", headers=HTMX).content
    assert "风险分布" in shown(client, "/register/figures/")
