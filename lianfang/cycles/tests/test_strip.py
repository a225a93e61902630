"""The year at the top of every page: for whom it says what, and what it costs (六)."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.cycles.actions import cycle
from lianfang.cycles.models import CycleStage
from lianfang.cycles.queries.strip import StateCount, year_run
from lianfang.cycles.tests.year import brought_to, opened, powered
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    return made


def strip(cast: Cast, part: str) -> str:
    """Return the strip on somebody's page, without its tags."""
    client = Client()
    client.force_login(cast.logins[part])
    page = client.get("/register/").content.decode()
    (found,) = re.findall(r'<nav class="lf-year".*?</nav>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_without_the_year_s_work_it_is_the_calendar(cast: Cast) -> None:
    found = strip(cast, "office")
    assert re.search(r"清权梳理 2–4 月 已过 汇总反馈 5 月 今天 5月14日", found)
    assert year_run(full_cast("other").standing("office")) is None


def test_it_says_what_was_opened_and_closed_and_how_far_all_are(cast: Cast) -> None:
    brought_to(cast, "in_check")
    fill = CycleStage.objects.get(code="fill")
    cycle.open_stage(stage=fill, reason="晚", on=date(2026, 3, 2), by=None, at=AT)
    for part in ("office", "secretary", "deputy", "officer"):
        found = strip(cast, part)
        assert re.search(r"清权梳理 1/4 已报 应于 4月30日 止 今天 5月14日", found), part
        assert re.search(r"汇总反馈 0/4 已审 5 月", found), part
    cycle.close_stage(stage=fill, reason="晚", on=ON, by=None, at=AT)
    found = strip(cast, "office")
    assert re.search(r"2026 今天 5月14日 清权梳理 1/4 已报 3–5 月 已结束", found)


def test_a_head_reads_the_own_filing_others_the_stages_alone(cast: Cast) -> None:
    brought_to(cast, "in_check")
    assert re.search(r"清权梳理 已报送 2–4 月 汇总反馈 审核中 5 月", strip(cast, "head"))
    assert re.search(r"清权梳理 2–4 月 汇总反馈 5 月", strip(cast, "clerk"))


@pytest.mark.parametrize(("part", "statements"), [("clerk", 1), ("head", 2), ("office", 2)])
def test_it_costs_two_statements_at_most(
    cast: Cast, part: str, statements: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    standing = cast.standing(part)
    with django_assert_num_queries(1):
        assert year_run(standing) is None
    opened(cast)
    with django_assert_num_queries(statements):
        run = year_run(standing)
    assert run is not None
    assert [stage.code for stage in run.stages][:2] == ["fill", "collect"]
    wanted = {"clerk": (), "head": (1,), "office": (4,)}[part]
    assert run.filings == tuple(
        StateCount(state="not_started", filings=count, sent=0) for count in wanted
    )


def test_an_administrator_sees_no_strip(cast: Cast) -> None:
    opened(cast)
    client = Client()
    client.force_login(cast.logins["system"])
    assert "lf-year" not in client.get("/").content.decode()
