"""What the register waits for somebody to do: counts for the desk."""

from dataclasses import dataclass
from datetime import date

from lianfang.org.queries.numbers import written_scheme
from lianfang.org.standing import Standing
from lianfang.risks.models import Participation
from lianfang.risks.queries.rating import endorsable_count, unproposed

FILLING = "fill"
MANY = 26


@dataclass(frozen=True, kw_only=True)
class Due:
    """How much waits, and until when: the end of the stage in which units fill in."""

    count: int
    on: date


def posts_not_looked_at(standing: Standing) -> Due:
    """Return for how many of the asker's posts they have not looked for risks this year.

    One statement.
    """
    taken = Participation.objects.filter(
        person=standing.person_id, year=standing.on.year, post__in=standing.posts
    )
    return Due(count=len(standing.posts) - taken.count(), on=end_of_filling(standing))


def proposals_waiting(standing: Standing) -> Due:
    """Return how many proposals the asker may endorse, 26 at the most."""
    return Due(count=endorsable_count(standing), on=end_of_filling(standing))


def risks_unrated(standing: Standing) -> Due:
    """Return how many risk points that name a post of the asker have no proposal, 26 at most.

    One statement.
    """
    rows = unproposed(standing).filter(carriers__post__in=standing.posts).distinct()
    return Due(count=len(rows.values_list("pk")[:MANY]), on=end_of_filling(standing))


def end_of_filling(standing: Standing) -> date:
    """Return the last day of the stage in which units fill in, this year (六（一）)."""
    stages = written_scheme(standing.scheme).stages
    stage = next((stage for stage in stages if stage.code == FILLING), stages[0])
    month, day = map(int, stage.ends.split("-"))
    return date(standing.on.year, month, day)
