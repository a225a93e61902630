"""What the search box finds among powers and regulations."""

from dataclasses import dataclass

from django.db.models import Q

from lianfang.org.standing import Standing
from lianfang.powers.access import powers_visible_to, regulations_visible_to
from lianfang.powers.models import Power, Regulation

LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """Powers and regulations whose name or code holds the words; at most LIMIT of each."""

    powers: list[Power]
    regulations: list[Regulation]


def found_by(standing: Standing, words: str) -> Found:
    """Return what somebody may know of under these words. Two statements."""
    named = Q(name__icontains=words) | Q(name_en__icontains=words) | Q(code__iexact=words)
    titled = (
        Q(title__icontains=words)
        | Q(title_en__icontains=words)
        | Q(number__icontains=words)
        | Q(code__iexact=words)
    )
    return Found(
        powers=list(
            powers_visible_to(standing)
            .filter(named)
            .select_related("unit")
            .order_by("unit__order", "unit__code", "code")[:LIMIT]
        ),
        regulations=list(regulations_visible_to(standing).filter(titled).order_by("code")[:LIMIT]),
    )
