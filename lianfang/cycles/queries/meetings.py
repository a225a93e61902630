"""The meetings of a year, and what waits for the next one (六（三）)."""

from lianfang.cycles.models import Cycle, Filing, Meeting


def meetings_of(cycle: Cycle) -> list[Meeting]:
    """Return a year's meetings with what they decided, newest first. Six statements at most."""
    rows = cycle.meetings.prefetch_related(
        "present", "decisions__filing__unit", "decisions__approving", "decisions__recused"
    )
    return list(rows.order_by("-held_on", "-pk"))


def agenda_of(cycle: Cycle) -> list[Filing]:
    """Return the filings that were checked and not decided about. One statement."""
    rows = cycle.filings.filter(state=Filing.State.CHECKED).select_related("unit")
    return list(rows.order_by("unit__order", "unit__code"))
