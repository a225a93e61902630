"""What the search box finds in the work of the years: filings and editions of units."""

from dataclasses import dataclass

from django.db.models import Q

from lianfang.cycles.access import editions_visible_to, filings_visible_to
from lianfang.cycles.models import Edition, Filing
from lianfang.org.standing import Standing

LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """Filings and editions, the latest first; at most LIMIT of each."""

    filings: list[Filing]
    editions: list[Edition]


def found_by(standing: Standing, words: str) -> Found:
    """Return what somebody may know of under the name of a unit. Two statements."""
    named = Q(unit__name__icontains=words) | Q(unit__name_en__icontains=words)
    filings = filings_visible_to(standing).filter(named).select_related("unit", "cycle", "revision")
    editions = editions_visible_to(standing).filter(named).select_related("unit").defer("content")
    return Found(
        filings=list(filings.order_by("-cycle__year", "-pk")[:LIMIT]),
        editions=list(editions.order_by("-effective_from", "-pk")[:LIMIT]),
    )
