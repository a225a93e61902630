"""What was found is put right within a month ◇; uses of a result are noted (五（七）1)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from lianfang.assessment.actions.moving import CLAUSE
from lianfang.assessment.actions.recusing import require_other_than
from lianfang.assessment.actions.scoring import File
from lianfang.assessment.models import AssessedSheet, AssessmentTask, ResultUse
from lianfang.assessment.rules.states import TaskAct, task_after
from lianfang.audit import actions as audit
from lianfang.audit.actions import Changes
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.scheme.model import Scheme


class TaskNotSo(Refused):
    """A task that does not stand where that step begins, or whose day is past."""


class NoResult(Refused):
    """A result that is not confirmed, or a use that the scheme does not know."""


@transaction.atomic
def set_task(
    *,
    sheet: AssessedSheet,
    what: str,
    due_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AssessmentTask:
    """Set a unit or person something to put right. Raises NoResult and TaskNotSo."""
    _require_confirmed(sheet)
    if due_on < on:
        raise TaskNotSo(
            Text(
                f"完成期限 {due_on} 已经过去。请填写今天（{on}）或以后的日期。",
                f"The day {due_on} is past. Enter today, {on}, or a later day.",
            )
        )
    task = AssessmentTask.objects.create(
        sheet=sheet, what=what, due_on=due_on, set_at=at, set_by_id=by.pk if by else None
    )
    _note("task.set", task, sheet, by, at, {"what": (None, what), "deadline": (None, str(due_on))})
    return task


@transaction.atomic
def do_task(
    *,
    task: AssessmentTask,
    outcome: str,
    file: File | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AssessmentTask:
    """Say what was put right, with a file that shows it. Raises TaskNotSo and what `keep` does."""
    task = _locked(task, TaskAct.DO)
    told: dict[str, tuple[object, object]] = {"outcome": (task.outcome, outcome)}
    if file is not None:
        task.evidence = files.keep(
            chunks=file.chunks,
            name=file.name,
            organisation=task.sheet.assessment.organisation_id,
            by=by,
            at=at,
        )
        told["evidence"] = (None, task.evidence.name)
    task.outcome, task.done_on, task.returned_for = outcome, on, ""
    return _moved(task, "task.done", by, at, told)


@transaction.atomic
def confirm_task(
    *, task: AssessmentTask, on: date, by: AbstractBaseUser | None, at: datetime
) -> AssessmentTask:
    """Confirm that something was put right. Raises TaskNotSo and Recused."""
    task = _locked(task, TaskAct.CONFIRM)
    require_other_than(task.sheet, by, on)
    task.confirmed_on = on
    return _moved(task, "task.confirmed", by, at, {"state": ("done", task.state)})


@transaction.atomic
def send_task_back(
    *, task: AssessmentTask, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> AssessmentTask:
    """Send back what was not put right well enough. Raises TaskNotSo and Recused."""
    task = _locked(task, TaskAct.SEND_BACK)
    require_other_than(task.sheet, by, on)
    task.returned_for = reason
    return _moved(task, "task.sent_back", by, at, {"reason": (None, reason)})


@transaction.atomic
def record_use(
    *,
    sheet: AssessedSheet,
    use: str,
    used_on: date,
    how: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ResultUse:
    """Note where a result was used. Raises NoResult."""
    _require_confirmed(sheet)
    labels = {one.code: one.label.zh for one in scheme.result_uses}
    if use not in labels or used_on > on:
        raise NoResult(
            Text(
                "请选择方案中的用途，运用日期不能晚于今天。",
                "Choose a use that the scheme knows, and a day that is not to come.",
            )
        )
    made = ResultUse.objects.create(
        sheet=sheet,
        use=use,
        used_on=used_on,
        how=how,
        recorded_at=at,
        recorded_by_id=by.pk if by else None,
    )
    told: Changes = {"use": (None, labels[use]), "used_on": (None, used_on.isoformat())}
    _note("use.recorded", made, sheet, by, at, told, {"how": (None, how)})
    return made


def _require_confirmed(sheet: AssessedSheet) -> None:
    if sheet.step != AssessedSheet.Step.CONFIRMED:
        raise NoResult(
            Text(
                "考核结果审定后才能这样办理。",
                "This can be done once the result is confirmed.",
            )
        )


def _locked(task: AssessmentTask, act: TaskAct) -> AssessmentTask:
    rows = AssessmentTask.objects.select_for_update(of=("self",))
    found = rows.select_related("sheet__assessment", "sheet__unit").get(pk=task.pk)
    after = task_after(found.state, act)
    if after is None:
        raise TaskNotSo(
            Text(
                f"整改任务“{found.what}”的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                f"The task “{found.what}” has moved on, so this can't be done. Reload the page to "
                "see what comes next.",
            )
        )
    found.state = AssessmentTask.State(after)
    return found


def _moved(
    task: AssessmentTask,
    action: str,
    by: AbstractBaseUser | None,
    at: datetime,
    told: Changes,
) -> AssessmentTask:
    task.version += 1
    task.save()
    _note(action, task, task.sheet, by, at, told)
    return task


def _note(
    action: str,
    subject: models.Model,
    sheet: AssessedSheet,
    by: AbstractBaseUser | None,
    at: datetime,
    told: Changes,
    sealed: Changes | None = None,
) -> None:
    audit.record(
        at=at,
        by=by,
        action=f"assessment.{action}",
        subject=subject,
        organisation=sheet.assessment.organisation_id,
        changes=told,
        sealed=sealed,
        rule=CLAUSE,
    )
