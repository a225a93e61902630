"""Official papers measured on the page, in the grid of GB/T 9704—2012."""

import io
import os
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader

from lianfang.documents.fonts import FontsRefused
from lianfang.documents.writing.official import (
    Block,
    Kind,
    NumberRefused,
    OfficialPaper,
)
from lianfang.documents.writing.official_docx import official_docx, record_docx
from lianfang.documents.writing.official_pdf import official_pdf, record_pdf
from lianfang.documents.writing.tests import papers

pytestmark = pytest.mark.usefixtures("fonts_folder")

DPI = 144
PER_MM = DPI / 25.4
PAPERS = {"notice": papers.NOTICE, "letter": papers.LETTER, "minutes": papers.MINUTES}
_FULL = "国" * 28
_NUMBER_BAND = (262.0, 290.0)


def _pages(content: bytes, folder: Path) -> list[Image.Image]:
    if shutil.which("pdftoppm") is None:
        message = "pdftoppm (poppler-utils) is not on this machine: pages were not measured."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    path = folder / "paper.pdf"
    path.write_bytes(content)
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-png", str(path), str(folder / "page")], check=True
    )
    return [Image.open(page).convert("L") for page in sorted(folder.glob("page-*.png"))]


def _ink(page: Image.Image, top: float, bottom: float) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the ink between two heights, in millimetres."""
    part = page.crop((0, round(top * PER_MM), page.width, round(bottom * PER_MM)))
    box = part.point(lambda grey: 255 if grey < 160 else 0).getbbox()
    assert box is not None
    left, upper, right, lower = (pixels / PER_MM for pixels in box)
    return left, upper + top, right, lower + top


def _lines(page: Image.Image, top: float, bottom: float) -> list[float]:
    """Return where the lines of ink between two heights begin, in millimetres."""
    dark = page.point(lambda grey: 255 if grey < 160 else 0)
    rows = [
        dark.crop((0, y, page.width, y + 1)).getbbox() is not None
        for y in range(round(top * PER_MM), round(bottom * PER_MM))
    ]
    starts = [place + 1 for place, (a, b) in enumerate(pairwise([False, *rows])) if b and not a]
    return [top + start / PER_MM for start in starts]


def _full_page() -> OfficialPaper:
    """Return a paper whose second page is nothing but full lines."""
    return replace(
        papers.NOTICE, body=(Block(_FULL * 60),), attachments=(), remark="", copies_to=""
    )


def test_a_full_page_has_22_lines_of_28_characters_within_the_margins(tmp_path: Path) -> None:
    content = official_pdf(_full_page())
    page = _pages(content, tmp_path)[1]
    text = PdfReader(io.BytesIO(content)).pages[1].extract_text()
    lines = [line for line in text.splitlines() if "国" in line]
    assert [len(line.strip()) for line in lines] == [28] * 22
    left, top, right, bottom = _ink(page, 20, 262)
    assert left == pytest.approx(28, abs=1)
    assert right == pytest.approx(28 + 156, abs=1)
    assert top == pytest.approx(37, abs=1.5)
    assert bottom <= 37 + 225
    starts = _lines(page, 20, 262)
    assert len(starts) == 22
    pitches = [after - before for before, after in pairwise(starts)]
    assert sum(pitches) / len(pitches) == pytest.approx(225 / 22, abs=0.05)


def test_page_numbers_stand_outside_7_mm_under_the_type_area(tmp_path: Path) -> None:
    first, second, *_ = _pages(official_pdf(_full_page()), tmp_path)
    odd, even = _ink(first, *_NUMBER_BAND), _ink(second, *_NUMBER_BAND)
    character = 14 / 72 * 25.4
    assert odd[2] == pytest.approx(28 + 156 - character, abs=1.5)
    assert even[0] == pytest.approx(28 + character, abs=1.5)
    assert odd[1] == pytest.approx(37 + 225 + 7, abs=2.5)


def test_the_red_head_begins_35_mm_into_the_type_area(tmp_path: Path) -> None:
    page = _pages(official_pdf(papers.NOTICE), tmp_path)[0]
    assert _ink(page, 20, 100)[1] == pytest.approx(37 + 35, abs=2.5)


def test_a_letters_mark_is_30_mm_from_the_edge_and_its_first_page_unnumbered(
    tmp_path: Path,
) -> None:
    content = official_pdf(papers.LETTER)
    page = _pages(content, tmp_path)[0]
    assert _ink(page, 10, 60)[1] == pytest.approx(30, abs=2.5)
    left, _, right, bottom = _ink(page, 270, 297)
    assert left == pytest.approx(20, abs=0.7)
    assert right == pytest.approx(190, abs=0.7)
    assert bottom == pytest.approx(297 - 20, abs=1)
    assert "— 1 —" not in PdfReader(io.BytesIO(content)).pages[0].extract_text()


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_everything_and_is_the_same_bytes_each_time(name: str) -> None:
    paper = PAPERS[name]
    content = official_pdf(paper)
    assert content == official_pdf(paper)
    pages = PdfReader(io.BytesIO(content)).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    for told in paper.texts():
        assert told.replace("\n", "").replace(" ", "") in text


def test_the_imprint_ends_with_the_type_area(tmp_path: Path) -> None:
    last = _pages(official_pdf(papers.NOTICE), tmp_path)[-1]
    assert _ink(last, 200, 265)[3] == pytest.approx(37 + 225, abs=1)


def test_a_record_form_holds_labels_answers_and_places_to_sign() -> None:
    text = PdfReader(io.BytesIO(record_pdf(papers.RECORD))).pages[0].extract_text()
    for told in ("任职廉政谈话记录", "谈话对象", "许明澜", "记录人（签字）", "▲高"):
        assert told in text.replace("\n", "")
    blank = replace(
        papers.RECORD, entries=tuple(replace(e, text="") for e in papers.RECORD.entries)
    )
    assert len(PdfReader(io.BytesIO(record_pdf(blank))).pages) == 1


@pytest.mark.parametrize("name", PAPERS)
def test_word_has_the_same_texts_margins_and_official_fonts(name: str) -> None:
    paper = PAPERS[name]
    content = official_docx(paper)
    assert content == official_docx(paper)
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.top_margin is not None
    assert section.left_margin is not None
    assert round(section.top_margin.mm) == 37
    assert round(section.left_margin.mm) == 28
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    text = "".join(part.text for part in (*document.paragraphs, *cells))
    for told in paper.texts():
        assert told.replace("\n", "") in text.replace("\n", "")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        styles = package.read("word/styles.xml").decode()
        feet = [part for part in package.namelist() if "footer" in part]
    assert all(f'eastAsia="{font}"' in styles for font in ("仿宋_GB2312", "方正小标宋简体", "黑体"))
    assert ("word/footer-first.xml" in feet) is (paper.kind is Kind.LETTER)


def test_a_record_form_in_word_is_a_native_table() -> None:
    document = docx.Document(io.BytesIO(record_docx(papers.RECORD)))
    table = document.tables[0]
    assert table.cell(1, 1).text == "许明澜"
    assert table.cell(4, 0).text == "谈话内容"


def test_a_number_in_other_brackets_is_refused() -> None:
    with pytest.raises(NumberRefused, match="六角括号"):
        official_pdf(replace(papers.NOTICE, number="示评廉[2026]3号"))


def test_a_character_without_a_glyph_is_refused_before_typesetting() -> None:
    with pytest.raises(FontsRefused, match="1F600"):
        official_pdf(replace(papers.NOTICE, addressee="\U0001f600处"))
