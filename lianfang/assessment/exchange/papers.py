"""The notice of results and a letter of accountability as Word and PDF files."""

from collections.abc import Callable, Mapping

from lianfang.documents.writing.official import OfficialPaper
from lianfang.documents.writing.official_docx import official_docx
from lianfang.documents.writing.official_pdf import official_pdf

PAPERS: Mapping[str, Callable[[OfficialPaper], bytes]] = {
    "docx": official_docx,
    "pdf": official_pdf,
}
