"""The pages of inspections: what they show to whom, what they do, and how often they ask."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.duties.models import Duty
from lianfang.files.models import OutgoingDocument
from lianfang.inspections import access
from lianfang.inspections.actions.papers import SheetIssued, issue_sheet
from lianfang.inspections.actions.records import Answered
from lianfang.inspections.models import Draw, Record
from lianfang.inspections.queries.draws import draw_lines, drawn_in
from lianfang.inspections.queries.findings import finding_page
from lianfang.inspections.rules.sheet import read_sheet
from lianfang.inspections.rules.verifying import faults_in
from lianfang.inspections.tests.making import (
    DAY,
    PUBLIC,
    confirmed,
    draft,
    draw_now,
    drawn,
    finding,
    found,
    freeze,
    frozen,
    measure,
    rate,
    recorded,
    visit,
)
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

SECRET = "没有登记簿"


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
    return reverse(f"inspections:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


# draws --------------------------------------------------------------------------------------------


def test_a_draw_goes_from_plan_to_sheet_by_its_pages(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(cast, {"CWG": "medium", "PSG": "low"})
    client = client_of(cast, "officer")
    assert "30%" in words(client.get(url("draw-plan")))
    filled: dict[str, Any] = {
        "title": "五月抽查",
        "levels": ["medium", "low"],
        "team": "1",
        "source": "某指数收盘点位",
        "public_on": "2026-05-15",
        "due_on": "2026-12-31",
    }
    client.post(url("draw-plan"), filled)
    draw = Draw.objects.get()
    client.post(url("draw-change", draw.pk), {**filled, "title": "年度抽查", "version": "1"})
    assert "不能再改" in words(client.get(url("draw", draw.pk)))
    client.post(url("draw-freeze", draw.pk))
    draw.refresh_from_db()
    page = words(client_of(cast, "clerk").get(url("draw", draw.pk)))
    assert draw.commitment in page
    assert "要到 2026年5月15日" in page
    refused = client.post(url("draw-sample", draw.pk), {"value": "3245.67"})
    assert (refused.status_code, "才公布" in words(refused)) == (422, True)
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT + DAY)
    client_of(cast, "officer").post(url("draw-sample", draw.pk), {"value": "3245.67"})
    draw.refresh_from_db()
    assert (draw.state, draw.title, draw.drawn.count()) == ("drawn", "年度抽查", 2)
    content = client_of(cast, "clerk").get(url("sheet-file", draw.pk)).content
    assert faults_in(read_sheet(content), content, digest=draw.plan_digest) == []


def test_a_dropped_draw_is_shown_with_its_reason(cast: Cast) -> None:
    draw = frozen(cast)
    client = client_of(cast, "officer")
    client.post(url("draw-drop", draw.pk), {"reason": "指数停发"})
    assert "指数停发" in words(client_of(cast, "colleague").get(url("draws")))
    assert client.post(url("draw-freeze", draw.pk)).status_code == 422


def test_a_draft_is_known_to_the_discipline_office_alone(cast: Cast) -> None:
    draw = draft(cast)
    assert draw.title in words(client_of(cast, "officer").get(url("draws")))
    assert draw.title not in words(client_of(cast, "secretary").get(url("draws")))


@pytest.mark.usefixtures("fonts_folder")
def test_the_sheet_is_issued_once_with_a_number_and_all_to_recompute_it(cast: Cast) -> None:
    draw = drawn(cast, {"CWG": "medium", "PSG": "low"})
    client = client_of(cast, "officer")
    client.post(url("draw-issue", draw.pk))
    issued = OutgoingDocument.objects.get()
    assert (issued.mark, issued.kind) == ("廉检〔2026〕1号", "draw_sheet")
    told = json.loads(draw.sheet)
    text = "".join(page.extract_text() for page in PdfReader(_pdf(client, draw)).pages)
    plain = re.sub(r"\s+", "", text)
    for one in (told["seed"], told["commitment"], told["plan_digest"], told["value"], issued.mark):
        assert re.sub(r"\s+", "", one) in plain
    fixed = told["plan"]["head"]
    for one in (
        fixed["organisation"],
        fixed["scheme"],
        fixed["due_on"],
        *fixed["shares"][0]["rules"],
    ):
        assert one in plain
    for entry in told["plan"]["entries"]:
        assert entry["person_name"] in plain
        assert entry["digest"][:12] in plain
    assert client.post(url("draw-issue", draw.pk)).status_code == 422
    with pytest.raises(SheetIssued):
        issue_sheet(draw=draw, on=ON, by=None, at=AT)


def _pdf(client: Client, draw: Draw) -> io.BytesIO:
    return io.BytesIO(client.get(url("sheet-paper", draw.pk, "pdf")).content)


@pytest.mark.parametrize("many", [1, 5])
def test_draws_and_those_drawn_take_the_same_statements(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draw = drawn(cast, dict.fromkeys(["CWC", "CWG", "BGG", "JJG", "PSG"][:many], "medium"))
    rows = access.draws_visible_to(cast.standing("clerk"))
    with django_assert_num_queries(1):
        (line,) = draw_lines(rows)
    assert (line.drawn, line.done) == (draw.drawn.count(), 0)
    # those drawn, who inspects
    with django_assert_num_queries(2):
        assert len(drawn_in(draw)) == line.drawn


# records ------------------------------------------------------------------------------------------


def fields(duty: Duty, cast: Cast, **values: str) -> dict[str, str]:
    return {
        "held_on": "2026-05-14",
        "inspectors": str(cast.people["officer"].pk),
        "remark": "总体符合要求。",
        **{f"f{n}_{part}": "" for n in (1, 2, 3) for part in ("what", "measure", "post", "due_on")},
        **values,
    }


def test_a_visit_is_recorded_and_confirmed_by_its_pages(cast: Cast) -> None:
    duty, one = visit(cast), measure(cast)
    client = client_of(cast, "officer")
    led = client.get(url("of-duty", duty.pk))
    assert led.headers["Location"] == url("record-write", duty.pk)
    assert "每月由两人核对付款单" in words(client.get(url("record-write", duty.pk)))
    sent = fields(
        duty,
        cast,
        **{
            f"m{one.pk}_answer": "no",
            f"m{one.pk}_remark": SECRET,
            "f1_what": "没有登记",
            "f1_measure": str(one.pk),
            "f1_post": str(cast.posts["CWG"].pk),
        },
    )
    refused = client.post(url("record-write", duty.pk), sent)
    assert (refused.status_code, "请填写整改期限" in words(refused)) == (422, True)
    client.post(url("record-write", duty.pk), {**sent, "f1_due_on": "2026-06-14"})
    record = Record.objects.get()
    assert SECRET in words(client.get(url("record", record.pk)))
    assert SECRET in client.get(url("record-write", duty.pk)).content.decode()
    client.post(url("record-confirm", record.pk))
    record.refresh_from_db()
    duty.refresh_from_db()
    assert (record.mark, duty.state) == ("检〔2026〕0001", "done")
    written = record.findings.get()
    assert (written.post, written.measure) == (cast.posts["CWG"], one)
    assert client.get(url("of-duty", duty.pk)).headers["Location"] == url("record", record.pk)


def test_measures_are_those_the_post_answers_for_and_that_are_in_force(cast: Cast) -> None:
    measure(cast, code="CW-1-1")
    measure(cast, code="CW-1-2", text="旧措施", until_on=ON - DAY)
    measure(cast, code="CW-1-3", text="处长的措施", post=cast.posts["CWC"])
    page = words(client_of(cast, "officer").get(url("record-write", visit(cast).pk)))
    assert "每月由两人核对付款单" in page
    assert "旧措施" not in page
    assert "处长的措施" not in page


@pytest.mark.parametrize("part", ["deputy", "secretary", "office", "colleague", "overseer"])
def test_what_a_visit_found_is_not_for_others(cast: Cast, part: str) -> None:
    one = Answered(measure=measure(cast), answer="no", remark=SECRET)
    record = confirmed(cast, None, one, findings=[found(SECRET)])
    client = client_of(cast, part)
    assert client.get(url("record", record.pk)).status_code == 404
    assert client.get(url("finding", record.findings.get().pk)).status_code == 404
    for page in ("inspections", "findings"):
        assert SECRET not in words(client.get(url(page)))
        assert record.mark not in words(client.get(url(page)))


@pytest.mark.parametrize("part", ["clerk", "head"])
def test_the_person_and_the_head_see_a_record_once_it_is_confirmed(cast: Cast, part: str) -> None:
    record = recorded(cast)
    client = client_of(cast, part)
    assert client.get(url("record", record.pk)).status_code == 404
    done = confirmed(cast)
    assert client.get(url("record", done.pk)).status_code == 200
    assert done.mark in words(client.get(url("inspections")))


@pytest.mark.usefixtures("fonts_folder")
def test_a_record_is_printed_with_what_was_seen(cast: Cast) -> None:
    one = Answered(measure=measure(cast), answer="partly", seen="四月单据", remark=SECRET)
    record = confirmed(cast, None, one, findings=[found()])
    client = client_of(cast, "clerk")
    content = client.get(url("record-paper", record.pk, "pdf")).content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    plain = re.sub(r"\s+", "", text)
    for said in (record.mark, "部分落实", SECRET, "四月单据", "四月核对单缺一人签字", "五（五）3"):
        assert said in plain


# findings -----------------------------------------------------------------------------------------


def test_a_finding_is_put_right_returned_and_closed_by_its_pages(cast: Cast) -> None:
    one = finding(cast, post=cast.posts["CWG"])
    clerk, officer = client_of(cast, "clerk"), client_of(cast, "officer")
    file = SimpleUploadedFile("签字单.pdf", b"%PDF-1.4\n")
    clerk.post(url("finding-correct", one.pk), {"text": "已补签。", "file": file})
    assert "签字单.pdf" in words(officer.get(url("finding", one.pk)))
    back = {"comment": "没有附说明", "due_on": "2026-07-01"}
    officer.post(url("finding-return", one.pk), back)
    assert "没有附说明" in words(clerk.get(url("finding", one.pk)))
    clerk.post(url("finding-correct", one.pk), {"text": "补了说明。"})
    officer.post(url("finding-accept", one.pk), {"comment": ""})
    one.refresh_from_db()
    assert (one.state, one.corrections.count()) == ("closed", 2)
    assert officer.post(url("finding-accept", one.pk), {}).status_code == 422


def test_what_is_late_is_told_and_can_be_picked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding(cast)
    late = url("findings") + "?state=late"
    assert "四月核对单" not in words(client_of(cast, "head").get(late))
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT + 40 * DAY)
    assert "四月核对单" in words(client_of(cast, "head").get(late))


@pytest.mark.parametrize("many", [1, 20])
def test_findings_take_the_same_statements_however_many(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    confirmed(cast, None, findings=[found(f"问题{number}") for number in range(many)])
    rows = access.findings_visible_to(cast.standing("officer"))
    # how many, one page
    with django_assert_num_queries(2):
        page = finding_page(rows, ON)
        assert [line.finding.record.mark for line in page.lines] == ["检〔2026〕0001"] * many


# the page of a duty -------------------------------------------------------------------------------


def test_the_duty_to_inspect_leads_to_the_record_and_is_not_noted_as_done(cast: Cast) -> None:
    duty = visit(cast)
    client = client_of(cast, "officer")
    page = client.get(reverse("duties:duty", args=[duty.pk])).content.decode()
    assert url("of-duty", duty.pk) in page
    sent = {"done_on": "2026-05-14", "evidence": "已检查"}
    answer = client.post(reverse("duties:duty-fulfil", args=[duty.pk]), sent)
    duty.refresh_from_db()
    assert (answer.headers["Location"], duty.state) == (url("of-duty", duty.pk), "open")


def test_who_may_not_read_the_record_is_told_so_on_the_page_of_the_duty(cast: Cast) -> None:
    record = confirmed(cast)
    led = client_of(cast, "deputy").get(url("of-duty", record.duty_id), follow=True)
    assert "没有您可以查看的检查记录" in words(led)
    assert record.remark not in words(led)


def test_a_drawn_visit_offers_those_who_were_drawn(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = draw_now(cast, freeze(cast, _rated(cast)))
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT + DAY)
    duty = draw.drawn.get().duty
    assert duty is not None
    page = words(client_of(cast, "officer").get(url("record-write", duty.pk)))
    assert "抽取的检查人员：officer" in page
    assert duty.opens_on == PUBLIC


def _rated(cast: Cast) -> Draw:
    rate(cast, {"CWG": "medium"})
    return draft(cast, levels=["medium"])
