"""What was found is put right by the unit and judged by whoever inspects (五（五）)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.inspections.actions.recusing import require_judge
from lianfang.inspections.models import Correction, Finding, Record
from lianfang.inspections.rules.states import FindingAct, finding_after


class FindingMovedOn(Refused):
    """A finding whose state does not allow the act."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A file that shows what was put right, as it was sent in."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def correct_finding(
    *,
    finding: Finding,
    text: str,
    file: Shown | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Finding:
    """Say what was put right, with a file that shows it; whoever inspects judges it then.

    Raises FindingMovedOn and what `files.keep` raises.
    """
    finding = _locked(finding, FindingAct.CORRECT)
    kept = None
    told: dict[str, tuple[object, object]] = {}
    if file is not None:
        kept = files.keep(
            chunks=file.chunks,
            name=file.name,
            organisation=finding.record.organisation_id,
            by=by,
            at=at,
        )
        told = {"file": (None, kept.name), "file_digest": (None, kept.digest)}
    Correction.objects.create(
        finding=finding, text=text, evidence=kept, said_at=at, said_by_id=by.pk if by else None
    )
    finding.state = Finding.State.CORRECTED
    finding.save(update_fields=["state"])
    _note("corrected", finding, by, at, told, {"text": (None, text)})
    return finding


@transaction.atomic
def accept_correction(
    *, finding: Finding, comment: str = "", on: date, by: AbstractBaseUser | None, at: datetime
) -> Finding:
    """Accept what was put right: the finding is closed. Raises FindingMovedOn and Recused."""
    finding = _locked(finding, FindingAct.ACCEPT)
    require_judge(finding.record.duty, on=on, by=by)
    finding.state, finding.closed_on = Finding.State.CLOSED, on
    finding.save(update_fields=["state", "closed_on"])
    _judge(finding, Correction.Outcome.ACCEPTED, comment, by, at)
    _note("accepted", finding, by, at, {"closed_on": (None, on.isoformat())}, _said(comment))
    return finding


@transaction.atomic
def return_correction(
    *,
    finding: Finding,
    comment: str,
    due_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Finding:
    """Return what was not put right well enough, with a day for more. Raises as the other does."""
    finding = _locked(finding, FindingAct.RETURN)
    require_judge(finding.record.duty, on=on, by=by)
    if due_on < on:
        raise FindingMovedOn(
            Text(
                f"新的整改期限 {due_on} 已经过去。请填写今天（{on}）或以后的日期。",
                f"The new day, {due_on}, is past. Enter today, {on}, or a later day.",
            )
        )
    before, finding.due_on = finding.due_on, due_on
    finding.state = Finding.State.OPEN
    finding.save(update_fields=["state", "due_on"])
    _judge(finding, Correction.Outcome.RETURNED, comment, by, at)
    told: dict[str, tuple[object, object]] = {"due_on": (before.isoformat(), due_on.isoformat())}
    _note("returned", finding, by, at, told, _said(comment))
    return finding


def _locked(finding: Finding, act: FindingAct) -> Finding:
    rows = Finding.objects.select_for_update(of=("self",)).select_related("record__duty")
    found = rows.get(pk=finding.pk)
    is_there = found.record.state == Record.State.CONFIRMED
    if not is_there or finding_after(found.state, act) is None:
        raise FindingMovedOn(
            Text(
                "这个问题的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                "This finding has moved on, so this can't be done. Reload the page to see what "
                "comes next.",
            )
        )
    return found


def _judge(
    finding: Finding, outcome: str, comment: str, by: AbstractBaseUser | None, at: datetime
) -> None:
    last = Correction.objects.filter(finding=finding).latest("pk")
    last.outcome, last.comment = outcome, comment
    last.judged_at, last.judged_by_id = at, by.pk if by else None
    last.save(update_fields=["outcome", "comment", "judged_at", "judged_by"])


def _said(comment: str) -> dict[str, tuple[object, object]]:
    return {"comment": (None, comment)} if comment else {}


def _note(
    what: str,
    finding: Finding,
    by: AbstractBaseUser | None,
    at: datetime,
    told: dict[str, tuple[object, object]],
    sealed: dict[str, tuple[object, object]],
) -> None:
    audit.record(
        at=at,
        by=by,
        action=f"inspections.finding.{what}",
        subject=finding,
        organisation=finding.record.organisation_id,
        changes={"number": (None, finding.record.mark), **told},
        sealed=sealed,
        rule=finding.record.duty.clause,
    )
