"""A year ends: its running review is recorded, its corrective tasks are set and done (六（五）)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.checking import Recused
from lianfang.cycles.models import CorrectiveTask, Cycle, CycleStage, RunningReview
from lianfang.cycles.queries.improving import year_figures
from lianfang.cycles.rules.improving import IMPROVE, TaskAct, task_after
from lianfang.files import actions as files
from lianfang.org.actions.changing import require_one_organisation, require_version
from lianfang.org.models import Appointment, Person, Post, Unit, holding
from lianfang.scheme.model import Scheme

CLAUSE = "六（五）"


class NotImproving(Refused):
    """The stage that a running review ends is not open."""


class TaskNotSo(Refused):
    """A corrective task does not stand where that step begins."""


class TaskUnclear(Refused):
    """A task with a day that is past, or with a post of another unit."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that was sent in: its name, and its bytes piece by piece."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def record_review(
    *,
    cycle: Cycle,
    ran: str,
    adjust: str,
    version: int | None = None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> RunningReview:
    """Say how a year ran and what is to be adjusted; again until its last stage is closed.

    The figures are those of this moment. Raises NotImproving, and Stale where somebody else has
    saved it since `version`. Eleven statements.
    """
    _require_improving(cycle)
    review = RunningReview.objects.select_for_update().filter(cycle=cycle).first()
    before = ("", "") if review is None else (review.ran, review.adjust)
    if review is None:
        review = RunningReview(cycle=cycle, version=0)
    else:
        require_version(review, version, f"{cycle.year} 年度运行评价")
    review.ran, review.adjust = ran, adjust
    review.figures = msgspec.to_builtins(year_figures(cycle, scheme, on))
    review.recorded_at, review.recorded_by_id = at, by.pk if by else None
    review.version += 1
    review.save()
    changes = {"ran": (before[0], ran), "adjust": (before[1], adjust)}
    _note("cycles.review.recorded", review, cycle.organisation_id, by, at, **changes)
    return review


@transaction.atomic
def set_task(
    *,
    review: RunningReview,
    unit: Unit,
    post: Post | None,
    what: str,
    due_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> CorrectiveTask:
    """Set a unit a task; without a post its head answers for it.

    Raises NotImproving, TaskUnclear and NotHere.
    """
    _require_improving(review.cycle)
    _require_clear(review, unit, post, due_on, on)
    task = CorrectiveTask.objects.create(
        review=review, unit=unit, post=post, what=what, due_on=due_on
    )
    _note(
        "cycles.task.set",
        task,
        review.cycle.organisation_id,
        by,
        at,
        unit=(None, unit.name),
        post=(None, post.name if post else None),
        what=(None, what),
        deadline=(None, due_on.isoformat()),
    )
    return task


@transaction.atomic
def change_task(
    *,
    task: CorrectiveTask,
    post: Post | None,
    what: str,
    due_on: date,
    version: int | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> CorrectiveTask:
    """Change what a task asks before it is done.

    Raises NotImproving, TaskNotSo, TaskUnclear, NotHere and Stale.
    """
    task = _locked(task)
    _require_improving(task.review.cycle)
    _require(task, TaskAct.DO)
    require_version(task, version, task.what)
    _require_clear(task.review, task.unit, post, due_on, on)
    told: dict[str, tuple[object, object]] = {
        "post": (task.post.name if task.post else None, post.name if post else None),
        "what": (task.what, what),
        "deadline": (task.due_on.isoformat(), due_on.isoformat()),
    }
    task.post, task.what, task.due_on = post, what, due_on
    return _moved(task, "cycles.task.changed", by, at, told)


@transaction.atomic
def do_task(
    *,
    task: CorrectiveTask,
    outcome: str,
    file: File | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> CorrectiveTask:
    """Say what was done, with a file that shows it; the office confirms it then.

    Raises TaskNotSo and what `files.keep` raises.
    """
    task = _locked(task)
    task.state = _require(task, TaskAct.DO)
    organisation = task.review.cycle.organisation_id
    told: dict[str, tuple[object, object]] = {"outcome": (task.outcome, outcome)}
    if file is not None:
        task.evidence = files.keep(
            chunks=file.chunks, name=file.name, organisation=organisation, by=by, at=at
        )
        told["evidence"] = (None, task.evidence.name)
    task.outcome, task.returned_for = outcome, ""
    task.done_at, task.done_by_id = at, by.pk if by else None
    return _moved(task, "cycles.task.done", by, at, told)


@transaction.atomic
def confirm_task(
    *, task: CorrectiveTask, on: date, by: AbstractBaseUser | None, at: datetime
) -> CorrectiveTask:
    """Confirm that a task is done. Raises TaskNotSo, and Recused for one of the own unit."""
    task = _locked(task)
    task.state = _require(task, TaskAct.CONFIRM)
    _require_other(task, by, on)
    task.confirmed_at, task.confirmed_by_id = at, by.pk if by else None
    return _moved(task, "cycles.task.confirmed", by, at, {"state": ("done", task.state)})


@transaction.atomic
def send_task_back(
    *, task: CorrectiveTask, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> CorrectiveTask:
    """Send a task back that is not done well enough. Raises TaskNotSo and Recused."""
    task = _locked(task)
    task.state = _require(task, TaskAct.SEND_BACK)
    _require_other(task, by, on)
    task.returned_for = reason
    return _moved(task, "cycles.task.sent_back", by, at, {"reason": (None, reason)})


def _locked(task: CorrectiveTask) -> CorrectiveTask:
    rows = CorrectiveTask.objects.select_for_update(of=("self",))
    return rows.select_related("review__cycle__organisation", "unit", "post").get(pk=task.pk)


def _require(task: CorrectiveTask, act: TaskAct) -> str:
    after = task_after(task.state, act)
    if after is None:
        raise TaskNotSo(
            Text(
                f"整改任务“{task.what}”的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                f"The task “{task.what}” has moved on, so this can't be done. Reload the page to "
                "see what comes next.",
            )
        )
    return after.value


def _require_improving(cycle: Cycle) -> None:
    stage = CycleStage.objects.select_for_update().filter(cycle=cycle, code=IMPROVE).first()
    if stage is None or stage.opened_on is None:
        raise NotImproving(
            Text(
                f"{cycle.year} 年度的改进提高阶段还没有开始。请先在年度工作页开始这个阶段。",
                f"The stage that improves the work of {cycle.year} has not begun. Open it on the "
                "page of the year first.",
            )
        )
    if stage.closed_on is not None:
        raise NotImproving(
            Text(
                f"{cycle.year} 年度的改进提高阶段已于 {stage.closed_on} 结束，运行评价和整改要求"
                "不能再改；任务仍可继续办理。",
                f"The stage that improves the work of {cycle.year} was closed on "
                f"{stage.closed_on}: its review and what it asks stay as they are. Tasks can "
                "still be done.",
            )
        )


def _require_clear(
    review: RunningReview, unit: Unit, post: Post | None, due_on: date, on: date
) -> None:
    require_one_organisation(review.cycle.organisation_id, unit)
    if due_on < on:
        raise TaskUnclear(
            Text(
                f"完成期限 {due_on} 已经过去。请填写今天（{on}）或以后的日期。",
                f"The day {due_on} is past. Enter today, {on}, or a later day.",
            )
        )
    if post is not None and post.unit_id != unit.pk:
        raise TaskUnclear(
            Text(
                f"岗位“{post.name}”不属于{unit.name}。请选择本单位的岗位，或不选由单位负责人负责。",
                f"The post {post.name} is not of {unit.name}. Choose one of that unit, or none: "
                "then its head answers for the task.",
            )
        )


def _require_other(task: CorrectiveTask, by: AbstractBaseUser | None, on: date) -> None:
    """Raise Recused for somebody who holds a post in the unit. One statement."""
    people = Person.objects.filter(login=by.pk) if by is not None else Person.objects.none()
    own = Appointment.objects.filter(holding(on), person__in=people, post__unit=task.unit_id)
    if own.exists():
        raise Recused(
            Text(
                f"您在{task.unit.name}任职，应当回避。请由其他单位的办公室人员确认。",
                f"You hold a post in {task.unit.name} and stay out of it. Let somebody of the "
                "office from another unit confirm it.",
            )
        )


def _moved(
    task: CorrectiveTask,
    action: str,
    by: AbstractBaseUser | None,
    at: datetime,
    told: dict[str, tuple[object, object]],
) -> CorrectiveTask:
    task.version += 1
    task.save()
    _note(action, task, task.review.cycle.organisation_id, by, at, **told)
    return task


def _note(
    action: str,
    subject: RunningReview | CorrectiveTask,
    organisation: int,
    by: AbstractBaseUser | None,
    at: datetime,
    **told: tuple[object, object],
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=subject,
        organisation=organisation,
        changes=told,
        rule=CLAUSE,
    )
