"""The work calendar from files: the notice of holidays that comes with the program, or a table.

A table has three columns, 日期 类型 名称 (or date, type, name), in any order, one day a row.
"""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import chinese_calendar

from lianfang.common.errors import Refused
from lianfang.common.text import Text, squeezed
from lianfang.documents.grids import Grid
from lianfang.documents.opening import open_file
from lianfang.org.actions.calendar import Departure

# By the names of the package that knows the notices.
_NAMES = {
    "New Year's Day": Text("元旦", "New Year's Day"),
    "Spring Festival": Text("春节", "Spring Festival"),
    "Tomb-sweeping Day": Text("清明节", "Qingming Festival"),
    "Labour Day": Text("劳动节", "Labour Day"),
    "Dragon Boat Festival": Text("端午节", "Dragon Boat Festival"),
    "Mid-autumn Festival": Text("中秋节", "Mid-Autumn Festival"),
    "National Day": Text("国庆节", "National Day"),
    "Anti-Fascist 70th Day": Text("抗战胜利纪念日", "Victory Day"),
}
_MADE_UP = Text("{name}调休", "{name} make-up day")
# Holidays whose days are the same in every year, for the empty table.
_FIXED = (((1, 1), "New Year's Day"), ((5, 1), "Labour Day"), ((5, 2), "Labour Day"))
_FIXED_AUTUMN = tuple(((10, day), "National Day") for day in (1, 2, 3))

_COLUMNS = {
    "day": ("日期", "日子", "date", "day"),
    "kind": ("类型", "类别", "安排", "type", "kind"),
    "name": ("名称", "节日", "节假日", "说明", "name", "holiday"),
}
_REST = ("休", "放假", "休息", "休息日", "节假日", "假", "off", "rest", "holiday", "dayoff")
_WORK = ("班", "上班", "补班", "调休上班", "工作", "工作日", "work", "working", "workday")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T?00:00(?::00)?)?")
_CLOSE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_HEADER_WITHIN = 10
# A year with every one of its days, and a few lines more.
_MOST_ROWS = 400
_TOLD = 5
_SATURDAY = 5
_NAME_LENGTH = 40
_STEM_LENGTH, _SUFFIX_LENGTH = 50, 8


class WrongTable(Refused):
    """A calendar file that can't be read; the sentence names the row and the mend."""


@lru_cache(maxsize=1)
def known_years() -> tuple[int, ...]:
    """Return the years whose notice of holidays comes with the program."""
    return tuple(sorted({day.year for day in chinese_calendar.holidays}))


def departures_of(year: int) -> dict[date, Departure]:
    """Return the holidays and made-up working days of a known year; nothing for any other."""
    found = {
        day: Departure(is_working=False, name=_named(name).zh, name_en=_named(name).en)
        for day, name in chinese_calendar.holidays.items()
        if day.year == year
    }
    for day, name in chinese_calendar.workdays.items():
        if day.year == year:
            said = _MADE_UP.filled(name=_named(name))
            found[day] = Departure(is_working=True, name=said.zh, name_en=said.en)
    return dict(sorted(found.items()))


def open_calendar(name: str, content: bytes) -> tuple[int, dict[date, Departure]]:
    """Return the year of a .csv or .xlsx file and the days that depart from Monday to Friday.

    A row that only says what holds anyway is left out. Raises FileRefused for a file that can't
    be opened, WrongTable with every wrong row, at most five told.
    """
    grid = _grid(name, content)
    header, columns = _header(grid, name)
    entries: list[_Entry] = []
    faults: list[Text] = []
    for place, row in enumerate(grid.rows[header + 1 :], start=header + 2):
        if len(entries) > _MOST_ROWS:
            raise _too_many(name)
        if any(cell.strip() for cell in row):
            _read(place, _cells(row, columns), entries, faults)
    faults += _clashes(entries)
    if faults:
        raise _wrong(name, faults)
    if not entries:
        raise _nothing(name)
    return entries[0].day.year, {
        entry.day: entry.departure for entry in sorted(entries, key=_by_day) if entry.departs
    }


def empty_table(year: int) -> bytes:
    """Return a CSV to fill in: the header, and the holidays whose days are the same each year."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["日期", "类型", "名称"])
    for (month, day), name in (*_FIXED, *_FIXED_AUTUMN):
        writer.writerow([date(year, month, day).isoformat(), "休", _NAMES[name].zh])
    return ("\ufeff" + out.getvalue()).encode()


@dataclass(frozen=True, kw_only=True)
class _Entry:
    row: int
    day: date
    departure: Departure

    @property
    def departs(self) -> bool:
        """Whether it says anything: a named holiday does, be it on a Sunday."""
        usual = self.day.weekday() < _SATURDAY
        named_rest = not self.departure.is_working and bool(self.departure.name)
        return self.departure.is_working != usual or named_rest


def _by_day(entry: _Entry) -> date:
    return entry.day


def _named(name: str) -> Text:
    return _NAMES.get(name, Text(name, name))


def _grid(name: str, content: bytes) -> Grid:
    """Return the first sheet of a file that holds anything."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _file_name(name)
        path.write_bytes(content)
        opened = open_file(path)
    for grid in opened.grids:
        if any(cell.strip() for row in grid.rows for cell in row):
            return grid
    raise _nothing(name)


