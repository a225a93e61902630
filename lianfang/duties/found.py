"""What the search box finds among duties, measures in force and talks."""

from dataclasses import dataclass

from django.db.models import Q

from lianfang.duties.access import duties_visible_to, measures_visible_to, talks_of
from lianfang.duties.models import Duty, MeasureInForce, Talk
from lianfang.duties.queries.narrowing import named
from lianfang.org.standing import Standing

LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """Open duties, measures in force and the asker's own talks; at most LIMIT of each."""

    duties: list[Duty]
    measures: list[MeasureInForce]
    talks: list[Talk]


def found_by(standing: Standing, words: str) -> Found:
    """Return what somebody may know of under these words. Three statements.

    Duties and talks by the person or the post they are about; measures by their text or code.
    """
    post = Q(post__name__icontains=words) | Q(post__name_en__icontains=words)
    about = named(words, "person__") | named(words, "actor__") | post
    other = named(words, "person__") | named(words, "talker__") | post
    duties = (
        duties_visible_to(standing)
        .filter(about, state=Duty.State.OPEN)
        .exclude(kind=Duty.Kind.MEASURE)
        .select_related("person", "actor", "post", "unit")
    )
    measures = measures_visible_to(standing).filter(
        Q(text__icontains=words) | Q(code__iexact=words) | Q(risk_code__iexact=words)
    )
    talks = talks_of(standing).filter(other).select_related("person", "talker", "post", "unit")
    return Found(
        duties=list(duties.order_by("due_on", "pk")[:LIMIT]),
        measures=list(measures.select_related("unit").order_by("unit__order", "code")[:LIMIT]),
        talks=list(talks.order_by("-starts_at", "-pk")[:LIMIT]),
    )
