"""The unit's side of a filing: begun, submitted with a statement, withdrawn, taken up again."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.counting import put_count
from lianfang.cycles.actions.moving import locked, move, require
from lianfang.cycles.models import Filing, Submission
from lianfang.cycles.queries.covering import covered, findings_of, stored
from lianfang.cycles.queries.revising import open_revisions
from lianfang.cycles.queries.yearly import since_edition
from lianfang.cycles.rules.states import Act
from lianfang.org.models import Unit
from lianfang.register import canonical
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme

_NAMED = 5


class NotGoneOver(Refused):
    """Risk points are as they were, and nobody went over them this year."""


class HasErrors(Refused):
    """The checks found what has to be mended before a filing is submitted."""


class RevisionOpen(Refused):
    """The unit is being revised; its whole filing has to wait."""


@transaction.atomic
def start_filing(*, filing: Filing, by: AbstractBaseUser | None, at: datetime) -> Filing:
    """Begin a filing of the year. Raises NotNow, and RevisionOpen until the unit's are over."""
    filing = locked(filing)
    # whoever opens a revision of the unit waits until this is decided
    Unit.objects.select_for_update().get(pk=filing.unit_id)
    revisions = open_revisions(filing.unit_id)
    if revisions:
        number = revisions[0].number
        raise RevisionOpen(
            Text(
                f"{filing.unit.name}的修订 {number} 还没有办结。请先办结或取消它，再开始年度填报。",
                f"Revision {number} of {filing.unit.name} is not over. Finish or drop it, then "
                "begin the filing of the year.",
            )
        )
    return move(filing, Act.START, by=by, at=at)


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

    Raises NotNow, HasErrors where the five checks found an error, and NotGoneOver where the unit
    has an edition and a risk point was neither changed since nor reviewed this year. The digest of
    the copy stands in the log. The cost grows with the unit's register.
    """
    filing = locked(filing)
    require(filing, Act.SUBMIT)
    register = stored(filing, on)
    put_count(filing, findings_of(filing, register, scheme), at)
    if filing.errors_found:
        raise HasErrors(
            Text(
                f"还有 {filing.errors_found} 项须改，不能报送。请按右侧的检查意见改好再报。",
                f"{filing.errors_found} findings must be mended first. Mend what the checks say, "
                "then submit.",
            )
        )
    _require_gone_over(filing, on)
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
    put_count(filing, findings_of(filing, stored(filing, on), scheme), at)
    return move(filing, Act.RESUME, by=by, at=at)


def _require_gone_over(filing: Filing, on: date) -> None:
    since = since_edition(filing, on)
    if since is None or not since.waiting:
        return
    count = len(since.waiting)
    named = "、".join(since.waiting[:_NAMED]) + ("等" if count > _NAMED else "")
    raise NotGoneOver(
        Text(
            f"{filing.unit.name}有 {count} 个风险点今年没有修改、也没有复核：{named}。请在填报页"
            "打开“待复核”，逐个确认无变化或修改，然后再报送。",
            f"{count} risk points of {filing.unit.name} were neither changed nor reviewed this "
            f"year, {since.waiting[0]} among them. Open “To review” on the page of the filing, "
            "confirm or change each, then submit.",
        )
    )


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
