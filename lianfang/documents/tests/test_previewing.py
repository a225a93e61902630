"""A look into a file: pages, pictures, tables, text; nothing of what is broken."""

import io
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfWriter

from lianfang.documents.previewing import (
    CHARACTERS,
    COLUMNS,
    PAGES,
    ROWS,
    Shape,
    page_of,
    preview_of,
)


def pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def picture(form: str, size: tuple[int, int] = (40, 20), *, turned: bool = False) -> bytes:
    file = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    Image.new("RGB", size, "red").save(file, form, exif=exif)
    return file.getvalue()


def workbook(rows: int, columns: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(rows):
        sheet.append([f"{row}-{column}" for column in range(columns)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def size_of(png: bytes | None) -> tuple[int, int]:
    assert png is not None
    with Image.open(io.BytesIO(png)) as image:
        assert image.format == "PNG"
        return image.size


def test_a_pdf_is_seen_page_by_page() -> None:
    content = pdf(2)
    seen = preview_of(content, "记录.PDF")
    assert (seen.shape, list(seen.numbers), seen.is_cut) == (Shape.PAGES, [1, 2], False)
    width, height = size_of(page_of(content, "记录.PDF", 2))
    assert (width < height, height) == (True, 1400)
    assert page_of(content, "记录.PDF", 3) is None
    assert page_of(content, "记录.PDF", 0) is None


def test_of_a_long_pdf_the_first_pages_are_seen() -> None:
    seen = preview_of(pdf(PAGES + 1), "a.pdf")
    assert (seen.pages, seen.is_cut) == (PAGES, True)
    assert page_of(pdf(PAGES + 1), "a.pdf", PAGES + 1) is None


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew_upright_and_no_larger_than_a_page(form: str) -> None:
    name = f"照片.{form.lower()}"
    assert preview_of(picture(form), name).pages == 1
    assert size_of(page_of(picture(form), name, 1)) == (40, 20)
    assert size_of(page_of(picture(form, turned=True), name, 1)) == (20, 40)
    assert size_of(page_of(picture(form, (2800, 700)), name, 1)) == (1400, 350)
    kept = page_of(picture(form, turned=True), name, 1)
    assert kept is not None
    assert b"Exif" not in kept


def test_tables_are_seen_as_rows_up_to_a_limit() -> None:
    seen = preview_of(workbook(3, 2), "台账.xlsx")
    assert seen.shape is Shape.TABLES
    assert seen.sheets[0].rows[0] == ("0-0", "0-1")
    assert not seen.is_cut
    large = preview_of(workbook(ROWS + 1, COLUMNS + 1), "台账.xlsx")
    assert (len(large.sheets[0].rows), len(large.sheets[0].rows[0])) == (ROWS, COLUMNS)
    assert large.is_cut
    assert preview_of("甲,乙\n1,2\n".encode("gb18030"), "表.csv").sheets[0].rows[0] == ("甲", "乙")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_seen_in_whatever_it_was_written(encoding: str) -> None:
    seen = preview_of("自查记录\n一切正常".encode(encoding), "说明.txt")
    assert (seen.shape, seen.text) == (Shape.TEXT, "自查记录\n一切正常")
    long = preview_of(("长" * (CHARACTERS + 1)).encode(encoding), "说明.txt")
    assert (len(long.text), long.is_cut) == (CHARACTERS, True)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n1 0 obj\nendobj\n", "坏.pdf"),
        (b"\x89PNG\r\n\x1a\nnothing", "坏.png"),
        (b"PK\x03\x04nothing", "坏.xlsx"),
        (b"\xff\xd8\xffnothing", "坏.jpg"),
        (b"\xff\x00\xff", "坏.txt"),
        (b"PK\x03\x04", "讲稿.pptx"),
    ],
)
def test_of_what_is_broken_or_of_another_kind_nothing_is_seen(content: bytes, name: str) -> None:
    assert preview_of(content, name).shape is Shape.NOTHING
    assert page_of(content, name, 1) is None


def test_a_picture_too_large_to_draw_is_not_seen() -> None:
    file = io.BytesIO()
    Image.new("1", (9000, 9000)).save(file, "PNG")
    assert preview_of(file.getvalue(), "大.png").shape is Shape.NOTHING


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    preview_of(workbook(2, 2), "台账.xlsx")
    assert list(tmp_path.iterdir()) == []
