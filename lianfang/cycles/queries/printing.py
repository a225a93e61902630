"""Editions on paper, and what changed between two of them, on screen and as a file (六（五）)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lianfang.common.text import Language
from lianfang.cycles.models import Edition
from lianfang.cycles.queries.covering import covered_before
from lianfang.documents.writing import catalogue, comparison, matrix, measures
from lianfang.documents.writing.comparison import comparison_table
from lianfang.documents.writing.forms import render
from lianfang.documents.writing.paper import TablePaper
from lianfang.documents.writing.request import Format, Request
from lianfang.documents.writing.scope import part_of_unit
from lianfang.org.models import Organisation, Unit
from lianfang.powers.queries.charts import Drawn, charts_of, charts_pdf, drawn
from lianfang.register.edition import read_frozen
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme

CHARTS = "charts"
_TABLES = (Format.XLSX, Format.DOCX, Format.PDF)
FORMS: Mapping[str, tuple[Format, ...]] = {
    measures.CODE: _TABLES,
    catalogue.CODE: _TABLES,
    matrix.CODE: _TABLES,
    CHARTS: (Format.PDF,),
}


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a comparison: a register, and what it is called; empty for the working copy."""

    register: Register
    number: str


def is_printable(form: str, kind: str) -> bool:
    """Return whether there is such a form in such a format."""
    return kind in {format.value for format in FORMS.get(form, ())}


def is_comparable(kind: str) -> bool:
    """Return whether a comparison is written in such a format."""
    return kind in {format.value for format in _TABLES}


def side_of(edition: Edition | None, organisation: Organisation) -> Side:
    """Return an edition as a side of a comparison; an empty register for none."""
    if edition is None:
        empty = Register(scheme=organisation.scheme, organisation=organisation.name)
        return Side(register=empty, number="—")
    return Side(register=covered_before(edition), number=edition.number)


def working_side(register: Register) -> Side:
    """Return what a filing covers as it stands now, which has no number."""
    return Side(register=register, number="")


def compared(
    unit: Unit, before: Side, after: Side, scheme: Scheme, on: date, language: Language
) -> Request:
    """Return what it takes to tell the difference of two sides."""
    return Request(
        register=after.register,
        before=before.register,
        scheme=scheme,
        on=on,
        language=language,
        edition=after.number,
        before_edition=before.number,
        heading=unit.shown_name,
        unit=unit.code,
        fillable=False,
    )


def comparison_paper(request: Request) -> TablePaper:
    """Return a comparison as a table to show."""
    return comparison_table(request)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A flow before and after, as it stands in a page; None where one side has none."""

    name: str
    code: str
    sides: tuple[tuple[str, Drawn | None], tuple[str, Drawn | None]]


def flow_pairs(paper: TablePaper) -> list[Pair]:
    """Return the flows that changed, drawn upright to stand side by side."""
    pairs = []
    for number, plate in enumerate(paper.plates):
        before, after = (
            drawn(chart, f"flow{number}-{side}", upright=True) if chart is not None else None
            for side, chart in zip(("before", "after"), plate.charts, strict=True)
        )
        old, new = plate.captions
        pairs.append(Pair(name=plate.name, code=plate.code, sides=((old, before), (new, after))))
    return pairs


def comparison_file(request: Request, kind: str) -> bytes:
    """Return a comparison as a file. Raises FontsRefused and CellRefused."""
    return render(comparison.CODE, request, Format(kind))


def printed_edition(
    edition: Edition, scheme: Scheme, form: str, kind: str, on: date, language: Language
) -> bytes:
    """Return a table or the charts of exactly that edition. Raises FontsRefused, CellRefused."""
    whole = read_frozen(edition.content.encode()).register
    register = part_of_unit(whole, edition.unit.code)
    if form == CHARTS:
        return charts_pdf(charts_of(register, scheme, language))
    request = Request(
        register=register,
        scheme=scheme,
        on=on,
        language=language,
        heading=edition.unit.shown_name,
        edition=edition.number,
        fillable=False,
    )
    return render(form, request, Format(kind))
