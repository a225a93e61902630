"""The levels of posts as queries and pages show them, and what they cost."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lianfang.org import actions as org
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.models import LevelOverride
from lianfang.risks.queries.levels import (
    PAGE,
    breaches_not_absorbed,
    counts_in_force,
    history_of,
    levels_in_force,
    page_of_posts,
)
from lianfang.risks.rules.levels import Override, effective
from lianfang.risks.tests.entering import Entered, browsers_of, shown
from lianfang.risks.tests.leveling import SCHEME, breach, override, publish
from lianfang.risks.tests.test_levels_rules import maybe
from lianfang.risks.tests.test_levels_rules import override as overrides

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = ON + 60 * DAY
CODE = re.compile(r'<span class="code">(.+?)</span>')
NEXT = re.compile(r'rel="next" href="([^"]+)"')


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def more_posts(cast: Cast, number: int) -> list[str]:
    """Add posts to finance; half of them are raised above the level of their edition."""
    codes = [f"P{place:03}" for place in range(number)]
    for code in codes:
        cast.posts[code] = org.create_post(
            unit=cast.units["CW"], code=code, name=f"岗位{code}", by=None, at=AT
        )
    levels: dict[str, Any] = dict.fromkeys(codes, "low")
    publish(cast, **levels)
    for code in codes[::2]:
        override(cast, code, "high")
    return codes


def listed(client: Client, **asked: str) -> list[str]:
    """Return the codes of posts on a page of the list."""
    return CODE.findall(shown(client, f"/register/levels/?{urlencode(asked)}"))


# queries ------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 20])
def test_levels_in_force_cost_two_statements(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    more_posts(cast, rows)
    # levels of editions, overrides
    with django_assert_num_queries(2):
        found = levels_in_force(cast.organisation, ON)
    assert len(found) == rows
    with django_assert_num_queries(2):
        levels_in_force(cast.organisation, ON, [cast.posts["CWG"].pk])


def test_a_level_in_force_says_where_it_comes_from(cast: Cast) -> None:
    publish(cast, CWG="medium", CWC="high")
    override(cast, "CWG", "high", until_on=LATER)
    override(cast, "CWC", "medium")
    override(cast, "PSG", "low")
    found = levels_in_force(cast.organisation, ON)
    clerk, head, reviewer = (found[cast.posts[code].pk] for code in ("CWG", "CWC", "PSG"))
    assert (clerk.level, clerk.edition_level, clerk.from_edition) == ("high", "medium", "2026-1")
    assert clerk.override is not None
    assert (clerk.override.until_on, clerk.override.reason) == (LATER, "巡视指出")
    assert (head.level, head.override) == ("high", None)
    assert (reviewer.level, reviewer.from_edition) == ("low", "")
    assert cast.posts["SJ"].pk not in found
    only = levels_in_force(cast.organisation.pk, ON, [cast.posts["CWG"].pk])
    assert only == {cast.posts["CWG"].pk: clerk}
    assert levels_in_force(full_cast("other").organisation, ON) == {}


@given(maybe, st.lists(overrides, max_size=4), st.dates(date(2026, 12, 1), date(2027, 1, 31)))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_query_agrees_with_the_rule(
    cast: Cast, level: str | None, drawn: list[Override], on: date
) -> None:
    LevelOverride.objects.all().delete()
    publish(cast, f"v{level}", CWG=level)
    drawn = [row for row in drawn if row.until_on is None or row.until_on >= row.from_on]
    for row in drawn:
        ended = {"ended_on": row.ended_on, "ended_reason": "复查"} if row.ended_on else {}
        override(cast, "CWG", row.level, from_on=row.from_on, until_on=row.until_on, **ended)
    found = levels_in_force(cast.organisation, on).get(cast.posts["CWG"].pk)
    wanted = effective(level, drawn, on, SCHEME)
    assert (found.level if found else None) == wanted
    page = page_of_posts(type(cast.posts["CWG"]).objects.filter(code="CWG"), on)
    assert page.lines[0].level == found
    (counts,) = counts_in_force(cast.organisation.pk, [on])
    assert counts == Counter([found.rank] if found else [])


def test_the_history_of_a_post_is_in_the_order_of_time(cast: Cast) -> None:
    publish(cast, CWG="low")
    breach(cast)
    publish(cast, "2026-2", LATER, CWG="medium")
    past = history_of(cast.posts["CWG"], LATER)
    assert [(row.kind, row.level, row.state) for row in past] == [
        ("edition", "low", "past"),
        ("override", "medium", "past"),
        ("edition", "medium", "now"),
    ]
    assert (past[0].until_on, past[1].ended_by) == (LATER - DAY, "2026-2")
    before = history_of(cast.posts["CWG"], ON)
    assert [row.state for row in before] == ["now", "now", "next"]


def test_breaches_wait_for_an_edition_the_oldest_first(cast: Cast) -> None:
    publish(cast, CWC="low", CWG="low")
    late, early = breach(cast), breach(cast, "CWC", found_on=ON - DAY)
    assert breaches_not_absorbed(cast.organisation) == [early, late]
    publish(cast, "2026-2", LATER, CWG="medium")
    assert breaches_not_absorbed(cast.organisation.pk) == [early]
    assert breaches_not_absorbed(full_cast("other").organisation) == []


# pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_as_many_statements_at_any_size(
    cast: Cast, enter: Entered, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    codes = more_posts(cast, rows)
    client = enter("clerk")
    client.get("/register/levels/")
    # session, login; person, appointments, memberships; nightly work; the year;
    # units, posts with their rank, levels of editions, overrides
    with django_assert_num_queries(11):
        assert set(codes) <= set(listed(client))
    # post; levels of editions, overrides; both as they were
    with django_assert_num_queries(12):
        shown(client, f"/register/levels/{cast.posts['P000'].pk}/")


def test_the_list_has_every_post_in_use_the_highest_level_first(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="low", CWC="high")
    override(cast, "PSG", "medium")
    free = org.create_post(unit=cast.units["BG"], code="A", name="空岗", by=None, at=AT)
    org.retire_post(post=free, on=ON, reason="合并", by=None, at=AT)
    found = listed(enter("clerk"))
    assert found == ["CWC", "PSG", "CWG", "BGC", "BGG", "FZR", "JJG", "SJ"]


def test_every_post_is_on_one_page(cast: Cast, enter: Entered) -> None:
    more_posts(cast, PAGE + 20)
    client, pages, address = enter("clerk"), [], "?"
    while address:
        page = shown(client, f"/register/levels/{address}")
        pages.append(CODE.findall(page))
        address = next(iter(NEXT.findall(page)), "").replace("&amp;", "&")
    levels = levels_in_force(cast.organisation, ON)
    ranks = {
        code: levels[post.pk].rank if post.pk in levels else 0 for code, post in cast.posts.items()
    }
    wanted = sorted(ranks, key=lambda code: (-ranks[code], code))
    assert [code for page in pages for code in page] == wanted
    assert [len(page) for page in pages] == [PAGE, len(wanted) - PAGE]
    assert 'href="?">' in page


@pytest.mark.parametrize("place", ["x", "~", "9" * 30 + "~P", "²~R", "high~R"])
def test_a_place_that_is_none_is_the_first_page(cast: Cast, enter: Entered, place: str) -> None:
    assert len(listed(enter("clerk"), after=place)) == 8


def test_what_the_list_can_be_narrowed_by(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="low", CWC="high")
    override(cast, "PSG", "low")
    client = enter("clerk")
    assert listed(client, level="low") == ["CWG", "PSG"]
    assert listed(client, level="low", unit=str(cast.units["CW"].pk)) == ["CWG"]
    assert listed(client, unit=str(cast.units["CW"].pk)) == ["CWC", "CWG"]
    assert len(listed(client, unit=str(cast.units["root"].pk))) == 8
    assert "PSG" not in listed(client, level="none")
    assert "没有符合条件的岗位" in shown(client, "/register/levels/?level=medium")
    assert "筛选条件有误" in shown(client, "/register/levels/?level=grave", 422)


def test_the_list_says_where_a_level_comes_from_but_not_what_happened(
    cast: Cast, enter: Entered
) -> None:
    publish(cast, CWG="low", CWC="high")
    made = breach(cast)
    override(cast, "PSG", "low", until_on=LATER)
    client = enter("colleague")
    post = shown(client, f"/register/levels/{made.post_id}/")
    page = shown(client, "/register/levels/")
    assert "版本 2026-1" in page
    assert "巡视指出" in page
    assert "2026年7月13日" in page
    for text in (page, post):
        assert "发生违规，等级上调" in text
        assert made.what not in text
        assert made.reference not in text


def test_a_post_tells_its_history_the_newest_first(cast: Cast, enter: Entered) -> None:
    client, address = enter("clerk"), f"/register/levels/{cast.posts['CWG'].pk}/"
    assert "还没有版本给出这个岗位的等级" in shown(client, address)
    publish(cast, "2025-1", ON - 300 * DAY, CWG="high")
    publish(cast, "2026-1", ON - DAY, CWG="low")
    breach(cast)
    page = shown(client, address)
    found = [page.index(words) for words in ('<li class="now">', "版本 2026-1", "版本 2025-1")]
    assert found == sorted(found)


def test_the_history_on_the_posts_own_page_tells_its_level(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="high")
    page = shown(enter("clerk"), f"/org/posts/{cast.posts['CWG'].pk}/")
    assert "确定岗位等级" in page


@pytest.mark.parametrize("part", ["system", "security", "audit"])
def test_administrators_see_no_levels(cast: Cast, enter: Entered, part: str) -> None:
    shown(enter(part), "/register/levels/", 404)
    shown(enter(part), f"/register/levels/{cast.posts['CWG'].pk}/", 404)


def test_htmx_gets_the_list_alone(cast: Cast, enter: Entered) -> None:
    part = enter("clerk").get("/register/levels/", headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<section class="card" id="levels">')


def test_posts_are_counted_by_level_on_any_day_as_the_list_of_that_day_has_them(
    cast: Cast, enter: Entered
) -> None:
    more_posts(cast, 6)
    org.retire_post(post=cast.posts["P001"], on=LATER, reason="撤并", by=None, at=AT)
    publish(cast, "2026-2", LATER + DAY, P002="medium")
    days = (ON - DAY, ON, LATER - DAY, LATER, LATER + DAY)
    told = [
        {code: counts[rank] for code, rank in (("high", 3), ("medium", 2), ("low", 1))}
        for counts in counts_in_force(cast.organisation.pk, days)
    ]
    assert told[0] == {"high": 0, "medium": 0, "low": 0}
    assert told[1] == told[2] == {"high": 3, "medium": 0, "low": 3}
    assert told[3]["low"] == 2
    for day, counts in zip(days, told, strict=True):
        for level, many in counts.items():
            page = enter("officer").get("/register/levels/", {"level": level, "on": str(day)})
            assert len(page.context["page"].lines) == many, (day, level)
