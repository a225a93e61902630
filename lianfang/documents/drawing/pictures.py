"""Turns drawings into PDF and PNG with the fonts of one folder; text stays text in the PDF."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.drawing.geometry import Layout
from lianfang.documents.drawing.pages import Page
from lianfang.documents.drawing.printing import svg_of_page
from lianfang.documents.drawing.surround import title_of
from lianfang.documents.drawing.svg import FONT_FAMILIES, svg_of

POINTS_PER_INCH = 72.0


class FontMissing(Refused):
    """No font that holds Chinese was found in the folder."""

    def __init__(self, fonts: Path) -> None:
        wanted = "、".join(FONT_FAMILIES[:3])
        super().__init__(
            Text(
                f"字体文件夹 {fonts} 里没有可用的中文字体，无法生成图片；"
                f"请放入其中一种：{wanted}。",
                f"The font folder {fonts} holds no Chinese font, so no picture can be made; "
                f"put one of these into it: {wanted}.",
            )
        )


def pdf_of(pages: Sequence[Page], fonts: Path) -> bytes:
    """Return the pages as one PDF; the same pages always give the same bytes.

    Raises FontMissing.
    """
    sheets = [(page.paper.width, page.paper.height, svg_of_page(page)) for page in pages]
    title = title_of(pages[0].layout.chart) if pages else ""
    return _compiled(sheets, title, fonts, "pdf", POINTS_PER_INCH)


def png_of(layout: Layout, fonts: Path, dots_per_inch: float = 144.0) -> bytes:
    """Return the whole layout as one PNG at so many dots for 72 points. Raises FontMissing."""
    sheets = [(layout.width, layout.height, svg_of(layout))]
    return _compiled(sheets, title_of(layout.chart), fonts, "png", dots_per_inch)


def png_of_page(page: Page, fonts: Path, dots_per_inch: float = 144.0) -> bytes:
    """Return one page as PNG. Raises FontMissing."""
    sheets = [(page.paper.width, page.paper.height, svg_of_page(page))]
    return _compiled(sheets, title_of(page.layout.chart), fonts, "png", dots_per_inch)


def _compiled(
    sheets: Sequence[tuple[float, float, str]],
    title: str,
    fonts: Path,
    form: Literal["pdf", "png"],
    dots_per_inch: float,
) -> bytes:
    known = _fonts(fonts)
    inputs = {f"sheet{at}": svg for at, (_, _, svg) in enumerate(sheets)}
    inputs["title"] = title
    source = "#set document(title: sys.inputs.title, date: none)\n" + "\n".join(
        f"#page(width: {width:.2f}pt, height: {height:.2f}pt, margin: 0pt)"
        f'[#image(bytes(sys.inputs.sheet{at}), format: "svg", width: 100%, alt: "{at + 1}")]'
        for at, (width, height, _) in enumerate(sheets)
    )
    return typst.compile(
        source.encode(), font_paths=known, format=form, ppi=dots_per_inch, sys_inputs=inputs
    )


@lru_cache(maxsize=8)
def _fonts(folder: Path) -> typst.Fonts:
    """Return the fonts of a folder, read once. Raises FontMissing."""
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
    if not set(found.families()) & set(FONT_FAMILIES):
        raise FontMissing(folder)
    return found
