"""A letter of a lead as a Word file, made from what is stored; the PDF is kept as it was issued."""

from lianfang.documents.writing.official_docx import official_docx
from lianfang.leads.models import LeadLetter
from lianfang.leads.queries.letters import written_of
from lianfang.leads.rules.letters import NAMES, Letter, paper_of


def letter_docx(letter: LeadLetter) -> tuple[bytes, str]:
    """Return a letter as .docx with its name, which tells nobody's. No statement."""
    mark = letter.document.mark
    paper = paper_of(written_of(letter, letter.document.issued_on), mark)
    return official_docx(paper), f"{mark}{NAMES[Letter(letter.kind)]}.docx"
