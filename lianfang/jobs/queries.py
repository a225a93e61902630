"""Reads of long work, with the progress it has made, and of the nights that were swept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from lianfang.jobs import pulse
from lianfang.jobs.models import Job, Sweep

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class JobPage:
    """Some jobs, newest first; `older` is where the next page goes on."""

    jobs: list[Job]
    older: int | None


def page_of_jobs(jobs: QuerySet[Job], *, before: int | None = None) -> JobPage:
    """Return a page of jobs, those before a number. One statement."""
    rows = jobs if before is None else jobs.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    return JobPage(jobs=with_pulse(found[:PAGE]), older=older)


def with_pulse(jobs: Iterable[Job]) -> list[Job]:
    """Return the jobs with what is known of those that run: progress and last sign of life."""
    found = list(jobs)
    for job in found:
        if job.is_running and (told := pulse.read(job.pk)) is not None:
            job.done, job.total, job.beat_at = told.done, told.total, told.at
    return found


def last_of_kind(jobs: QuerySet[Job], kind: str) -> Job | None:
    """Return the newest job of a kind. One statement."""
    return jobs.filter(kind=kind).order_by("-pk").first()


def is_any_open(jobs: Iterable[Job]) -> bool:
    """Return whether one of the jobs still waits or runs."""
    return any(job.is_open for job in jobs)


def last_swept() -> date | None:
    """Return the last day that was swept. One statement."""
    last: date | None = Sweep.objects.aggregate(last=Max("day"))["last"]
    return last
