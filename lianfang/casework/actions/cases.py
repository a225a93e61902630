"""A case is found or begun, moved by the table, and recorded; the sender's status follows."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.audit import actions as audit
from lianfang.audit.actions import Changes
from lianfang.casework.models import ReportCase
from lianfang.casework.rules.states import Act, follows
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.portal.actions.answering import set_status
from lianfang.portal.models import SealedReport

CLAUSE = "五（六）2（2）"
_STATUS: Mapping[Act, SealedReport.Status] = {
    Act.STUDY: SealedReport.Status.LOOKED_AT,
    Act.ACCEPT: SealedReport.Status.ACCEPTED,
    Act.DECLINE: SealedReport.Status.CLOSED,
    Act.COMPLETE: SealedReport.Status.CLOSED,
    Act.HAND_OVER: SealedReport.Status.TRANSFERRED,
    Act.REOPEN: SealedReport.Status.LOOKED_AT,
}


class NotNow(Refused):
    """What can't be done with a report in its state."""


def case_of(report: SealedReport) -> ReportCase:
    """Return the case of a report, begun where there was none, locked until the end."""
    SealedReport.objects.select_for_update().only("pk").get(pk=report.pk)
    case, _is_new = ReportCase.objects.get_or_create(
        report=report, defaults={"organisation_id": report.organisation_id}
    )
    case.report = report
    return case


def moved(
    case: ReportCase,
    act: Act,
    *,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    told: Changes | None = None,
    sealed: Changes | None = None,
    **values: object,
) -> ReportCase:
    """Move a case by the table, set these values, and record it. Raises NotNow.

    The log tells states and days; what an officer gave as a reason only as a commitment.
    """
    before = case.state
    after = follows(before, act)
    if after is None:
        raise NotNow(
            Text(
                f"举报 {case.mark} 现在不能这样办理。请刷新页面，查看它的状态。",
                f"This can't be done with the report {case.mark} now. Reload the page to see "
                "where it stands.",
            )
        )
    case.state = ReportCase.State(after)
    for name, value in values.items():
        setattr(case, name, value)
    case.save(update_fields=["state", *values])
    if act in _STATUS:
        set_status(report=case.report, status=_STATUS[act], on=on, by=by, at=at)
    tell_log(case, PAST[act], by, at, {"state": (before, after.value), **(told or {})}, sealed)
    return case


def tell_log(
    case: ReportCase,
    what: str,
    by: AbstractBaseUser | None,
    at: datetime,
    changes: Changes | None = None,
    sealed: Changes | None = None,
) -> None:
    """Record something done to a case, without a word of what was reported."""
    audit.record(
        at=at,
        by=by,
        action=f"casework.case.{what}",
        subject=case,
        organisation=case.organisation_id,
        changes=changes,
        sealed=sealed,
        rule=CLAUSE,
    )


PAST: Mapping[Act, str] = {
    Act.STUDY: "studied",
    Act.ACCEPT: "accepted",
    Act.SEND_OUT: "sent_out",
    Act.HAND_OVER: "handed_over",
    Act.DECLINE: "declined",
    Act.COMPLETE: "completed",
    Act.REOPEN: "reopened",
    Act.DESTROY: "destroyed",
}
