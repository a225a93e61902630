"""The findings of files as a workbook, for who goes through them with a pen."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from msgspec import Struct

from lianfang.common.text import Language, Text


class FindingRow(Struct, frozen=True, kw_only=True):
    """A finding in words, in the order of the workbook's columns."""

    file: str
    sheet: str
    row: int | None
    column: str | None
    code: str
    severity: str
    message: str
    mend: str
    clause: str


_COLUMNS = (
    (Text("文件", "File"), 28),
    (Text("工作表", "Sheet"), 12),
    (Text("行", "Row"), 6),
    (Text("列", "Column"), 6),
    (Text("代码", "Code"), 8),
    (Text("级别", "Severity"), 8),
    (Text("问题", "Finding"), 56),
    (Text("怎样改", "Mend"), 48),
    (Text("条款", "Clause"), 12),
)
_TITLE = Text("检查问题清单", "Findings")
_A4 = 9


def write_findings(path: Path, rows: Sequence[FindingRow], language: Language) -> None:
    """Write the rows as .xlsx: header frozen and repeated, filters on, one A4 page wide."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(_TITLE.in_(language))
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#EAECF0"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for column, (label, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, label.in_(language), head)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(_values(row)):
                sheet.write(number, column, value, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(_COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _values(row: FindingRow) -> tuple[str | int, ...]:
    return (
        row.file,
        row.sheet,
        row.row if row.row is not None else "",
        row.column or "",
        row.code,
        row.severity,
        row.message,
        row.mend,
        row.clause,
    )
