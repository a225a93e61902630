"""Long work and notices on pages: what somebody sees of their own, and nothing of others'."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.jobs import actions, pulse
from lianfang.jobs.actions.running import work
from lianfang.jobs.models import Job
from lianfang.jobs.pulse import Pulse
from lianfang.jobs.tests.work import KINDS
from lianfang.notices import actions as notices
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.shell.telling import sentence_of
from lianfang.shell.tests.entering import Entered, browsers_of, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def entered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


@pytest.fixture(autouse=True)
def _kinds(settings: Settings, tmp_path: Path) -> None:
    settings.JOBS = KINDS
    settings.JOBS_ROOT = tmp_path


def asked(cast: Cast, part: str = "clerk", kind: str = "test.good") -> Job:
    return actions.start(
        kind=kind, by=cast.logins[part], organisation=None, arguments={"many": 2}, at=AT
    )


def part_of(client: Client, path: str) -> str:
    """Return what htmx gets."""
    return client.get(path, headers={"HX-Request": "true"}).content.decode()


def test_a_job_that_waits_asks_for_news_of_itself_and_can_be_left(
    entered: Entered, cast: Cast
) -> None:
    job = asked(cast)
    page = shown(entered("clerk"), f"/jobs/{job.pk}/")
    assert 'hx-trigger="every 2s"' in page
    assert "可以离开这一页" in page
    assert ">刷新</a>" in page
    assert "取消任务" in page


def test_a_job_that_runs_shows_how_far_it_is(entered: Entered, cast: Cast) -> None:
    job = asked(cast)
    actions.claim(job_id=job.pk, at=AT)
    assert "正在准备" in shown(entered("clerk"), f"/jobs/{job.pk}/")
    pulse.write(job.pk, Pulse(done=1, total=4, at=AT))
    part = part_of(entered("clerk"), f"/jobs/{job.pk}/")
    assert part.lstrip().startswith("<section")
    assert "25%" in part
    assert '<rect class="v" width="25"' in part
    assert "关掉浏览器" in part
    assert "取消任务" not in part


def test_a_job_that_has_ended_asks_for_nothing_more(entered: Entered, cast: Cast) -> None:
    job = asked(cast)
    work.call(job.pk)
    part = part_of(entered("clerk"), f"/jobs/{job.pk}/")
    assert "hx-trigger" not in part
    assert 'href="/somewhere/"' in part


@pytest.mark.parametrize(
    ("kind", "said"),
    [("test.refused", "表格没有行，请核对。"), ("test.broken", "把编号")],
)
def test_a_job_that_failed_says_why_and_can_be_tried_again(
    entered: Entered, cast: Cast, kind: str, said: str
) -> None:
    job = asked(cast, kind=kind)
    work.call(job.pk)
    client = entered("clerk")
    page = shown(client, f"/jobs/{job.pk}/")
    assert said in page
    assert "secret text" not in page
    response = client.post(f"/jobs/{job.pk}/retry/")
    again = Job.objects.latest("pk")
    assert response.headers["Location"] == f"/jobs/{again.pk}/"
    assert again.kind == kind


def test_what_can_not_be_done_now_is_refused_with_a_sentence(entered: Entered, cast: Cast) -> None:
    job = asked(cast)
    client = entered("clerk")
    response = client.post(f"/jobs/{job.pk}/retry/")
    assert response.status_code == 422
    assert "任务没有失败" in response.content.decode()
    work.call(job.pk)
    response = client.post(f"/jobs/{job.pk}/cancel/")
    assert response.status_code == 422
    assert "任务已经开始或已经结束" in response.content.decode()


def test_a_waiting_job_is_cancelled(entered: Entered, cast: Cast) -> None:
    job = asked(cast)
    client = entered("clerk")
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 302
    assert "开始之前已取消" in shown(client, f"/jobs/{job.pk}/")
    assert DBTaskResult.objects.count() == 1


def test_the_list_shows_ones_own_jobs_only(entered: Entered, cast: Cast) -> None:
    mine, theirs = asked(cast), asked(cast, "head")
    client = entered("clerk")
    page = shown(client, "/jobs/")
    assert f'href="/jobs/{mine.pk}/"' in page
    assert f'href="/jobs/{theirs.pk}/"' not in page
    shown(client, f"/jobs/{theirs.pk}/", 404)
    for act in ("cancel", "retry"):
        assert client.post(f"/jobs/{theirs.pk}/{act}/").status_code == 404
    assert 'hx-trigger="every 2s"' in page
    work.call(mine.pk)
    assert "hx-trigger" not in part_of(client, "/jobs/")
    assert "还没有提出过后台任务" in shown(entered("officer"), "/jobs/")


@pytest.mark.parametrize("count", [1, 20])
def test_what_the_list_costs_does_not_hang_on_its_length(
    entered: Entered, cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        asked(cast)
    client = entered("clerk")
    client.get("/jobs/")
    # session, user; person, appointments, memberships; nights; the year; jobs
    with django_assert_num_queries(8):
        client.get("/jobs/")


def test_a_number_that_is_none_is_ignored_in_the_address(entered: Entered) -> None:
    for odd in ("x", "-1", "9" * 40, "１２"):
        shown(entered("clerk"), f"/jobs/?before={odd}")
        shown(entered("clerk"), f"/notices/?before={odd}")


def told(cast: Cast, part: str = "system") -> Notice:
    return notices.tell(
        recipient=cast.logins[part], kind="org.calendar_missing", url="/org/calendar/", at=AT
    )


def test_opening_a_notice_marks_it_as_seen_and_leads_on(entered: Entered, cast: Cast) -> None:
    notice = told(cast)
    client = entered("system")
    page = shown(client, "/notices/")
    assert "明年的工作日历还没有装入" in page
    assert "未读" in page
    response = client.post(f"/notices/{notice.pk}/open/")
    assert response.headers["Location"] == "/org/calendar/"
    assert "未读" not in shown(client, "/notices/")


def test_all_notices_are_marked_as_seen(entered: Entered, cast: Cast) -> None:
    told(cast)
    client = entered("system")
    assert client.post("/notices/seen/").status_code == 302
    page = shown(client, "/notices/")
    assert "未读" not in page
    assert "全部标为已读" not in page


def test_nobody_opens_what_somebody_else_was_told(entered: Entered, cast: Cast) -> None:
    notice = told(cast)
    client = entered("clerk")
    assert client.post(f"/notices/{notice.pk}/open/").status_code == 404
    assert "还没有通知" in shown(client, "/notices/")
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_what_is_only_done_by_a_form_is_not_done_by_a_link(entered: Entered, cast: Cast) -> None:
    job, notice = asked(cast), told(cast, "clerk")
    client = entered("clerk")
    for path in (
        f"/jobs/{job.pk}/cancel/",
        f"/jobs/{job.pk}/retry/",
        f"/notices/{notice.pk}/open/",
        "/notices/seen/",
    ):
        assert client.get(path).status_code == 405


def test_sentences_are_told_in_the_language_of_the_page() -> None:
    outcome = {"code": "jobs.said", "values": {"zh": "好。", "en": "Good."}}
    assert sentence_of(outcome) == "好。"
    with translation.override("en"):
        assert sentence_of(outcome) == "Good."
    assert sentence_of({}) == ""
    assert sentence_of({"code": "no.such"}) == "no.such"
