"""What the night does to jobs: gives up the dead, wakes the forgotten, clears the queue."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from lianfang.audit import actions as audit
from lianfang.jobs.actions.starting import wake
from lianfang.jobs.actions.states import fail
from lianfang.jobs.models import Job, Sweep
from lianfang.jobs.queries import with_pulse
from lianfang.jobs.rules import Outcome, is_silent

_FORGOTTEN = timedelta(minutes=10)
_KEPT = timedelta(days=30)


def fail_silent(*, at: datetime) -> int:
    """Fail the running jobs whose worker died, and return how many those were."""
    running = with_pulse(Job.objects.filter(state=Job.State.RUNNING))
    dead = [job for job in running if is_silent(last=job.beat_at, at=at)]
    for job in dead:
        fail(job=job, outcome=Outcome(code="jobs.stopped"), at=at)
    return len(dead)


def wake_forgotten(*, at: datetime) -> int:
    """Queue again what has been waiting for long: its place in the queue may have died."""
    waiting = Job.objects.filter(state=Job.State.WAITING, created_at__lt=at - _FORGOTTEN)
    for job in waiting:
        wake(job=job)
    return len(waiting)


@transaction.atomic
def prune(*, at: datetime) -> None:
    """Clear old places of the queue. Jobs themselves are kept."""
    DBTaskResult.objects.filter(enqueued_at__lt=at - _KEPT).delete()


@transaction.atomic
def record_sweep(*, day: date, at: datetime) -> Sweep:
    """Record that a night was swept; a second time changes nothing."""
    sweep, is_new = Sweep.objects.get_or_create(day=day, defaults={"finished_at": at})
    if is_new:
        audit.record(at=at, by=None, action="jobs.sweep.finished", subject=sweep, organisation=None)
    return sweep
