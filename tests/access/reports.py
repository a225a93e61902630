"""Who may begin, write, read, judge and comment on reports: drafts are the author's alone."""

from lianfang.duties.models import Report
from lianfang.duties.tests.writing import asked, sent, written
from lianfang.org.tests.cast import Cast
from tests.access.parts import ADMINISTRATORS, STAFF, own_and_other, row

READS = {"clerk", "head", "deputy", "officer", "secretary"}
HIDDEN = ADMINISTRATORS | (STAFF - READS)
# reports of units and records of visits
ABOVE = (READS | {"office"}) - {"clerk"}
BENEATH = ADMINISTRATORS | (STAFF - ABOVE)
ALL_BUT_AUTHOR = ADMINISTRATORS | (STAFF - {"clerk"})
SEES_DUTY = READS | {"office"}


def duty(cast: Cast) -> int:
    """Return the clerk's duty to report."""
    return asked(cast).pk


def draft(cast: Cast) -> int:
    """Return a report of the clerk that nobody else sees."""
    return _found(cast, "report", "draft") or written(cast).pk


def submitted(cast: Cast) -> int:
    """Return a report of the clerk that waits for the head of finance."""
    return _found(cast, "report", "submitted") or sent(cast).pk


def unit_report(cast: Cast) -> int:
    """Return a report of finance that waits for the discipline office."""
    return _found(cast, "unit_report", "submitted") or sent(cast, "unit_report").pk


def disclosure(cast: Cast) -> int:
    """Return a disclosure of the clerk that runs."""
    return _found(cast, "disclosure", "published") or sent(cast, "disclosure").pk


def visit(cast: Cast) -> int:
    """Return the record of a visit of the deputy to finance."""
    return _found(cast, "visit", "filed") or sent(cast, "visit").pk


def _found(cast: Cast, kind: str, state: str) -> int:
    rows = Report.objects.filter(organisation=cast.organisation, kind=kind, state=state)
    return rows.values_list("pk", flat=True).first() or 0


REPORTS = [
    row("duties:reports", STAFF, hidden=ADMINISTRATORS),
    row("duties:statements", STAFF, hidden=ADMINISTRATORS),
    *own_and_other(
        "duties:report-start",
        {"clerk"},
        duty,
        hidden=ADMINISTRATORS | (STAFF - SEES_DUTY),
        method="post",
    ),
    *own_and_other("duties:report", {"clerk"}, draft, hidden=ALL_BUT_AUTHOR),
    *own_and_other("duties:report", READS, submitted, hidden=HIDDEN),
    *own_and_other("duties:report", ABOVE, unit_report, hidden=BENEATH),
    *own_and_other("duties:report", READS, disclosure, hidden=HIDDEN),
    *own_and_other("duties:report", ABOVE, visit, hidden=BENEATH),
    *own_and_other("duties:report-write", {"clerk"}, draft, hidden=ALL_BUT_AUTHOR),
    *own_and_other("duties:report-send", {"clerk"}, draft, hidden=ALL_BUT_AUTHOR),
    *own_and_other("duties:report-renew", {"clerk"}, draft, hidden=ALL_BUT_AUTHOR, method="post"),
    *own_and_other("duties:report-return", {"head"}, submitted, hidden=HIDDEN),
    *own_and_other("duties:report-accept", {"head"}, submitted, hidden=HIDDEN),
    *own_and_other("duties:report-accept", {"officer"}, unit_report, hidden=BENEATH),
    *own_and_other("duties:report-comment", {"head"}, disclosure, hidden=HIDDEN),
    row(
        "duties:report-print",
        READS,
        lambda own, other: [submitted(own), "docx"],
        about="own",
        hidden=HIDDEN,
    ),
    row(
        "duties:report-print",
        set(),
        lambda own, other: [submitted(other), "docx"],
        about="of another organisation",
        hidden=ADMINISTRATORS | STAFF,
    ),
]
