"""The pages of reports: from a duty to what was sent and read; how often they ask."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.duties.actions.evidence import Paper, add_evidence
from lianfang.duties.models import DutyEvidence, Report
from lianfang.duties.queries.reports import PAGE
from lianfang.duties.tests.making import owed
from lianfang.duties.tests.writing import asked, begun, sent, written
from lianfang.org.tests.cast import AT, ON, Cast, full_cast


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"duties:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def test_a_duty_that_asks_for_words_leads_to_its_report(cast: Cast) -> None:
    clerk, duty = client_of(cast, "clerk"), asked(cast)
    page = clerk.get(url("duty", duty.pk)).content.decode()
    assert url("report-start", duty.pk) in page
    assert url("duty-fulfil", duty.pk) not in page
    # the plain form is not for it, whoever asks by hand
    assert clerk.get(url("duty-fulfil", duty.pk)).headers["Location"] == url("duty", duty.pk)
    begins = clerk.post(url("report-start", duty.pk))
    report = Report.objects.get()
    assert begins.headers["Location"] == url("report-write", report.pk)
    assert (
        clerk.post(url("report-start", duty.pk)).headers["Location"] == begins.headers["Location"]
    )
    assert url("report", report.pk) in clerk.get(url("duty", duty.pk)).content.decode()
    # a draft is nobody's business: those above see the duty without it
    assert url("report", report.pk) not in (
        client_of(cast, "head").get(url("duty", duty.pk)).content.decode()
    )


def test_another_duty_is_still_noted_by_its_plain_form(cast: Cast) -> None:
    made = owed(cast, kind="rotation", rule="rotation_high")
    page = client_of(cast, "head").get(url("duty", made.pk)).content.decode()
    assert url("duty-fulfil", made.pk) in page
    assert url("report-start", made.pk) not in page


def test_hours_of_learning_are_counted_and_not_noted(cast: Cast) -> None:
    made = owed(cast, kind="learning", rule="learning", hours=4.0)
    head = client_of(cast, "head")
    page = head.get(url("duty", made.pk)).content.decode()
    assert url("duty-fulfil", made.pk) not in page
    assert "4 学时，按学习记录自动计算" in page
    answer = head.post(url("duty-fulfil", made.pk), {"done_on": "2026-05-14", "evidence": "自学"})
    assert answer.headers["Location"] == reverse("learning:mine")
    made.refresh_from_db()
    assert made.state == "open"


def test_a_report_goes_from_the_first_word_to_its_acceptance(cast: Cast) -> None:
    clerk, head, report = client_of(cast, "clerk"), client_of(cast, "head"), begun(cast)
    shown = words(clerk.get(url("report-write", report.pk)))
    assert "记录显示 截至2026年5月14日，没有登记本岗位的职权。" in shown
    texts = dict.fromkeys(("powers", "measures", "problems", "plans"), "有")
    saved = clerk.post(url("report-write", report.pk), {"version": "1", **texts})
    assert saved.headers["Location"] == url("report", report.pk)
    assert clerk.post(url("report-send", report.pk)).status_code == 302
    assert "书面报告 clerk 财务处 · 出纳岗" in words(head.get(url("reports")))
    assert head.post(url("report-return", report.pk), {"comment": ""}).status_code == 422
    head.post(url("report-return", report.pk), {"comment": "补写时限"})
    assert "已退回，须修改后再次报送： 补写时限" in words(clerk.get(url("report-write", report.pk)))
    clerk.post(url("report-send", report.pk))
    head.post(url("report-accept", report.pk), {"comment": "同意"})
    page = words(clerk.get(url("report", report.pk)))
    assert "第 2 次" in page
    assert "同意" in page
    assert Report.objects.get().state == "accepted"


def test_an_unfinished_report_is_refused_with_what_is_missing(cast: Cast) -> None:
    report = begun(cast)
    answer = client_of(cast, "clerk").post(url("report-send", report.pk))
    assert answer.status_code == 422
    assert "还没有填写：岗位职权行使情况、防控措施落实情况、存在的问题、下一步打算" in words(answer)


def test_a_stale_form_shows_what_is_stored_and_keeps_what_was_typed(cast: Cast) -> None:
    clerk, report = client_of(cast, "clerk"), written(cast)
    stale = clerk.post(url("report-write", report.pk), {"version": "1", "plans": "另一个打算"})
    assert stale.status_code == 422
    assert "已被他人修改" in words(stale)
    assert "下一步打算已查" in words(stale)
    assert "另一个打算" in stale.content.decode()


def test_the_records_are_read_anew_on_request(cast: Cast) -> None:
    report = written(cast)
    Report.objects.update(facts_on=ON - timedelta(days=9))
    answer = client_of(cast, "clerk").post(url("report-renew", report.pk))
    assert answer.headers["Location"] == url("report-write", report.pk)
    assert Report.objects.get().facts_on == ON


def test_what_was_sent_meanwhile_is_refused_on_the_page(cast: Cast) -> None:
    clerk, report = client_of(cast, "clerk"), sent(cast)
    answer = clerk.post(url("report-renew", report.pk), follow=True)
    assert "这一步没有做" in words(answer)
    again = clerk.post(url("report-start", report.duty_id))
    assert again.headers["Location"] == url("report", report.pk)


def test_the_people_of_the_unit_read_a_disclosure_and_say_something(cast: Cast) -> None:
    clerk, head = client_of(cast, "clerk"), client_of(cast, "head")
    report = written(cast, "disclosure")
    assert (
        clerk.post(url("report-send", report.pk), {"public_from": "2026-05-14"}).status_code == 422
    )
    days = {"public_from": "2026-05-14", "public_until": "2026-05-28"}
    clerk.post(url("report-send", report.pk), days)
    assert "公开至 2026年5月28日" in words(head.get(url("statements")))
    head.post(url("report-comment", report.pk), {"text": "请补充招标过程"})
    assert "请补充招标过程 head 2026年5月14日" in words(clerk.get(url("report", report.pk)))
    assert url("report-comment", report.pk) not in (
        clerk.get(url("report", report.pk)).content.decode()
    )


def test_a_statement_says_how_and_when_it_was_made(cast: Cast) -> None:
    page = words(client_of(cast, "clerk").get(url("report", sent(cast, "statement").pk)))
    assert "说明形式 组织生活会说明" in page
    assert "会议日期 2026年5月14日" in page


def test_lists_are_narrowed_by_kind_unit_state_and_year(cast: Cast) -> None:
    sent(cast)
    sent(cast, "unit_report")
    officer = client_of(cast, "officer")

    def listed(**asked: str | int) -> list[str]:
        page = officer.get(url("reports"), asked).content.decode()
        archive = page.partition('id="archive"')[2]
        return re.findall(r'lf-nowrap"><a href="/duties/reports/\d+/">(.*?)</a>', archive)

    assert listed() == ["单位报告", "书面报告"]
    assert listed(kind="report") == ["书面报告"]
    assert listed(unit=cast.units["PS"].pk) == []
    assert listed(unit=cast.units["CW"].pk, state="submitted") == ["单位报告", "书面报告"]
    assert listed(state="accepted") == []
    assert listed(year=2025) == []
    assert listed(year="none", kind="report") == ["单位报告", "书面报告"]


def test_a_long_list_goes_on_with_what_it_was_narrowed_by(cast: Cast) -> None:
    first = sent(cast)
    for number in range(PAGE):
        duty = asked(cast, ground=f"more:{number}")
        Report.objects.create(
            organisation=cast.organisation,
            duty=duty,
            kind="report",
            unit=duty.unit,
            author=cast.people["clerk"],
            from_on=duty.opens_on,
            until_on=duty.due_on,
            facts_on=ON,
        )
    clerk = client_of(cast, "clerk")
    page = clerk.get(url("reports"), {"kind": "report"}).content.decode()
    (older,) = re.findall(r'href="(\?kind=report&amp;before=\d+)"', page)
    assert url("report", first.pk) not in page
    last = clerk.get(url("reports") + older.replace("&amp;", "&")).content.decode()
    assert url("report", first.pk) in last
    assert 'href="?kind=report" rel="prev"' in last


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("page", ["reports", "statements"])
def test_lists_ask_as_often_whatever_they_hold(
    cast: Cast, page: str, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(rows):
        begun(cast)
        sent(cast)
        sent(cast, "visit")
        asked(cast, "disclosure")
    client = client_of(cast, "clerk")
    # session, login, person, posts, bodies, nights, stages; to read or running; units; on file;
    # organisation, numbers; to write; the session is kept (3)
    with django_assert_num_queries(16):
        client.get(url(page))


@pytest.mark.parametrize("comments", [0, 5])
def test_a_report_asks_as_often_whatever_was_said_to_it(
    cast: Cast, comments: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    report = sent(cast, "disclosure")
    for number in range(comments):
        report.comments.create(person=cast.people["head"], text=f"意见{number}", said_at=AT)
    client = client_of(cast, "clerk")
    # session, login, person, posts, bodies, nights, stages; report, sections, sendings, comments;
    # numbers; files; history (3); the session is kept (3)
    with django_assert_num_queries(19):
        client.get(url("report", report.pk))


def test_the_form_speaks_the_language_of_whoever_writes(cast: Cast) -> None:
    report, clerk = begun(cast), client_of(cast, "clerk")
    clerk.cookies["lianfang_language"] = "en"
    # what the request speaks is not left to the next test
    with override("zh-hans"):
        page = words(clerk.get(url("report-write", report.pk)))
    assert "How the powers of the post were used" in page
    assert "by whom, by when. Needed before it is sent or put on file." in page
    assert "须填写" not in page


def test_a_report_has_the_files_of_its_duty_for_those_who_see_that(cast: Cast) -> None:
    report = sent(cast, "disclosure")
    clerk, stranger = client_of(cast, "clerk"), client_of(cast, "colleague")
    assert (
        url("evidence-add", report.duty_id) in clerk.get(url("report", report.pk)).content.decode()
    )
    add_evidence(
        duty=report.duty,
        paper=Paper(name="清单.txt", chunks=["采购清单".encode()]),
        words="",
        by=cast.logins["clerk"],
        at=AT,
    )
    assert "清单.txt" in words(clerk.get(url("report", report.pk)))
    assert stranger.get(url("report", report.pk)).status_code == 404
    same = DutyEvidence.objects.get()
    assert stranger.get(url("evidence", report.duty_id, same.pk)).status_code == 404
