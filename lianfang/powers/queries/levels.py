"""The levels of the risk points on powers, by the relation that the room above set up.

`risks` is the reverse of a risk point's power; nothing is imported from there.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from lianfang.powers.models import Power
from lianfang.register import model
from lianfang.scheme.model import Scheme

LIVING = Q(risks__retired_on=None)


@dataclass(frozen=True, kw_only=True)
class LevelCount:
    """How many risk points stand at a level; `code` is empty for those not rated."""

    code: str
    count: int


def with_top(powers: QuerySet[Power]) -> QuerySet[Power]:
    """Return the powers with `top`, the rank of their highest risk point in use, and `points`.

    `points` counts them: a `top` of 0 means that none is there, or none is rated.
    """
    return powers.annotate(
        top=Max("risks__rank", filter=LIVING, default=0), points=Count("risks", filter=LIVING)
    )


def level_counts(powers: Collection[int], scheme: Scheme) -> dict[int, tuple[LevelCount, ...]]:
    """Return the risk points in use on each power by level, the highest first. One statement."""
    rows = (
        Power.objects.filter(LIVING, pk__in=powers, risks__isnull=False)
        .values_list("pk", "risks__rank")
        .annotate(Count("risks"))
    )
    codes = codes_by_rank(scheme)
    found: dict[int, dict[int, int]] = {}
    for power, rank, count in rows:
        found.setdefault(power, {})[rank] = count
    return {
        power: tuple(
            LevelCount(code=codes.get(rank, ""), count=counts[rank])
            for rank in sorted(counts, reverse=True)
        )
        for power, counts in found.items()
    }


def codes_by_rank(scheme: Scheme) -> dict[int, str]:
    """Return the code of each level by its rank."""
    return {level.rank: level.code for level in scheme.levels}


def marks_of(power: Power, scheme: Scheme) -> tuple[model.RiskPoint, ...]:
    """Return the risk points in use of a power as far as a chart marks them. One statement."""
    codes = codes_by_rank(scheme)
    rows = power.risks.filter(retired_on=None).order_by("-rank", "code")
    return tuple(
        model.RiskPoint(
            id=code,
            unit="",
            about=_subject(step, power),
            title=title,
            level=codes.get(rank),
        )
        for code, title, rank, step in rows.values_list("code", "title", "rank", "step__code")
    )


def top_posts(powers: Collection[int], scheme: Scheme) -> frozenset[str]:
    """Return the codes of posts that carry a risk of the highest level on one of the powers.

    One statement.
    """
    highest = max((level.rank for level in scheme.levels), default=0)
    rows = Power.objects.filter(LIVING, pk__in=powers, risks__rank=highest)
    return frozenset(
        code for code in rows.values_list("risks__posts__code", flat=True).distinct() if code
    )


def _subject(step: str | None, power: Power) -> model.Subject:
    if step:
        return model.Subject(kind=model.SubjectKind.STEP, id=step)
    return model.Subject(kind=model.SubjectKind.POWER, id=power.code)
