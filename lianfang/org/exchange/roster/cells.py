"""Single cells: days, yes and no, numbers, words, codes, each as people write them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from lianfang.common.text import Text, bare
from lianfang.org.exchange.roster.columns import Column, Shape
from lianfang.org.exchange.roster.vocabulary import NO, TICKS, YES
from lianfang.org.rules.roster.tidying import tidy_line, tidy_lines, tidy_name

_DAY = re.compile(r"(\d{4})[-./年\s]+(\d{1,2})(?:[-./月\s]+(\d{1,2})日?)?月?(?:[ T]00:00(?::00)?)?")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
# A day that a sheet holds as a number of days since 30 December 1899.
_SERIAL = re.compile(r"[2-6]\d{4}")
_SERIAL_START = date(1899, 12, 30)
_OPEN = frozenset(map(bare, ("至今", "今", "现在", "now", "present")))
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_MOST = 9999
_TIDY = {Shape.NAME: tidy_name, Shape.LINES: tidy_lines}


class CellWrong(ValueError):
    """A cell that can't be understood; `text` says why and what would mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


def read_cell(column: Column, cell: str) -> tuple[object, Text | None]:
    """Return what a filled cell says, and a doubt about it if there is one. Raises CellWrong."""
    match column.shape:
        case Shape.DAY:
            return _day(column, unicodedata.normalize("NFKC", cell).strip())
        case Shape.YES:
            return _yes(column, cell), None
        case Shape.NUMBER:
            return _number(column, cell), None
        case Shape.WORD:
            return _word(column, cell, column.words or {}), None
        case _:
            return _TIDY.get(column.shape, tidy_line)(cell), None


def _day(column: Column, cell: str) -> tuple[date | None, Text | None]:
    if bare(cell) in _OPEN and column.field == "to_on":
        return None, None
    if found := _DAY.fullmatch(cell) or _PLAIN_DAY.fullmatch(cell):
        year, month, day = found.groups()
        return _date(column, cell, int(year), int(month), int(day or 1)), _whole_month(cell, day)
    if _SERIAL.fullmatch(cell):
        told = _SERIAL_START + timedelta(days=int(cell))
        return told, Text(
            f"“{column.header.zh}”是数字 {cell}，按表格的日期读作 {told}，请核对。",
            f"“{column.header.en}” is the number {cell}, read as the date {told}; check it.",
        )
    raise CellWrong(_no_day(column, cell))


def _date(column: Column, cell: str, year: int, month: int, day: int) -> date:
    try:
        told = date(year, month, day)
    except ValueError as error:
        raise CellWrong(_no_day(column, cell)) from error
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CellWrong(_no_day(column, cell))
    return told


def _whole_month(cell: str, day: str | None) -> Text | None:
    if day:
        return None
    return Text(
        f"“{cell}”只写到月，按当月 1 日登记。",
        f"“{cell}” names a month only; its first day is taken.",
    )


def _no_day(column: Column, cell: str) -> Text:
    return Text(
        f"“{column.header.zh}”的“{cell[:20]}”不是日期，请写成 2026-05-14 的样子。",
        f"“{cell[:20]}” under “{column.header.en}” is no day; write it like 2026-05-14.",
    )


def _yes(column: Column, cell: str) -> bool:
    ticked = TICKS.get(cell.strip())
    if ticked is not None:
        return ticked
    told = bare(cell)
    if told in YES:
        return True
    if told in NO:
        return False
    raise CellWrong(
        Text(
            f"“{column.header.zh}”的“{cell[:20]}”看不懂，请写“是”或“否”。",
            f"“{cell[:20]}” under “{column.header.en}” is not understood; write “yes” or “no”.",
        )
    )


def _number(column: Column, cell: str) -> int:
    told = unicodedata.normalize("NFKC", cell).strip()
    if told.isascii() and told.isdecimal() and int(told[:9]) <= _MOST and len(told) <= len("9999"):
        return int(told)
    raise CellWrong(
        Text(
            f"“{column.header.zh}”的“{cell[:20]}”须为 0 到 {_MOST} 的整数。",
            f"“{cell[:20]}” under “{column.header.en}” must be a whole number from 0 to {_MOST}.",
        )
    )


def _word(column: Column, cell: str, words: Mapping[str, tuple[Text, ...]]) -> str:
    told = bare(cell)
    for code, known in words.items():
        if told == bare(code) or any(told in (bare(word.zh), bare(word.en)) for word in known):
            return str(code)
    zh = "、".join(known[0].zh for known in words.values())
    en = ", ".join(known[0].en for known in words.values())
    raise CellWrong(
        Text(
            f"“{column.header.zh}”的“{cell[:20]}”不在可选之列，请写：{zh}。",
            f"“{cell[:20]}” under “{column.header.en}” is none of the choices; write one of: {en}.",
        )
    )
