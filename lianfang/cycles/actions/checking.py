"""The checker's side of a filing: taken up, returned, concluded in five checks (六（二）)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.counting import put_count
from lianfang.cycles.actions.moving import locked, move, require
from lianfang.cycles.models import Conclusion, Filing, Remark
from lianfang.cycles.queries.filing import days_given
from lianfang.cycles.rules.states import Act
from lianfang.org.models import Appointment, Person, holding
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.rules.calendar import add_working_days
from lianfang.risks.queries.checking import findings_in
from lianfang.scheme.model import Scheme

_RETURNED = "returned_filing"


class Recused(Refused):
    """Somebody would judge a unit in which they hold a post."""


class NotConcluded(Refused):
    """One of the five checks has no conclusion, or not all are met."""


class RemarksOpen(Refused):
    """The checker's own remarks are not all closed."""


class NotTheChecker(Refused):
    """Another one was named to check the filing."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is concluded under one check."""

    is_met: bool
    text: str = ""


@transaction.atomic
def take_up(
    *, filing: Filing, checker: Person, on: date, by: AbstractBaseUser | None, at: datetime
) -> Filing:
    """Take a submitted filing up for checking.

    Raises NotNow, Recused for the unit's own, NotTheChecker where another one was named.
    """
    filing = locked(filing)
    require(filing, Act.TAKE_UP)
    require_checker(filing, checker, on)
    before = filing.checker
    filing.checker, filing.taken_up_at = checker, at
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

    Raises NotNow, Recused and NotTheChecker. The cost grows with the unit's register.
    """
    filing = locked(filing)
    require(filing, Act.RETURN)
    require_judge(filing, by, at)
    put_count(filing, findings_in(filing.organisation, filing.unit, scheme, on), at)
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

    `verdicts` are by the code of the check. Raises NotNow, NotConcluded, RemarksOpen, Recused and
    NotTheChecker.
    """
    filing = locked(filing)
    require(filing, Act.CONCLUDE)
    require_judge(filing, by, at)
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


def require_judge(filing: Filing, by: AbstractBaseUser | None, at: datetime) -> None:
    """Raise what `require_checker` does for whoever acts. Three statements at most."""
    person = Person.objects.filter(login=by.pk).first() if by is not None else None
    if person is not None:
        require_checker(filing, person, day_in(filing.organisation.time_zone, at))


def require_checker(filing: Filing, person: Person, on: date) -> None:
    """Raise Recused for somebody of the unit, NotTheChecker where another one was named."""
    require_other(filing, person, on)
    if filing.checker_named_at is None or filing.checker_id == person.pk:
        return
    named = filing.checker.name if filing.checker else ""
    raise NotTheChecker(
        Text(
            f"{filing.unit.name}的填报已指定由{named}审核。请由其办理，或由办公室改为指定他人。",
            f"{named} was named to check the filing of {filing.unit.name}. Leave it to them, or "
            "let the office name somebody else.",
        )
    )


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
