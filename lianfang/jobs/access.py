"""Which jobs somebody may see: those they asked for themself, and no others."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lianfang.jobs.models import Job


def jobs_visible_to(user: AbstractBaseUser) -> QuerySet[Job]:
    """Return the jobs that somebody asked for."""
    return Job.objects.filter(asked_by=user.pk)


def get_job_for(user: AbstractBaseUser, job_id: int) -> Job:
    """Return a job. Raises Http404 for one that somebody else asked for."""
    return get_object_or_404(jobs_visible_to(user), pk=job_id)
