"""The desk, the search, help, the clauses, the language, and what is said when something fails."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.common import clock
from lianfang.cycles.actions.cycle import open_stage
from lianfang.cycles.tests.year import opened
from lianfang.org.tests.cast import AT, Cast, full_cast, login
from lianfang.shell import errors
from lianfang.shell.queries import desk_of
from lianfang.shell.todos import all_todos, todos_for

pytestmark = pytest.mark.django_db
Entered = Callable[[str], Client]


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def entered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    """Return a browser of one of the parts, on the day of the cast."""
    monkeypatch.setattr(clock, "now", lambda: AT)

    def enter(part: str) -> Client:
        client = Client()
        client.force_login(cast.logins[part])
        return client

    return enter


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_desk_shows_posts_and_the_chain_above(entered: Entered) -> None:
    page = shown(entered("clerk"), "/")
    assert "出纳岗" in page
    assert all(name in page for name in ("head", "deputy", "secretary"))
    assert "对照本人岗位查找风险" in page


def test_the_desk_of_a_head_says_for_how_many_posts_they_answer(entered: Entered) -> None:
    assert "2 个岗位；您是防控责任人" in shown(entered("head"), "/")


@pytest.mark.parametrize("part", ["system", "security", "audit"])
def test_the_desk_of_an_administrator_says_their_duty_and_no_chain(
    entered: Entered, part: str
) -> None:
    page = shown(entered(part), "/")
    assert "您的职责" in page
    assert "责任链" not in page


def test_next_years_calendar_is_asked_for_from_november_on(
    entered: Entered, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "2027 年的工作日历" not in shown(entered("system"), "/")
    client = entered("system")
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 1, 2, tzinfo=UTC))
    client.force_login(cast.logins["system"])
    assert "装入 2027 年的工作日历" in shown(client, "/")


def test_a_login_of_nobody_is_told_so(entered: Entered) -> None:
    del entered
    client = Client()
    client.force_login(login("stray"))
    assert "还没有对应的人员" in shown(client, "/")
    assert client.get("/org/").status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_the_desk_asks_as_much_whatever_one_holds(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from lianfang.org import actions

    for number in range(rows):
        post = actions.create_post(
            unit=cast.units["PS"], code=f"X{number}", name=f"岗位{number}", by=None, at=AT
        )
        actions.appoint(person=cast.people["clerk"], post=post, from_on=AT.date(), by=None, at=AT)
    standing = cast.standing("clerk")
    # posts held; units, posts, seats, portfolios, members; names; notices; posts looked at, risks
    # unrated; corrective tasks; filings one was named to check; reports that wait; talks to
    # confirm, talks to follow; surveys to answer; findings to put right; cases read, cases,
    # activities open, quizzes; leads; alerts, letters; sheets of the year, two; duties; what to
    # begin with; end of the stage of filling in; work calendar, two
    with django_assert_num_queries(32):
        desk = desk_of(standing, standing.on)
    assert len(desk.posts) == rows + 1


def test_what_is_to_be_found_is_due_when_the_stage_of_this_year_ends(cast: Cast) -> None:
    standing = cast.standing("clerk")

    def days() -> set[date]:
        return {todo.due for todo in all_todos(standing) if todo.of_filling}

    assert days() == {date(2026, 4, 30)}
    year, later = opened(cast), date(2026, 6, 30)
    assert days() == {date(2026, 4, 30)}
    fill = year.stages.get(code="fill")
    open_stage(stage=fill, reason="晚", ends_on=later, on=AT.date(), by=None, at=AT)
    assert days() == {later}
    (group, *_) = todos_for(standing)
    assert group.urgency != "overdue"


def test_search_finds_two_characters_and_only_what_may_be_known(entered: Entered) -> None:
    assert "出纳岗" in shown(entered("clerk"), "/search/?q=出纳")
    assert "出纳岗" not in shown(entered("audit"), "/search/?q=出纳")
    assert "没有找到" in shown(entered("clerk"), "/search/?q=无此词语")


def test_search_finds_clauses_by_number_and_wording(entered: Entered) -> None:
    assert "#c-五-五-3" in shown(entered("clerk"), "/search/?q=五（五）3")


def test_the_page_of_clauses_words_every_section(entered: Entered) -> None:
    page = shown(entered("clerk"), "/rules/")
    assert all(f'id="{anchor}"' in page for anchor in ("c-一", "c-五-七-2-3", "c-七-四"))


def test_help_speaks_the_chosen_language_and_remembers_it(entered: Entered) -> None:
    client = entered("clerk")
    answer = client.post("/language/", {"language": "en", "next": "/help/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/help/")
    assert "Keyboard" in shown(client, "/help/")


def test_the_language_leads_to_no_other_site(entered: Entered) -> None:
    answer = entered("clerk").post("/language/", {"language": "en", "next": "//evil.example/"})
    assert answer.headers["Location"] == "/"


def test_every_page_carries_a_strict_policy(entered: Entered) -> None:
    policy = entered("clerk").get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [("/nowhere/", 404, "没有找到"), ("/org/units/999999/", 404, "没有找到")],
)
def test_what_may_not_be_known_is_not_found(
    entered: Entered, path: str, status: int, said: str
) -> None:
    answer = entered("clerk").get(path)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "lf-nav" in answer.content.decode()


def test_what_is_not_allowed_says_who_can_help(entered: Entered, cast: Cast) -> None:
    answer = entered("clerk").get(reverse("org:unit-edit", args=[cast.units["CW"].pk]))
    assert answer.status_code == 403
    assert "请联系系统管理员" in answer.content.decode()


def test_a_form_from_another_session_is_refused_with_a_way_to_keep_the_text(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.logins["system"])
    answer = client.post(reverse("org:unit-edit", args=[cast.units["CW"].pk]), {"name": "x"})
    assert answer.status_code == 403
    assert "复制填写的内容" in answer.content.decode()


def test_an_error_of_the_program_gives_a_number_to_quote_and_no_traceback() -> None:
    request: HttpRequest = RequestFactory().get("/")
    answer = errors.broken(request)
    number = answer.headers["X-Error-Number"]
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_what_somebody_may_see_stays_in_no_cache(entered: Entered) -> None:
    assert "no-store" in entered("clerk").get("/").headers["Cache-Control"]
    assert "Cache-Control" not in Client().get("/").headers


def test_the_chain_names_the_superior_body_where_it_is_written_down(
    entered: Entered, cast: Cast
) -> None:
    from lianfang.org.actions.setup import change_organisation

    assert "上级机关" in shown(entered("secretary"), "/")
    change_organisation(
        organisation=cast.organisation, values={"superior_name": "示范主管局"}, by=None, at=AT
    )
    assert "示范主管局" in shown(entered("secretary"), "/")
