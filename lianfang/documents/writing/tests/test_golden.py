"""What every form says, cell by cell and line by line, kept beside the tests.

`LIANFANG_GOLDEN=write` writes the files anew; read the difference before you commit it.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from lianfang.checks.engine import run
from lianfang.common.text import Language
from lianfang.documents.grids import OWN_SHEET
from lianfang.documents.writing.forms import FORMS, render
from lianfang.documents.writing.official import OfficialPaper, RecordForm
from lianfang.documents.writing.official_docx import official_docx, record_docx
from lianfang.documents.writing.official_pdf import official_pdf, record_pdf
from lianfang.documents.writing.request import Format, Request
from lianfang.documents.writing.tests import factories, papers
from lianfang.scheme.model import Scheme

GOLDEN = Path(__file__).parent / "golden"
PAPERS: dict[str, OfficialPaper | RecordForm] = {
    "notice": papers.NOTICE,
    "letter": papers.LETTER,
    "minutes": papers.MINUTES,
    "record": papers.RECORD,
}


def require_same(name: str, lines: Iterator[str]) -> None:
    """Compare with the file kept, or keep it anew where that is asked for."""
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("LIANFANG_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    before = kept.read_text(encoding="utf-8") if kept.exists() else ""
    assert before == text, f"{kept.name}: keep it anew with LIANFANG_GOLDEN=write, then read it"


def asked(scheme: Scheme, language: Language) -> Request:
    register = factories.register()
    return factories.request(
        scheme,
        language=language,
        findings=run(register, scheme),
        before=factories.register(risks=register.risks[1:]),
        mark="送审稿",
    )


def sheet_lines(content: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        if sheet.title == OWN_SHEET:
            continue
        yield f"# {sheet.title} {sheet.dimensions} {sheet.page_setup.orientation}"
        yield "# " + " ".join(sorted(str(merged) for merged in sheet.merged_cells.ranges))
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield f"{cell.coordinate}: {str(cell.value).replace(chr(10), '⏎')}"


def document_lines(content: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        if paragraph.text.strip():
            yield f"[{paragraph.style.name if paragraph.style else ''}] {paragraph.text}"
    for table in document.tables:
        for row in table.rows:
            yield " | ".join(cell.text.replace("\n", "⏎") for cell in row.cells)


def page_lines(content: bytes) -> Iterator[str]:
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages, 1):
        yield f"# page {number}"
        yield from page.extract_text().splitlines()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("form", list(FORMS))
def test_a_spreadsheet_says_what_it_said(form: str, language: Language, scheme: Scheme) -> None:
    content = render(form, asked(scheme, language), Format.XLSX)
    require_same(f"{form}.{language}.xlsx", sheet_lines(content))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("form", list(FORMS))
def test_a_document_says_what_it_said(form: str, language: Language, scheme: Scheme) -> None:
    content = render(form, asked(scheme, language), Format.DOCX)
    require_same(f"{form}.{language}.docx", document_lines(content))


@pytest.mark.usefixtures("fonts_folder")
@pytest.mark.parametrize("form", list(FORMS))
def test_a_page_says_what_it_said(form: str, scheme: Scheme) -> None:
    content = render(form, asked(scheme, Language.ZH), Format.PDF)
    require_same(f"{form}.zh.pdf", page_lines(content))


@pytest.mark.usefixtures("fonts_folder")
@pytest.mark.parametrize("kind", list(PAPERS))
def test_an_official_paper_says_what_it_said(kind: str) -> None:
    paper = PAPERS[kind]
    if isinstance(paper, OfficialPaper):
        word, page = official_docx(paper), official_pdf(paper)
    else:
        word, page = record_docx(paper), record_pdf(paper)
    require_same(f"{kind}.docx", document_lines(word))
    require_same(f"{kind}.pdf", page_lines(page))
