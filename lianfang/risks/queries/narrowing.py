"""Which risk points a list is about: what was asked for, as conditions."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.risks.models import Measure, RiskPoint, RiskPost
from lianfang.risks.queries.search import holding_words
from lianfang.scheme.model import Scheme

UNRATED = "none"
IN_USE, PROPOSED, ENDORSED, CONFIRMED, RETIRED = "", "proposed", "endorsed", "confirmed", "retired"


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What a list was narrowed by; empty for not at all.

    `units` are a unit and those below it. `levels` are the scheme's codes and UNRATED, `lacks` a
    phase without a measure. `mine` are the asker's own units and those they answer for,
    `weighty` what touches a major decision, an appointment, major work or a large sum.
    """

    words: str = ""
    units: frozenset[int] | None = None
    post: int | None = None
    levels: tuple[str, ...] = ()
    aspect: str = ""
    focus: str = ""
    lacks: str = ""
    state: str = IN_USE
    mine: bool = False
    weighty: bool = False
    likelihood: int | None = None
    impact: int | None = None
    only: frozenset[int] | None = None


def narrowed(
    rows: QuerySet[RiskPoint], asked: Narrowing, standing: Standing, scheme: Scheme
) -> QuerySet[RiskPoint]:
    """Return the rows that are asked for; no statement."""
    rows = rows.filter(_of_state(asked.state, standing), _of_place(asked, standing))
    rows = rows.filter(_of_content(asked, scheme))
    if asked.aspect:
        # A list of codes as text is the same on both databases.
        rows = rows.alias(aspect_codes=Cast("aspects", TextField())).filter(
            aspect_codes__contains=f'"{asked.aspect}"'
        )
    if asked.lacks:
        rows = rows.exclude(Exists(Measure.objects.filter(risk=OuterRef("pk"), phase=asked.lacks)))
    return holding_words(rows, asked.words) if asked.words else rows


def _of_state(state: str, standing: Standing) -> Q:
    living = in_use(standing.on)
    states: Mapping[str, Q] = {
        IN_USE: living,
        PROPOSED: living & ~Q(proposed="") & Q(endorsed=""),
        ENDORSED: living & ~Q(endorsed=""),
        CONFIRMED: living & ~Q(confirmed=""),
        RETIRED: Q(retired_on__lte=standing.on),
    }
    return states[state]


def _of_place(asked: Narrowing, standing: Standing) -> Q:
    found = Q()
    if asked.units is not None:
        found &= Q(unit__in=asked.units)
    if asked.mine:
        found &= Q(unit__in=standing.units | standing.headed | standing.portfolio)
    if asked.post is not None:
        found &= Q(pk__in=RiskPost.objects.filter(post=asked.post).values("risk"))
    if asked.only is not None:
        found &= Q(pk__in=asked.only)
    return found


def _of_content(asked: Narrowing, scheme: Scheme) -> Q:
    found = Q()
    if asked.levels:
        found &= Q(rank__in=[ranks_of(scheme).get(level, 0) for level in asked.levels])
    if asked.focus:
        found &= Q(focus=asked.focus)
    if asked.weighty:
        areas = [area.code for area in scheme.focus_areas if area.matter]
        found &= Q(focus__in=areas) | (Q(power__isnull=False) & ~Q(power__matters=[]))
    if asked.likelihood is not None:
        found &= Q(index__likelihood=asked.likelihood)
    if asked.impact is not None:
        found &= Q(index__impact=asked.impact)
    return found


def ranks_of(scheme: Scheme) -> dict[str, int]:
    """Return how high each level stands, 0 for the unrated."""
    return {UNRATED: 0, **{level.code: level.rank for level in scheme.levels}}
