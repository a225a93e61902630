"""How the figures of the units are laid out on a page: four tables, each with its sum."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.common.http import language_now
from lianfang.cycles.queries.statistics import UnitFigures
from lianfang.cycles.rules.ordering import next_sort
from lianfang.documents.writing.statistics import Line, groups_of, sum_of
from lianfang.scheme.model import Scheme

Cells = tuple[int, ...]
# what stands over a column, and the figure by which the units are put in order there
Named = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading over figures; `leads_to` says what the units are in order by after a click."""

    label: str
    is_sortable: bool
    leads_to: str
    direction: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A table of figures: a row of them for each unit, and their sum."""

    key: str
    title: str
    clause: str
    headings: tuple[Heading, ...]
    rows: list[tuple[UnitFigures, Cells]]
    total: Cells


class Layout:
    """The tables of some units, in the order in which these come."""

    def __init__(self, rows: list[UnitFigures], scheme: Scheme, sort: str) -> None:
        self._rows = rows
        self._sort = sort
        self._total = sum_of((row.line for row in rows), scheme)
        self._named = {
            key: [(text.in_(language_now()), "") for text in texts]
            for key, texts in groups_of(scheme).items()
        }

    def filings(self) -> Part:
        """Return who took part, and which remarks are open."""
        return self._part(
            "filings",
            _("填报进度"),
            "六（一）",
            lambda line: (line.asked, line.taken, line.remarks),
            [(_("应参与"), ""), (_("已参与"), "taken"), (_("未办结意见"), "remarks")],
        )

    def registers(self) -> list[Part]:
        """Return the powers with the posts, and the measures."""
        *phases, (unsorted, _none) = self._named["measures"]
        return [
            self._part(
                "powers",
                _("职权和岗位"),
                "五（一）1",
                lambda line: (line.powers, *line.categories, line.posts),
                [
                    (pgettext("figures", "职权"), "powers"),
                    *self._named["powers"],
                    (pgettext("figures", "岗位"), "posts"),
                ],
            ),
            self._part(
                "measures",
                pgettext("figures", "防控措施"),
                "五（四）",
                lambda line: (line.measures, *line.phases),
                [(pgettext("figures", "措施"), "measures"), *phases, (unsorted, "unsorted")],
            ),
        ]

    def risks(self) -> Part:
        """Return the risk points by level and by aspect."""
        (high, _none), *levels, (unrated, _none) = self._named["risks"]
        return self._part(
            "risks",
            pgettext("figures", "廉政风险点"),
            "五（三）",
            lambda line: (line.risks, *line.levels, *line.aspects),
            [
                (pgettext("figures", "风险点"), "risks"),
                (high, "high"),
                *levels,
                (unrated, "unrated"),
                *self._named["aspects"],
            ],
        )

    def _part(
        self,
        key: str,
        title: str,
        clause: str,
        cells: Callable[[Line], Cells],
        named: Iterable[Named],
    ) -> Part:
        return Part(
            key=key,
            title=title,
            clause=clause,
            headings=tuple(self._heading(label, figure) for label, figure in named),
            rows=[(row, cells(row.line)) for row in self._rows],
            total=cells(self._total),
        )

    def _heading(self, label: str, figure: str) -> Heading:
        directions = {figure: "descending", f"-{figure}": "ascending"} if figure else {}
        return Heading(
            label=label,
            is_sortable=bool(figure),
            leads_to=next_sort(self._sort, figure),
            direction=directions.get(self._sort, ""),
        )
