"""The end of a year: its running review, and the corrective tasks that come of it (六（五）)."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.common.errors import Stale
from lianfang.cycles.actions import cycle as stages
from lianfang.cycles.actions.checking import Recused
from lianfang.cycles.actions.cycle import ReviewMissing
from lianfang.cycles.actions.improving import (
    File,
    NotImproving,
    TaskNotSo,
    TaskUnclear,
    change_task,
    confirm_task,
    send_task_back,
    set_task,
)
from lianfang.cycles.actions.papers import IssuedAlready, issue_letter
from lianfang.cycles.actions.review_paper import issue_review
from lianfang.cycles.models import CorrectiveTask
from lianfang.cycles.queries.improving import figures_in, year_figures
from lianfang.cycles.queries.todos import review_to_record, tasks_to_confirm, tasks_to_do
from lianfang.cycles.rules.improving import (
    NEXT,
    LevelCount,
    TaskAct,
    TaskState,
    task_after,
)
from lianfang.cycles.tests.ending import DUE, charged, closed, done, improving, reviewed
from lianfang.cycles.tests.year import SCHEME, brought_to, filing_of, opened, powered
from lianfang.files.store import opened as opened_file
from lianfang.org import actions as org
from lianfang.org.actions.changing import NotHere
from lianfang.org.models import Post, Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

DAY = timedelta(days=1)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def cast(db: None, settings: object, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    return made


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def words(client: Client, page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(page).content.decode()))


def url(name: str, *arguments: object) -> str:
    return reverse(f"cycles:{name}", args=arguments)


# rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", TaskState)
@pytest.mark.parametrize("act", TaskAct)
def test_a_task_moves_by_the_table_alone(state: TaskState, act: TaskAct) -> None:
    wanted = {
        ("open", "do"): "done",
        ("done", "confirm"): "confirmed",
        ("done", "send_back"): "open",
    }
    assert task_after(state, act) == wanted.get((state.value, act.value))
    assert len(NEXT) == len(wanted)


# the review ---------------------------------------------------------------------------------


def test_the_last_stage_ends_with_a_review(cast: Cast) -> None:
    cycle = improving(cast)
    with pytest.raises(ReviewMissing):
        closed(cast, cycle)
    reviewed(cast, cycle)
    assert closed(cast, cycle).closed_on == ON


def test_other_stages_end_without_one(cast: Cast) -> None:
    cycle = opened(cast)
    stage = cycle.stages.get(code="fill")
    stages.open_stage(stage=stage, reason="晚", on=ON, by=None, at=AT)
    assert stages.close_stage(stage=stage, reason="晚", on=ON, by=None, at=AT).closed_on == ON


def test_a_review_is_written_while_the_last_stage_is_open(cast: Cast) -> None:
    cycle = opened(cast)
    with pytest.raises(NotImproving):
        reviewed(cast, cycle)
    stages.open_stage(stage=cycle.stages.get(code="improve"), reason="早", on=ON, by=None, at=AT)
    review = reviewed(cast, cycle)
    again = reviewed(cast, cycle, "措施全部落实", version=1)
    assert (again.pk, again.ran, again.version) == (review.pk, "措施全部落实", 2)
    with pytest.raises(Stale):
        reviewed(cast, cycle, version=1)
    closed(cast, cycle)
    for deed in (lambda: reviewed(cast, cycle), lambda: charged(cast, review)):
        with pytest.raises(NotImproving):
            deed()
    events = Event.objects.filter(action="cycles.review.recorded")
    assert set(events.values_list("rule", flat=True)) == {"六（五）"}
    assert events.count() == 2


def test_a_review_keeps_the_figures_of_its_moment(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, fonts_folder: object
) -> None:
    del fonts_folder
    cycle = improving(cast)
    issue_letter(filing=filing_of(cast, "PS"), on=ON, by=None, at=AT)
    brought_to(cast, "published")
    # filings, the day they were due, letters, risk points by rank, remarks, what waits
    with django_assert_num_queries(6):
        now = year_figures(cycle, SCHEME, ON)
    # the filing stage ended on 30 April: those that sent nothing are late
    assert (now.units, now.published, now.late, now.reminded) == (4, 1, 3, 1)
    assert now.risks == (
        LevelCount("high", 0),
        LevelCount("medium", 1),
        LevelCount("low", 0),
        LevelCount("", 0),
    )
    assert (now.remarks, now.remarks_open, now.waiting) == (0, 0, 0)
    review = reviewed(cast, cycle)
    cycle.filings.update(state="published")
    review.refresh_from_db()
    assert figures_in(review) == now
    assert year_figures(cycle, SCHEME, ON).published == 4
    assert year_figures(cycle, SCHEME, date(2026, 4, 30)).late == 0


# tasks --------------------------------------------------------------------------------------


def test_a_task_is_done_in_words_with_a_file_and_confirmed(cast: Cast) -> None:
    task = charged(cast, reviewed(cast, improving(cast)), post=cast.posts["CWG"])
    task = done(cast, task, File(name="付款管理办法.pdf", chunks=[PDF]))
    assert (task.state, task.outcome, task.done_by) == (
        "done",
        "已补写并培训",
        cast.logins["head"],
    )
    assert task.evidence is not None
    with opened_file(task.evidence.digest) as file:
        assert file.read() == PDF
    task = confirm_task(task=task, on=ON, by=cast.logins["office"], at=AT)
    assert (task.state, task.confirmed_by, task.version) == ("confirmed", cast.logins["office"], 3)
    told = Event.objects.filter(action__startswith="cycles.task.").order_by("position")
    assert list(told.values_list("action", flat=True)) == [
        "cycles.task.set",
        "cycles.task.done",
        "cycles.task.confirmed",
    ]


def test_a_task_that_is_not_done_well_enough_comes_back(cast: Cast) -> None:
    cycle = improving(cast)
    task = done(cast, charged(cast, reviewed(cast, cycle)))
    task = send_task_back(task=task, reason="没有写时限", on=ON, by=cast.logins["office"], at=AT)
    assert (task.state, task.returned_for, task.outcome) == ("open", "没有写时限", "已补写并培训")
    with pytest.raises(TaskNotSo):
        confirm_task(task=task, on=ON, by=cast.logins["office"], at=AT)
    # after the year ended, too
    closed(cast, cycle)
    assert done(cast, task).returned_for == ""


def test_nobody_confirms_what_their_own_unit_did(cast: Cast) -> None:
    task = done(cast, charged(cast, reviewed(cast, improving(cast)), "BG"))
    with pytest.raises(Recused):
        confirm_task(task=task, on=ON, by=cast.logins["office"], at=AT)
    with pytest.raises(Recused):
        send_task_back(task=task, reason="不够", on=ON, by=cast.logins["office"], at=AT)
    assert tasks_to_confirm(cast.standing("office")) == []


def test_what_a_task_asks_is_clear_and_changes_until_it_is_done(cast: Cast) -> None:
    review = reviewed(cast, improving(cast))
    with pytest.raises(TaskUnclear, match="已经过去"):
        charged(cast, review, due_on=ON - DAY)
    with pytest.raises(TaskUnclear, match="不属于财务处"):
        charged(cast, review, post=cast.posts["PSG"])
    with pytest.raises(NotHere):
        set_task(
            review=review,
            unit=full_cast("other").units["CW"],
            post=None,
            what="x",
            due_on=DUE,
            on=ON,
            by=None,
            at=AT,
        )
    task = charged(cast, review, due_on=ON)

    def changed(version: int) -> CorrectiveTask:
        return change_task(
            task=task,
            post=cast.posts["CWC"],
            what="修订付款管理办法",
            due_on=DUE,
            version=version,
            on=ON,
            by=cast.logins["office"],
            at=AT,
        )

    assert (changed(1).what, changed(2).due_on) == ("修订付款管理办法", DUE)
    with pytest.raises(Stale):
        changed(1)
    done(cast, task)
    with pytest.raises(TaskNotSo):
        changed(4)


def test_who_has_to_do_something_is_asked(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cycle = improving(cast)
    office = cast.standing("office")
    assert review_to_record(office) == cycle.stages.get(code="improve")
    assert review_to_record(cast.standing("head")) is None
    review = reviewed(cast, cycle)
    assert review_to_record(office) is None
    one, other = charged(cast, review), charged(cast, review, "PS", post=cast.posts["PSG"])
    head = cast.standing("head")
    with django_assert_num_queries(1):
        assert tasks_to_do(head) == [one]
    assert tasks_to_do(cast.standing("colleague")) == [other]
    assert tasks_to_do(cast.standing("clerk")) == []
    assert tasks_to_do(full_cast("other").standing("head")) == []
    done(cast, one)
    assert tasks_to_do(cast.standing("head")) == []
    assert tasks_to_confirm(office) == [one]
    assert tasks_to_confirm(cast.standing("head")) == []


# the paper ----------------------------------------------------------------------------------


def test_a_review_is_issued_once_with_its_figures_and_tasks(
    cast: Cast, fonts_folder: object
) -> None:
    del fonts_folder
    review = reviewed(cast, improving(cast))
    charged(cast, review, post=cast.posts["CWG"])
    paper = issue_review(review=review, on=ON, by=cast.logins["office"], at=AT)
    with opened_file(paper.attachment.digest) as file:
        reader = PdfReader(io.BytesIO(file.read()))
    told = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    for part in (
        "廉防办〔2026〕1号",
        "截至2026年5月14日，4个单位中0个已发布版本",
        "登记风险点1个，其中高0个、中1个、低0个、未评级0个",
        "措施基本落实",
        "财务处（出纳岗）：补写付款复核的时限，于2026年12月20日前完成。",
    ):
        assert part in told
    with pytest.raises(IssuedAlready):
        issue_review(review=review, on=ON, by=cast.logins["office"], at=AT)


# pages --------------------------------------------------------------------------------------


def test_the_office_records_sets_and_confirms_and_the_unit_reports(cast: Cast) -> None:
    cycle = improving(cast)
    office, head, clerk = (client_of(cast, part) for part in ("office", "head", "clerk"))
    assert "记录运行评价" in words(office, url("running-review-now"))
    assert "现在的数字" in words(clerk, url("running-review", 2026))
    stage = cycle.stages.get(code="improve")
    refused = office.post(url("stage-close", stage.pk), {"reason": "提前"})
    assert refused.status_code == 422
    assert "请先记录运行评价" in refused.content.decode()
    sent = {"ran": "措施基本落实", "adjust": "调整措施"}
    assert office.post(url("running-review-record", 2026), sent).status_code == 302
    asked = {"unit": cast.units["CW"].pk, "what": "补写时限", "post": "", "due_on": "2026-05-20"}
    assert office.post(url("task-add", 2026), asked).status_code == 302
    task = CorrectiveTask.objects.get()
    assert "财务处：补写时限" in words(head, reverse("shell:desk"))
    told = {
        "outcome": "已补写",
        "file": SimpleUploadedFile("办法.pdf", PDF, content_type="application/pdf"),
    }
    assert head.post(url("task-do", task.pk), told).status_code == 302
    page = words(clerk, url("running-review", 2026))
    assert "1 项：已确认 0，待确认 1" in page
    assert "办法.pdf" not in page
    assert "办法.pdf" in words(head, url("running-review", 2026))
    assert "等待确认" in words(office, reverse("shell:desk"))
    file = office.get(url("task-evidence", task.pk))
    assert b"".join(file.streaming_content) == PDF  # type: ignore[attr-defined]
    assert office.post(url("task-return", task.pk), {"reason": "写明期限"}).status_code == 302
    assert "被退回：写明期限" in words(head, reverse("shell:desk"))
    assert head.post(url("task-do", task.pk), {"outcome": "已写明"}).status_code == 302
    assert office.post(url("task-confirm", task.pk)).status_code == 302
    assert "1 项：已确认 1，待确认 0" in words(clerk, url("running-review", 2026))
    # a second time: told on the page
    office.post(url("task-confirm", task.pk))
    assert "状态已经变化" in words(office, url("running-review", 2026))


def test_a_task_of_another_unit_s_post_is_an_error_of_the_form(cast: Cast) -> None:
    reviewed(cast, improving(cast))
    asked = {
        "unit": cast.units["CW"].pk,
        "what": "补写时限",
        "post": cast.posts["PSG"].pk,
        "due_on": "2026-05-20",
    }
    answer = client_of(cast, "office").post(url("task-add", 2026), asked)
    assert answer.status_code == 422
    assert "不属于财务处" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_asks_as_much_whatever_was_set(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    review = reviewed(cast, improving(cast))
    for number in range(rows):
        charged(cast, review, what=f"事项{number}")
    clerk = client_of(cast, "clerk")
    clerk.get(url("running-review", 2026))
    # session, login; person, appointments, memberships; nightly work; the year; cycle, review,
    # tasks, stage, numbers of the scheme, papers
    with django_assert_num_queries(13):
        clerk.get(url("running-review", 2026))


def test_only_units_and_posts_of_the_year_are_offered(cast: Cast) -> None:
    reviewed(cast, improving(cast))
    unit = org.create_unit(
        organisation=cast.organisation,
        code="XS",
        name="新设处",
        kind=Unit.Kind.DEPARTMENT,
        parent=cast.units["root"],
        by=None,
        at=AT,
    )
    org.create_post(unit=unit, code="XSG", name="新岗", by=None, at=AT)
    page = client_of(cast, "office").get(url("task-add", 2026)).content.decode()
    assert "财务处 · 出纳岗" in page
    assert "新岗" not in page
    assert Post.objects.filter(code="XSG").exists()
