"""The pages of the yearly check: what they show to whom, what they do, how often they ask."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import Settings

from lianfang.assessment.exchange.results import COLUMNS
from lianfang.assessment.models import (
    AssessedSheet,
    Assessment,
    AssessmentTask,
    Objection,
)
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.rules.sheets import items_of, whole_of
from lianfang.assessment.tests.making import (
    confirmed,
    drafted,
    give,
    opened,
    published,
    scored,
    sheet_of,
    sheet_of_clerk,
)
from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
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
    return reverse(f"assessment:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def asked_by(client: Client, address: str) -> int:
    """Return how many statements a page needs once the session is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# the year -----------------------------------------------------------------------------------------


def test_the_office_drafts_changes_and_opens_a_check_by_its_pages(cast: Cast) -> None:
    client = client_of(cast, "office")
    client.post(url("draft"), {"year": "2026"})
    made = Assessment.objects.get()
    item = url("item-edit", made.pk, "units", "arranged")
    sent = {"version": "1", "maximum": "7", "standard": "全年四次。", "reason": "会议要求"}
    client.post(item, sent)
    assert "多出 2 分" in words(client.get(url("asked", made.pk, "units")))
    assert "多出 2 分" in words(client.get(url("board")))
    assert client.post(item, {**sent, "maximum": "5"}).status_code == 422
    client.post(item, {**sent, "maximum": "5", "version": "2"})
    added = {
        "version": "3",
        "section": "learning",
        "label": "廉政档案",
        "maximum": "2",
        "standard": "齐全。",
        "source": "manual",
        "reason": "上级要求",
    }
    client.post(url("item-add", made.pk, "units"), added)
    client.post(
        url("item-remove", made.pk, "units", "own_item_1"), {"version": "4", "reason": "合并"}
    )
    made.refresh_from_db()
    assert whole_of(sheet_in(made, "units")) == 100
    opening = {"self_until": "2026-06-01", "units": [cast.units["CW"].pk, cast.units["PS"].pk]}
    client.post(url("open", made.pk), opening)
    made.refresh_from_db()
    assert (made.state, made.assessed.count()) == ("open", 2)
    assert client.post(item, {**sent, "version": "6"}).status_code == 422


def test_a_draft_is_known_to_those_who_prepare_it_alone(cast: Cast) -> None:
    drafted(cast)
    assert "拟订中" in words(client_of(cast, "officer").get(url("board")))
    assert "还没有年度检查考核" in words(client_of(cast, "head").get(url("board")))


def test_the_board_shows_each_step_and_what_one_may_open(cast: Cast) -> None:
    made = opened(cast)
    give(cast, sheet_of(made, cast), Party.SELF)
    page = words(client_of(cast, "office").get(url("board")))
    assert "财务处" in page
    assert "评审处" in page
    head = words(client_of(cast, "head").get(url("board")))
    assert "财务处" in head
    assert "评审处" not in head
    clerk = words(client_of(cast, "clerk").get(url("board")))
    assert "本人考核表" in clerk
    assert "没有您可以查看的单位考核表" in clerk


def test_the_board_asks_as_often_for_many_units_as_for_one(cast: Cast) -> None:
    made = opened(cast, ("CW",))
    client = client_of(cast, "secretary")
    few = asked_by(client, url("board"))
    for code in ("PS", "BG"):
        AssessedSheet.objects.create(
            assessment=made,
            kind="units",
            unit=cast.units[code],
            assessor="discipline_office",
        )
    # Frame: session, login, standing, notices. Page: years, people by unit, sheets, own sheets.
    assert asked_by(client, url("board")) == few


# a sheet ------------------------------------------------------------------------------------------


def test_a_unit_goes_from_self_score_to_confirmation_by_its_pages(cast: Cast) -> None:
    made = opened(cast)
    sheet = sheet_of(made, cast)
    items = items_of(sheet_in(made, "units"))
    points = {f"p_{item.code}": f"{item.maximum * 0.9:.1f}" for item in items}
    head = client_of(cast, "head")
    file = SimpleUploadedFile("纪要.pdf", b"%PDF-1.4\n")
    version = {"version": "1"}
    sent = {**points, **version, "r_arranged": "三月、九月两次", "f_arranged": file}
    head.post(url("score", sheet.pk, "self"), {**sent, "send": "1"})
    page = words(client_of(cast, "officer").get(url("score", sheet.pk, "office")))
    assert "三月、九月两次" in page
    assert "没有可统计的" in page
    client_of(cast, "officer").post(
        url("visit", sheet.pk),
        {"held_on": ON.isoformat(), "people": [cast.people["officer"].pk], "facts": "抽查属实"},
    )
    client_of(cast, "officer").post(url("adjust", sheet.pk), {"points": "2", "reason": "推广"})
    sheet.refresh_from_db()
    client_of(cast, "officer").post(
        url("score", sheet.pk, "office"),
        {**points, "version": str(sheet.version), "send": "1"},
    )
    sheet.refresh_from_db()
    client_of(cast, "deputy").post(
        url("score", sheet.pk, "leadership"),
        {**points, "version": str(sheet.version), "send": "1"},
    )
    sheet.refresh_from_db()
    assert sheet.step == "scored"
    assert "92" in words(head.get(url("sheet", sheet.pk)))
    head.post(url("accept", sheet.pk))
    secretary = client_of(cast, "secretary")
    assert "财务处" in words(secretary.get(url("confirm", made.pk)))
    secretary.post(url("confirm", made.pk), {"sheets": [sheet.pk]})
    sheet.refresh_from_db()
    assert (sheet.step, sheet.score) == ("confirmed", Decimal("92.00"))


