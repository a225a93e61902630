"""What a report says on paper, cell by cell, in Word and PDF."""

import io
from datetime import date

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.table import Table, _Row
from pypdf import PdfReader

from lianfang.documents.writing.official_docx import record_docx
from lianfang.documents.writing.official_pdf import record_pdf
from lianfang.duties.actions import judging
from lianfang.duties.models import Report
from lianfang.duties.rules.report_paper import Printed, Written, report_form
from lianfang.duties.tests.writing import sent, written
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

REPORT = Printed(
    organisation="示范评价中心",
    kind="report",
    unit="财务处",
    post="出纳岗",
    author="许明澜",
    recipient="陈砚秋",
    from_on=date(2026, 1, 1),
    until_on=date(2026, 6, 30),
    on=date(2026, 6, 29),
    sent_on=date(2026, 6, 28),
    parts=[
        Written(
            label="防控措施落实情况", facts="截至2026年6月28日，在行措施1项。", text="每月核对。"
        ),
        Written(label="下一步打算", facts="", text="月底前补签。"),
    ],
    judged="同意。",
)
DISCLOSURE = Printed(
    organisation="示范评价中心",
    kind="disclosure",
    unit="财务处",
    post="出纳岗",
    author="许明澜",
    recipient="",
    from_on=date(2026, 1, 1),
    until_on=date(2026, 6, 30),
    on=date(2026, 6, 29),
    sent_on=date(2026, 6, 28),
    public=(date(2026, 6, 28), date(2026, 7, 12)),
    parts=[Written(label="重要工作内容", facts="", text="招标一次。")],
    said=[("陈砚秋", "请补充过程。")],
)
VISIT = Printed(
    organisation="示范评价中心",
    kind="visit",
    unit="财务处",
    post="",
    author="何以宁",
    recipient="",
    from_on=date(2026, 1, 1),
    until_on=date(2026, 6, 30),
    on=date(2026, 6, 29),
    held_on=date(2026, 6, 20),
    parts=[Written(label="提出的要求", facts="", text="月底前补签。")],
)
_PERIOD = "2026年1月1日至2026年6月30日"
GOLDEN = {
    "report": (
        REPORT,
        [
            "示范评价中心",
            "廉洁履职书面报告",
            "单位|财务处|岗位|出纳岗",
            "报告人|许明澜|报送日期|2026年6月28日",
            f"期间|{_PERIOD}|审阅人|陈砚秋",
            "防控措施落实情况|截至2026年6月28日，在行措施1项。\n每月核对。",
            "下一步打算|月底前补签。",
            "审阅意见|同意。",
            "报告人（签字）：|审阅人（签字）：",
            "日期：",
        ],
    ),
    "disclosure": (
        DISCLOSURE,
        [
            "示范评价中心",
            "重要工作内部公开",
            "单位|财务处|岗位|出纳岗",
            "公开人|许明澜|公开期限|2026年6月28日至2026年7月12日",
            f"期间|{_PERIOD}",
            "重要工作内容|招标一次。",
            "意见|陈砚秋：请补充过程。",
            "公开人（签字）：|日期：",
        ],
    ),
    "visit": (
        VISIT,
        [
            "示范评价中心",
            "督促检查记录",
            "单位|财务处|检查人|何以宁",
            f"检查日期|2026年6月20日|期间|{_PERIOD}",
            "提出的要求|月底前补签。",
            "检查人（签字）：|日期：",
            "草稿，尚未报送。",
        ],
    ),
}


def lines_of(content: bytes) -> list[str]:
    """Return paragraphs, and rows with their cells, in the order of the file."""
    document = docx.Document(io.BytesIO(content))
    found: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            found.extend("|".join(_cells(row)) for row in part.rows)
        else:
            found.append(part.text.strip())
    return [line for line in found if line]


def _cells(row: _Row) -> list[str]:
    """Return the texts of a row; a cell that spans columns comes once."""
    cells = {id(cell._tc): cell.text.strip() for cell in row.cells}
    return [text for text in cells.values() if text]


@pytest.mark.parametrize("kind", GOLDEN)
def test_a_report_in_word_says_all_of_it(kind: str) -> None:
    printed, lines = GOLDEN[kind]
    assert lines_of(record_docx(report_form(printed))) == lines


@pytest.mark.parametrize("kind", GOLDEN)
def test_a_report_as_pdf_says_all_of_it(kind: str, fonts_folder: object) -> None:
    del fonts_folder
    printed, lines = GOLDEN[kind]
    reader = PdfReader(io.BytesIO(record_pdf(report_form(printed))))
    text = _solid("".join(page.extract_text() for page in reader.pages))
    for line in lines:
        for cell in line.split("|"):
            assert _solid(cell) in text


def _solid(text: str) -> str:
    """Return a text without the blanks at which a line may break."""
    return "".join(text.split())


def file_of(cast: Cast, report: Report, part: str, kind: str) -> tuple[list[str], str]:
    client = Client()
    client.force_login(cast.logins[part])
    answer = client.get(reverse("duties:report-print", args=[report.pk, kind]))
    assert answer.status_code == 200
    return lines_of(answer.content), answer.headers["Content-Disposition"]


@pytest.mark.django_db
def test_the_page_hands_out_what_was_sent_and_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    cast = full_cast()
    report = sent(cast)
    judging.accept_report(report=report, comment="同意", by=cast.logins["head"], at=AT)
    lines, name = file_of(cast, report, "clerk", "docx")
    assert "期间|2026年1月1日至2026年6月30日|审阅人|head" in lines
    assert "审阅意见|同意" in lines
    assert "%E8%B4%A2%E5%8A%A1%E5%A4%84%202026-06-30.docx" in name
    client = Client()
    client.force_login(cast.logins["clerk"])
    odd = client.get(reverse("duties:report-print", args=[report.pk, "xlsx"]))
    assert odd.status_code == 404


@pytest.mark.django_db
def test_a_statement_in_print_says_how_it_was_made_and_a_draft_that_it_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    cast = full_cast()
    lines, _name = file_of(cast, written(cast, "statement"), "clerk", "docx")
    assert "报告人|clerk|说明形式|组织生活会说明" in lines
    assert lines[-1] == "草稿，尚未报送。"
    assert f"会议日期|{ON.year}年5月14日|期间|2026年1月1日至2026年6月30日" in lines
