"""How a unit stands in the year's work, as a report about it needs to know (三, 六)."""

from dataclasses import dataclass

from lianfang.cycles.models import CorrectiveTask, Edition, Filing, Remark
from lianfang.org.models import Unit


@dataclass(frozen=True, kw_only=True)
class UnitYear:
    """The last yearly filing of a unit, what is still asked of it, its edition and its tasks."""

    filing: Filing | None
    remarks: int
    edition: Edition | None
    tasks: list[CorrectiveTask]


def year_of(unit: Unit) -> UnitYear:
    """Return how a unit stands in the last year that was opened. Four statements."""
    filings = Filing.objects.filter(unit=unit, revision=None).select_related("cycle")
    filing = filings.order_by("-cycle__year").first()
    tasks = CorrectiveTask.objects.filter(unit=unit).exclude(state=CorrectiveTask.State.CONFIRMED)
    editions = Edition.objects.filter(unit=unit, superseded_on=None)
    return UnitYear(
        filing=filing,
        remarks=Remark.objects.filter(filing=filing, closed_at=None).count() if filing else 0,
        edition=editions.defer("content").first(),
        tasks=list(tasks.order_by("due_on", "pk")),
    )
