"""The runner: works through one job, and records what came of it, whatever happens."""

import logging
import secrets

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

from lianfang.common import clock
from lianfang.common.errors import Refused
from lianfang.jobs import pulse
from lianfang.jobs.actions.states import claim, fail, finish
from lianfang.jobs.models import Job
from lianfang.jobs.rules import Outcome, said

logger = logging.getLogger(__name__)


@task()
def work(job_id: int) -> None:
    """Work through a job that still waits: what settings.JOBS names for its kind.

    It gets the job and a function to report progress to, and returns an Outcome or None. A
    refusal ends the job with its sentence; any other error with a number to quote.
    """
    job = claim(job_id=job_id, at=clock.now())
    if job is None:
        return
    try:
        outcome = _done(job)
    except Refused as refused:
        fail(job=job, outcome=said(refused.text), at=clock.now())
    except Exception:
        number = secrets.token_hex(4)
        logger.exception("error %s in job %s (%s)", number, job.pk, job.kind)
        fail(
            job=job, outcome=Outcome(code="jobs.broken", values={"number": number}), at=clock.now()
        )
    except BaseException:
        fail(job=job, outcome=Outcome(code="jobs.stopped"), at=clock.now())
        raise
    else:
        finish(job=job, outcome=outcome, at=clock.now())


def _done(job: Job) -> Outcome:
    does = import_string(settings.JOBS[job.kind])
    with pulse.beating(job.pk) as report:
        outcome: Outcome | None = does(job, report)
    return outcome or Outcome(code="jobs.done")
