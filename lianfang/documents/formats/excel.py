""".xlsx and .xls through calamine, after a look at how far the sheets reach.

calamine lays a sheet out as one block from its first to its last cell, so a single cell at
XFD1048576 would ask for 17 thousand million places: `_reach` finds such a cell beforehand.
"""

import re
import zipfile
from collections.abc import Iterable
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
    with packages.open_package(path) as package:
        problems = list(packages.inert_parts(package))
        for name in package.namelist():
            # Any part can be a sheet: the folder it lies in binds nobody.
            if _is_sheet(package, name):
                problems += _require_sheet_part(path.name, package, name)
    return Opened(_sheets(path), tuple(dict.fromkeys(problems)))


def open_xls(path: Path) -> Opened:
    """Return the sheets of an .xls file. Raises FileRefused."""
    return Opened(_sheets(path))


def _is_sheet(package: zipfile.ZipFile, name: str) -> bool:
    with package.open(name) as part:
        return b"worksheet" in part.read(_ROOT_BYTES)


def _require_sheet_part(file: str, package: zipfile.ZipFile, name: str) -> Iterable[Problem]:
    far_rows, far_columns, fetching = _NEAR_ROWS, _NEAR_COLUMNS, False
    for block in packages.blocks(package, name):
        fetching = fetching or (b"<f" in block and _FETCHING.search(block) is not None)
        for letters, row, letter, far_row in _FAR_CELL.findall(block.translate(None, _WHITE)):
            far_columns = max(far_columns, column_number((letters or letter).decode()))
            far_rows = max(far_rows, int(row or far_row))
    if (far_rows, far_columns) != (_NEAR_ROWS, _NEAR_COLUMNS):
        limits.require_grid_size(file, Path(name).stem, rows=far_rows, columns=far_columns)
    if fetching:
        yield Problem(
            ProblemCode.PART_INERT,
            Text(
                "表中有会联网取数的公式，没有执行，只用了保存时的值。",
                "The sheet has formulas that fetch from elsewhere: none was run; "
                "the values saved with the file were used.",
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
