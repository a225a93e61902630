"""The office's side of a filing: taken up, asked about, returned, concluded in five checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.moving import locked, move, require
from lianfang.cycles.models import Conclusion, Filing, Remark
from lianfang.cycles.queries.filing import days_given
from lianfang.cycles.rules.states import Act, State
from lianfang.org.models import Appointment, Person, holding
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.rules.calendar import add_working_days
from lianfang.scheme.model import Scheme

_RETURNED = "returned_filing"


class Recused(Refused):
    """Somebody would judge a unit in which they hold a post."""


class NotConcluded(Refused):
    """One of the five checks has no conclusion, or not all are met."""


class RemarksOpen(Refused):
    """The checker's own remarks are not all closed."""


class RemarkClosed(Refused):
    """A remark that was closed, or can't be answered now."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is concluded under one check."""

    is_met: bool
    text: str = ""


@transaction.atomic
def take_up(
    *, filing: Filing, checker: Person, on: date, by: AbstractBaseUser | None, at: datetime
) -> Filing:
    """Take a submitted filing up for checking. Raises NotNow, and Recused for the unit's own."""
    filing = locked(filing)
    require(filing, Act.TAKE_UP)
    require_other(filing, checker, on)
    before = filing.checker
    filing.checker = checker
    told = {"checker": (before.name if before else None, checker.name)}
    return move(filing, Act.TAKE_UP, by=by, at=at, told=told)


@transaction.atomic
def return_filing(
    *,
    filing: Filing,
    reason: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Filing:
    """Return a filing to its unit, to be sent again within the scheme's days ◇ (六（二）).

    Raises NotNow.
    """
    filing = locked(filing)
    require(filing, Act.RETURN)
    filing.returned_for, filing.has_changes_listed = reason, False
    filing.due_on = due_again(filing, scheme, on)
    told = {"reason": (None, reason), "due_on": (None, filing.due_on.isoformat())}
    return move(filing, Act.RETURN, by=by, at=at, told=told)


@transaction.atomic
def conclude(
    *,
    filing: Filing,
    verdicts: Mapping[str, Verdict],
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Filing:
    """Conclude the five checks, all met: the filing goes to the leading group (六（二）).

    `verdicts` are by the code of the check. Raises NotNow, NotConcluded and RemarksOpen.
    """
    filing = locked(filing)
    require(filing, Act.CONCLUDE)
    _require_all_met(verdicts, scheme)
    open_ones = filing.remarks.filter(state__in=[Remark.State.OPEN, Remark.State.ANSWERED]).count()
    if open_ones:
        raise RemarksOpen(
            Text(
                f"还有 {open_ones} 条审核意见没有办结。请先标为已解决或写明理由免改，也可以退回。",
                f"{open_ones} remarks are not closed. Resolve or waive them with a reason first, "
                "or return the filing.",
            )
        )
    Conclusion.objects.filter(filing=filing, round=filing.round).delete()
    Conclusion.objects.bulk_create(
        Conclusion(
            filing=filing,
            round=filing.round,
            check_code=code,
            is_met=verdict.is_met,
            text=verdict.text,
            concluded_at=at,
        )
        for code, verdict in verdicts.items()
    )
    told = {code: (None, verdict.text or "√") for code, verdict in verdicts.items()}
    return move(filing, Act.CONCLUDE, by=by, at=at, told=told)


@transaction.atomic
def raise_remark(
    *,
    filing: Filing,
    check_code: str,
    text: str,
    about: str = "",
    finding: str = "",
    by: AbstractBaseUser | None,
    at: datetime,
) -> Remark:
    """Ask something of a filing that is being checked. Raises NotNow."""
    filing = locked(filing)
    require(filing, Act.RETURN)
    made = Remark.objects.create(
        filing=filing,
        check_code=check_code,
        about=about,
        finding=finding,
        text=text,
        round=filing.round,
        raised_at=at,
        raised_by_id=by.pk if by else None,
    )
    _note("cycles.remark.raised", made, by, at, text=text)
    return made


@transaction.atomic
def answer_remark(
    *, remark: Remark, answer: str, by: AbstractBaseUser | None, at: datetime
) -> Remark:
    """Answer a remark, in whatever state the filing is. Raises RemarkClosed."""
    remark = _open(remark)
    remark.answer, remark.answered_at, remark.state = answer, at, Remark.State.ANSWERED
    remark.save(update_fields=["answer", "answered_at", "state"])
    _note("cycles.remark.answered", remark, by, at, answer=answer)
    return remark


@transaction.atomic
def resolve_remark(*, remark: Remark, by: AbstractBaseUser | None, at: datetime) -> Remark:
    """Close a remark that was mended. Raises RemarkClosed."""
    remark = _open(remark)
    remark.state, remark.closed_at = Remark.State.RESOLVED, at
    remark.save(update_fields=["state", "closed_at"])
    _note("cycles.remark.resolved", remark, by, at)
    return remark


@transaction.atomic
def waive_remark(
    *, remark: Remark, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Remark:
    """Close a remark without a change, for a reason that stays on it. Raises RemarkClosed."""
    remark = _open(remark)
    remark.state, remark.closed_at, remark.closing_reason = Remark.State.WAIVED, at, reason
    remark.save(update_fields=["state", "closed_at", "closing_reason"])
    _note("cycles.remark.waived", remark, by, at, reason=reason)
    return remark


def require_other(filing: Filing, person: Person, on: date) -> None:
    """Raise Recused for somebody who holds a post in the unit on that day."""
    own = Appointment.objects.filter(holding(on), person=person, post__unit=filing.unit_id)
    if own.exists():
        raise Recused(
            Text(
                f"{person.name}在{filing.unit.name}任职，应当回避。请由其他单位的人员办理。",
                f"{person.name} holds a post in {filing.unit.name} and stays out of it. Let "
                "somebody of another unit do it.",
            )
        )


def due_again(filing: Filing, scheme: Scheme, on: date) -> date:
    """Return by when a returned filing is sent again: the scheme's working days from a day."""
    calendar = calendar_of(filing.organisation_id, range(on.year, on.year + 2))
    return add_working_days(calendar, on, days_given(scheme, _RETURNED))


def _require_all_met(verdicts: Mapping[str, Verdict], scheme: Scheme) -> None:
    asked = {check.code for check in scheme.checks.five}
    if set(verdicts) != asked or not all(verdict.is_met for verdict in verdicts.values()):
        raise NotConcluded(
            Text(
                "五项检查都通过才能送审议。有一项不通过，请退回并写明意见。",
                "All five checks must be met before it goes to the leading group. Where one is "
                "not, return the filing and say why.",
            )
        )


def _open(remark: Remark) -> Remark:
    rows = Remark.objects.select_for_update(of=("self",)).select_related("filing")
    remark = rows.get(pk=remark.pk)
    is_decided = remark.filing.state in (State.APPROVED, State.PUBLISHED, State.SUPERSEDED)
    if remark.closed_at is not None or is_decided:
        raise RemarkClosed(
            Text(
                "这条意见已经办结。请刷新页面。",
                "This remark was closed already. Reload the page.",
            )
        )
    return remark


def _note(
    action: str, remark: Remark, by: AbstractBaseUser | None, at: datetime, **told: str
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=remark,
        organisation=remark.filing.organisation_id,
        changes={name: (None, value) for name, value in told.items()},
        rule="六（二）",
    )
