"""What the checker asks of a filing, the unit's answers, and what came of each (六（二）)."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.checks.catalogue import CATALOGUE, NOTE_CODES
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.checking import require_judge
from lianfang.cycles.actions.moving import locked, require
from lianfang.cycles.models import Filing, Remark
from lianfang.cycles.queries.remarks import target_of
from lianfang.cycles.rules.remarks import Target, has_field
from lianfang.cycles.rules.states import Act, State
from lianfang.org.actions.changing import require_version

_FINDINGS = frozenset({*(check.code for check in CATALOGUE), *NOTE_CODES})


class RemarkClosed(Refused):
    """A remark that was closed, or can't be answered now."""


class NothingThere(Refused):
    """A remark is about what the filing does not hold, or takes up no finding of its check."""


@transaction.atomic
def raise_remark(
    *,
    filing: Filing,
    check_code: str,
    text: str,
    about: str = "",
    part: str = "",
    field: str = "",
    finding: str = "",
    by: AbstractBaseUser | None,
    at: datetime,
) -> Remark:
    """Ask something of a filing that is being checked.

    `about` is the code of a part of what was submitted, `part` its kind where the code does not
    say it, `field` one of its fields; `finding` the code of the automatic finding it takes up.
    Raises NotNow, NothingThere, Recused and NotTheChecker.
    """
    filing = locked(filing)
    require(filing, Act.RETURN)
    require_judge(filing, by, at)
    target = _target(filing, about, part)
    _require_field(target, field)
    _require_finding(finding, check_code)
    made = Remark.objects.create(
        filing=filing,
        check_code=check_code,
        about=target.code if target else "",
        part=target.part.value if target else "",
        field=field,
        finding=finding,
        text=text,
        round=filing.round,
        raised_at=at,
        raised_by_id=by.pk if by else None,
    )
    _note("cycles.remark.raised", made, by, at, text=text, about=made.about, finding=finding)
    return made


@transaction.atomic
def answer_remark(
    *,
    remark: Remark,
    answer: str,
    version: int | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Remark:
    """Answer a remark, in whatever state the filing is; again, as long as it is not closed.

    Raises RemarkClosed, and Stale where somebody answered since `version`.
    """
    remark = _open(remark)
    require_version(remark, version, remark.text)
    before = remark.answer
    remark.answer, remark.answered_at, remark.state = answer, at, Remark.State.ANSWERED
    remark.version += 1
    remark.save(update_fields=["answer", "answered_at", "state", "version"])
    _tell("cycles.remark.answered", remark, by, at, {"answer": (before or None, answer)})
    return remark


@transaction.atomic
def resolve_remark(*, remark: Remark, by: AbstractBaseUser | None, at: datetime) -> Remark:
    """Close a remark that was mended. Raises RemarkClosed, Recused and NotTheChecker."""
    remark = _open(remark)
    require_judge(remark.filing, by, at)
    remark.state, remark.closed_at = Remark.State.RESOLVED, at
    remark.version += 1
    remark.save(update_fields=["state", "closed_at", "version"])
    _note("cycles.remark.resolved", remark, by, at)
    return remark


@transaction.atomic
def waive_remark(
    *, remark: Remark, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Remark:
    """Close a remark without a change, for a reason that stays on it.

    Raises RemarkClosed, Recused and NotTheChecker.
    """
    remark = _open(remark)
    require_judge(remark.filing, by, at)
    remark.state, remark.closed_at, remark.closing_reason = Remark.State.WAIVED, at, reason
    remark.version += 1
    remark.save(update_fields=["state", "closed_at", "closing_reason", "version"])
    _note("cycles.remark.waived", remark, by, at, reason=reason)
    return remark


def _target(filing: Filing, about: str, part: str) -> Target | None:
    """Return what a remark is about, None for the whole filing."""
    found = target_of(filing, about, part)
    if about and found is None:
        raise NothingThere(
            Text(
                f"{filing.unit.name}这次报送中没有编号 {about}。请核对职权或风险点的编号。",
                f"What {filing.unit.name} submitted holds no {about}. Check the code of the power "
                "or risk point.",
            )
        )
    return found


def _require_field(target: Target | None, field: str) -> None:
    if field and not (target and has_field(target.part.value, field)):
        raise NothingThere(
            Text(
                "意见指向的项目不存在。请从页面上要提意见的那一项点“添加意见”。",
                "The remark points at a field that is not there. Start from “add a remark” beside "
                "the field.",
            )
        )


def _require_finding(finding: str, check_code: str) -> None:
    if finding and not (finding in _FINDINGS and finding.startswith(check_code)):
        raise NothingThere(
            Text(
                f"{check_code} 项下没有编号为 {finding} 的检查。请从自动意见旁点“提出意见”。",
                f"There is no finding {finding} under {check_code}. Start from “make it a remark” "
                "beside the finding.",
            )
        )


def _open(remark: Remark) -> Remark:
    rows = Remark.objects.select_for_update(of=("self",)).select_related(
        "filing__unit", "filing__organisation", "filing__checker"
    )
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
    _tell(action, remark, by, at, {name: (None, value) for name, value in told.items() if value})


def _tell(
    action: str,
    remark: Remark,
    by: AbstractBaseUser | None,
    at: datetime,
    changes: audit.Changes,
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=remark,
        organisation=remark.filing.organisation_id,
        changes=changes,
        rule="六（二）",
    )
