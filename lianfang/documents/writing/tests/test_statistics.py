"""The figures of all units on paper: what stands in which cell, and that they add up."""

import io
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from lianfang.common.text import Language
from lianfang.documents.writing.measures import measures_table
from lianfang.documents.writing.pdf import to_pdf
from lianfang.documents.writing.statistics import Asked, Line, statistics_table, sum_of
from lianfang.documents.writing.tests import factories
from lianfang.documents.writing.tests.test_golden import page_lines, require_same, sheet_lines
from lianfang.documents.writing.xlsx import to_xlsx
from lianfang.scheme.model import Scheme


def line(unit: str, **more: Any) -> Line:
    told: dict[str, Any] = {
        "state": "填报中",
        "edition": "2025-1",
        "categories": (1, 2, 0, 1),
        "posts": 5,
        "levels": (1, 2, 3, 4),
        "aspects": (1, 2, 3, 4, 5),
        "phases": (6, 5, 4, 1),
        "asked": 8,
        "taken": 7,
        "remarks": 2,
    }
    return Line(unit=unit, **(told | more))


LINES = (line("财务处"), line("评审处", edition="", levels=(0, 0, 0, 9), remarks=0))


def asked(scheme: Scheme, language: Language = Language.ZH) -> Asked:
    return Asked(
        organisation="示例评价中心",
        year=2026,
        scheme=scheme,
        on=date(2026, 5, 14),
        language=language,
    )


def test_the_sum_adds_every_figure_and_is_nought_of_nothing(scheme: Scheme) -> None:
    total = sum_of(LINES, scheme)
    assert (total.powers, total.risks, total.measures) == (8, 19, 32)
    assert (total.levels, total.aspects) == ((1, 2, 3, 13), (2, 4, 6, 8, 10))
    assert (total.posts, total.asked, total.taken, total.remarks) == (10, 16, 14, 2)
    none = sum_of((), scheme)
    assert (none.categories, none.levels, none.phases) == ((0,) * 4, (0,) * 4, (0,) * 4)
    assert none.aspects == (0,) * 5


def test_a_spreadsheet_can_reckon_with_the_figures_and_filters_all_but_the_sum(
    scheme: Scheme,
) -> None:
    content = to_xlsx(statistics_table(LINES, asked(scheme)))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [sheet.cell(5, column).value for column in (2, 4, 5, 10, 11)] == ["财务处", 4, 1, 10, 1]
    assert sheet["D5"].number_format == "General"
    assert [sheet.cell(7, column).value for column in (2, 4, 10)] == ["全部单位", 8, 19]
    assert sheet.auto_filter.ref.split(":")[1].endswith("6")
    assert sheet.print_title_rows == "$3:$4"


def test_a_workbook_has_a_sheet_for_each_paper_with_its_own_print_set_up(scheme: Scheme) -> None:
    table = measures_table(factories.request(scheme, fillable=False))
    content = to_xlsx(statistics_table(LINES, asked(scheme)), table)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["汇总", "措施表"]
    assert book.active is book.worksheets[0]
    for sheet in book.worksheets:
        assert sheet.print_title_rows == "$3:$4"
        assert sheet.freeze_panes == "C5"
        assert f"'{sheet.title}'!" in sheet.print_area
        assert sheet.auto_filter.ref


@pytest.mark.parametrize("language", list(Language))
def test_the_workbook_says_what_it_said(scheme: Scheme, language: Language) -> None:
    table = measures_table(factories.request(scheme, language=language, fillable=False))
    paper = statistics_table(LINES, asked(scheme, language))
    require_same(f"collected.{language}.xlsx", sheet_lines(to_xlsx(paper, table)))


@pytest.mark.usefixtures("fonts_folder")
def test_the_pages_say_what_they_said_and_are_numbered_through(scheme: Scheme) -> None:
    table = measures_table(factories.request(scheme, fillable=False))
    content = to_pdf(statistics_table(LINES, asked(scheme)), table)
    require_same("collected.zh.pdf", page_lines(content))
    pages = PdfReader(io.BytesIO(content)).pages
    last = pages[-1].extract_text().replace(" ", "")
    assert f"第{len(pages)}页，共{len(pages)}页" in last
    assert pages[0].mediabox.width > pages[1].mediabox.width


@pytest.mark.usefixtures("fonts_folder")
def test_a_long_table_of_figures_repeats_its_head(scheme: Scheme) -> None:
    many = [line(f"第{number}处") for number in range(90)]
    content = to_pdf(statistics_table(many, asked(scheme)))
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) > 1
    assert all("未评级" in page.extract_text() for page in pages)
    assert content == to_pdf(statistics_table(many, asked(scheme)))


def test_the_english_figures_have_no_chinese_of_their_own(scheme: Scheme) -> None:
    paper = statistics_table((line("Finance", state="Drafting"),), asked(scheme, Language.EN))
    own = "".join(paper.texts()).replace("示例评价中心", "").replace("六（二）", "")
    assert re.findall("[\u4e00-\u9fff]", own) == []


def test_no_unit_is_said_to_be_none(scheme: Scheme) -> None:
    paper = statistics_table((), asked(scheme))
    assert paper.rows == ()
    assert paper.empty == "没有要填报的单位。"
