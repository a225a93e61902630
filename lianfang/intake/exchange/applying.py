"""Previews are made, and the files of a delivery written together: all of them, or none."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.progress import Report
from lianfang.files.models import Import
from lianfang.intake.actions.applying import apply_paper
from lianfang.intake.actions.planning import keep_preview, keep_refusal
from lianfang.intake.exchange.planning import Asking, prepare
from lianfang.intake.models import Delivery, Paper
from lianfang.intake.queries.books import Shelf


def make_preview(
    paper: Paper,
    asking: Asking,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    report: Report | None = None,
) -> Paper:
    """Read a file and keep its preview, or the sentence that says why it can't be read."""
    try:
        prepared = prepare(paper, asking, report)
    except Refused as refused:
        return keep_refusal(paper=paper, refusal=refused.text, by=by, at=at)
    return keep_preview(
        paper=paper,
        lines=prepared.lines,
        counts=prepared.counts,
        rows=prepared.rows,
        summary=prepared.summary,
        judgement=prepared.judgement,
        touched=prepared.touched,
        base=prepared.base,
        by=by,
        at=at,
    )


def is_up_to_date(paper: Paper, asking: Asking) -> bool:
    """Return whether the register is still as it was when the preview was made."""
    return Shelf(asking.organisation, asking.on, paper.touched).digest() == paper.base


def waiting_of(delivery: Delivery) -> list[Paper]:
    """Return the files of a delivery that were read and wait for a decision."""
    papers = delivery.papers.filter(
        state=Paper.State.READY, opened__state=Import.State.PREVIEWED
    ).select_related("opened__attachment", "delivery__organisation")
    return list(papers.order_by("pk"))


@transaction.atomic
def apply_all(
    papers: Iterable[Paper],
    asking: Asking,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    report: Report | None = None,
) -> list[Import]:
    """Write files one after the other in one transaction.

    What the one before set up counts for the next, so that its preview is made anew; lines that
    somebody took or left stay so. Raises what applying refuses: then none of them is written.
    """
    done: list[Import] = []
    waiting = list(papers)
    for paper in waiting:
        current = paper
        if done and not is_up_to_date(paper, asking):
            current = make_preview(paper, asking, by=by, at=at)
        if current.lines.filter(taken=True).exists():
            done.append(
                apply_paper(
                    paper=current,
                    organisation=asking.organisation,
                    importer=asking.importer,
                    scheme=asking.scheme,
                    on=asking.on,
                    by=by,
                    at=at,
                )
            )
        if report is not None:
            report(len(done), len(waiting))
    return done
