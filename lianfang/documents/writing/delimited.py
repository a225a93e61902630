"""Writes a table paper as CSV: UTF-8 with a BOM, so that Excel reads it; spans repeated."""

import csv
import io

from lianfang.documents.writing.cells import neutral
from lianfang.documents.writing.paper import Cell, TablePaper


def to_csv(paper: TablePaper) -> bytes:
    """Return the paper as CSV. Raises CellRefused for a text no cell can hold."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_head_text(paper, place) for place in range(len(paper.columns))])
    above: list[Cell] = [Cell()] * len(paper.columns)
    for row in paper.rows:
        if row.band:
            writer.writerow([neutral(row.cells[0].whole if row.cells[0] else "")])
            continue
        above = [cell or before for cell, before in zip(row.cells, above, strict=True)]
        writer.writerow([neutral(cell.whole) for cell in above])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def _head_text(paper: TablePaper, place: int) -> str:
    """Return the lowest heading over a column."""
    found = [cells[place] for cells in paper.head]
    return next((cell.text for cell in reversed(found) if cell is not None), "")
