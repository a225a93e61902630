"""Reads the data files of the example: CSV tables, with days relative to that of the loading."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from lianfang.common.text import Language
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.example.dates import day_of
from lianfang.org.exchange.roster.columns import COLUMNS, SHEET_NAMES, Column, Shape
from lianfang.org.rules.roster.model import Sheet

Row = Mapping[str, str]

TABLES = Path(__file__).parent / "tables"
_FILES = {
    Sheet.UNITS: "units",
    Sheet.POSTS: "posts",
    Sheet.PEOPLE: "people",
    Sheet.SEATS: "appointments",
    Sheet.PORTFOLIOS: "portfolios",
    Sheet.MEMBERS: "bodies",
}
# columns with the day on which something ends
_ENDS = ("to_on", "left_on")
# Stands in a document's number for the year in which it was issued.
_YEAR = "{年}"


@lru_cache
def rows_of(name: str) -> tuple[Row, ...]:
    """Return the rows of a table by its headers, as they are written."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def workbook_of(
    sheets: Sequence[Sheet], *, title: str, on: date, as_of: date | None = None
) -> bytes:
    """Return the staff list of the example as the workbook that a roster import reads.

    With `as_of`, as it stood on that day: what began later is not in it, nor what ended later over.
    """
    return text_workbook(
        title=title,
        day=on,
        stop=title,
        sheets=[
            TextSheet(
                title=SHEET_NAMES[sheet].zh,
                columns=[
                    TextColumn(
                        header=column.header.zh,
                        width=column.width,
                        choices=column.choices(Language.ZH),
                    )
                    for column in COLUMNS[sheet]
                ],
                rows=list(_cells(sheet, on, as_of)),
            )
            for sheet in sheets
        ],
    )


def _cells(sheet: Sheet, on: date, as_of: date | None) -> Iterator[list[str]]:
    for row in rows_of(_FILES[sheet]):
        cells = {column.field: _cell(column, row, on) for column in COLUMNS[sheet]}
        if as_of is not None:
            if cells.get("from_on", "") > as_of.isoformat():
                continue
            cells |= {name: "" for name in _ENDS if cells.get(name, "") >= as_of.isoformat()}
        year = cells.get("from_on", "")[:4]
        yield [text.replace(_YEAR, year) for text in cells.values()]


def _cell(column: Column, row: Row, on: date) -> str:
    text = row.get(column.header.zh, "")
    return day_of(text, on).isoformat() if text and column.shape is Shape.DAY else text
