"""What an officer makes of a report: taken up, sent out, declined, completed (五（六）2（2）)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.casework.actions.cases import case_of, moved
from lianfang.casework.actions.recusing import recuse_people
from lianfang.casework.models import ReportCase
from lianfang.casework.rules.clocks import kept_until
from lianfang.casework.rules.states import Act, Outcome, State
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Person
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.portal.models import SealedReport


class NotBefore(Refused):
    """A day on which something can't have happened."""


class NotTheSame(Refused):
    """A report can't repeat the matter of that one."""


@transaction.atomic
def take_up(
    *,
    report: SealedReport,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Take a report up as a matter other than an alert or a lead. Raises NotNow."""
    return moved(
        case_of(report),
        Act.ACCEPT,
        on=on,
        by=by,
        at=at,
        told={"route": (None, ReportCase.Route.OTHER)},
        sealed={"reason": (None, reason)},
        route=ReportCase.Route.OTHER,
        routed_on=on,
        reason=reason,
    )


@transaction.atomic
def join_to(
    *,
    report: SealedReport,
    same_as: ReportCase,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Let a report go along with another about the same matter. Raises NotNow, NotTheSame.

    Where that one is completed, so is this, with the same outcome.
    """
    case = case_of(report)
    first = ReportCase.objects.select_for_update().get(pk=same_as.pk)
    if first.pk == case.pk or first.same_as_id is not None or not first.route:
        raise NotTheSame(
            Text(
                "只能并入另一份已经受理、本身没有并案的举报。请重新选择。",
                "A report joins another one that was taken up and joins none itself. Choose again.",
            )
        )
    case = moved(
        case,
        Act.ACCEPT,
        on=on,
        by=by,
        at=at,
        told={"route": (None, ReportCase.Route.REPEAT), "same_as": (None, first.mark)},
        route=ReportCase.Route.REPEAT,
        routed_on=on,
        same_as=first,
    )
    if first.state == State.COMPLETED:
        return _completed(case, Act.COMPLETE, Outcome(first.outcome), on=on, by=by, at=at)
    return case


@transaction.atomic
def decline(
    *,
    report: SealedReport,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Close a report that is not taken up, for a reason. Raises NotNow."""
    case = case_of(report)
    case.route, case.routed_on, case.reason = ReportCase.Route.DECLINED, on, reason
    return _completed(case, Act.DECLINE, Outcome.NOT_TAKEN, on=on, by=by, at=at, reason=reason)


@transaction.atomic
def send_out(
    *,
    report: SealedReport,
    concern: str,
    sent_to: str,
    concerned: Sequence[Person],
    officer: Person,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Note that a report belongs to another body; those concerned lose it at once.

    The entry has no content. Raises NotNow.
    """
    case = case_of(report)
    case = moved(
        case,
        Act.SEND_OUT,
        on=on,
        by=by,
        at=at,
        told={"concern": (None, concern), "sent_to": (None, sent_to)},
        route=ReportCase.Route.TRANSFER,
        routed_on=on,
        concern=concern,
        sent_to=sent_to,
    )
    recuse_people(case, concerned, reason=str(_ABOUT_THEM.zh), officer=officer, on=on, by=by, at=at)
    return case


@transaction.atomic
def hand_over(
    *,
    report: SealedReport,
    handed_on: date,
    handed_how: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Note that the content was handed to the other body. Raises NotNow, NotBefore."""
    case = case_of(report)
    if not report.arrived_on <= handed_on <= on:
        raise NotBefore(
            Text(
                f"移交日期应在收到举报（{report.arrived_on}）之后、今天（{on}）之前。",
                f"The day lies between that of arrival, {report.arrived_on}, and today, {on}.",
            )
        )
    case.handed_on, case.handed_how = handed_on, handed_how
    return _completed(
        case, Act.HAND_OVER, Outcome.TRANSFERRED, on=on, by=by, at=at, reason=handed_how
    )


@transaction.atomic
def complete(
    *,
    report: SealedReport,
    outcome: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Complete a report with what came of it, and those that repeat its matter. Raises NotNow."""
    case = _completed(case_of(report), Act.COMPLETE, Outcome(outcome), on=on, by=by, at=at)
    repeats = ReportCase.objects.filter(same_as=case, state=State.ACCEPTED)
    for repeat in repeats.select_related("report").order_by("pk"):
        _completed(case_of(repeat.report), Act.COMPLETE, Outcome(outcome), on=on, by=by, at=at)
    return case


@transaction.atomic
def reopen(
    *,
    report: SealedReport,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Study a completed report again, since something new is known. Raises NotNow."""
    return moved(
        case_of(report),
        Act.REOPEN,
        on=on,
        by=by,
        at=at,
        sealed={"reason": (None, reason)},
        outcome="",
        completed_on=None,
        kept_until=None,
        result_told_on=None,
        reason=reason,
        route="",
        routed_on=None,
        same_as=None,
    )


def _completed(
    case: ReportCase,
    act: Act,
    outcome: Outcome,
    *,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> ReportCase:
    organisation = case.report.organisation
    until = kept_until(outcome, on, scheme_of(organisation, on), calendar_of(organisation.pk))
    return moved(
        case,
        act,
        on=on,
        by=by,
        at=at,
        told={"outcome": (None, outcome.value), "kept_until": (None, until.isoformat())},
        sealed={"reason": (None, reason)} if reason else None,
        outcome=outcome.value,
        completed_on=on,
        kept_until=until,
        route=case.route,
        routed_on=case.routed_on,
        reason=case.reason,
        handed_on=case.handed_on,
        handed_how=case.handed_how,
    )


_ABOUT_THEM = Text("涉及本人", "It concerns them")
