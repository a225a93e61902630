"""Levels: of risk points by unit, of posts through the quarters (五（三）)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import pgettext

from lianfang.common.http import language_now
from lianfang.org.rules.structure import Structure
from lianfang.org.standing import Standing
from lianfang.overview.queries.figures import figure
from lianfang.overview.rules.drawing import Course, course_of
from lianfang.overview.rules.figure import Figure
from lianfang.overview.rules.quarters import quarter_ends
from lianfang.risks.access import risks_visible_to
from lianfang.risks.models import Measure, RiskPoint
from lianfang.risks.queries.figures import counts_by_unit, level_sums
from lianfang.risks.queries.levels import counts_in_force
from lianfang.risks.queries.narrowing import Narrowing, narrowed
from lianfang.scheme.model import Scheme

REGISTER = "risks:register"
_LEVELS = "risks:levels"
_QUARTERS = 7


@dataclass(frozen=True, kw_only=True)
class LevelFigure:
    """How many risk points of a level; `code` is `none` for the unrated."""

    code: str
    label: str
    shape: str
    letter: str
    figure: Figure


@dataclass(frozen=True, kw_only=True)
class LackFigure:
    """How many of the highest level have no measure of a phase."""

    label: str
    figure: Figure


def risks_in_use(standing: Standing, scheme: Scheme) -> QuerySet[RiskPoint]:
    """Return the risk points that the register shows to somebody. No statement."""
    return narrowed(risks_visible_to(standing), Narrowing(), standing, scheme)


def ranks_by_unit(risks: QuerySet[RiskPoint], structure: Structure) -> dict[int, Counter[int]]:
    """Return how many of each rank a unit and those below it have. One statement.

    That is what the register shows when it is narrowed to the unit.
    """
    own = counts_by_unit(risks)
    found: dict[int, Counter[int]] = {}
    for unit, counts in own.items():
        for above in structure.upwards(unit) or (unit,):
            found.setdefault(above, Counter()).update(counts)
    return found


def lacks_of(risks: QuerySet[RiskPoint], scheme: Scheme) -> tuple[LackFigure, ...]:
    """Return how many of the highest level lack a measure of each phase. One statement a phase."""
    top = scheme.levels[0]
    highest = risks.filter(rank=top.rank).order_by()
    return tuple(
        LackFigure(
            label=phase.label.in_(language_now()),
            figure=figure(
                highest.exclude(
                    Exists(Measure.objects.filter(risk=OuterRef("pk"), phase=phase.code))
                ).count(),
                REGISTER,
                level=top.code,
                lacks=phase.code,
            ),
        )
        for phase in scheme.phases
    )


def course_of_posts(organisation: int, on: date, scheme: Scheme) -> Course:
    """Return how many posts had each level in force, at quarters' ends and now.

    The highest level stands at the bottom. Two statements; costs what editions gave, counted.
    """
    days = quarter_ends(on, _QUARTERS)
    found = counts_in_force(organisation, days)
    return course_of(
        [date_format(day, pgettext("date format", "Y年n月")) for day in days],
        [level.label.in_(language_now()) for level in scheme.levels],
        [[counts[level.rank] for level in scheme.levels] for counts in found],
        [
            [
                figure(counts[level.rank], _LEVELS, level=level.code, on=day.isoformat())
                for level in scheme.levels
            ]
            for day, counts in zip(days, found, strict=True)
        ],
    )


def level_figures(counts: Mapping[int, int], scheme: Scheme) -> tuple[LevelFigure, ...]:
    """Return how many risk points there are of each level, the unrated last. No statement."""
    return tuple(
        LevelFigure(
            code=one.code,
            label=one.label,
            shape=one.shape,
            letter=one.letter,
            figure=figure(one.count, REGISTER, level=one.code),
        )
        for one in level_sums(counts, scheme)
    )
