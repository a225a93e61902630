"""The pages of leads: what they show to whom, what they do, and how often they ask."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.alerts.tests.making import noticed, triaged
from lianfang.audit.models import Event
from lianfang.leads.models import Lead, LeadAccess, LeadLetter, LeadOutcome, LeadProposal
from lianfang.leads.rules.states import LOOKED
from lianfang.leads.tests.making import (
    ABOUT,
    asked,
    closed,
    concluded,
    disposed,
    opened,
    punished,
    second_officer,
)
from lianfang.org.actions.numbers import set_number
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.models import LevelOverride
from lianfang.risks.tests.leveling import publish

BANNER = "不得录入涉密内容"


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


def client_of(cast: Cast, part: str = "officer") -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"leads:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def rows_in(content: bytes) -> list[list[Any]]:
    """Return the rows of the only sheet of a workbook."""
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    return [[cell.value for cell in row] for row in sheet.rows]


def keep_content(cast: Cast) -> None:
    """Let the organisation keep content of leads from today on."""
    set_number(
        organisation=cast.organisation,
        path="leads.register_only",
        number=0,
        from_on=ON,
        reason="卷宗改在系统内管理",
        by=cast.logins["office"],
        at=AT,
    )


def test_a_lead_goes_from_registration_to_its_end_by_its_pages(cast: Cast) -> None:
    publish(cast, "2026-1", ON, "CW", CWG="medium")
    officer, secretary = client_of(cast), client_of(cast, "secretary")
    clerk = cast.people["clerk"].pk
    form = officer.get(url("register"))
    assert BANNER in words(form)
    assert "反映的问题" not in words(form)
    officer.post(
        url("register"),
        {
            "origin": "report",
            "received_on": "2026-05-14",
            "person_1": clerk,
            "handlers": [cast.people["officer"].pk],
            "about": ABOUT,
        },
    )
    lead = Lead.objects.get()
    assert lead.about == ""
    page = words(officer.get(url("lead", lead.pk)))
    assert "2026年6月14日前处置" in page
    assert "提出处置意见" in page
    officer.post(url("dispose", lead.pk), {"code": "inquiry"})
    waits = LeadProposal.objects.get()
    asked_page = words(secretary.get(url("decide", waits.pk)))
    assert lead.mark in asked_page
    assert "谈话函询" in asked_page
    assert secretary.post(url("decide", waits.pk), {"decision": "approve"}).status_code == 302
    assert secretary.get(url("decide", waits.pk)).status_code == 404
    officer.post(url("conclude", lead.pk), {"result": "found", "concluded_on": "2026-05-14"})
    officer.post(url("outcome", lead.pk), {"person": clerk, "code": "admonition"})
    secretary.post(
        url("decide", LeadProposal.objects.get(state="waiting").pk), {"decision": "approve"}
    )
    chosen = words(officer.get(url("close-breach", lead.pk)))
    assert "出纳岗" in chosen
    assert "不登记违规" in chosen
    target = f"{url('close-breach', lead.pk)}?post={cast.posts['CWG'].pk}"
    shown = words(officer.get(target))
    for said in ("→", "动态调整", "责任追究", lead.mark, "轮岗"):
        assert said in shown, said
    officer.post(target, {"power": "", "until_on": ""})
    lead.refresh_from_db()
    assert (lead.state, LevelOverride.objects.get().level) == ("closed", "high")
    end = words(officer.get(url("lead", lead.pk)))
    assert "岗位等级已按规定上调" in end
    officer.post(
        url("follow", lead.pk, LeadOutcome.objects.get().pk),
        {"followed_on": "2026-05-14", "followed": "mended"},
    )
    assert LeadOutcome.objects.get().followed == "mended"


def test_a_returned_proposal_and_the_other_forms_work(cast: Cast) -> None:
    lead, officer = opened(cast), client_of(cast)
    officer.post(url("extend", lead.pk), {"until_on": "2026-07-01", "why": "complex"})
    officer.post(url("stop", lead.pk), {})
    extension, stop = LeadProposal.objects.order_by("kind")
    officer.post(url("withdraw", lead.pk, extension.pk))
    client_of(cast, "secretary").post(url("decide", stop.pk), {"decision": "return"})
    assert {one.state for one in LeadProposal.objects.all()} == {"withdrawn", "returned"}
    officer.post(url("name", lead.pk), {"person_1": cast.people["secretary"].pk})
    officer.post(url("dispose", lead.pk), {"code": "hold"})
    waits = LeadProposal.objects.get(state="waiting")
    said = {"body": "示范主管机关", "mark": "示管1号", "decided_on": "2026-05-14", "agreed": "1"}
    assert officer.get(url("record", lead.pk, waits.pk)).status_code == 200
    officer.post(url("record", lead.pk, waits.pk), said)
    officer.post(url("take-up", lead.pk))
    lead.refresh_from_db()
    assert lead.state == "registered"
    assert officer.post(url("conclude", lead.pk), {
        "result": "found", "concluded_on": "2026-05-14",
    }).status_code == 422  # fmt: skip
    officer.post(url("strike", lead.pk), {"reason": "wrong"})
    lead.refresh_from_db()
    assert lead.state == "struck"


def test_content_is_asked_for_once_the_organisation_switched_it_on(cast: Cast) -> None:
    officer = client_of(cast)
    lead = opened(cast)
    assert officer.get(url("note", lead.pk)).status_code == 404
    keep_content(cast)
    assert "反映的问题" in words(officer.get(url("register")))
    officer.post(url("note", lead.pk), {"text": ABOUT})
    page = words(officer.get(url("lead", lead.pk)))
    assert ABOUT in page
    assert BANNER in page
    assert "只登记线索的编号" not in page


def test_an_alert_is_registered_from_the_list(cast: Cast) -> None:
    alert = triaged(cast, noticed(cast, trigger="suspicion"), way="office", by="officer")
    officer = client_of(cast)
    target = f"{url('register')}?alert={alert.pk}"
    page = officer.get(target)
    assert "自动带入" in words(page)
    officer.post(target, {"origin": "alert", "received_on": "2026-05-14"})
    lead = Lead.objects.get()
    assert (lead.alert, lead.origin) == (alert, "alert")
    assert client_of(cast, "overseer").get(target).status_code == 404
    assert officer.get(target).status_code == 404


def test_a_lead_about_an_officer_is_gone_once_it_is_registered(cast: Cast) -> None:
    second_officer(cast)
    officer = client_of(cast)
    sent = {"origin": "report", "received_on": "2026-05-14", "person_1": cast.people["second"].pk}
    answer = officer.post(url("register"), sent)
    assert answer["Location"] == url("leads")
    lead = Lead.objects.get()
    assert officer.get(url("lead", lead.pk)).status_code == 404
    assert client_of(cast, "overseer").get(url("lead", lead.pk)).status_code == 200


def test_whoever_keeps_a_lead_opens_and_shuts_it_by_its_pages(cast: Cast) -> None:
    lead, officer = opened(cast), client_of(cast)
    office = cast.people["office"].pk
    sent = {"person": office, "part": "assists", "reason": "expert", "until_on": "2026-05-20"}
    officer.post(url("access", lead.pk), sent)
    assert client_of(cast, "office").get(url("lead", lead.pk)).status_code == 200
    assert client_of(cast, "office").get(url("recuse", lead.pk)).status_code == 403
    made = LeadAccess.objects.get(person=office)
    officer.post(url("access-end", lead.pk, made.pk))
    assert client_of(cast, "office").get(url("lead", lead.pk)).status_code == 404
    answer = officer.post(
        url("recuse", lead.pk), {"person": cast.people["officer"].pk, "reason": "known"}
    )
    assert answer["Location"] == reverse("shell:desk")
    assert officer.get(url("lead", lead.pk)).status_code == 404


def test_every_look_is_written_down_and_shown_to_whoever_keeps_the_lead(cast: Cast) -> None:
    second_officer(cast, role="head")
    lead = opened(cast)
    waits = asked(cast, lead, "inquiry")
    client_of(cast).get(url("lead", lead.pk))
    client_of(cast, "secretary").get(url("decide", waits.pk))
    actors = [one.actor for one in Event.objects.filter(action=LOOKED).order_by("position")]
    assert actors == [f"user:{cast.logins[part].pk}" for part in ("officer", "secretary")]
    page = words(client_of(cast, "second").get(url("lead", lead.pk)))
    assert "最近查看" in page
    assert "最近查看" not in words(client_of(cast).get(url("lead", lead.pk)))


@pytest.mark.usefixtures("fonts_folder")
def test_a_letter_is_issued_and_sent_in_both_forms_to_those_who_know(cast: Cast) -> None:
    lead, officer = disposed(cast), client_of(cast)
    sent = {"person": cast.people["clerk"].pk, "until_on": "2026-05-25"}
    officer.post(url("letter-issue", lead.pk, "inquiry"), sent)
    letter = LeadLetter.objects.get()
    pdf = officer.get(url("letter", lead.pk, letter.pk, "pdf"))
    text = PdfReader(io.BytesIO(b"".join(pdf.streaming_content))).pages[0].extract_text()  # type: ignore[attr-defined]
    assert "函询通知书" in re.sub(r"\s", "", text)
    word = officer.get(url("letter", lead.pk, letter.pk, "docx"))
    assert word.status_code == 200
    assert officer.get(url("letter", lead.pk, letter.pk, "odt")).status_code == 404
    for part in ("secretary", "clerk", "overseer"):
        client = client_of(cast, part)
        assert client.get(url("letter", lead.pk, letter.pk, "pdf")).status_code == 404
        assert client.get(reverse("files:document", args=[letter.document_id])).status_code == 404
    assert officer.get(reverse("files:document", args=[letter.document_id])).status_code == 404
    assert officer.get(url("letter-issue", lead.pk, "other")).status_code == 404


# lists and statistics -----------------------------------------------------------------------------


def test_the_list_is_narrowed_and_sorted(cast: Cast) -> None:
    first, second = opened(cast), closed(cast)
    client = client_of(cast)

    def shown(query: str) -> set[str]:
        page = words(client.get(f"{url('leads')}?{query}"))
        return {lead.mark for lead in (first, second) if lead.mark in page}

    assert shown("") == {first.mark, second.mark}
    assert shown("state=open") == {first.mark}
    assert shown("state=closed&sort=state") == {second.mark}
    assert shown("state=late") == set()
    assert shown("origin=transfer") == set()
    assert shown("year=2025&sort=received&page=2") == set()


def test_the_list_is_exported_without_people(cast: Cast) -> None:
    lead = closed(cast)
    content = client_of(cast).get(url("leads-export")).content
    rows = rows_in(content)
    assert rows[1][0] == lead.mark
    assert "clerk" not in str(rows)
    assert Event.objects.filter(action="leads.leads.exported").exists()


def test_statistics_hide_small_numbers_on_the_page_and_in_the_file(cast: Cast) -> None:
    for _ in range(3):
        opened(cast)
    disposed(cast)
    client = client_of(cast)
    page = words(client.get(url("statistics")))
    assert "信访举报 4" in page
    assert "谈话函询 *" in page
    assert "尚未处置 *" in page
    content = client.get(url("statistics-export")).content
    rows = rows_in(content)
    assert [row[2] for row in rows if row[1] == "谈话函询"] == ["*"]
    assert client_of(cast, "secretary").get(url("statistics")).status_code == 404


def test_the_statements_of_a_list_do_not_grow(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast)
    opened(cast)
    client.get(url("leads"))
    for count in (1, 6):
        while Lead.objects.count() < count:
            opened(cast)
        # session, login, person, seats, bodies, the last sweep, the year's stages: 7; who may know:
        # 3; the organisation and its numbers: 2; years, count, leads, handlers: 4; alerts: 1
        with django_assert_num_queries(17):
            client.get(url("leads"))


def test_the_statements_of_a_lead_do_not_grow(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast)
    lead = punished(cast, concluded(cast))
    client.get(url("lead", lead.pk))
    # session, login, person, seats, bodies, the last sweep, the year's stages: 7; who may know, the
    # lead: 4; the scheme's numbers: 1; whether the asker keeps it: 4; the look: 6; the page: 8;
    # whether the asker handles it: 1; who looked: 2
    with django_assert_num_queries(33):
        client.get(url("lead", lead.pk))
    closed(cast, lead)
    with django_assert_num_queries(33):
        client.get(url("lead", lead.pk))
