"""Official papers as plain values: notice, letter, minutes, and the form on which one records.

Their look follows GB/T 9704—2012 (党政机关公文格式); the writers know it, these values do not.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Text

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, LEFT = 37.0, 28.0
TYPE_WIDTH, TYPE_HEIGHT = 156.0, 225.0
LINES, CHARACTERS = 22, 28
BODY_SIZE, TITLE_SIZE, SMALL_SIZE = 16.0, 22.0, 14.0
POINTS_PER_MM = 72 / 25.4
LINE_POINTS = TYPE_HEIGHT / LINES * POINTS_PER_MM
CHARACTER_POINTS = TYPE_WIDTH / CHARACTERS * POINTS_PER_MM
LARGEST_MARK = 40.0
MARK_SPREAD = 1.02


class Kind(StrEnum):
    NOTICE = "notice"
    LETTER = "letter"
    MINUTES = "minutes"


class BlockKind(StrEnum):
    """A paragraph's place: text, or a heading of the first, second or third level."""

    TEXT = "text"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class Block(Struct, frozen=True):
    """A paragraph; headings carry their own number: 一、 （一） 1."""

    text: str
    kind: BlockKind = BlockKind.TEXT


class Attendance(Struct, frozen=True):
    """Who was there, or not: 出席, 请假, 列席, and the names."""

    label: str
    names: str


class OfficialPaper(Struct, frozen=True, kw_only=True):
    """A notice, a letter or minutes.

    `title` may break its lines by LF where the sense allows. `number` is written with 〔〕.
    `signed_by` is empty in minutes. `printed_by` and `printed_on` stand in the imprint of notices
    and minutes.
    """

    kind: Kind
    issuer: str
    number: str
    title: str
    on: date
    addressee: str = ""
    body: tuple[Block, ...] = ()
    attachments: tuple[str, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    signed_by: str = ""
    remark: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    secrecy: str = ""
    urgency: str = ""

    def texts(self) -> Iterator[str]:
        """Yield every text of the paper."""
        yield from (self.issuer, self.number, self.title, self.addressee, self.signed_by)
        yield from (self.remark, self.copies_to, self.printed_by, self.secrecy, self.urgency)
        yield from (block.text for block in self.body)
        yield from self.attachments
        for entry in self.attendance:
            yield from (entry.label, entry.names)


class Entry(Struct, frozen=True):
    """A label and what is written beside it; `wide` takes the whole row, `lines` its height."""

    label: str
    text: str = ""
    wide: bool = False
    lines: int = 1


class RecordForm(Struct, frozen=True, kw_only=True):
    """A form on which something is recorded: a talk, an inspection, a report."""

    organisation: str
    title: str
    on: date
    number: str = ""
    entries: tuple[Entry, ...] = ()
    signatures: tuple[str, ...] = ()
    remark: str = ""

    def texts(self) -> Iterator[str]:
        """Yield every text of the form."""
        yield from (self.organisation, self.title, self.number, self.remark, *self.signatures)
        for entry in self.entries:
            yield from (entry.label, entry.text)


class NumberRefused(Refused):
    """A document number is not written as the standard asks."""


def require_number(number: str) -> None:
    """Raise NumberRefused for a year that stands in other brackets than 〔〕."""
    if number and not ("〔" in number and "〕" in number):
        raise NumberRefused(
            Text(
                f"发文字号“{number}”的年份要用六角括号，如 廉防〔2026〕1号。请改正。",
                f"The year in the number “{number}” must stand in 〔〕, as in 廉防〔2026〕1号.",
            )
        )


def day_in_words(on: date) -> str:
    """Return a day as official papers write it, without leading noughts: 2026年5月14日."""
    return f"{on.year}年{on.month}月{on.day}日"


def mark_size(mark: str) -> float:
    """Return the size in points at which the issuer's mark fills the line, at most the largest."""
    room = TYPE_WIDTH * POINTS_PER_MM
    return min(LARGEST_MARK, room / (max(len(mark), 1) * MARK_SPREAD))


def row_pairs(entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, ...]]:
    """Yield the rows of a form: wide entries alone, others two by two."""
    waiting: list[Entry] = []
    for entry in entries:
        if entry.wide:
            if waiting:
                yield tuple(waiting)
                waiting = []
            yield (entry,)
        else:
            waiting.append(entry)
            if len(waiting) == 2:
                yield tuple(waiting)
                waiting = []
    if waiting:
        yield tuple(waiting)
