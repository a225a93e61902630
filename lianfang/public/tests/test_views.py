"""Public pages: what anybody reads, how they are kept on the way; and the office's preview."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Power
from lianfang.public.actions.withholding import withhold_power
from lianfang.public.models import Publication, Withholding
from lianfang.public.queries.catalogue import PAGE
from lianfang.public.queries.preview import preview_of
from lianfang.public.tests.making import CONTACT, card, in_edition, placed, published

CATALOGUE = "/public/centre/"
POWER = "/public/centre/powers/CW-01/"


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


@pytest.fixture
def shown(cast: Cast) -> Publication:
    in_edition(cast)
    return published(cast)


def in_edition_power(cast: Cast) -> Power:
    return Power.objects.get(organisation=cast.organisation, code="CW-01")


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


# the public ---------------------------------------------------------------------------------------


def test_anybody_reads_the_catalogue(shown: Publication, client: Client) -> None:
    page = words(client.get(CATALOGUE))
    for part in ("示范评价中心", "职权公开目录", "CW-01 差旅费报销审核 财务处 执行权", CONTACT):
        assert part in page


def test_a_power_shows_basis_posts_steps_and_its_chart(shown: Publication, client: Client) -> None:
    answer = client.get(POWER)
    page = words(answer)
    for part in ("《差旅费管理办法》第三条", "出纳岗", "受理报销单", "财务处处长", "版本 2026-1"):
        assert part in page
    assert b"<svg" in answer.content


def test_every_page_leads_to_where_problems_are_reported(
    shown: Publication, client: Client
) -> None:
    for page in (CATALOGUE, POWER):
        assert (
            f'href="{reverse("portal:of", args=["centre"])}"' in client.get(page).content.decode()
        )
    missing = client.get("/public/nobody/", {"lang": "en"}).content.decode()
    assert f'href="{reverse("portal:start")}?language=en"' in missing


def test_no_risk_level_measure_or_limit_is_public(shown: Publication, client: Client) -> None:
    for page in (CATALOGUE, POWER, "/public/centre/units/CW/"):
        told = client.get(page).content.decode()
        for secret in ("虚列差旅天数", "考勤记录比对", "五万元以内", "50000", "R-CW-01"):
            assert secret not in told


def test_no_name_of_the_staff_is_public(cast: Cast, shown: Publication, client: Client) -> None:
    for page in (CATALOGUE, POWER):
        told = words(client.get(page))
        for person in cast.people.values():
            assert f" {person.name} " not in told


def test_pages_are_in_english_where_the_address_says_so(shown: Publication, client: Client) -> None:
    answer = client.get(POWER, {"lang": "en"}, headers={"accept-language": "zh"})
    assert answer.headers["Content-Language"] == "en"
    assert "Travel claims" in words(answer)
    assert '<html lang="en">' in answer.content.decode()
    chinese = client.get(POWER, headers={"accept-language": "en"})
    assert "差旅费报销审核" in words(chinese)


def test_a_page_may_be_kept_on_the_way_and_sets_no_cookie(cast: Cast, shown: Publication) -> None:
    for client in (Client(), client_of(cast, "office")):
        answer = client.get(CATALOGUE)
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Vary" not in answer.headers
        assert not answer.cookies
        assert answer.headers["ETag"]


def test_a_page_that_is_known_is_not_sent_again(
    shown: Publication, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(CATALOGUE)
    with django_assert_num_queries(1):
        again = client.get(CATALOGUE, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(CATALOGUE, headers={"if-modified-since": first.headers["Last-Modified"]})
    assert since.status_code == 304


def test_a_power_taken_off_is_gone_and_kept_pages_are_out_of_date(
    cast: Cast, shown: Publication, client: Client
) -> None:
    known = client.get(CATALOGUE).headers["ETag"]
    later = AT + timedelta(minutes=1)
    power = in_edition_power(cast)
    withhold_power(power=power, reason="涉及内部安全", on=ON, by=None, at=later)
    assert client.get(POWER).status_code == 404
    again = client.get(CATALOGUE, headers={"if-none-match": known})
    assert again.status_code == 200
    assert "没有符合条件的职权" in words(again)


def test_what_is_not_public_is_not_found(shown: Publication, client: Client) -> None:
    for page in ("/public/nobody/", "/public/centre/powers/X-1/", "/public/centre/units/PS/"):
        answer = client.get(page)
        assert answer.status_code == 404
        assert "没有公开，或已经撤下" in words(answer)
        assert not answer.cookies


def test_one_catalogue_is_led_to_and_several_are_offered(
    cast: Cast, shown: Publication, client: Client
) -> None:
    assert client.get("/public/?lang=en").headers["Location"] == "/public/centre/?lang=en"
    other = full_cast("other")
    placed(other, [card(1)])
    answer = client.get("/public/")
    assert answer.content.count(b'class="pw whole"') == 2


def test_without_any_catalogue_the_page_says_so(cast: Cast, client: Client) -> None:
    assert "还没有公布职权目录" in words(client.get("/public/"))


def test_the_catalogue_is_narrowed_by_words_unit_and_category(cast: Cast, client: Client) -> None:
    cards = [
        card(1, name="采购审批"),
        card(2, name="差旅报销"),
        card(1, unit="PS", name="采购验收"),
    ]
    placed(cast, cards)
    asked = words(client.get(CATALOGUE, {"q": "采购"}))
    assert "采购审批" in asked
    assert "差旅报销" not in asked
    assert "共 2 项" in asked
    assert "共 1 项" in words(client.get(CATALOGUE, {"q": "采购 管理办法", "unit": "PS"}))
    assert "没有符合条件的职权" in words(client.get(CATALOGUE, {"category": "decision"}))
    assert "共 2 项" in words(client.get("/public/centre/units/CW/"))


@pytest.mark.parametrize("many", [1, 3 * PAGE])
def test_a_page_costs_three_statements_however_much_is_published(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    placed(cast, [card(number) for number in range(many)])
    with django_assert_num_queries(3):  # the publication, the groups, the powers of the page
        client.get(CATALOGUE)
    with django_assert_num_queries(1):  # the power with its publication
        client.get("/public/centre/powers/CW-000/")


def test_a_long_catalogue_is_paged(cast: Cast, client: Client) -> None:
    placed(cast, [card(number) for number in range(PAGE + 2)])
    first = client.get(CATALOGUE)
    assert f"第 1–{PAGE} 项，共 {PAGE + 2} 项" in words(first)
    second = client.get(CATALOGUE, {"page": 2})
    assert f"第 {PAGE + 1}–{PAGE + 2} 项" in words(second)


def test_a_page_is_small(cast: Cast, client: Client) -> None:
    placed(cast, [card(number) for number in range(PAGE)])
    assert len(client.get(CATALOGUE).content) < 30_000


def test_the_workbook_holds_every_power(cast: Cast, shown: Publication, client: Client) -> None:
    answer = client.get("/public/centre/catalogue.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:4] == ("CW-01", "差旅费报销审核", "财务处", "执行权")
    assert "五万元" not in str(rows)


# the office ---------------------------------------------------------------------------------------


def test_the_office_sees_what_would_change_then_publishes_it(cast: Cast) -> None:
    in_edition(cast)
    office = client_of(cast, "office")
    page = words(office.get(reverse("disclosure:preview")))
    assert "差旅费报销审核 CW-01 财务处 新增" in page
    form = office.get(reverse("disclosure:publish"))
    assert "公布 1 项职权，有 1 处与现在公开的不同" in words(form)
    sent = {"seen": preview_of(cast.organisation, ON).digest, "reason": "首次公布"}
    assert office.post(reverse("disclosure:publish"), sent).status_code == 302
    assert Publication.objects.get().reason == "首次公布"
    assert "将公布的与现在公开的相同" in words(office.get(reverse("disclosure:preview")))
    again = office.post(reverse("disclosure:publish"), sent)
    assert again.status_code == 422
    assert "不需要再公布" in words(again)


def test_the_office_withholds_and_releases_with_a_reason(cast: Cast, shown: Publication) -> None:
    office, power = client_of(cast, "office"), in_edition_power(cast)
    page = reverse("disclosure:withhold", args=[power.pk])
    assert office.post(page, {"reason": " "}).status_code == 422
    assert office.post(page, {"reason": "涉及内部安全"}).status_code == 302
    seen = words(office.get(reverse("disclosure:preview")))
    assert "涉及内部安全" in seen
    row = Withholding.objects.get()
    release = reverse("disclosure:release", args=[row.pk])
    assert office.post(release, {"reason": "已脱密"}).status_code == 302
    row.refresh_from_db()
    assert row.ended_reason == "已脱密"


def test_the_leadership_looks_at_the_preview_and_decides_nothing(
    cast: Cast, shown: Publication
) -> None:
    secretary = client_of(cast, "secretary")
    page = secretary.get(reverse("disclosure:preview"))
    assert page.status_code == 200
    assert reverse("disclosure:publish") not in page.content.decode()


def test_the_preview_costs_the_same_for_any_number_of_units(
    cast: Cast, shown: Publication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    del shown
    # units, powers, withheld, people, posts, editions, current, what it shows
    with django_assert_num_queries(8):
        preview_of(cast.organisation, ON)
