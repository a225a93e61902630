"""What the search box finds among activities and warning cases."""

from dataclasses import dataclass

from django.db.models import Q

from lianfang.learning.access import activities_visible_to, cases_visible_to
from lianfang.learning.models import Activity, WarningCase
from lianfang.org.standing import Standing

LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """Activities and cases, the latest first; at most LIMIT of each."""

    activities: list[Activity]
    cases: list[WarningCase]


def found_by(standing: Standing, words: str) -> Found:
    """Return what somebody may know of under these words. Two statements."""
    spoken = Q(title__icontains=words) | Q(trainer__icontains=words) | Q(place__icontains=words)
    told = Q(title__icontains=words) | Q(text__icontains=words) | Q(lesson__icontains=words)
    return Found(
        activities=list(
            activities_visible_to(standing).filter(spoken).order_by("-starts_at", "-pk")[:LIMIT]
        ),
        cases=list(cases_visible_to(standing).filter(told).order_by("-pk")[:LIMIT]),
    )
