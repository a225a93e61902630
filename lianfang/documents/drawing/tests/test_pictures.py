"""PDF and PNG with real fonts. `fonts_folder` is the project's fixture of the font folder."""

from pathlib import Path

import pytest

from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.pages import paged
from lianfang.documents.drawing.pictures import FontMissing, pdf_of, png_of, png_of_page
from lianfang.documents.drawing.tests.flows import FLOWS


def test_a_folder_without_a_chinese_font_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="请放入"):
        pdf_of(paged(FLOWS["two_steps"]()), tmp_path)
    with pytest.raises(FontMissing):
        png_of(lay_out(FLOWS["two_steps"]()), tmp_path)


def test_a_pdf_has_a_page_for_every_page_and_holds_its_fonts(fonts_folder: Path) -> None:
    pages = paged(FLOWS["sixty_steps"]())
    pdf = pdf_of(pages, fonts_folder)
    assert pdf.startswith(b"%PDF-")
    assert f"/Type/Pages/Count {len(pages)}".encode() in pdf
    assert b"NotoSansSC" in pdf or b"/FontFile" in pdf


def test_the_same_pages_make_the_same_pdf(fonts_folder: Path) -> None:
    pages = paged(FLOWS["penalty"]())
    assert pdf_of(pages, fonts_folder) == pdf_of(pages, fonts_folder)


def test_a_png_is_as_large_as_its_layout_asks(fonts_folder: Path) -> None:
    layout = lay_out(FLOWS["penalty"]())
    png = png_of(layout, fonts_folder, dots_per_inch=144)
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert abs(width - layout.width * 2) <= 2


def test_a_page_can_be_a_png(fonts_folder: Path) -> None:
    page = paged(FLOWS["reward"]())[0]
    assert png_of_page(page, fonts_folder, 72).startswith(b"\x89PNG")
