"""Looks into a file without opening it elsewhere: pages as pictures, tables as rows, text as text.

What a browser gets is drawn here anew; nothing of the file itself is shown or run in it.
"""

import io
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageOps

from lianfang.common.errors import Refused
from lianfang.documents.opening import open_file

PAGES = 20
ROWS, COLUMNS = 60, 20
CHARACTERS = 20_000
# pixels: the longest side of a page as it is shown, and how large a picture may be at all
_SIDE = 1_400
_MOST_PIXELS = 60_000_000
_ENCODINGS = ("utf-8-sig", "gb18030")
_PICTURES = (".png", ".jpg", ".jpeg")
_TABLES = (".xlsx", ".xls", ".et", ".csv", ".docx", ".doc", ".wps")
# PDFium is not safe to call from two threads.
_ONE_AT_A_TIME = Lock()


class Shape(StrEnum):
    """In which shape a file is looked at."""

    PAGES = "pages"
    TABLES = "tables"
    TEXT = "text"
    NOTHING = "nothing"


class Sheet(NamedTuple):
    """The first rows of a table, cut off at COLUMNS."""

    name: str
    rows: list[tuple[str, ...]]
    is_cut: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What can be seen of a file: how many pages, or its text, or its tables.

    `is_cut` says that there is more in the file than is shown.
    """

    shape: Shape = Shape.NOTHING
    pages: int = 0
    text: str = ""
    sheets: tuple[Sheet, ...] = ()
    is_cut: bool = False

    @property
    def numbers(self) -> range:
        """The numbers of the pages that are shown, from 1."""
        return range(1, self.pages + 1)


def preview_of(content: bytes, name: str) -> Preview:
    """Return what can be seen of a file, by its name and content; nothing where it is broken."""
    suffix = Path(name).suffix.lower()
    if suffix in _PICTURES:
        return Preview(shape=Shape.PAGES, pages=1) if _picture(content) else Preview()
    if suffix == ".pdf":
        pages = _count(content)
        shown = min(pages, PAGES)
        shape = Shape.PAGES if pages else Shape.NOTHING
        return Preview(shape=shape, pages=shown, is_cut=pages > shown)
    if suffix == ".txt":
        return _text(content)
    return _tables(content, suffix) if suffix in _TABLES else Preview()


def page_of(content: bytes, name: str, number: int) -> bytes | None:
    """Return a page, counted from 1, or a picture, drawn anew as PNG; None where there is none."""
    if Path(name).suffix.lower() == ".pdf":
        drawn = _draw(content, number) if 1 <= number <= PAGES else None
    else:
        drawn = _picture(content) if number == 1 else None
    if drawn is None:
        return None
    file = io.BytesIO()
    drawn.save(file, "PNG", compress_level=3)
    return file.getvalue()


def _count(content: bytes) -> int:
    with _ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(content) as document:
                return len(document)
        except pypdfium2.PdfiumError:
            return 0


def _draw(content: bytes, number: int) -> Image.Image | None:
    with _ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(content) as document:
                if number > len(document):
                    return None
                page = document[number - 1]
                longest = max(page.get_size())
                if longest <= 0:
                    return None
                bitmap = page.render(scale=min(2.0, _SIDE / longest))
                drawn: Image.Image = bitmap.to_pil().convert("RGB")
        except pypdfium2.PdfiumError:
            return None
    return drawn


def _picture(content: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.draft("RGB", (_SIDE, _SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((_SIDE, _SIDE))
    return upright


def _text(content: bytes) -> Preview:
    cut = content[: CHARACTERS * 4]
    for encoding in _ENCODINGS:
        try:
            text = cut.decode(encoding, errors="strict" if cut == content else "ignore")
        except UnicodeDecodeError:
            continue
        shown = text[:CHARACTERS]
        is_cut = len(shown) < len(text) or cut != content
        return Preview(shape=Shape.TEXT, text=shown, is_cut=is_cut)
    return Preview()


def _tables(content: bytes, suffix: str) -> Preview:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        try:
            grids = open_file(path).grids
        except Refused:
            return Preview()
    sheets = tuple(
        Sheet(
            grid.name,
            [row[:COLUMNS] for row in grid.rows[:ROWS]],
            len(grid.rows) > ROWS or grid.width > COLUMNS,
        )
        for grid in grids
        if grid.rows
    )
    shape = Shape.TABLES if sheets else Shape.NOTHING
    return Preview(shape=shape, sheets=sheets, is_cut=any(sheet.is_cut for sheet in sheets))
