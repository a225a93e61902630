"""Which risk points wait to be gone over, and when each was last (六（五）)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from lianfang.org.models import Unit
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.risks.models import RiskPoint, RiskReview
from lianfang.risks.queries.lists import Line, Page, page_of
from lianfang.risks.rules.reviewing import lapsed_by, months_between_reviews
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class ToReview:
    """A risk point that waits; `last` is the day of its last review, None before the first."""

    line: Line
    last: date | None


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """Risk points that wait, from one key to the next; `older` is empty on the last page."""

    rows: tuple[ToReview, ...]
    older: str


@dataclass(frozen=True, kw_only=True)
class UnitToReview:
    """How many risk points of a unit wait."""

    unit: Unit
    waiting: int


def due_for(standing: Standing, scheme: Scheme) -> QuerySet[RiskPoint]:
    """Return what waits for a review in the asker's organisation today. No statement."""
    return due_in(standing.organisation_id, standing.on, standing.zone, scheme)


def due_in(organisation: int, on: date, zone: ZoneInfo, scheme: Scheme) -> QuerySet[RiskPoint]:
    """Return the risk points in use that nobody went over within the scheme's months ◇.

    One that was recorded since counts as looked at on that day. No statement.
    """
    lapsed = lapsed_by(on, months_between_reviews(scheme))
    since = datetime.combine(lapsed + timedelta(days=1), time(), tzinfo=zone)
    later = RiskReview.objects.filter(risk=OuterRef("pk"), reviewed_on__gt=lapsed)
    return RiskPoint.objects.filter(
        in_use(on), ~Exists(later), organisation=organisation, created_at__lt=since
    )


def waiting_by_unit(rows: QuerySet[RiskPoint]) -> dict[int, int]:
    """Return how many of the risk points that wait are of each unit. One statement."""
    return dict(rows.values_list("unit").annotate(n=Count("pk")).order_by())


def waiting_page(rows: QuerySet[RiskPoint], scheme: Scheme, *, after: str, size: int) -> ReviewPage:
    """Return a page of what waits, the highest level first. Four statements at most."""
    page: Page = page_of(rows, scheme, after=after, size=size)
    last = dict(
        RiskReview.objects.filter(risk__in=[line.pk for line in page.lines])
        .values_list("risk")
        .annotate(last=Max("reviewed_on"))
        .order_by()
    )
    return ReviewPage(
        rows=tuple(ToReview(line=line, last=last.get(line.pk)) for line in page.lines),
        older=page.older,
    )


def reviewed_since(unit: int, day: date) -> frozenset[str]:
    """Return the codes of a unit's risk points gone over on a day or later. One statement."""
    rows = RiskReview.objects.filter(risk__unit=unit, reviewed_on__gte=day)
    return frozenset(rows.values_list("risk__code", flat=True))
