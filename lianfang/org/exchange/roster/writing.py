"""Writes what is on the books as the workbook that can be filled in and sent back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lianfang.common.text import Language, Text
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.org.exchange.roster.columns import (
    COLUMNS,
    SHEET_NAMES,
    Column,
    Shape,
)
from lianfang.org.exchange.roster.vocabulary import YES_NO
from lianfang.org.rules.roster.books import (
    Books,
    Entry,
    MemberEntry,
)
from lianfang.org.rules.roster.model import Sheet
from lianfang.org.rules.roster.tidying import tidy_line, tidy_lines

_TITLE = Text("人员名册", "Staff list")
_STOP = Text("请从下拉单中选。", "Choose from the list.")


def roster_workbook(books: Books, *, on: date, language: Language) -> bytes:
    """Return the books as .xlsx; read back, it changes nothing.

    What is retired or withdrawn is left out. Raises CellRefused for a text no cell can hold.
    """
    sheets = [
        TextSheet(
            title=SHEET_NAMES[sheet].in_(language),
            columns=[
                TextColumn(
                    header=column.header.in_(language),
                    width=column.width,
                    choices=column.choices(language),
                )
                for column in COLUMNS[sheet]
            ],
            rows=rows[1:],
        )
        for sheet, rows in roster_rows(books, language=language).items()
    ]
    return text_workbook(
        title=_TITLE.in_(language), day=on, sheets=sheets, stop=_STOP.in_(language)
    )


def roster_rows(
    books: Books, *, language: Language = Language.ZH
) -> Mapping[Sheet, Sequence[Sequence[str]]]:
    """Return the books as rows of text by sheet, the header first."""
    return {
        sheet: [
            [column.header.in_(language) for column in COLUMNS[sheet]],
            *(
                [_cell(column, _value(books, entry, column.field), language) for column in columns]
                for entry in entries
            ),
        ]
        for sheet, entries in _entries(books).items()
        for columns in (COLUMNS[sheet],)
    }


def _entries(books: Books) -> Mapping[Sheet, Iterable[Entry]]:
    units = [unit for unit in books.units.values() if unit.retired_on is None]
    in_use = {unit.code for unit in units}
    posts = [post for post in books.posts.values() if post.retired_on is None]
    kept = {post.code for post in posts}
    return {
        Sheet.UNITS: units,
        Sheet.POSTS: posts,
        Sheet.PEOPLE: books.people.values(),
        Sheet.SEATS: [seat for seat in books.seats.values() if seat.post in kept],
        Sheet.PORTFOLIOS: [one for one in books.portfolios.values() if one.unit in in_use],
        Sheet.MEMBERS: books.members.values(),
    }


def _value(books: Books, entry: Entry, field: str) -> object:
    """Return what an entry says in a column; a member's row names the body as well."""
    if isinstance(entry, MemberEntry) and field in ("name", "name_en"):
        return getattr(books.bodies[entry.body], field)
    return getattr(entry, field)


def _cell(column: Column, value: object, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO[value].in_(language)
    if isinstance(value, date):
        return value.isoformat()
    if column.words is not None:
        return column.words[str(value)][0].in_(language)
    return (tidy_lines if column.shape is Shape.LINES else tidy_line)(str(value))
