"""The plan of a year is written, changed and published (二)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.learning.actions.parts import locked_organisation, note, require_version
from lianfang.learning.models import LearningPlan, PlannedLevel
from lianfang.learning.rules.states import PlanState
from lianfang.org.models import Organisation


class PlanPublished(Refused):
    """A plan that was published already."""


@dataclass(frozen=True, kw_only=True)
class LevelPlanned:
    """The hours and the topics that a plan has for a level; empty: posts that are not rated."""

    level: str
    hours: float
    topics: str


@transaction.atomic
def write_plan(
    *,
    organisation: Organisation,
    year: int,
    aim: str,
    levels: Sequence[LevelPlanned],
    version: int | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LearningPlan:
    """Write the plan of a year, or change it; what is published is changed, too.

    Raises Stale where somebody else wrote it since `version`, None for a year without a plan.
    """
    organisation = locked_organisation(organisation.pk)
    rows = LearningPlan.objects.select_for_update()
    plan = rows.filter(organisation=organisation, year=year).first()
    before = plan.aim if plan else None
    if plan is None:
        plan = LearningPlan.objects.create(organisation=organisation, year=year, aim=aim)
    else:
        require_version(plan.version, version or 0)
        plan.aim = aim
        plan.version += 1
        plan.save(update_fields=["aim", "version"])
    was = {row.level: row.hours for row in plan.levels.all()}
    plan.levels.all().delete()
    PlannedLevel.objects.bulk_create(
        PlannedLevel(plan=plan, level=one.level, hours=one.hours, topics=one.topics)
        for one in levels
    )
    told: dict[str, tuple[object, object]] = {"year": (None, year), "aim": (before, aim)}
    for one in levels:
        told[f"hours_{one.level or 'unrated'}"] = (_hours(was.get(one.level)), _hours(one.hours))
    note("plan.written", plan, organisation.pk, by, at, told)
    return plan


@transaction.atomic
def publish_plan(*, plan: LearningPlan, by: AbstractBaseUser | None, at: datetime) -> LearningPlan:
    """Let everybody see the plan. Raises PlanPublished."""
    plan = LearningPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.state == PlanState.PUBLISHED:
        raise PlanPublished(
            Text(
                f"{plan.year} 年学习计划已经发布。请刷新页面。",
                f"The plan of {plan.year} is published already. Reload the page.",
            )
        )
    plan.state, plan.published_at = LearningPlan.State.PUBLISHED, at
    plan.published_by_id = by.pk if by else None
    plan.version += 1
    plan.save(update_fields=["state", "published_at", "published_by", "version"])
    note("plan.published", plan, plan.organisation_id, by, at, {"year": (None, plan.year)})
    return plan


def _hours(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"
