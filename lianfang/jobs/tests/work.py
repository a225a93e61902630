"""Kinds of long work for tests."""

from lianfang.common.errors import Refused
from lianfang.common.progress import Report
from lianfang.common.text import Text
from lianfang.jobs.models import Job
from lianfang.jobs.rules import Outcome

KINDS = {
    "test.good": "lianfang.jobs.tests.work.good",
    "test.silent": "lianfang.jobs.tests.work.silent",
    "test.refused": "lianfang.jobs.tests.work.refused",
    "test.broken": "lianfang.jobs.tests.work.broken",
    "test.stopped": "lianfang.jobs.tests.work.stopped",
    "test.missing": "lianfang.jobs.tests.work.nobody_wrote_this",
}


def good(job: Job, report: Report) -> Outcome:
    """Count to what was asked for."""
    many = int(job.arguments["many"])
    for done in range(many):
        report(done + 1, many)
    return Outcome(code="test.counted", values={"many": many}, url="/somewhere/")


def silent(job: Job, report: Report) -> None:
    """Do nothing, and say nothing."""
    del job, report


def refused(job: Job, report: Report) -> None:
    """Be refused by a rule."""
    del job, report
    raise Refused(Text("表格没有行，请核对。", "The table has no rows; check it."))


def broken(job: Job, report: Report) -> None:
    """Break, as a program does."""
    del job, report
    raise ZeroDivisionError("secret text that no user may read")


def stopped(job: Job, report: Report) -> None:
    """Be stopped from outside."""
    del job, report
    raise SystemExit(1)
