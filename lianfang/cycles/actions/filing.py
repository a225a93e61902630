"""The unit's side of a filing: begun, submitted with a statement, withdrawn, taken up again."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.counting import put_count
from lianfang.cycles.actions.moving import locked, move, require
from lianfang.cycles.models import Filing, Submission
from lianfang.cycles.queries.covering import covered, stored
from lianfang.cycles.rules.states import Act
from lianfang.register import canonical
from lianfang.register.model import Register
from lianfang.risks.queries.checking import findings_in, findings_of
from lianfang.scheme.model import Scheme


class HasErrors(Refused):
    """The checks found what has to be mended before a filing is submitted."""


@transaction.atomic
def start_filing(*, filing: Filing, by: AbstractBaseUser | None, at: datetime) -> Filing:
    """Begin a filing. Raises NotNow."""
    return move(locked(filing), Act.START, by=by, at=at)


@transaction.atomic
def submit_filing(
    *,
    filing: Filing,
    statement: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Filing:
    """Send a filing to checking, keep a copy of it and close the unit's register (六（一）).

    Raises NotNow, and HasErrors where the five checks found an error. The digest of the copy stands
    in the log. The cost grows with the unit's register.
    """
    filing = locked(filing)
    require(filing, Act.SUBMIT)
    register = stored(filing, on)
    put_count(filing, findings_of(register, filing.organisation, filing.unit, scheme), at)
    if filing.errors_found:
        raise HasErrors(
            Text(
                f"还有 {filing.errors_found} 项须改，不能报送。请按右侧的检查意见改好再报。",
                f"{filing.errors_found} findings must be mended first. Mend what the checks say, "
                "then submit.",
            )
        )
    filing.round += 1
    filing.statement, filing.submitted_at = statement, at
    filing.submitted_by_id = by.pk if by else None
    filing.due_on = None
    kept = _keep(filing, covered(filing, register), at)
    told = {
        "round": (filing.round - 1, filing.round),
        "statement": (None, statement),
        "digest": (None, kept.digest),
        "algorithm": (None, kept.algorithm),
    }
    return move(filing, Act.SUBMIT, by=by, at=at, told=told)


@transaction.atomic
def withdraw_filing(*, filing: Filing, by: AbstractBaseUser | None, at: datetime) -> Filing:
    """Take a submitted filing back before anybody took it up. Raises NotNow."""
    return move(locked(filing), Act.WITHDRAW, by=by, at=at)


@transaction.atomic
def resume_filing(
    *, filing: Filing, scheme: Scheme, on: date, by: AbstractBaseUser | None, at: datetime
) -> Filing:
    """Draft a returned filing again. Raises NotNow. The cost grows with the unit's register."""
    filing = locked(filing)
    require(filing, Act.RESUME)
    put_count(filing, findings_in(filing.organisation, filing.unit, scheme, on), at)
    return move(filing, Act.RESUME, by=by, at=at)


def _keep(filing: Filing, register: Register, at: datetime) -> Submission:
    content = canonical.to_json(register)
    return Submission.objects.create(
        filing=filing,
        round=filing.round,
        statement=filing.statement,
        content=content.decode(),
        digest=canonical.digest(register),
        submitted_at=at,
        submitted_by_id=filing.submitted_by_id,
    )
