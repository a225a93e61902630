"""Writes a table paper as PDF/A by Typst: fonts embedded, the same bytes for the same paper."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import msgspec
import typst

from lianfang.common.text import Language, Text
from lianfang.documents.fonts import Face, FontSet, font_set
from lianfang.documents.writing.paper import MARGIN, Cell, TablePaper, Tone
from lianfang.documents.writing.plates import plate_sheets

_TEMPLATES = Path(__file__).resolve().parent / "typst"
_STANDARD: Literal["a-2b"] = "a-2b"
_PAGES = Text("第 # 页，共 # 页", "Page # of #")
# A row is kept on one page unless a cell is so long that it might not fit on any.
_LONG = 500
_TITLE_SPREAD = 0.12
_ONE_AT_A_TIME = Lock()


def to_pdf(paper: TablePaper, *more: TablePaper) -> bytes:
    """Return papers as one PDF, their pages numbered through.

    Raises FontsRefused when a font or a character of a paper is missing.
    """
    fonts, papers = font_set(), (paper, *more)
    written = set[str]()
    for one in papers:
        written.update(*map(set, one.texts()))
        fonts.require(one.title, Face.TITLE)
    fonts.require("".join(written), Face.HEI)
    told = {
        "title": paper.title,
        "on": [paper.on.year, paper.on.month, paper.on.day],
        "fonts": fonts.families,
        "papers": [_paper(one) for one in papers],
    }
    return typeset("table", {"paper": msgspec.json.encode(told).decode()}, fonts, paper.on)


def typeset(template: str, inputs: dict[str, str], fonts: FontSet, on: date) -> bytes:
    """Return the PDF that a template makes of its inputs, dated midnight UTC of a day."""
    with _ONE_AT_A_TIME:
        made = _compiler(template, fonts).compile(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=_STANDARD,
            pdf_tags=False,
            timestamp=datetime.combine(on, time(), tzinfo=UTC),
        )
    if not isinstance(made, bytes):
        raise TypeError(template)
    return made


@lru_cache(maxsize=8)
def _compiler(template: str, fonts: FontSet) -> typst.Compiler:
    """Return a compiler that keeps the fonts it has read."""
    return typst.Compiler(
        input=_TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=fonts.fonts,
        ignore_system_fonts=True,
    )


def _paper(paper: TablePaper) -> dict[str, Any]:
    spread = _TITLE_SPREAD if paper.language is Language.ZH else 0
    return {
        "lang": paper.language,
        "title": paper.title,
        "spread": spread,
        "width": paper.page.width,
        "height": paper.page.height,
        "margin": MARGIN,
        "columns": paper.widths(),
        "centred": [at for at, column in enumerate(paper.columns) if column.centred],
        "stacked": True,
        "head": [[_full(cell) for cell in cells if cell] for cells in paper.head],
        "rows": [[_cell(cell) for cell in row.cells if cell] for row in paper.rows],
        "facts": paper.facts,
        "notes": paper.notes,
        "signatures": paper.signatures,
        "footer": paper.footer,
        "pages": _PAGES.in_(paper.language),
        "empty": paper.empty,
        "plates": [sheet for plate in paper.plates for sheet in plate_sheets(plate)],
    }


def _cell(cell: Cell) -> str | dict[str, Any]:
    """Return a plain cell as its text alone: most are, and it saves Typst half the work."""
    full = _full(cell)
    if len(full) == 1 and isinstance(full.get("text"), str):
        return cell.text
    return full


def _full(cell: Cell) -> dict[str, Any]:
    made: dict[str, Any] = {"text": _lines(cell.text)}
    if cell.mark:
        made["mark"] = cell.mark
    if cell.note:
        made["note"] = _lines(cell.note)
    if cell.rows > 1:
        made["rows"] = cell.rows
    if cell.columns > 1:
        made["columns"] = cell.columns
    if cell.tone is not Tone.PLAIN:
        made["tone"] = cell.tone
    if cell.strong:
        made["strong"] = True
    if len(cell.text) > _LONG:
        made["long"] = True
    return made


def _lines(text: str) -> str | list[str]:
    return text.split("\n") if "\n" in text else text
