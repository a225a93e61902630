"""What the last yearly check came to, for those who may read its results (五（七）1)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from lianfang.assessment.access import assessments_visible_to, reads_results, sheets_visible_in
from lianfang.assessment.models import Assessment
from lianfang.assessment.queries.results import bands_of, results_of
from lianfang.common.http import language_now
from lianfang.org.models import Unit
from lianfang.org.standing import Standing
from lianfang.overview.rules.figure import Figure


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """A unit with its place, score and band; `width` of its bar in hundredths.

    `url` leads to its sheet, where the reader may open it.
    """

    unit: Unit
    rank: int
    score: Decimal
    band: str
    width: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Results:
    """The results of a year, the best first."""

    year: int
    average: Decimal
    lines: tuple[ResultLine, ...]
    bands: tuple[tuple[str, Figure], ...]
    units: Figure

    def figures(self) -> Iterator[Figure]:
        """Yield the numbers that lead to lists."""
        yield self.units
        yield from (one for _label, one in self.bands)


def last_results(standing: Standing) -> Results | None:
    """Return the results of the last year that has any, None where there is none to be read.

    One statement, six more where there is.
    """
    ended = (Assessment.State.CONFIRMED, Assessment.State.PUBLISHED)
    found = assessments_visible_to(standing).filter(state__in=ended).order_by("-year").first()
    if found is None or not reads_results(standing, found):
        return None
    rows = results_of(standing.organisation_id, found.year)
    if not rows:
        return None
    opens = set(sheets_visible_in(standing, found).values_list("pk", flat=True))
    page = reverse("assessment:results", args=[found.pk])
    labels = {one.band.code: one.band.label.in_(language_now()) for one in bands_of(found, rows)}
    counts = Counter(row.band for row in rows)
    return Results(
        year=found.year,
        average=(sum((row.score for row in rows), Decimal(0)) / len(rows)).quantize(Decimal("0.1")),
        lines=tuple(
            ResultLine(
                unit=row.unit,
                rank=row.rank,
                score=row.score,
                band=labels.get(row.band, row.band),
                width=f"{min(max(row.score, Decimal(0)), Decimal(100)):.1f}",
                url=reverse("assessment:sheet", args=[row.sheet]) if row.sheet in opens else "",
            )
            for row in rows
        ),
        bands=tuple(
            (label, Figure(count=counts[code], url=f"{page}?band={code}"))
            for code, label in labels.items()
            if counts[code]
        ),
        units=Figure(count=len(rows), url=page),
    )
