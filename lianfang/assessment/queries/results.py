"""What the checks of a year came to: units with their places, compared with the year before.

People are never ranked: their results are for themselves and those who scored them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lianfang.assessment.models import AssessedSheet, Assessment, ResultUse
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.scoring import ranks_of
from lianfang.assessment.rules.sheets import UNITS
from lianfang.org.models import Unit
from lianfang.scheme.model import Band

_ENDED = (Assessment.State.CONFIRMED, Assessment.State.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """The result of a unit: its score, the code of its band, its place, and last year's.

    `moved` is how many places it went up (or down, below nought) since.
    """

    unit: Unit
    score: Decimal
    band: str
    rank: int
    sheet: int
    is_capped: bool = False
    is_corrected: bool = False
    is_published: bool = False
    before: Decimal | None = None
    rank_before: int | None = None

    @property
    def apart(self) -> Decimal | None:
        """How many points more or less than the year before."""
        return None if self.before is None else self.score - self.before

    @property
    def moved(self) -> int | None:
        """How many places up since the year before, below nought for down."""
        return None if self.rank_before is None else self.rank_before - self.rank


@dataclass(frozen=True, kw_only=True)
class BandCount:
    """How many units got a band."""

    band: Band
    units: int


def results_of(organisation_id: int, year: int) -> list[ResultRow]:
    """Return the confirmed results of the units in a year, the best first; none before that.

    Two statements, and two more where the year before has results.
    """
    sheets = _confirmed(organisation_id, year)
    if not sheets:
        return []
    before = {sheet.unit_id: sheet for sheet in _confirmed(organisation_id, year - 1)}
    ranks, earlier = _ranks(sheets), _ranks(list(before.values()))
    corrected = set(
        AssessedSheet.objects.filter(
            pk__in=[sheet.pk for sheet in sheets], corrections__isnull=False
        ).values_list("pk", flat=True)
    )
    return [
        ResultRow(
            unit=sheet.unit,
            score=sheet.score or Decimal(0),
            band=sheet.band,
            rank=ranks[sheet.unit_id],
            sheet=sheet.pk,
            is_capped=bool(sheet.cap),
            is_corrected=sheet.pk in corrected,
            is_published=sheet.assessment.state == Assessment.State.PUBLISHED,
            before=before[sheet.unit_id].score if sheet.unit_id in before else None,
            rank_before=earlier.get(sheet.unit_id),
        )
        for sheet in sheets
    ]


def bands_of(assessment: Assessment, rows: list[ResultRow]) -> list[BandCount]:
    """Return the bands of the sheet for units with how many units got each."""
    return [
        BandCount(band=band, units=sum(row.band == band.code for row in rows))
        for band in sheet_in(assessment, UNITS).bands
    ]


def results_of_people(assessment: Assessment) -> list[AssessedSheet]:
    """Return the confirmed sheets of people, by unit and post: an order that ranks nobody.

    One statement. For the export alone.
    """
    rows = assessment.assessed.filter(
        step=AssessedSheet.Step.CONFIRMED, person__isnull=False
    ).select_related("unit", "post", "person")
    return list(rows.order_by("unit__order", "unit__code", "post__order", "post__code", "pk"))


def uses_in(assessment: Assessment) -> list[ResultUse]:
    """Return where the results of units in a year were used, the last first. One statement."""
    rows = ResultUse.objects.filter(sheet__assessment=assessment, sheet__person=None)
    return list(rows.select_related("sheet__unit").order_by("-used_on", "-pk"))


def scores_by_year(organisation_id: int, unit_id: int) -> list[tuple[int, Decimal, str]]:
    """Return the confirmed results of a unit year by year, the newest first. One statement."""
    rows = AssessedSheet.objects.filter(
        assessment__organisation=organisation_id,
        assessment__state__in=_ENDED,
        step=AssessedSheet.Step.CONFIRMED,
        person=None,
        unit=unit_id,
    )
    return [
        (year, score, band)
        for year, score, band in rows.order_by("-assessment__year").values_list(
            "assessment__year", "score", "band"
        )
        if score is not None
    ]


def _confirmed(organisation_id: int, year: int) -> list[AssessedSheet]:
    rows = AssessedSheet.objects.filter(
        assessment__organisation=organisation_id,
        assessment__year=year,
        assessment__state__in=_ENDED,
        step=AssessedSheet.Step.CONFIRMED,
        person=None,
    )
    return list(
        rows.select_related("unit", "assessment").order_by("-score", "unit__order", "unit__code")
    )


def _ranks(sheets: list[AssessedSheet]) -> Mapping[int, int]:
    return ranks_of({sheet.unit_id: sheet.score for sheet in sheets if sheet.score is not None})
