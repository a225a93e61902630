"""The office names who checks a filing, from another unit where it stays out itself (六（二）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.checking import Recused, require_other
from lianfang.cycles.actions.moving import locked, not_now
from lianfang.cycles.models import Filing
from lianfang.cycles.rules.states import NAMED
from lianfang.org.models import Person
from lianfang.org.queries.structure import structure_around
from lianfang.org.rules.roles import reach_of


class CantSignIn(Refused):
    """Somebody without a login would have to check."""


class ReasonMissing(Refused):
    """A checker is replaced after the filing was taken up, and nobody said why."""


@transaction.atomic
def name_checker(
    *,
    filing: Filing,
    person: Person,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Filing:
    """Name who checks a filing from now on; once it was taken up, with a reason.

    Raises NotNow after the group decided, CantSignIn, ReasonMissing, and Recused for somebody who
    holds a post in the unit or heads it from above.
    """
    filing = locked(filing)
    if filing.state not in NAMED:
        raise not_now(filing)
    _require_login(person)
    require_other(filing, person, on)
    _require_not_above(filing, person, on)
    _require_reason(filing, reason)
    before = filing.checker
    filing.checker, filing.checker_named_at = person, at
    filing.version += 1
    filing.save(update_fields=["checker", "checker_named_at", "version"])
    audit.record(
        at=at,
        by=by,
        action="cycles.filing.checker_named",
        subject=filing,
        organisation=filing.organisation_id,
        changes={
            "unit": (None, filing.unit.name),
            "checker": (before.name if before else None, person.name),
            "reason": (None, reason),
        },
        rule="六（二）",
    )
    return filing


def _require_login(person: Person) -> None:
    if person.login_id is None or person.left_on is not None:
        raise CantSignIn(
            Text(
                f"{person.name}没有可用的登录账号，不能审核。请另选一位，或先由安全管理员开通登录。",
                f"{person.name} can't sign in, so they can't check. Choose somebody else, or let "
                "the security administrator give them a login first.",
            )
        )


def _require_not_above(filing: Filing, person: Person, on: date) -> None:
    around = structure_around(filing.organisation_id, on, [])
    if filing.unit_id in reach_of(around, person.pk).headed:
        raise Recused(
            Text(
                f"{person.name}是{filing.unit.name}的负责人，应当回避。请由其他单位的人员审核。",
                f"{person.name} heads {filing.unit.name} and stays out of it. Let somebody of "
                "another unit check.",
            )
        )


def _require_reason(filing: Filing, reason: str) -> None:
    if filing.taken_up_at is not None and not reason.strip():
        raise ReasonMissing(
            Text(
                f"{filing.unit.name}的填报已经开始审核。更换审核人请写明原因。",
                f"The filing of {filing.unit.name} was taken up already. Say why its checker "
                "changes.",
            )
        )
