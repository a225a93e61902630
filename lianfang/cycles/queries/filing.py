"""What the pages of one filing show: what was asked of it, concluded, decided."""

from datetime import date

from lianfang.cycles.models import Conclusion, Decision, Filing
from lianfang.scheme.model import Scheme


def conclusions_of(filing: Filing) -> dict[str, Conclusion]:
    """Return what was concluded of the present submission, by check. One statement."""
    rows = Conclusion.objects.filter(filing=filing, round=filing.round)
    return {row.check_code: row for row in rows}


def decisions_of(filing: Filing) -> list[Decision]:
    """Return what meetings decided, oldest first. Three statements."""
    rows = filing.decisions.select_related("meeting").prefetch_related("approving", "recused")
    return list(rows.order_by("pk"))


def due_of(filing: Filing) -> date:
    """Return by when a filing is to be sent: its own day, else the end of the first stage.

    One statement at most.
    """
    if filing.due_on is not None:
        return filing.due_on
    return filing.cycle.stages.order_by("order").values_list("ends_on", flat=True)[0]


def is_late(filing: Filing, on: date) -> bool:
    """Return whether a filing that is still the unit's to send is past its day."""
    waits = filing.state in (
        Filing.State.NOT_STARTED,
        Filing.State.DRAFTING,
        Filing.State.RETURNED,
    )
    return waits and due_of(filing) < on


def days_given(scheme: Scheme, code: str) -> int:
    """Return for how many days the scheme gives time, by the code of its provision."""
    return int(next(one.amount.value for one in scheme.provisions if one.code == code))
