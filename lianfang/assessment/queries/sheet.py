"""One sheet as its page shows it: each item with its figure, what it proposes, and three scores."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from lianfang.alerts.models import Alert
from lianfang.assessment.models import (
    Adjustment,
    AssessedSheet,
    AssessmentTask,
    ItemScore,
    Objection,
    ResultCorrection,
    ResultUse,
    SiteCheck,
)
from lianfang.assessment.queries.figures import figures_in
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.queries.tally import tally_in
from lianfang.assessment.rules.figures import Figure
from lianfang.assessment.rules.scoring import Party, Tally, proposed, weights_of
from lianfang.assessment.rules.sheets import maximum_of
from lianfang.scheme.model import Band, Scheme, Sheet, SheetItem, SheetSection
from lianfang.scheme.model import Figure as FigureNamed


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """An item: its figure, None where points are given by hand; what each party gave."""

    item: SheetItem
    figure: Figure | None
    named: FigureNamed | None
    proposed: Decimal | None
    scores: Mapping[str, ItemScore]
    is_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class SectionLines:
    """A section with its items."""

    section: SheetSection
    lines: list[ItemLine]


@dataclass(frozen=True, kw_only=True)
class PartyTotal:
    """What a party gave together, and what that counts in per cent."""

    party: str
    label: str
    weight: Decimal
    points: Decimal | None


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """All that the page of a sheet shows."""

    asked: Sheet
    sections: list[SectionLines]
    parties: list[PartyTotal]
    tally: Tally | None
    band: Band | None
    cap: str
    adjustments: list[Adjustment]
    visits: list[SiteCheck]
    objections: list[Objection]
    corrections: list[ResultCorrection]
    tasks: list[AssessmentTask]
    uses: list[ResultUse]


def page_of(
    sheet: AssessedSheet,
    scheme: Scheme,
    on: date,
    *,
    parties: Collection[Party],
    counted: QuerySet[Alert],
    hidden: Collection[str] = (),
) -> SheetPage:
    """Return the page of a sheet, with the points of these parties alone.

    `hidden` are codes of figures that the reader may not know, `counted` the alerts that may
    count in the others. The statements don't grow with the rows behind the figures.
    """
    asked = sheet_in(sheet.assessment, sheet.kind)
    figures = figures_in(sheet, on, counted)
    given: dict[str, dict[str, ItemScore]] = {}
    for score in sheet.scores.filter(party__in=parties).select_related("evidence"):
        given.setdefault(score.item, {})[score.party] = score
    whole = len(parties) == len(Party)
    tally = tally_in(sheet) if whole else None
    named = {figure.code: figure for figure in scheme.figures}
    return SheetPage(
        asked=asked,
        sections=[
            SectionLines(
                section=section,
                lines=[_line(item, figures, named, given, hidden) for item in section.items],
            )
            for section in asked.sections
        ],
        parties=_totals(asked, given, parties),
        tally=tally,
        band=next((band for band in asked.bands if whole and band.code == sheet.band), None),
        cap=sheet.cap,
        adjustments=list(sheet.adjustments.select_related("made_by__person").order_by("pk"))
        if whole
        else [],
        visits=list(sheet.visits.prefetch_related("people").order_by("held_on", "pk"))
        if Party.OFFICE in parties
        else [],
        objections=list(sheet.objections.order_by("pk")),
        corrections=list(sheet.corrections.order_by("pk")),
        tasks=list(sheet.tasks.order_by("due_on", "pk")),
        uses=list(sheet.uses.order_by("used_on", "pk")),
    )


def _line(
    item: SheetItem,
    figures: Mapping[str, Figure],
    named: Mapping[str, FigureNamed],
    given: Mapping[str, Mapping[str, ItemScore]],
    hidden: Collection[str],
) -> ItemLine:
    is_hidden = item.source in hidden
    figure = None if is_hidden else figures.get(item.code)
    return ItemLine(
        item=item,
        figure=figure,
        named=named.get(item.source),
        proposed=proposed(figure.share, maximum_of(item)) if figure is not None else None,
        scores=given.get(item.code, {}),
        is_hidden=is_hidden,
    )


def _totals(
    asked: Sheet, given: Mapping[str, Mapping[str, ItemScore]], shown: Collection[Party]
) -> list[PartyTotal]:
    totals = []
    for party, weight in weights_of(asked).items():
        points = [scores[party].points for scores in given.values() if party in scores]
        totals.append(
            PartyTotal(
                party=party,
                label=str(ItemScore.Party(party).label),
                weight=weight,
                points=sum(points, Decimal(0)) if points and party in shown else None,
            )
        )
    return totals
