""".xlsx and .xls through calamine, after a look at how far the sheets reach.

calamine lays a sheet out as one block from its first to its last cell, so a single cell at
XFD1048576 would ask for 17 thousand million places: `_Reach` finds such a cell beforehand.
"""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from lianfang.common.text import Text
from lianfang.documents import limits
from lianfang.documents.formats import packages
from lianfang.documents.grids import Grid, Merge, Opened
from lianfang.documents.letters import column_number
from lianfang.documents.model import Problem, ProblemCode

# A value-bearing cell beyond column Z or row 99,999: rare, so the search costs little.
_FAR_CELL = re.compile(
    rb"""r=["'](?:([A-Za-z]{2,3})(\d+)|([A-Za-z])(\d{6,}))["'](?:[^>]*[^/>])?>"""
)
# Taken out before the search: nobody honest writes `r = "XFD1"`, but XML allows it.
_WHITE = b" \t\r\n"
_ROOT_BYTES = 4_096
_NEAR_ROWS = 99_999
_NEAR_COLUMNS = 26
_FETCHING = re.compile(rb"<f[ >][^<]*?(?:WEBSERVICE|HYPERLINK|RTD|DDE|IMPORT\w+)\(", re.IGNORECASE)


def open_xlsx(path: Path) -> Opened:
    """Return the sheets of an .xlsx file. Raises FileRefused."""
    reach = _Reach(path.name)
    with packages.open_package(path, reach.look) as package:
        reach.require_size()
        problems = (*packages.inert_parts(package), *reach.problems())
    return Opened(_sheets(path), problems)


def open_xls(path: Path) -> Opened:
    """Return the sheets of an .xls file. Raises FileRefused."""
    return Opened(_sheets(path))


class _Reach:
    """How far the sheets of a package reach, and whether a formula fetches from elsewhere.

    Any part can be a sheet: the folder it lies in binds nobody, its root element does.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._part = ""
        self._is_sheet = False
        self._rows, self._columns = _NEAR_ROWS, _NEAR_COLUMNS
        self._fetching = False

    def look(self, part: str, block: bytes) -> None:
        """Take the next block of a part."""
        if part != self._part:
            self._part, self._is_sheet = part, b"worksheet" in block[:_ROOT_BYTES]
        if not self._is_sheet:
            return
        if b"<f" in block and _FETCHING.search(block):
            self._fetching = True
        for letters, row, letter, far_row in _FAR_CELL.findall(block.translate(None, _WHITE)):
            self._columns = max(self._columns, column_number((letters or letter).decode()))
            self._rows = max(self._rows, int(row or far_row))

    def require_size(self) -> None:
        """Raise FileRefused when a sheet reaches further than can be laid out safely."""
        if (self._rows, self._columns) != (_NEAR_ROWS, _NEAR_COLUMNS):
            limits.require_grid_size(self._file, "*", rows=self._rows, columns=self._columns)

    def problems(self) -> tuple[Problem, ...]:
        """Say that formulas which fetch were left alone."""
        if not self._fetching:
            return ()
        return (
            Problem(
                ProblemCode.PART_INERT,
                Text(
                    "表中有会联网取数的公式，没有执行，只用了保存时的值。",
                    "The sheet has formulas that fetch from elsewhere: none was run; "
                    "the values saved with the file were used.",
                ),
            ),
        )


def _sheets(path: Path) -> tuple[Grid, ...]:
    try:
        # By content: `from_path` would trust the file's suffix.
        with path.open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book:
            if len(book.sheet_names) > limits.SHEETS:
                raise limits.refuse(
                    path.name,
                    f"有 {len(book.sheet_names)} 个工作表，最多读 {limits.SHEETS} 个。"
                    "请拆成几个文件。",
                    f"there are {len(book.sheet_names)} sheets; at most {limits.SHEETS} are read. "
                    "Split it into several files.",
                )
            return tuple(
                _grid(path.name, book.get_sheet_by_name(sheet.name))
                for sheet in book.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            )
    except calamine.PasswordError as error:
        raise packages.encrypted(path.name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise packages.broken(path.name) from error
    except BaseException as error:
        # A Rust panic arrives as PanicException, which no module exports and which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise packages.broken(path.name) from error


def _grid(file: str, sheet: calamine.CalamineSheet) -> Grid:
    if sheet.end is None:
        return Grid(sheet.name, [])
    limits.require_grid_size(file, sheet.name, rows=sheet.end[0] + 1, columns=sheet.end[1] + 1)
    rows = [
        tuple([value if type(value) is str else cell_text(value) for value in row])
        for row in sheet.to_python(skip_empty_area=False)
    ]
    merges = sorted(
        (top, left, min(bottom, len(rows) - 1), right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < len(rows)
    )
    limits.require_merges(file, sheet.name, rows=sum(m[2] - m[0] + 1 for m in merges))
    return Grid(sheet.name, rows, tuple(Merge(*merge) for merge in merges))


def cell_text(value: object) -> str:
    """Return a cell's value as a person reads it: 1.0 as “1”, a date as “2026-05-01”."""
    match value:
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)
