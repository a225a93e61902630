"""A job on its way: claimed, finished, failed, cancelled; each by one conditional update."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.jobs.models import Job
from lianfang.jobs.rules import NEXT, Act, Outcome, source_of


class NotNow(Refused):
    """A job that is not in the state for what is asked."""


@transaction.atomic
def claim(*, job_id: int, at: datetime) -> Job | None:
    """Take a waiting job to work on it; None where somebody else has, or it was cancelled.

    Not in the log: it tells that the job was asked for, and what came of it.
    """
    if not _moved(job_id, "claim", started_at=at, beat_at=at):
        return None
    return Job.objects.select_related("asked_by").get(pk=job_id)


@transaction.atomic
def finish(*, job: Job, outcome: Outcome, at: datetime) -> None:
    """Record what came of a running job. One that was given up meanwhile stays as it is."""
    if _moved(job.pk, "finish", outcome=outcome.plain(), finished_at=at):
        _record(job, "jobs.job.finished", outcome, by=None, at=at)


@transaction.atomic
def fail(*, job: Job, outcome: Outcome, at: datetime) -> None:
    """Record why nothing came of a running job."""
    if _moved(job.pk, "fail", outcome=outcome.plain(), finished_at=at):
        _record(job, "jobs.job.failed", outcome, by=None, at=at)


@transaction.atomic
def cancel(*, job: Job, by: AbstractBaseUser, at: datetime) -> Job:
    """Take a job back before it begins. Raises NotNow for one that runs or has ended."""
    outcome = Outcome(code="jobs.cancelled")
    if not _moved(job.pk, "cancel", outcome=outcome.plain(), finished_at=at):
        raise NotNow(
            Text(
                "任务已经开始或已经结束，不能取消。请刷新页面查看结果。",
                "The task has begun or ended, so it can't be cancelled. Refresh the page.",
            )
        )
    _record(job, "jobs.job.cancelled", outcome, by=by, at=at)
    job.refresh_from_db()
    return job


def _moved(job_id: int, act: Act, **values: object) -> bool:
    state = source_of(act)
    values["state"] = NEXT[state, act]
    return Job.objects.filter(pk=job_id, state=state).update(**values) == 1


def _record(
    job: Job, action: str, outcome: Outcome, *, by: AbstractBaseUser | None, at: datetime
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=job,
        organisation=job.organisation,
        changes={"outcome": (None, outcome.code)},
    )
