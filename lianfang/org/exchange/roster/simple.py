"""The simple list: units filled down, headings over groups, lines that are no people."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from lianfang.common.text import Text, bare
from lianfang.org.exchange.roster.tables import Table
from lianfang.org.rules.roster.model import Problem
from lianfang.org.rules.roster.tidying import tidy_line

_NUMBERING = re.compile(
    r"^\s*[（(]?(?:[一二三四五六七八九十百]+|\d+)[)）、.．]\s*|^[（(][一二三四五六七八九十]+[)）]"
)
_UNNAMED = re.compile(r"^(sheet|工作表|表)?\s*\d*$", re.IGNORECASE)
_NOT_A_UNIT = re.compile(r"名册|花名册|名单|人员|通讯录|一览|统计|表$|list|staff", re.IGNORECASE)
_LONGEST_UNIT = 40


def staff_rows(table: Table, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of people, each with its unit; what is passed over becomes a problem.

    A unit reaches down to the rows without one. Where there is no column of units it is the
    heading over a group of rows, or the name of the sheet.
    """
    has_units = "unit" in table.fields
    unit = "" if has_units else _named_by_sheet(table.name)
    for number, cells in table.body():
        heading = "" if has_units else _heading(table, number, cells)
        if heading or "name" not in cells:
            unit = heading or unit
            if not heading:
                problems.append(_passed_over(table, number))
            continue
        unit = cells.get("unit", unit)
        yield number, {**cells, "unit": unit}


def _heading(table: Table, number: int, cells: dict[str, str]) -> str:
    """Return the words of a row that holds a single text, as a heading does.

    A text where names stand is one only with a number before it: 一、财务处.
    """
    filled = [cell for cell in table.rows[number - 1] if cell.strip()]
    if len(filled) != 1 or "：" in filled[0] or ":" in filled[0]:
        return ""
    if "name" in cells and not _NUMBERING.match(filled[0]):
        return ""
    words = tidy_line(_NUMBERING.sub("", filled[0]))
    return words if len(words) <= _LONGEST_UNIT else ""


def _named_by_sheet(name: str) -> str:
    stem = tidy_line(PurePath(name).name)
    if _UNNAMED.match(stem) or _NOT_A_UNIT.search(stem) or not bare(stem):
        return ""
    return stem


def _passed_over(table: Table, number: int) -> Problem:
    words = " ".join(cell.strip() for cell in table.rows[number - 1] if cell.strip())
    return Problem(
        sheet=table.name,
        row=number,
        text=Text(
            f"没有姓名，这一行没有读取：“{words[:40]}”。",
            f"No name, so the row was not read: “{words[:40]}”.",
        ),
    )
