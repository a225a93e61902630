"""A list of the register as a file: as it is shown, as the official table, or for machines."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.documents.writing import measures
from lianfang.documents.writing.delimited import to_csv
from lianfang.documents.writing.forms import render
from lianfang.documents.writing.paper import TablePaper
from lianfang.documents.writing.request import Format, Request
from lianfang.documents.writing.scope import part_of_risks
from lianfang.documents.writing.xlsx import to_xlsx
from lianfang.org.models import Organisation
from lianfang.register.canonical import to_json
from lianfang.register.model import Register
from lianfang.risks.exchange.listing import TITLE, list_paper
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.lists import Line
from lianfang.risks.queries.load import load
from lianfang.scheme.model import Scheme

LIST = "list"
MEASURES = "measures"
REGISTER = "register.json"
# How many risk points a file of each kind may hold; more is work for a unit at a time.
MOST: Mapping[str, int] = {
    "list.xlsx": 20_000,
    "list.csv": 100_000,
    "measures.xlsx": 10_000,
    "measures.docx": 2_000,
    "measures.pdf": 2_000,
    REGISTER: 100_000,
}
_LISTS: Mapping[str, Callable[[TablePaper], bytes]] = {"xlsx": to_xlsx, "csv": to_csv}
_NAMES: Mapping[str, Text] = {
    LIST: TITLE,
    MEASURES: measures.TITLE,
    "register": Text("登记册", "Register"),
}


class TooMany(Refused):
    """More risk points than a file of the kind may hold."""


class NothingToExport(Refused):
    """A list without a row that the file could hold."""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """For whom a file is made: the organisation, its scheme, the day and the language."""

    organisation: Organisation
    scheme: Scheme
    on: date
    language: Language


def list_file(format: str, lines: Collection[Line], asking: Asking, asked: str) -> bytes:
    """Return the rows as the page shows them. Raises CellRefused for a text no cell can hold."""
    paper = list_paper(
        tuple(lines), asking.scheme, on=asking.on, language=asking.language, asked=asked
    )
    return _LISTS[format.partition(".")[2]](paper)


def register_file(format: str, risks: QuerySet[RiskPoint], asking: Asking) -> bytes:
    """Return the risk points as the official table or as a Register, with what they are about.

    Raises NothingToExport where none of them is in use, and what `render` raises.
    """
    whole = load(asking.organisation, asking.on, risks=risks).without_people()
    part = part_of_risks(whole, {risk.id for risk in whole.risks})
    if not part.risks:
        raise NothingToExport(
            Text(
                "这些风险点都已停用，措施表和登记册里只有在用的。请改用清册导出。",
                "These risk points are all retired; the table and the register hold only those "
                "in use. Export the list instead.",
            )
        )
    return to_json(part) if format == REGISTER else _measures(format, part, asking)


def require_few(format: str, count: int) -> None:
    """Raise TooMany where a list is longer than a file of the format may be."""
    most = MOST[format]
    if count > most:
        raise TooMany(
            Text(
                f"这种文件最多 {most} 条，当前的清单更长。请按单位或等级筛选后分别导出。",
                f"A file of this kind holds {most} rows; this list is longer. Narrow it by unit "
                "or level and export each part.",
            )
        )


def name_of(format: str, on: date, language: Language) -> str:
    """Return the name of the file."""
    kind, _, ending = format.partition(".")
    return f"{_NAMES[kind].in_(language)} {on.isoformat()}.{ending}"


def _measures(format: str, part: Register, asking: Asking) -> bytes:
    request = Request(
        register=part,
        scheme=asking.scheme,
        on=asking.on,
        language=asking.language,
        heading="" if len(part.units) == 1 else asking.organisation.name,
    )
    return render(MEASURES, request, Format(format.partition(".")[2]))
