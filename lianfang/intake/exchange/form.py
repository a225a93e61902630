"""A unit's own table to be filled in offline and sent back (files.md): everything it holds now."""

from datetime import date

from lianfang.common.text import Language
from lianfang.documents.writing.forms import render
from lianfang.documents.writing.measures import CODE
from lianfang.documents.writing.request import Format, Request
from lianfang.documents.writing.scope import part_of_unit
from lianfang.org.models import Organisation, Unit
from lianfang.risks.queries.load import load
from lianfang.scheme.model import Scheme


def form_of(
    organisation: Organisation, unit: Unit, scheme: Scheme, *, on: date, language: Language
) -> bytes:
    """Return the .xlsx of a unit's powers, risk points and measures, with blank rows to add to.

    Raises CellRefused for a text that no cell can hold. The cost grows with the unit.
    """
    register = load(organisation, on, [unit.pk]).without_people()
    request = Request(
        register=part_of_unit(register, unit.code),
        scheme=scheme,
        on=on,
        language=language,
        fillable=True,
    )
    return render(CODE, request, Format.XLSX)