def test_a_score_may_be_kept_and_a_stale_form_is_told(cast: Cast) -> None:
    sheet = sheet_of(opened(cast), cast)
    head = client_of(cast, "head")
    answer = head.post(url("score", sheet.pk, "self"), {"version": "1", "p_owners": "4"})
    assert answer.status_code == 302
    assert 'value="4.0"' in head.get(url("score", sheet.pk, "self")).content.decode()
    stale = head.post(url("score", sheet.pk, "self"), {"version": "1", "p_owners": "5"})
    assert (stale.status_code, "已被他人修改" in words(stale)) == (422, True)
    wrong = head.post(url("score", sheet.pk, "self"), {"version": "2", "p_owners": "9"})
    assert wrong.status_code == 422


def test_those_scored_see_the_points_of_others_once_there_is_a_score(cast: Cast) -> None:
    sheet = sheet_of(opened(cast), cast)
    give(cast, sheet, Party.SELF, "1")
    give(cast, sheet, Party.OFFICE, "0.8")
    head = client_of(cast, "head")
    # 20 of 20 by themselves; the 16 of the office are not theirs to see yet
    assert ">16<" not in head.get(url("sheet", sheet.pk)).content.decode()
    give(cast, sheet, Party.LEADERSHIP, "0.8")
    assert ">16<" in head.get(url("sheet", sheet.pk)).content.decode()


def test_the_rows_behind_a_figure_are_shown_as_far_as_one_may_open_them(cast: Cast) -> None:
    sheet = sheet_of(opened(cast), cast)
    begun = ON.replace(month=4)
    duty = owed(cast, kind="talk", opens_on=begun, period=begun, due_on=begun)
    page = client_of(cast, "officer").get(url("figure", sheet.pk, "on_time"))
    assert reverse("duties:duty", args=[duty.pk]) in page.content.decode()
    assert "0 / 1" in words(page)
    assert "逾期未完成" in words(page)
    manual = client_of(cast, "officer").get(url("figure", sheet.pk, "arranged"))
    assert manual.status_code == 404


def test_rows_one_may_not_open_are_counted_and_not_listed(cast: Cast) -> None:
    sheet = sheet_of(opened(cast, ("BG",)), cast, "BG")
    begun = ON.replace(month=4)
    owed(
        cast,
        kind="visit",
        unit=cast.units["BG"],
        person=None,
        post=None,
        actor=cast.people["deputy"],
        opens_on=begun,
        period=begun,
        due_on=begun,
    )
    page = words(client_of(cast, "overseer").get(url("figure", sheet.pk, "on_time")))
    assert "0 / 1" in page
    hidden = Duty.objects.filter(unit=cast.units["BG"]).count()
    seen = page.count("逾期未完成")
    assert seen + page.count("另有 1 项") == hidden


def test_what_colleagues_said_of_a_person_is_not_for_everybody(cast: Cast) -> None:
    sheet = sheet_of_clerk(opened(cast), cast)
    for part, seen in (("clerk", True), ("officer", True), ("head", True), ("secretary", False)):
        page = words(client_of(cast, part).get(url("sheet", sheet.pk)))
        assert ("只有本人、防控责任人和考核机构可看" not in page) is seen, part
    hidden = client_of(cast, "secretary").get(url("figure", sheet.pk, "survey"))
    assert hidden.status_code == 404


def test_a_persons_sheet_is_hidden_from_colleagues(cast: Cast) -> None:
    sheet = sheet_of_clerk(opened(cast), cast)
    for part in ("colleague", "office", "overseer"):
        assert client_of(cast, part).get(url("sheet", sheet.pk)).status_code == 404, part
    assert "clerk" not in words(client_of(cast, "office").get(url("people", sheet.assessment_id)))


