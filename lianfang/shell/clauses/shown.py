"""The demands of the plan as one person sees them: pages they may open, figures they may know."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from lianfang.common.text import Text
from lianfang.org.standing import Standing
from lianfang.scheme.model import Scheme
from lianfang.shell.chips import ShownClause, clauses_of
from lianfang.shell.clauses.figures import Counting, Figure
from lianfang.shell.clauses.register import of_levels, of_organisation, of_powers, of_risks
from lianfang.shell.clauses.rows import ROWS, Row
from lianfang.shell.clauses.warning import of_assessment, of_public, of_warning
from lianfang.shell.clauses.work import of_duties, of_inspections, of_learning, of_records
from lianfang.shell.clauses.year import of_editions, of_year
from lianfang.shell.pages import Page, pages_for

ROOMS: tuple[Counting, ...] = (
    of_organisation,
    of_powers,
    of_risks,
    of_levels,
    of_year,
    of_editions,
    of_duties,
    of_records,
    of_inspections,
    of_learning,
    of_warning,
    of_assessment,
    of_public,
)


@dataclass(frozen=True, kw_only=True)
class ShownFigure:
    """A figure with the address of its list, empty where the reader may not open it."""

    figure: Figure
    url: str


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """A demand with what does it: pages, and where the organisation stands."""

    part: Promise | str
    does: Promise | str
    pages: tuple[Page, ...]
    figures: tuple[ShownFigure, ...]


@dataclass(frozen=True, kw_only=True)
class Demand:
    """A clause, and what in the product does it; nothing where it only stands above others."""

    clause: ShownClause
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, kw_only=True)
class Demands:
    """A document with its demands in order."""

    number: str
    title: Text
    demands: tuple[Demand, ...]


def demands_of(scheme: Scheme, standing: Standing | None) -> tuple[Demands, ...]:
    """Return every clause of a scheme with what does it.

    The rooms' statements for staff; none for administrators and logins of nobody, who see no
    figures.
    """
    pages = pages_for(standing) if standing else {}
    figures = figures_for(standing) if standing and standing.is_staff else {}
    return tuple(
        Demands(
            number=document.number,
            title=document.title,
            demands=tuple(
                Demand(
                    clause=clause,
                    rows=tuple(
                        _shown(row, pages, figures) for row in ROWS if row.section == clause.section
                    ),
                )
                for clause in document.clauses
            ),
        )
        for document in clauses_of(scheme)
    )


def figures_for(standing: Standing) -> Mapping[str, Figure]:
    """Return every room's figures for one of the staff."""
    return {code: figure for count in ROOMS for code, figure in count(standing).items()}


def _shown(row: Row, pages: Mapping[str, Page], figures: Mapping[str, Figure]) -> ShownRow:
    return ShownRow(
        part=row.part,
        does=row.does,
        pages=tuple(pages[name] for name in row.pages if name in pages),
        figures=tuple(
            ShownFigure(figure=found, url=pages[found.page].url if found.page in pages else "")
            for code in row.figures
            if (found := figures.get(code)) is not None
        ),
    )
