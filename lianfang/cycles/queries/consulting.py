"""A year's consultations with opinions and answers (六（三）)."""

from lianfang.cycles.models import Consultation, Cycle, Filing
from lianfang.cycles.rules.states import CONSULTED


def consultations_of(cycle: Cycle) -> list[Consultation]:
    """Return a year's consultations, newest first, with their opinions. Four statements."""
    rows = cycle.consultations.prefetch_related("comments__person", "comments__filing__unit")
    return list(rows.order_by("-pk"))


def consulted_on(cycle: Cycle) -> list[Filing]:
    """Return the filings one may give an opinion on. One statement."""
    rows = cycle.filings.filter(state__in=CONSULTED).select_related("unit", "cycle", "revision")
    return list(rows.order_by("unit__order", "unit__code"))
