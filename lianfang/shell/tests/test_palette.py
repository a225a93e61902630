"""The command palette: pages and acts one may open, and what was opened lately."""

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.common import clock
from lianfang.learning.models import WarningCase
from lianfang.org import actions
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.shell.pages import pages_for
from lianfang.shell.palette import acts_offered, in_all_languages, pages_offered
from lianfang.shell.recent import KINDS, MOST, mark_of, recent_for

pytestmark = pytest.mark.django_db
PALETTE = reverse("shell:palette")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return full_cast()


def asked(cast: Cast, part: str, **words: str) -> str:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(cast.logins[part])
    answer = client.get(PALETTE, words)
    assert answer.status_code == 200
    return answer.content.decode()


def test_pages_are_found_by_chinese_and_english_words(cast: Cast) -> None:
    (page,) = (one for one in pages_offered(cast.standing("clerk")) if one.url == "/powers/")
    assert "职权目录" in page.words
    assert "power" in page.words
    assert in_all_languages("a", "a") == "a"


@pytest.mark.parametrize("part", ["clerk", "office", "officer", "system", "security", "audit"])
def test_what_the_palette_offers_can_be_opened(cast: Cast, part: str) -> None:
    client = Client()
    client.force_login(cast.logins[part])
    standing = cast.standing(part)
    # there is no work of a year yet to which these pages lead
    early = {reverse("cycles:meetings-now"), reverse("cycles:running-review-now")}
    for offer in (*pages_offered(standing), *acts_offered(standing)):
        if offer.url not in early:
            assert client.get(offer.url, follow=True).status_code == 200, offer


def test_only_pages_that_may_be_opened_are_offered(cast: Cast) -> None:
    assert "shell:log" not in pages_for(cast.standing("clerk"))
    assert "shell:log" in pages_for(cast.standing("audit"))
    assert reverse("org:login-add") not in {
        offer.url for offer in acts_offered(cast.standing("clerk"))
    }


def test_the_part_offers_pages_and_the_words_find_records(cast: Cast) -> None:
    page = asked(cast, "clerk")
    assert "职权目录" in page
    assert "<html" not in page
    assert "出纳岗" in asked(cast, "clerk", q="出纳")
    assert "没有找到" in asked(cast, "audit", q="出纳")


def test_a_page_of_a_thing_is_marked_and_no_other(rf: RequestFactory) -> None:
    def mark(address: str) -> str:
        request = rf.get(address)
        request.resolver_match = resolve(address)
        return mark_of(request)

    assert mark("/org/units/5/") == "org:unit/5"
    assert mark("/org/") == ""
    assert mark(reverse("duties:talk", args=[5])) == ""
    assert mark(reverse("duties:report", args=[5])) == ""
    assert mark_of(rf.get("/nowhere/")) == ""


def test_the_page_carries_its_mark(cast: Cast, client: Client) -> None:
    client.force_login(cast.logins["clerk"])
    unit = cast.units["CW"].pk
    page = client.get(reverse("org:unit", args=[unit])).content.decode()
    assert f'data-recent="org:unit/{unit}"' in page
    assert "data-recent" not in client.get("/").content.decode()


def test_what_was_opened_is_told_in_its_order_and_once(cast: Cast) -> None:
    unit, person = cast.units["CW"], cast.people["head"]
    marks = [f"org:person/{person.pk}", f"org:unit/{unit.pk}", f"org:person/{person.pk}"]
    found = recent_for(cast.standing("clerk"), marks)
    assert [hit.title for hit in found] == [person.name, unit.name]
    assert "财务处" in asked(cast, "clerk", recent=",".join(marks))


def test_what_may_no_longer_be_known_is_absent(cast: Cast) -> None:
    draft = WarningCase.objects.create(
        organisation=cast.organisation, title="草稿", text="案情", lesson="警示", source="通报",
        aspects=["conduct"],
    )  # fmt: skip
    marks = [f"learning:case/{draft.pk}", f"org:unit/{full_cast('other').units['CW'].pk}"]
    assert [hit.title for hit in recent_for(cast.standing("office"), marks)] == ["草稿"]
    assert recent_for(cast.standing("clerk"), marks) == ()
    assert recent_for(cast.standing("audit"), marks) == ()


@pytest.mark.parametrize("mark", ["", "/", "org:unit/x", "org:unit/", "auth:user/1", "org:unit/²"])
def test_a_mark_that_says_nothing_is_passed_over(cast: Cast, mark: str) -> None:
    assert recent_for(cast.standing("clerk"), [mark]) == ()


def test_every_kind_of_mark_is_a_page_of_one_thing(cast: Cast) -> None:
    standing = cast.standing("officer")
    for kind in KINDS:
        reverse(kind, args=[1])
        assert recent_for(standing, [f"{kind}/999999"]) == ()


@pytest.mark.parametrize("rows", [1, MOST])
def test_recent_things_ask_once_for_each_kind(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    posts = [
        actions.create_post(unit=cast.units["PS"], code=f"X{n}", name=f"岗{n}", by=None, at=AT)
        for n in range(rows)
    ]
    standing = cast.standing("clerk")
    with django_assert_num_queries(1):
        found = recent_for(standing, [f"org:post/{post.pk}" for post in posts])
    assert len(found) == rows
