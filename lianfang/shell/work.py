"""Long work that the pages of this room ask for; settings.JOBS names it."""

import logging

from django.urls import reverse

from lianfang.audit.verify import verify
from lianfang.common.progress import Report
from lianfang.common.text import Text
from lianfang.jobs.models import Job
from lianfang.jobs.rules import Outcome, said

logger = logging.getLogger(__name__)


def verify_log(job: Job, report: Report) -> Outcome:
    """Recompute the log, and say whether it is whole."""
    verdict = verify(report)
    if verdict.fault is None:
        values = {"events": verdict.size, "root": verdict.root}
        return Outcome(code="audit.whole", values=values, url=reverse("shell:log"))
    logger.error("the log is not whole (job %s): %s", job.pk, verdict.fault)
    found = verdict.fault.text
    position = verdict.fault.position
    return said(
        Text(f"日志不完整。{found.zh}", f"The log is not whole. {found.en}"),
        url=reverse("shell:log") if position is None else reverse("shell:event", args=[position]),
        is_bad=True,
    )
