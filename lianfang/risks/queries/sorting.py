"""Measures without a phase, each with the phase its wording speaks for (五（四）)."""

from dataclasses import dataclass

from lianfang.documents.phases import suggested_phase
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.risks.models import Measure
from lianfang.scheme.model import Scheme

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class ToSort:
    """A measure to be sorted; `suggested` is empty where its wording says nothing."""

    measure: Measure
    suggested: str


def to_sort(standing: Standing, scheme: Scheme, after: int = 0) -> tuple[list[ToSort], int]:
    """Return unsorted measures of the units one drafts, and the key to go on from (0: none).

    One statement.
    """
    rows = Measure.objects.filter(
        in_use(standing.on, "risk__"),
        risk__unit__in=standing.units | standing.headed,
        risk__organisation=standing.organisation_id,
        phase="",
        pk__gt=after,
    ).select_related("risk__unit")
    found = list(rows.order_by("pk")[: PAGE + 1])
    sorts = [
        ToSort(measure=measure, suggested=suggested_phase(measure.text, scheme) or "")
        for measure in found[:PAGE]
    ]
    return sorts, found[PAGE - 1].pk if len(found) > PAGE else 0
