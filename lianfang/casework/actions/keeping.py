"""How long reports are kept: held by law, destroyed when their time is over, with a certificate.

Nothing is destroyed by itself: an officer does it. Source: 质检认纪〔2012〕1号 五（六）2（2）.
"""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.casework.actions.cases import case_of, moved, tell_log
from lianfang.casework.actions.certificate import certificate_of
from lianfang.casework.models import ReportCase
from lianfang.casework.rules.clocks import may_be_destroyed
from lianfang.casework.rules.states import Act, State
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files.actions import issue_document
from lianfang.org.models import Person
from lianfang.portal.actions.answering import destroy_report
from lianfang.portal.models import SealedReport

SERIES = "廉举销"
KIND = "casework.destroyed"


class StillKept(Refused):
    """A report whose time is not over, or which a legal hold keeps."""


class WrongHold(Refused):
    """A hold that would end before it begins."""


@transaction.atomic
def hold(
    *,
    report: SealedReport,
    held_until: date,
    held_reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Keep a report until a day whatever its time says (legal hold). Raises WrongHold."""
    case = case_of(report)
    if held_until <= on:
        raise WrongHold(
            Text(f"日期应晚于今天（{on}）。", f"The day has to come after today, {on}.")
        )
    before = case.held_until
    case.held_until, case.held_reason = held_until, held_reason
    case.save(update_fields=["held_until", "held_reason"])
    tell_log(
        case,
        "held",
        by,
        at,
        {"held_until": (before and before.isoformat(), held_until.isoformat())},
        {"held_reason": (None, held_reason)},
    )
    return case


@transaction.atomic
def destroy(
    *,
    report: SealedReport,
    officer: Person,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Destroy ciphertext, envelopes and files, with a certificate. Raises StillKept, NotNow.

    The case stays with its days, its outcome and the digest of what was filed.
    """
    case = case_of(report)
    until = case.kept_until
    if case.state == State.COMPLETED and (
        until is None or not may_be_destroyed(kept_until=until, held_until=case.held_until, on=on)
    ):
        raise StillKept(
            Text(
                f"举报 {case.mark} 还在保存期内，或者已暂停销毁。到期后再办。",
                f"The report {case.mark} is still to be kept, or under a hold. Come back when "
                "that is over.",
            )
        )
    case = moved(case, Act.DESTROY, on=on, by=by, at=at, destroyed_on=on)
    certificate = certificate_of(report, case, officer=officer, on=on)
    case.certificate = issue_document(
        organisation=case.organisation_id,
        series=SERIES,
        kind=KIND,
        title=certificate.title,
        about=case,
        make=certificate.make,
        is_confined=True,
        on=on,
        by=by,
        at=at,
    )
    case.save(update_fields=["certificate"])
    destroy_report(report=report, reason=case.outcome, on=on, by=by, at=at)
    return case
