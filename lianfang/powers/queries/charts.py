"""The flow of a power as a chart, and as the files in which it is handed on."""

from dataclasses import dataclass
from enum import StrEnum

from msgspec.structs import replace

from lianfang.common.text import Language
from lianfang.documents.drawing.bpmn import bpmn_of
from lianfang.documents.drawing.flow import Chart, chart_of
from lianfang.documents.drawing.geometry import Orientation
from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.pages import paged
from lianfang.documents.drawing.pictures import pdf_of
from lianfang.documents.drawing.svg import svg_of
from lianfang.documents.fonts import font_folders
from lianfang.org.standing import Standing
from lianfang.powers.models import Power
from lianfang.powers.queries.levels import marks_of
from lianfang.powers.queries.load import powers_register
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme

# points; a page at full width shows this much at four fifths of the size
_WIDEST, _NARROWEST = 1400.0, 560.0


class ChartKind(StrEnum):
    """The kinds of file a chart is handed on in."""

    SVG = "svg"
    PDF = "pdf"
    BPMN = "bpmn"


def chart_for(power: Power, standing: Standing, scheme: Scheme, language: Language) -> Chart:
    """Return the chart of a power with the marks of its risk points. Ten statements."""
    register = powers_register(power.organisation, standing.on, powers=[power.pk])
    marks = marks_of(power, scheme)
    return chart_of(replace(register, risks=marks), register.powers[0], scheme, language)


def charts_of(register: Register, scheme: Scheme, language: Language) -> list[Chart]:
    """Return a chart of every power that has a flow."""
    return [chart_of(register, power, scheme, language) for power in register.powers if power.steps]


def chart_file(chart: Chart, kind: ChartKind) -> bytes:
    """Return a chart as a file. Raises FontsRefused when a PDF can't be typeset."""
    if kind is ChartKind.PDF:
        return charts_pdf([chart])
    if kind is ChartKind.BPMN:
        return bpmn_of(lay_out(chart, Orientation.LANDSCAPE)).encode()
    return svg_of(lay_out(chart, Orientation.LANDSCAPE)).encode()


def charts_pdf(charts: list[Chart]) -> bytes:
    """Return charts as one PDF, each on a page of its own or more. Raises FontsRefused."""
    pages = [page for chart in charts for page in paged(chart)]
    return pdf_of(pages, font_folders()[-1])


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart for a page, which has its own title and legend.

    `is_wide` when it would be unreadable were it made to fit the page; then it scrolls.
    """

    svg: str
    is_wide: bool


def drawn(chart: Chart, key: str, *, upright: bool = False) -> Drawn:
    """Return a chart as it stands in a page; `key` makes its ids unique there.

    An `upright` one is as narrow as may be, to stand beside a table.
    """
    way = Orientation.PORTRAIT if upright else Orientation.LANDSCAPE
    layout = lay_out(chart, way, framed=False, narrow=upright)
    return Drawn(
        svg=svg_of(layout, key), is_wide=layout.width > (_NARROWEST if upright else _WIDEST)
    )