def test_sheets_of_people_come_in_pages_that_keep_the_unit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.assessment.views.years.PEOPLE", 1)
    sheet = sheet_of_clerk(opened(cast), cast)
    another = sheet_of_clerk(sheet.assessment, cast)
    another.pk, another.person = None, cast.people["colleague"]
    another.save()
    page = client_of(cast, "head").get(
        url("people", sheet.assessment_id), {"unit": str(sheet.unit_id)}
    )
    shown = page.content.decode()
    assert shown.count('<th scope="row"') == 1
    assert f"?unit={sheet.unit_id}&amp;page=2" in shown


def test_an_objection_is_raised_and_answered_by_its_pages(cast: Cast) -> None:
    sheet = scored(cast, sheet_of(opened(cast), cast))
    client_of(cast, "head").post(url("object", sheet.pk), {"text": "少计一次会议"})
    objection = Objection.objects.get()
    officer = client_of(cast, "officer")
    assert "少计一次会议" in words(officer.get(url("sheet", sheet.pk)))
    officer.post(
        url("objection-answer", objection.pk), {"is_upheld": "no", "answer": "会议没有记录"}
    )
    assert "维持原评分" in words(client_of(cast, "head").get(url("sheet", sheet.pk)))


def test_a_sheet_asks_as_often_whatever_stands_in_it(cast: Cast) -> None:
    sheet = give(cast, sheet_of(opened(cast), cast), Party.SELF)
    client = client_of(cast, "officer")
    few = asked_by(client, url("sheet", sheet.pk))
    for number in range(8):
        begun = ON.replace(month=4)
        owed(cast, ground=f"t:{number}", opens_on=begun, period=begun, due_on=begun)
    assert asked_by(client, url("sheet", sheet.pk)) == few


# results ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fonts_folder")
def test_results_are_open_to_their_scope_and_rank_units_only(cast: Cast) -> None:
    made = published(cast)
    head = client_of(cast, "head")
    page = words(head.get(url("results", made.pk)))
    assert "财务处" in page
    assert "clerk" not in page
    assert client_of(cast, "clerk").get(url("results", made.pk)).status_code == 403
    assert "名次" not in words(client_of(cast, "clerk").get(url("people", made.pk)))
    paper = b"".join(head.get(url("notice", made.pk, "pdf")).streaming_content)  # type: ignore[attr-defined]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    plain = re.sub(r"\s+", "", text)
    assert "财务处：90.00分，优秀，第1名" in plain
    assert "clerk" not in plain
    assert head.get(url("notice", made.pk, "docx")).status_code == 200


def test_the_export_has_stable_columns_and_no_rank_of_people(cast: Cast) -> None:
    made = confirmed(cast)
    client = client_of(cast, "office")
    content = client.get(url("export", made.pk, "csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert tuple(rows[0]) == COLUMNS
    kinds = {row[1]: dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]}
    assert (kinds["unit"]["score"], kinds["unit"]["rank"]) == ("90.00", "1")
    assert (kinds["person"]["person_name"], kinds["person"]["rank"]) == ("clerk", "")
    book = load_workbook(io.BytesIO(client.get(url("export", made.pk, "xlsx")).content))
    assert tuple(cell.value for cell in book.active[1]) == COLUMNS  # type: ignore[index]


def test_a_task_is_set_done_and_confirmed_by_its_pages(cast: Cast) -> None:
    sheet = sheet_of(confirmed(cast), cast)
    office, head = client_of(cast, "office"), client_of(cast, "head")
    # a month ◇ from today unless another day is typed
    assert "2026-06-14" in office.get(url("task-add", sheet.pk)).content.decode()
    office.post(url("task-add", sheet.pk), {"what": "补齐记录", "due_on": "2026-06-14"})
    task = AssessmentTask.objects.get()
    file = SimpleUploadedFile("记录.pdf", b"%PDF-1.4\n")
    head.post(url("task-do", task.pk), {"outcome": "已补齐", "file": file})
    office.post(url("task-return", task.pk), {"reason": "缺一次"})
    head.post(url("task-do", task.pk), {"outcome": "全部补齐"})
    office.post(url("task-confirm", task.pk))
    page = words(head.get(url("task", task.pk)))
    assert "已确认" in page
    assert "全部补齐" in page
    office.post(
        url("use-add", sheet.pk), {"use": "reward", "used_on": ON.isoformat(), "how": "评优参考"}
    )
    assert "评优参考" in words(office.get(url("sheet", sheet.pk)))


def test_a_correction_stays_visible(cast: Cast) -> None:
    made = confirmed(cast)
    sheet = sheet_of(made, cast)
    client_of(cast, "secretary").post(
        url("correct", sheet.pk), {"score": "85.5", "reason": "口径更正"}
    )
    page = words(client_of(cast, "head").get(url("sheet", sheet.pk)))
    assert "90 → 85.5" in page
    assert "口径更正" in page
    assert "已更正" in words(client_of(cast, "office").get(url("results", made.pk)))
