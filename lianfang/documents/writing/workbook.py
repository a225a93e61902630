"""Writes sheets of plain text to be filled in: header frozen, lists to choose from, no locks."""

from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from lianfang.documents.writing.cells import neutral
from lianfang.documents.writing.sheetxml import (
    MAIN,
    Look,
    Looks,
    Name,
    SheetPart,
    address,
    area,
    cell,
    row,
    workbook,
)

_HEAD = Look(font="黑体", size=10, bold=True, fill="EFEEEA", border="all", centred=True)
_BODY = Look(size=10, border="all")
_BLANK = Look(size=10)
# How far below the last row the lists to choose from reach.
_ROWS_TO_FILL = 2_000
_LIST_CHARACTERS = 255


class TextColumn(Struct, frozen=True, kw_only=True):
    """A column; `width` in characters. `choices` hold no comma and are 255 characters at most."""

    header: str
    width: float = 14
    choices: tuple[str, ...] = ()


class TextSheet(Struct, frozen=True, kw_only=True):
    """A sheet; its rows have a text for each column."""

    title: str
    columns: Sequence[TextColumn]
    rows: Sequence[Sequence[str]]


def text_workbook(*, title: str, day: date, sheets: Sequence[TextSheet], stop: str) -> bytes:
    """Return the sheets as one .xlsx; every cell is text, so that 007 stays 007.

    `stop` is said where a word is none of the choices. Raises CellRefused for a text no cell can
    hold.
    """
    looks = Looks()
    parts = [
        SheetPart(title=sheet.title, xml=_sheet(sheet, looks, stop, is_first=number == 0))
        for number, sheet in enumerate(sheets)
    ]
    titles = [Name(name="Print_Titles", target=f"'{sheets[0].title}'!$1:$1")]
    return workbook(title=title, day=day.isoformat(), looks=looks, sheets=parts, names=titles)


def _sheet(sheet: TextSheet, looks: Looks, stop: str, *, is_first: bool) -> str:
    head, body, blank = map(looks.number, (_HEAD, _BODY, _BLANK))
    headers = [column.header for column in sheet.columns]
    rows = [_row(0, headers, head)]
    rows += [_row(number, texts, body) for number, texts in enumerate(sheet.rows, 1)]
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{column.width:g}" style="{blank}" '
        'customWidth="1"/>'
        for place, column in enumerate(sheet.columns, 1)
    )
    selected = ' tabSelected="1"' if is_first else ""
    last = (len(sheet.rows), len(sheet.columns) - 1)
    return (
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"{selected}>'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f'<sheetData>{"".join(rows)}</sheetData><autoFilter ref="{area((0, 0), last)}"/>'
        f"{_validations(sheet, stop)}"
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "</worksheet>"
    )


def _row(number: int, texts: Sequence[str], look: int) -> str:
    cells = (cell(address(number, place), neutral(text), look) for place, text in enumerate(texts))
    return row(number, "".join(cells))


def _validations(sheet: TextSheet, stop: str) -> str:
    told = list(_lists(sheet, stop))
    return f'<dataValidations count="{len(told)}">{"".join(told)}</dataValidations>' if told else ""


def _lists(sheet: TextSheet, stop: str) -> Iterator[str]:
    end = len(sheet.rows) + _ROWS_TO_FILL
    for place, column in enumerate(sheet.columns):
        listed = ",".join(column.choices)
        if column.choices and len(listed) <= _LIST_CHARACTERS:
            yield (
                '<dataValidation type="list" allowBlank="1" showErrorMessage="1" '
                f'error={quoteattr(stop)} sqref="{area((1, place), (end, place))}">'
                f'<formula1>"{escape(listed)}"</formula1></dataValidation>'
            )
