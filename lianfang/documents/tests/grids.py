"""Small grids and files for the tests of this room."""

from pathlib import Path

import openpyxl

from lianfang.documents.grids import Grid, Merge

Line = tuple[str, ...]


def grid(*rows: Line, merges: tuple[Merge, ...] = (), follows: bool = False) -> Grid:
    """Return a grid of these rows."""
    return Grid("Sheet1", list(rows), merges, follows=follows)


def workbook(path: Path, rows: list[list[object]], merges: tuple[str, ...] = ()) -> Path:
    """Write an .xlsx of one sheet and return its path."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path
