"""A year's collected workbook and statistics, as files: what the office hands on (六（二）)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from lianfang.common.progress import Report
from lianfang.common.text import Language, Text
from lianfang.cycles.models import Cycle
from lianfang.cycles.queries.statistics import UnitFigures, statistics_of
from lianfang.documents.writing.measures import measures_table
from lianfang.documents.writing.paper import TablePaper
from lianfang.documents.writing.pdf import to_pdf
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.statistics import Asked, statistics_table
from lianfang.documents.writing.xlsx import to_xlsx
from lianfang.risks.queries.load import load
from lianfang.scheme.model import Scheme

KINDS = ("xlsx", "pdf")
# of so many risk points a PDF has the table, and so many are collected while somebody waits
AT_ONCE = 2_000
_STEPS = 3
_NAME = Text("{year}年度填报汇总", "Filings of {year}")
_MARK = Text("汇总稿", "collected draft")
_LANGUAGES: Mapping[Language, str] = {Language.ZH: "zh-hans", Language.EN: "en"}


@dataclass(frozen=True, kw_only=True)
class Collecting:
    """What is to be collected, for whom: a year's filings as they stand on a day."""

    cycle: Cycle
    scheme: Scheme
    on: date
    language: Language
    kind: str

    @property
    def name(self) -> str:
        """How the file is called."""
        name = _NAME.filled(year=self.cycle.year).in_(self.language)
        return f"{name} {self.on.isoformat()}.{self.kind}"


@dataclass(frozen=True, kw_only=True)
class Collected:
    """A file with what is in it."""

    content: bytes
    name: str
    units: int
    risks: int


def collect(asked: Collecting, report: Report = lambda done, total: None) -> Collected:
    """Return the file. A workbook has the figures and the table of all units.

    A PDF has the table, too, of AT_ONCE risk points at most. Raises CellRefused and FontsRefused.
    The cost grows with the registers of all units: 20,000 risk points take about four seconds and
    150 MB.
    """
    with override(_LANGUAGES[asked.language]):
        rows = statistics_of(asked.cycle, asked.scheme, asked.on)
    risks = sum(row.line.risks for row in rows)
    report(1, _STEPS)
    papers = [_figures(asked, rows)]
    if asked.kind == "xlsx" or risks <= AT_ONCE:
        papers.append(_table(asked, rows))
    report(2, _STEPS)
    content = to_xlsx(*papers) if asked.kind == "xlsx" else to_pdf(*papers)
    report(_STEPS, _STEPS)
    return Collected(content=content, name=asked.name, units=len(rows), risks=risks)


def _figures(asked: Collecting, rows: list[UnitFigures]) -> TablePaper:
    told = Asked(
        organisation=_name_of(asked),
        year=asked.cycle.year,
        scheme=asked.scheme,
        on=asked.on,
        language=asked.language,
    )
    return statistics_table([row.line for row in rows], told)


def _name_of(asked: Collecting) -> str:
    organisation = asked.cycle.organisation
    has_english = asked.language is Language.EN and organisation.name_en
    return organisation.name_en if has_english else organisation.name


def _table(asked: Collecting, rows: list[UnitFigures]) -> TablePaper:
    units = [row.filing.unit_id for row in rows]
    register = load(asked.cycle.organisation, asked.on, units)
    return measures_table(
        Request(
            register=register.without_people(),
            scheme=asked.scheme,
            on=asked.on,
            language=asked.language,
            heading=_name_of(asked),
            mark=_MARK.in_(asked.language),
            fillable=False,
        )
    )
