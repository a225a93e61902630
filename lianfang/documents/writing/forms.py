"""The forms by code, and how one becomes a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.writing import (
    catalogue,
    comparison,
    delimited,
    docx,
    findings,
    matrix,
    measures,
    pdf,
    xlsx,
)
from lianfang.documents.writing.paper import TablePaper
from lianfang.documents.writing.request import Format, Request


class UnknownForm(Refused):
    """There is no form of that code."""


class Form(Struct, frozen=True, kw_only=True):
    """A form; `returns` when its spreadsheet can be filled in and read back."""

    code: str
    title: Text
    build: Callable[[Request], TablePaper]
    returns: bool = False


FORMS: Mapping[str, Form] = {
    form.code: form
    for form in (
        Form(
            code=measures.CODE,
            title=measures.TITLE,
            build=measures.measures_table,
            returns=True,
        ),
        Form(code=catalogue.CODE, title=catalogue.TITLE, build=catalogue.catalogue_table),
        Form(code=matrix.CODE, title=matrix.TITLE, build=matrix.matrix_table),
        Form(code=findings.CODE, title=findings.TITLE, build=findings.findings_table),
        Form(code=comparison.CODE, title=comparison.TITLE, build=comparison.comparison_table),
    )
}

_WRITERS: Mapping[Format, Callable[[TablePaper], bytes]] = {
    Format.XLSX: xlsx.to_xlsx,
    Format.DOCX: docx.to_docx,
    Format.PDF: pdf.to_pdf,
    Format.CSV: delimited.to_csv,
}


def form_of(code: str) -> Form:
    """Return the form of that code. Raises UnknownForm when there is none."""
    try:
        return FORMS[code]
    except KeyError:
        known = "、".join(FORMS)
        raise UnknownForm(
            Text(
                f"没有“{code}”这种表，可用的有：{known}。",
                f"There is no form “{code}”; there are: {known}.",
            )
        ) from None


def render(form: str, request: Request, format: Format) -> bytes:
    """Return a form as a file's content: the same bytes for the same request.

    Raises UnknownForm, ScopeRefused where a form lacks what it compares, CellRefused for a text
    no cell can hold, FontsRefused when a PDF can't be typeset.
    """
    found = form_of(form)
    fillable = found.returns and format is Format.XLSX and request.fillable
    return _WRITERS[format](found.build(replace(request, fillable=fillable)))


def write(form: str, request: Request, format: Format, path: Path) -> None:
    """Write a form to `path`, whole or not at all; raises as `render` does."""
    content = render(form, request, format)
    half = path.with_name(f"{path.name}.part")
    half.write_bytes(content)
    half.replace(path)
