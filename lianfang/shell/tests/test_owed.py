"""Duties on the desk and in the calendar, and both duties of a head side by side."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.common import clock
from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.org.actions import create_post
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.models import PostLevel, RiskPoint, RiskPost
from lianfang.shell.both import both_of
from lianfang.shell.owed import duties_to_do, owed_by
from lianfang.shell.portrait import portrait_of
from lianfang.shell.todos import todos_for

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def client(cast: Cast, part: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: AT)
    client = Client()
    client.force_login(cast.logins[part])
    return client


def test_a_duty_says_who_why_since_when_and_by_which_clause(cast: Cast) -> None:
    made = owed(cast)
    (todo,) = duties_to_do(cast.standing("head"))
    assert todo.title == "clerk（出纳岗）：定期廉政谈话（高）"
    assert todo.reason == "财务处，2026年5月14日起任职，2026年5月14日起为该等级，版本 2026-1"
    assert (todo.clause, todo.level, todo.due) == ("五（五）3", "high", ON)
    assert todo.url == f"/duties/{made.pk}/"


@pytest.mark.parametrize("kind", Duty.Kind)
def test_a_duty_of_any_kind_has_a_picture(cast: Cast, kind: Duty.Kind) -> None:
    owed(cast, kind=kind)
    assert [todo.icon != "" for todo in duties_to_do(cast.standing("head"))] == [True]


@pytest.mark.parametrize("part", ["clerk", "colleague", "audit"])
def test_only_whoever_is_to_act_is_asked(cast: Cast, part: str) -> None:
    owed(cast)
    assert duties_to_do(cast.standing(part)) == ()


def test_the_desk_looks_a_month_ahead_and_the_calendar_further(cast: Cast) -> None:
    owed(cast, due_on=ON + 31 * DAY)
    owed(cast, due_on=ON + 32 * DAY)
    owed(cast, opens_on=ON + DAY, due_on=ON + DAY)
    head = cast.standing("head")
    assert len(duties_to_do(head)) == 1
    assert len(owed_by(head, None)) == 2


def test_three_of_a_rule_are_told_one_by_one_and_four_together(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(3):
        owed(cast)
    assert len(duties_to_do(cast.standing("head"))) == 3
    owed(cast, opens_on=ON - DAY, due_on=ON - DAY)
    head = cast.standing("head")
    with django_assert_num_queries(1):
        (todo,) = duties_to_do(head)
    assert (todo.title, todo.due) == ("定期廉政谈话（高）：4 项", ON - DAY)


def test_a_head_sees_work_and_integrity_side_by_side(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    owed(cast)
    owed(cast, state="done", closed_on=ON)
    owed(cast, state="waived", waived_reason="已谈", closed_on=ON)
    about = {"kind": Duty.Kind.MEASURE, "person": None, "post": None}
    owed(cast, due_on=ON + 300 * DAY, **about)
    head = cast.standing("head")
    # duties; powers; risk points; seats; filings
    with django_assert_num_queries(5):
        both = both_of(head)
    assert both is not None
    found = {str(line.label): (line.share.done, line.share.owed) for line in both.integrity}
    assert found["廉政谈话"] == (1, 2)
    assert found["措施落实"] == (0, 1)
    assert found["履责任务"] == (1, 3)
    assert found["查找风险参与"] == (0, 2)
    assert both_of(cast.standing("clerk")) is None


def test_a_portfolio_leader_sees_the_figures_of_the_units_in_it(cast: Cast) -> None:
    owed(cast)
    leader = cast.standing("deputy")
    both, portrait = both_of(leader), portrait_of(leader)
    assert not leader.headed
    assert both is not None
    assert portrait is not None
    assert {line.post.unit_id for line in portrait.lines} <= leader.portfolio
    assert {str(line.label): line.share.owed for line in both.integrity}["廉政谈话"] == 1


@pytest.mark.parametrize("rows", [1, 12])
def test_the_portrait_counts_risk_points_by_level_and_shows_the_highest_posts(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = cast.units["CW"]
    for number in range(rows):
        post = create_post(unit=unit, code=f"X{number:02}", name=f"岗位{number}", by=None, at=AT)
        for rank in (3, 0):
            made = RiskPoint.objects.create(
                organisation=cast.organisation, unit=unit, code=f"R{number}-{rank}", title="虚报",
                rank=rank, created_at=AT,
            )  # fmt: skip
            RiskPost.objects.create(risk=made, post=post, order=0)
    PostLevel.objects.create(
        organisation=cast.organisation, unit=unit, post=post, level="high", rank=3,
        edition="2026-1", from_on=ON,
    )  # fmt: skip
    head = cast.standing("head")
    # risk points; posts; levels, two; risk points by post; who holds them
    with django_assert_num_queries(6):
        portrait = portrait_of(head)
    assert portrait is not None
    assert {one.code: one.count for one in portrait.sums} == {
        "high": rows, "medium": 0, "low": 0, "none": rows,
    }  # fmt: skip
    assert (portrait.total, portrait.posts) == (2 * rows, rows + 2)
    first = portrait.lines[0]
    assert (first.post, first.level, first.holders) == (post, "high", ())
    assert [one.count for one in first.sums] == [1, 0, 0, 1]
    assert len(portrait.lines) == min(rows + 2, 8)
    assert [line.sums[0].count for line in portrait.lines] == ([1] * rows + [0, 0])[:8]
    assert portrait_of(cast.standing("clerk")) is None


def test_the_desk_says_how_many_working_days_are_left_or_gone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (-6, 0, 14):  # a Friday, today and a Thursday
        owed(cast, opens_on=ON - 30 * DAY, due_on=ON + days * DAY)
    groups = todos_for(cast.standing("head"))
    talks = [(group.urgency, todo.days) for group in groups for todo in group.todos if todo.level]
    assert talks == [("overdue", -4), ("soon", 0), ("month", 10)]
    page = client(cast, "head", monkeypatch).get("/").content.decode()
    assert "逾期 4 个工作日" in page
    assert "今天到期" in page
    assert "还有 10 个工作日" in page


def test_a_day_without_work_counts_by_the_working_day_before_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed(cast, due_on=ON + 3 * DAY)  # a Sunday
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)
    reader = Client()
    reader.force_login(cast.logins["head"])
    assert "须在今天办完" in reader.get("/").content.decode()


def test_the_desk_urges_the_most_urgent_act_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed(cast, opens_on=ON - 30 * DAY, due_on=ON - DAY)
    owed(cast, opens_on=ON - 30 * DAY, due_on=ON - 2 * DAY)
    page = client(cast, "head", monkeypatch).get("/").content.decode()
    assert page.count("btn-primary") == 1


def test_the_calendar_shows_a_month_day_by_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    owed(cast, opens_on=ON - DAY, due_on=ON + 20 * DAY)
    owed(cast, opens_on=ON - DAY, due_on=ON - DAY)
    head = client(cast, "head", monkeypatch)
    page = head.get("/calendar/?month=2026-06").content.decode()
    assert "2026年6月3日" in page
    assert "项在此之前已逾期" in page
    assert head.get("/calendar/?month=x").status_code == 200


def test_the_calendar_file_has_an_event_for_each_day_due(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = owed(cast)
    answer = client(cast, "head", monkeypatch).get("/calendar.ics")
    text = answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20260514\r\n" in text
    assert f"URL:http://testserver/duties/{made.pk}/\r\n" in text
