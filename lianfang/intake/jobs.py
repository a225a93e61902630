"""Long work: a file is read, an import or a whole delivery is written."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from lianfang.common import clock
from lianfang.common.errors import Refused
from lianfang.common.progress import Report
from lianfang.common.text import Text
from lianfang.intake.exchange.applying import apply_all, make_preview, waiting_of
from lianfang.intake.exchange.planning import Asking
from lianfang.intake.models import Delivery, Paper
from lianfang.intake.queries.books import importer_of
from lianfang.jobs.models import Job
from lianfang.jobs.rules import Outcome, said
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.standing import standing_of


class AskerGone(Refused):
    """Whoever asked for the work has left the organisation meanwhile."""


def read(job: Job, report: Report) -> Outcome:
    """Read the file that the job names, and keep its preview."""
    paper = _paper(job.arguments["import"])
    at = clock.now()
    made = make_preview(paper, asking_of(job.asked_by, at), by=job.asked_by, at=at, report=report)
    page = reverse("intake:paper", args=[paper.opened_id])
    refusal = made.refusal_text
    if refusal is not None:
        return said(refusal, url=page, is_bad=True)
    return Outcome(code="intake.read", values={"name": paper.opened.attachment.name}, url=page)


def apply(job: Job, report: Report) -> Outcome:
    """Write the import, or all files of the delivery, that the job names."""
    at = clock.now()
    asking = asking_of(job.asked_by, at)
    if "import" in job.arguments:
        paper = _paper(job.arguments["import"])
        papers, page = [paper], reverse("intake:paper", args=[paper.opened_id])
    else:
        delivery = Delivery.objects.get(pk=job.arguments["delivery"])
        papers, page = waiting_of(delivery), reverse("intake:delivery", args=[delivery.pk])
    done = apply_all(papers, asking, by=job.asked_by, at=at, report=report)
    added = sum(one.applied.get("added", 0) for one in done)
    changed = sum(one.applied.get("changed", 0) for one in done)
    values = {"files": len(done), "added": added, "changed": changed}
    return Outcome(code="intake.applied", values=values, url=page)


def asking_of(by: AbstractBaseUser | None, at: datetime) -> Asking:
    """Return for whom a job works: what its asker may import now, which may be less than before.

    Raises AskerGone for somebody who left the organisation meanwhile.
    """
    standing = standing_of(by, at) if by is not None else None
    if standing is None:
        raise AskerGone(
            Text(
                "交办这项工作的人已不在机构中，没有做任何事。请由现在负责的人重新交办。",
                "Whoever asked for this has left the organisation, so nothing was done. Let "
                "somebody who is in charge now ask for it again.",
            )
        )
    organisation = Organisation.objects.get(pk=standing.organisation_id)
    return Asking(
        organisation=organisation,
        scheme=scheme_of(organisation, standing.on),
        on=standing.on,
        importer=importer_of(standing),
    )


def _paper(import_id: int) -> Paper:
    papers = Paper.objects.select_related("opened__attachment", "delivery__organisation")
    return papers.get(opened=import_id)
