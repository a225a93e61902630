"""Asking for long work: the job and its place in the queue are stored together."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.text import Text
from lianfang.jobs.actions.running import work
from lianfang.jobs.actions.states import NotNow
from lianfang.jobs.models import Job


@transaction.atomic
def start(
    *,
    kind: str,
    by: AbstractBaseUser,
    organisation: int | None,
    at: datetime,
    arguments: Mapping[str, object] | None = None,
) -> Job:
    """Ask for long work of a kind that settings.JOBS names; it begins after the transaction.

    `arguments` are JSON values. Raises KeyError for a kind that nobody does.
    """
    settings.JOBS[kind]
    job = Job.objects.create(
        kind=kind,
        organisation=organisation,
        asked_by_id=by.pk,
        arguments=dict(arguments or {}),
        created_at=at,
    )
    audit.record(
        at=at,
        by=by,
        action="jobs.job.asked",
        subject=job,
        organisation=organisation,
        changes={"kind": (None, kind), "arguments": (None, job.arguments)},
    )
    wake(job=job)
    return job


@transaction.atomic
def retry(*, job: Job, by: AbstractBaseUser, at: datetime) -> Job:
    """Ask once more for what failed: a new job, the old one stays. Raises NotNow for others."""
    if not job.has_failed:
        raise NotNow(
            Text("任务没有失败，不必重试。", "The task has not failed; there is nothing to repeat.")
        )
    return start(
        kind=job.kind, by=by, organisation=job.organisation, arguments=job.arguments, at=at
    )


def wake(*, job: Job) -> None:
    """Put a waiting job into the queue; a second time does no harm, for it is claimed once."""
    work.enqueue(job.pk)
