"""The register as a list: what it shows, in which order, from page to page, at what cost."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.org.tests.cast import ON, Cast, full_cast
from lianfang.risks.models import Measure, RiskPoint
from lianfang.risks.queries.lists import COUNTED, SORTS
from lianfang.risks.tests.entering import Entered, browsers_of, shown
from lianfang.risks.tests.many import fill

pytestmark = pytest.mark.django_db
CODE = re.compile(r'<td class="code">(.+?)</td>')
PLACE = re.compile(r'href="(\?[^"]+)" rel="(prev|next)"')


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def codes(client: Client, **asked: str) -> list[str]:
    """Return the codes on a page of the register."""
    return CODE.findall(shown(client, f"/register/?{urlencode(asked)}"))


def of(**narrowed: object) -> list[str]:
    """Return the codes of risk points, as the list orders them."""
    return list(
        RiskPoint.objects.filter(**narrowed)
        .order_by("-rank", "code")
        .values_list("code", flat=True)
    )


@pytest.mark.parametrize("rows", [1, 20, 10_000])
def test_a_page_costs_as_many_statements_at_any_size(
    cast: Cast, enter: Entered, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(cast, rows)
    client = enter("clerk")
    client.get("/register/")
    # session, login; person, appointments, memberships; nightly work; the year;
    # units, rows, their posts, how many there are, views that are kept
    with django_assert_num_queries(12):
        client.get("/register/")
    # + posts of the unit
    with django_assert_num_queries(13):
        client.get(f"/register/?unit={cast.units['CW'].pk}&sort=new")


def test_a_page_within_a_level_costs_as_the_first_one(
    cast: Cast, enter: Entered, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(cast, 400)
    client = enter("clerk")
    client.get("/register/")
    with django_assert_num_queries(12):
        page = shown(client, "/register/?after=1~R-000001")
    assert len(CODE.findall(page)) == 25


@pytest.mark.parametrize("sort", SORTS)
def test_every_row_is_on_one_page_in_order_forth_and_back(
    cast: Cast, enter: Entered, sort: str
) -> None:
    fill(cast, 110)
    client, pages, address = enter("clerk"), [], f"?sort={sort}"
    while address:
        page = shown(client, f"/register/{address}")
        pages.append(CODE.findall(page))
        around = {where: link.replace("&amp;", "&") for link, where in PLACE.findall(page)}
        address = around.get("next", "")
    falls = {"level": ("-rank", "code"), "-level": ("rank", "-code"), "code": ("code",)}
    falls |= {"-code": ("-code",), "new": ("-pk",), "old": ("pk",)}
    wanted = list(RiskPoint.objects.order_by(*falls[sort]).values_list("code", flat=True))
    assert [code for page in pages for code in page] == wanted
    assert [len(page) for page in pages] == [25, 25, 25, 25, 10]
    back = []
    while "prev" in around:
        page = shown(client, f"/register/{around['prev']}")
        back.append(CODE.findall(page))
        around = {where: link.replace("&amp;", "&") for link, where in PLACE.findall(page)}
    assert back == pages[-2::-1]


@pytest.mark.parametrize("place", ["x", "~", "9" * 30, "1~", "high~R-1", "²~R"])
def test_a_place_that_is_none_is_the_first_page(cast: Cast, enter: Entered, place: str) -> None:
    fill(cast, 3)
    assert len(codes(enter("clerk"), after=place)) <= 3


def test_the_list_is_sorted_by_level_and_says_so(cast: Cast, enter: Entered) -> None:
    fill(cast, 40)
    page = shown(enter("clerk"), "/register/")
    assert CODE.findall(page) == of()[:25]
    assert 'aria-sort="descending"' in page


def test_what_it_can_be_narrowed_by(cast: Cast, enter: Entered) -> None:
    fill(cast, 24)
    client, finance = enter("clerk"), cast.units["CW"].pk
    assert codes(client, unit=str(finance)) == of(unit=finance)
    assert codes(client, unit=str(cast.units["root"].pk)) == of()
    assert codes(client, mine="1") == of(unit=finance)
    assert codes(client, level="high") == of(rank=3)
    assert codes(client, level="none") == of(rank=0)
    assert codes(client, focus="duty") == of(focus="duty")
    clerk = cast.posts["CWG"].pk
    assert codes(client, post=str(clerk)) == of(carriers__post=clerk)
    lacking = RiskPoint.objects.exclude(measures__phase="after").values("pk")
    assert codes(client, lacks="after") == of(pk__in=lacking)
    ruled = [risk.pk for risk in RiskPoint.objects.all() if "rules" in risk.aspects]
    assert codes(client, aspect="rules") == of(pk__in=ruled)
    assert codes(client, state="proposed") == of(rank__gt=0)
    assert codes(client, state="endorsed") == []
    weighty = [
        risk.pk
        for risk in RiskPoint.objects.select_related("power")
        if risk.power and risk.power.matters
    ]
    assert codes(client, weighty="1", focus="duty") == of(pk__in=weighty, focus="duty")


def test_several_levels_are_either(cast: Cast, enter: Entered) -> None:
    fill(cast, 24)
    page = shown(enter("clerk"), "/register/?level=high&level=none")
    assert CODE.findall(page) == of(rank__in=[0, 3])


def test_what_is_retired_is_in_its_own_list(cast: Cast, enter: Entered) -> None:
    gone = fill(cast, 3)[0]
    RiskPoint.objects.filter(pk=gone.pk).update(retired_on=ON, retired_reason="合并")
    client = enter("clerk")
    assert gone.code not in codes(client)
    assert codes(client, state="retired") == [gone.code]


def test_two_characters_are_found(cast: Cast, enter: Entered) -> None:
    fill(cast, 20)
    found = codes(enter("clerk"), q="礼金")
    assert found
    assert found == [code for code in of() if code in found]
    assert codes(enter("clerk"), q="无此词语") == []


@pytest.mark.parametrize("query", ["level=grave", "aspect=x", "sort=title", "unit=a", "impact=99"])
def test_a_narrowing_that_is_none_is_refused(cast: Cast, enter: Entered, query: str) -> None:
    fill(cast, 1)
    assert CODE.findall(shown(enter("clerk"), f"/register/?{query}", 422)) == []


def test_another_organisation_is_never_in_it(cast: Cast, enter: Entered) -> None:
    other = full_cast("other")
    fill(other, 5)
    client = enter("clerk")
    assert codes(client) == []
    assert codes(client, q="礼品") == []
    assert codes(client, unit=str(other.units["CW"].pk)) == []


@pytest.mark.parametrize("part", ["system", "security", "audit"])
@pytest.mark.parametrize("path", ["", "heat/", "figures/", "classify/"])
def test_administrators_see_none_of_it(enter: Entered, part: str, path: str) -> None:
    shown(enter(part), f"/register/{path}", 404)


def test_phases_without_a_measure_are_said_in_words(cast: Cast, enter: Entered) -> None:
    risk = fill(cast, 1)[0]
    Measure.objects.filter(risk=risk, phase="after").delete()
    page = shown(enter("clerk"), "/register/")
    assert "后期处置：缺" in page


def test_only_rows_one_drafts_can_be_chosen(cast: Cast, enter: Entered) -> None:
    fill(cast, 30)
    page = shown(enter("clerk"), "/register/?sort=code")
    own = RiskPoint.objects.filter(unit=cast.units["CW"], code__lt="R-000025").count()
    assert page.count('name="risk"') == own
    assert 'name="risk"' not in shown(enter("secretary"), f"/register/?unit={cast.units['CW'].pk}")


def test_htmx_gets_the_list_alone(cast: Cast, enter: Entered) -> None:
    fill(cast, 1)
    part = enter("clerk").get("/register/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="register">')


def test_the_number_is_told_up_to_a_limit(cast: Cast, enter: Entered) -> None:
    fill(cast, COUNTED)
    assert f"共 {COUNTED} 条</span>" in shown(enter("clerk"), "/register/")
    fill(cast, 1, first=COUNTED)
    assert f"共 {COUNTED} 条以上</span>" in shown(enter("clerk"), "/register/")


def test_an_empty_register_says_what_belongs_there(enter: Entered) -> None:
    assert "还没有登记风险点" in shown(enter("clerk"), "/register/")
    assert "清除筛选" in shown(enter("clerk"), "/register/?level=high")


def test_the_search_box_finds_risk_points(cast: Cast, enter: Entered) -> None:
    risk = fill(cast, 1)[0]
    assert f"/register/{risk.pk}/" in shown(enter("clerk"), f"/search/?q={risk.code}")
    assert f"/register/{risk.pk}/" not in shown(enter("audit"), f"/search/?q={risk.code}")
