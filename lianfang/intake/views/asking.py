"""For whom a page reads a file; and reading it again, by the workers where it is long."""

from lianfang.common.http import AppRequest
from lianfang.intake.actions.receiving import ask_to_read
from lianfang.intake.exchange.applying import make_preview
from lianfang.intake.exchange.planning import Asking
from lianfang.intake.models import Paper
from lianfang.intake.queries import pages
from lianfang.intake.queries.books import importer_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing

# A file with more lines is read and written by the workers: a page is not kept waiting.
AT_ONCE = 3_000


def asking_for(standing: Standing) -> Asking:
    """Return for whom a file is read. Three statements."""
    organisation = organisation_of(standing)
    return Asking(
        organisation=organisation,
        scheme=scheme_of(organisation, standing.on),
        on=standing.on,
        importer=importer_of(standing),
    )


def read_again(request: AppRequest, paper: Paper, asking: Asking) -> None:
    """Make the preview anew: now for a file of usual length, else by the workers, once."""
    lines = sum(number for name, number in paper.counts.items() if name != "doubtful")
    if paper.state == Paper.State.READY and lines <= AT_ONCE:
        make_preview(paper, asking, by=request.user, at=request.at)
    elif paper.opened_id not in pages.work_on([paper.opened_id], request.at):
        ask_to_read(paper=paper, by=request.user, at=request.at)
