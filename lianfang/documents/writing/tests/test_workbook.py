"""Sheets of text to be filled in, and the apostrophe that keeps a text from being a formula."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.documents.writing.cells import CellRefused, meant, neutral
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook

DAY = date(2026, 5, 14)
_TEXTS = st.text(max_size=10) | st.text("'=+-@＝", max_size=6)


def workbook(*rows: list[str], choices: tuple[str, ...] = ()) -> openpyxl.Workbook:
    columns = [TextColumn(header="工号"), TextColumn(header="方式", choices=choices)]
    sheets = [TextSheet(title="任职", columns=columns, rows=rows)]
    content = text_workbook(title="名册", day=DAY, sheets=sheets, stop="请从下拉单中选。")
    return openpyxl.load_workbook(io.BytesIO(content))


def test_every_cell_is_text_under_a_frozen_header_and_nothing_is_locked() -> None:
    sheet = workbook(["007", "=1+1"])["任职"]
    assert [cell.value for cell in sheet[2]] == ["007", "'=1+1"]
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert {cell.number_format for cell in sheet[2]} == {"@"}
    assert sheet.freeze_panes == "A2"
    assert not sheet.protection.sheet


def test_a_list_to_choose_from_reaches_below_the_rows() -> None:
    (found,) = workbook(["1", "专任"], choices=("专任", "兼任"))[
        "任职"
    ].data_validations.dataValidation
    assert (str(found.sqref), found.formula1) == ("B2:B2002", '"专任,兼任"')


def test_a_list_that_no_cell_can_hold_is_left_out() -> None:
    sheet = workbook(["1", "x"], choices=tuple(f"choice {n:03}" for n in range(40)))["任职"]
    assert sheet.data_validations.dataValidation == []


def test_a_text_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(CellRefused):
        workbook(["1", "x" * 40_000])


@given(_TEXTS)
def test_a_neutral_text_means_what_it_was(text: str) -> None:
    assert meant(neutral(text)) == text
    assert neutral(text)[:1] not in set("=+-@＝") or len(text) == 1


@given(_TEXTS, _TEXTS)
def test_two_texts_are_never_neutral_alike(one: str, other: str) -> None:
    assert (neutral(one) == neutral(other)) == (one == other)