def _file_name(name: str) -> str:
    """Return a name under which any system can keep the file; its suffix says how to read it."""
    plain = Path(name.replace("\0", "")).name
    return f"{Path(plain).stem[:_STEM_LENGTH] or 'calendar'}{Path(plain).suffix[:_SUFFIX_LENGTH]}"


def _header(grid: Grid, name: str) -> tuple[int, dict[str, int]]:
    """Return the row of the headings, counted from 0, and the column of each."""
    for place, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        columns = {
            field: column
            for column, cell in reversed(list(enumerate(row)))
            for field, spellings in _COLUMNS.items()
            if squeezed(cell).casefold() in spellings
        }
        if "day" in columns and "kind" in columns:
            return place, columns
    raise WrongTable(
        Text(
            f"{name}：前 {_HEADER_WITHIN} 行里没有找到表头。请在第一行写“日期、类型、名称”三列。",
            f"{name}: there is no header in the first {_HEADER_WITHIN} rows. Write the three "
            "columns date, type, name into the first row.",
        )
    )


def _cells(row: Sequence[str], columns: dict[str, int]) -> Callable[[str], str]:
    def cell(field: str) -> str:
        column = columns.get(field, len(row))
        return row[column].strip() if column < len(row) else ""

    return cell


def _read(
    place: int, cell: Callable[[str], str], entries: list[_Entry], faults: list[Text]
) -> None:
    day, works = _day(cell("day")), _works(cell("kind"))
    if day is None:
        faults.append(
            Text(
                f"第 {place} 行：“{cell('day')}”不是日期，请写成 2027-01-01 的样子",
                f"row {place}: “{cell('day')}” is no date; write it as 2027-01-01",
            )
        )
    if works is None:
        faults.append(
            Text(
                f"第 {place} 行：类型“{cell('kind')}”看不懂，请写“休”或“班”",
                f"row {place}: the type “{cell('kind')}” isn't known; write off or work",
            )
        )
    if day is not None and works is not None:
        name = _bilingual(cell("name")[:_NAME_LENGTH])
        departure = Departure(is_working=works, name=name.zh, name_en=name.en)
        entries.append(_Entry(row=place, day=day, departure=departure))


def _day(text: str) -> date | None:
    given = squeezed(text)
    found = _DAY.fullmatch(given) or _CLOSE.fullmatch(given)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _works(text: str) -> bool | None:
    given = squeezed(text).casefold()
    return given in _WORK if given in (*_REST, *_WORK) else None


def _bilingual(name: str) -> Text:
    """Return a name in both languages where it is a known one; else with no English."""
    for known in _NAMES.values():
        if squeezed(name).casefold() in (known.zh, squeezed(known.en).casefold()):
            return known
    return Text(name, name if name.isascii() else "")


def _clashes(entries: list[_Entry]) -> Iterator[Text]:
    """Yield the days of another year than the first, and those given twice."""
    seen: dict[date, int] = {}
    for entry in entries:
        year = entries[0].day.year
        if entry.day.year != year:
            yield Text(
                f"第 {entry.row} 行：{entry.day} 不在 {year} 年，请每年一个文件",
                f"row {entry.row}: {entry.day} does not lie in {year}; use one file a year",
            )
        if entry.day in seen:
            yield Text(
                f"第 {entry.row} 行：{entry.day} 已写在第 {seen[entry.day]} 行，请删去一行",
                f"row {entry.row}: {entry.day} stands in row {seen[entry.day]} already; "
                "delete one of them",
            )
        seen.setdefault(entry.day, entry.row)


def _wrong(name: str, faults: list[Text]) -> WrongTable:
    told, rest = faults[:_TOLD], len(faults) - _TOLD
    more = Text(f"；另有 {rest} 处", f"; and {rest} more") if rest > 0 else Text("", "")
    return WrongTable(
        Text(
            f"{name}：{'；'.join(each.zh for each in told)}{more.zh}。没有装入任何内容。",
            f"{name}: {'; '.join(each.en for each in told)}{more.en}. Nothing was loaded.",
        )
    )


def _too_many(name: str) -> WrongTable:
    return WrongTable(
        Text(
            f"{name}：超过 {_MOST_ROWS} 行。工作日历每年一个文件，每天一行，请检查是否选错了文件。",
            f"{name}: there are more than {_MOST_ROWS} rows. A calendar has one file a year and "
            "one row a day; check whether it is the right file.",
        )
    )


def _nothing(name: str) -> WrongTable:
    return WrongTable(
        Text(
            f"{name}：表里没有任何日期。请从第二行起每天一行填写。",
            f"{name}: the table has no day at all. Fill in one day a row from the second on.",
        )
    )
