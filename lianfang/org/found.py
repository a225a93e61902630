"""What the search box finds in an organisation."""

from dataclasses import dataclass

from django.db.models import Q

from lianfang.org.access import people_visible_to, posts_visible_to, units_visible_to
from lianfang.org.models import Person, Post, Unit
from lianfang.org.standing import Standing

LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """Units, posts and people whose name or code holds the words; at most LIMIT of each."""

    units: list[Unit]
    posts: list[Post]
    people: list[Person]


def found_by(standing: Standing, words: str) -> Found:
    """Return what somebody may know of under these words. Three statements."""
    named = Q(name__icontains=words) | Q(name_en__icontains=words) | Q(code__iexact=words)
    return Found(
        units=list(units_visible_to(standing).filter(named).order_by("code")[:LIMIT]),
        posts=list(
            posts_visible_to(standing)
            .filter(named)
            .select_related("unit")
            .order_by("unit__order", "code")[:LIMIT]
        ),
        people=list(people_visible_to(standing).filter(named).order_by("code")[:LIMIT]),
    )
