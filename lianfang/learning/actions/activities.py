"""An activity is planned, changed, opened to those who come, closed or cancelled (二)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.learning.actions.parts import (
    locked_activity,
    note,
    require_act,
)
from lianfang.learning.models import Activity, LearningPlan, Quiz, WarningCase
from lianfang.learning.rules.hours import MOST, is_amount
from lianfang.learning.rules.states import ActivityAct, PlanState
from lianfang.org.models import Unit

_SECRET_BYTES = 24


class NotInTheYear(Refused):
    """An activity outside the year of its plan, or one that ends before it begins."""


class NoAmount(Refused):
    """An activity of hours that are not halves, or too many."""


class PlanNotPublished(Refused):
    """An activity is to be opened while its plan is a draft."""


class NoPlan(Refused):
    """An activity of a year that has no plan yet."""


class NeedsQuiz(Refused):
    """Something done at one's desk, with nothing that shows it was done."""


class CaseNotPublished(Refused):
    """An activity about a case that nobody may read yet."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What an activity is: when, where, by whom, for how many hours, and for whom."""

    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    trainer: str
    hours: float
    about: str
    levels: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    case: WarningCase | None = None


@transaction.atomic
def plan_activity(
    *,
    plan: LearningPlan,
    unit: Unit | None,
    details: Details,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Activity:
    """Put an activity into a plan; `unit` organises it, None: the organisation's offices.

    Raises NotInTheYear, NoAmount, CaseNotPublished.
    """
    activity = Activity(
        organisation_id=plan.organisation_id, plan=plan, unit=unit, made_by_id=by.pk if by else None
    )
    _put(activity, details)
    activity.save(force_insert=True)
    activity.units.set(details.units)
    told = {name: (None, value) for name, value in _told(details).items()}
    told["unit"] = (None, unit.name if unit else None)
    note("activity.planned", activity, activity.organisation_id, by, at, told)
    return activity


@transaction.atomic
def change_activity(
    *,
    activity: Activity,
    details: Details,
    version: int,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Activity:
    """Change an activity that is not open yet.

    Raises ActivityMovedOn, Stale, NotInTheYear, NoAmount, CaseNotPublished.
    """
    activity = locked_activity(activity, version)
    require_act(activity, ActivityAct.CHANGE)
    before = _told(details_of(activity, tuple(activity.units.order_by("pk"))))
    _put(activity, details)
    activity.version += 1
    activity.save()
    activity.units.set(details.units)
    now = _told(details)
    told = {name: (before[name], now[name]) for name in now if before[name] != now[name]}
    note("activity.changed", activity, activity.organisation_id, by, at, told)
    return activity


@transaction.atomic
def open_activity(*, activity: Activity, by: AbstractBaseUser | None, at: datetime) -> Activity:
    """Open an activity to those who come: its codes begin.

    Raises ActivityMovedOn, PlanNotPublished, and NeedsQuiz for one done at one's desk.
    """
    activity = locked_activity(activity)
    state = require_act(activity, ActivityAct.OPEN)
    if activity.plan.state != PlanState.PUBLISHED:
        raise PlanNotPublished(
            Text(
                f"{activity.plan.year} 年学习计划还没有发布。请先发布计划。",
                f"The plan of {activity.plan.year} is not published. Publish it first.",
            )
        )
    if activity.is_remote and not Quiz.objects.filter(activity=activity).exists():
        raise NeedsQuiz(
            Text(
                f"“{activity.title}”由各人自学，凭测验计学时。请先出测验题。",
                f"“{activity.title}” is done at one's desk, and a quiz shows it. Write the quiz "
                "first.",
            )
        )
    activity.state, activity.secret = state, secrets.token_hex(_SECRET_BYTES)
    return _moved(activity, "opened", by, at, {})


@transaction.atomic
def close_activity(*, activity: Activity, by: AbstractBaseUser | None, at: datetime) -> Activity:
    """Say that an activity was held; its codes end. Raises ActivityMovedOn."""
    activity = locked_activity(activity)
    activity.state, activity.secret = require_act(activity, ActivityAct.CLOSE), ""
    people = activity.attendances.filter(undone_at=None).count()
    return _moved(activity, "held", by, at, {"people": (None, people)})


@transaction.atomic
def cancel_activity(
    *, activity: Activity, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Activity:
    """Cancel an activity that is not open yet, for a reason. Raises ActivityMovedOn."""
    activity = locked_activity(activity)
    activity.state = require_act(activity, ActivityAct.CANCEL)
    activity.cancelled_reason = reason
    return _moved(activity, "cancelled", by, at, {"cancelled_reason": (None, reason)})


@transaction.atomic
def show_activity(
    *, activity: Activity, is_public: bool, by: AbstractBaseUser | None, at: datetime
) -> Activity:
    """Let the public know of an activity once it is held, or no more."""
    activity = locked_activity(activity)
    before, activity.is_public = activity.is_public, is_public
    return _moved(activity, "shown", by, at, {"is_public": (before, is_public)})


def no_plan(year: int) -> NoPlan:
    """Return the refusal to put an activity into a year without a plan."""
    return NoPlan(
        Text(
            f"{year} 年还没有学习计划。请先编写计划，或者改开始日期。",
            f"There is no plan for {year} yet. Write the plan first, or mend the first day.",
        )
    )


def details_of(activity: Activity, units: Sequence[Unit]) -> Details:
    """Return what an activity is, as it is stored."""
    return Details(
        title=activity.title,
        kind=activity.kind,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        place=activity.place,
        trainer=activity.trainer,
        hours=activity.hours,
        about=activity.about,
        levels=tuple(activity.levels),
        units=tuple(units),
        case=activity.case,
    )


def _put(activity: Activity, details: Details) -> None:
    zone, year = ZoneInfo(activity.organisation.time_zone), activity.plan.year
    days = [moment.astimezone(zone) for moment in (details.starts_at, details.ends_at)]
    if details.ends_at < details.starts_at or any(day.year != year for day in days):
        raise NotInTheYear(
            Text(
                f"开始和结束要在 {year} 年之内，结束不早于开始。请改正时间。",
                f"It must begin and end within {year}, and end after it begins. Mend the times.",
            )
        )
    if not is_amount(details.hours):
        raise NoAmount(
            Text(
                f"学时是 {details.hours:g}；请填 0.5 的倍数，最多 {MOST:g}。",
                f"The hours are {details.hours:g}; enter a multiple of 0.5, at most {MOST:g}.",
            )
        )
    if details.case is not None and details.case.published_at is None:
        raise CaseNotPublished(
            Text(
                f"案例“{details.case.title}”还没有发布。请先发布案例。",
                f"The case “{details.case.title}” is not published. Publish it first.",
            )
        )
    for name in ("title", "kind", "starts_at", "ends_at", "place", "trainer", "hours", "about"):
        setattr(activity, name, getattr(details, name))
    activity.levels, activity.case = list(details.levels), details.case


def _told(details: Details) -> dict[str, object]:
    return {
        "title": details.title,
        "kind": details.kind,
        "starts_at": details.starts_at.isoformat(),
        "ends_at": details.ends_at.isoformat(),
        "place": details.place,
        "trainer": details.trainer,
        "hours": f"{details.hours:g}",
        "about": details.about,
        "levels": list(details.levels),
        "units": [unit.name for unit in details.units],
        "case": details.case.title if details.case else None,
    }


def _moved(
    activity: Activity,
    what: str,
    by: AbstractBaseUser | None,
    at: datetime,
    told: dict[str, tuple[object, object]],
) -> Activity:
    activity.version += 1
    activity.save(update_fields=["state", "secret", "cancelled_reason", "is_public", "version"])
    note(f"activity.{what}", activity, activity.organisation_id, by, at, told)
    return activity
