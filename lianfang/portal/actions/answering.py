"""What the office does that a sender sees: answers, and how far it has come; and destruction.

五（六）1. Answers are sealed in the officer's browser; the log has their digest, never their text.
"""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.portal.actions.receiving import require_letter, store_letter
from lianfang.portal.actions.setup import CLAUSE
from lianfang.portal.models import SealedMessage, SealedReport
from lianfang.sealing import filing

# the office's envelope and the sender's
_OF_AN_ANSWER = 2


class Destroyed(Refused):
    """A report of which nothing is left."""


@transaction.atomic
def answer_report(
    *,
    report: SealedReport,
    sealed: filing.SealedLetter,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> SealedMessage:
    """Store an answer, sealed to the sender and the office; the same one again is stored once.

    Raises NotSealed, Taken, Destroyed.
    """
    require_letter(sealed, envelopes=_OF_AN_ANSWER)
    report = _locked(report)
    known = report.messages.filter(pk=sealed.letter).exists()
    message = store_letter(report=report, sealed=sealed, origin=SealedMessage.Origin.OFFICE, on=on)
    if not known:
        audit.record(
            at=at,
            by=by,
            action="portal.report.answered",
            subject=report,
            organisation=report.organisation_id,
            changes={"digest": (None, message.digest)},
            rule=CLAUSE,
        )
    return message


@transaction.atomic
def set_status(
    *,
    report: SealedReport,
    status: SealedReport.Status,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> SealedReport:
    """Say to the sender how far it has come. Nothing happens where it says so already."""
    report = SealedReport.objects.select_for_update().get(pk=report.pk)
    if report.status == status:
        return report
    before = report.status
    report.status, report.status_on = status, on
    report.save(update_fields=["status", "status_on"])
    audit.record(
        at=at,
        by=by,
        action="portal.report.status_set",
        subject=report,
        organisation=report.organisation_id,
        changes={"status": (before, str(status))},
        rule=CLAUSE,
    )
    return report


@transaction.atomic
def destroy_report(
    *,
    report: SealedReport,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> SealedReport:
    """Destroy everything that was sealed: body, identity, letters, files and every envelope.

    The row stays, so that the receipt still finds how it ended. Raises Destroyed.
    """
    report = _locked(report)
    report.files.all().delete()
    report.messages.all().delete()
    report.envelopes.filter(withdrawn_on=None).delete()
    report.body = report.identity = b""
    report.destroyed_on = on
    report.save(update_fields=["body", "identity", "destroyed_on"])
    audit.record(
        at=at,
        by=by,
        action="portal.report.destroyed",
        subject=report,
        organisation=report.organisation_id,
        changes={"digest": (report.digest, report.digest), "reason": (None, reason)},
        rule=CLAUSE,
    )
    return report


def _locked(report: SealedReport) -> SealedReport:
    report = SealedReport.objects.select_for_update().get(pk=report.pk)
    if report.destroyed_on is not None:
        raise Destroyed(
            Text(
                "这份举报的内容已经销毁。",
                "What this report held was destroyed.",
            )
        )
    return report
