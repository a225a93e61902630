"""Powers on paper: the catalogue, the matrix and the flowcharts of one power or of a unit."""

from lianfang.common.text import Language
from lianfang.documents.writing import catalogue, matrix
from lianfang.documents.writing.forms import render
from lianfang.documents.writing.request import Format, Request
from lianfang.documents.writing.scope import part_of_unit
from lianfang.org.models import Organisation, Unit
from lianfang.org.standing import Standing
from lianfang.powers.models import Power
from lianfang.powers.queries.charts import charts_of, charts_pdf
from lianfang.powers.queries.load import powers_register
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme

CHARTS = "charts"
FORMATS = {
    catalogue.CODE: (Format.XLSX, Format.DOCX, Format.PDF),
    matrix.CODE: (Format.XLSX, Format.DOCX, Format.PDF),
    CHARTS: (Format.PDF,),
}


def possible(form: str, kind: str) -> bool:
    """Return whether there is such a form in such a format."""
    return kind in {format.value for format in FORMATS.get(form, ())}


def printed_power(
    power: Power, standing: Standing, scheme: Scheme, kind: str, language: Language
) -> bytes:
    """Return the entry of one power in the catalogue. Raises FontsRefused, CellRefused."""
    register = powers_register(power.organisation, standing.on, powers=[power.pk])
    heading = power.unit.shown_name
    return _rendered(catalogue.CODE, register, heading, standing, scheme, kind, language)


def printed_unit(
    unit: Unit, standing: Standing, scheme: Scheme, form: str, kind: str, language: Language
) -> bytes:
    """Return a form of all powers of a unit. Raises FontsRefused, CellRefused."""
    organisation = Organisation.objects.get(pk=unit.organisation_id)
    whole = powers_register(organisation, standing.on, units=[unit.pk])
    register = part_of_unit(whole, unit.code)
    if form == CHARTS:
        return charts_pdf(charts_of(register, scheme, language))
    return _rendered(form, register, unit.shown_name, standing, scheme, kind, language)


def _rendered(
    form: str,
    register: Register,
    heading: str,
    standing: Standing,
    scheme: Scheme,
    kind: str,
    language: Language,
) -> bytes:
    request = Request(
        register=register,
        scheme=scheme,
        on=standing.on,
        language=language,
        heading=heading,
        fillable=False,
    )
    return render(form, request, Format(kind))
