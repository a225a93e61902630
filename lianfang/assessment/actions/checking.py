"""The office checks on the spot, adds and takes off points, caps a result (五（七）1, 2)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.assessment.actions.moving import locked, save
from lianfang.assessment.actions.recusing import require_other_than
from lianfang.assessment.actions.scoring import score_now
from lianfang.assessment.models import Adjustment, AssessedSheet, SiteCheck
from lianfang.assessment.queries.sheets import provided, sheet_in
from lianfang.assessment.rules.sheets import told as in_words
from lianfang.assessment.rules.states import SheetAct
from lianfang.audit.actions import Changes
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Membership, Person, holding
from lianfang.org.queries.numbers import scheme_of


class VisitUnclear(Refused):
    """A check on the spot by nobody, on a day to come, or by somebody of another body."""


class AdjustmentRefused(Refused):
    """Points of nought, beyond the limit of the scheme, or taken back already."""


class NoSuchCap(Refused):
    """A cap that the sheet does not have."""


@transaction.atomic
def record_site_check(
    *,
    sheet: AssessedSheet,
    held_on: date,
    people: Sequence[Person],
    facts: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> SiteCheck:
    """Record that the office was on the spot, who, and what they saw.

    Raises NotNow, Recused and VisitUnclear.
    """
    sheet, _after = locked(sheet, SheetAct.ADJUST)
    require_other_than(sheet, by, on)
    _require_visit(sheet, held_on, people, on)
    visit = SiteCheck.objects.create(
        sheet=sheet,
        held_on=held_on,
        facts=facts,
        recorded_at=at,
        recorded_by_id=by.pk if by else None,
    )
    visit.people.set(people)
    told: Changes = {
        "held_on": (None, held_on.isoformat()),
        "people": (None, [person.name for person in people]),
    }
    save(sheet, "site_checked", told, sealed={"facts": (None, facts)}, by=by, at=at)
    return visit


@transaction.atomic
def adjust(
    *,
    sheet: AssessedSheet,
    points: Decimal,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Adjustment:
    """Add points to a sheet, or take some off, for a reason.

    Raises NotNow, Recused, and AdjustmentRefused where the scheme's limit is passed.
    """
    sheet, _after = locked(sheet, SheetAct.ADJUST)
    require_other_than(sheet, by, on)
    _require_within(sheet, points)
    made = Adjustment.objects.create(
        sheet=sheet, points=points, reason=reason, made_at=at, made_by_id=by.pk if by else None
    )
    told: Changes = {"adjustment": (None, f"{float(points):+g}"), "reason": (None, reason)}
    save(sheet, "adjusted", {**told, **score_now(sheet)}, by=by, at=at)
    return made


@transaction.atomic
def withdraw_adjustment(
    *,
    adjustment: Adjustment,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Adjustment:
    """Take back what was added or taken off; it stays visible.

    Raises NotNow, Recused and AdjustmentRefused.
    """
    sheet, _after = locked(adjustment.sheet, SheetAct.ADJUST)
    require_other_than(sheet, by, on)
    adjustment = Adjustment.objects.select_for_update().get(pk=adjustment.pk)
    if adjustment.withdrawn_at is not None:
        raise AdjustmentRefused(
            Text("这项加减分已经撤销。", "This was taken back already; nothing is left to do.")
        )
    adjustment.withdrawn_at, adjustment.withdrawn_for = at, reason
    adjustment.save(update_fields=["withdrawn_at", "withdrawn_for"])
    told: Changes = {
        "adjustment": (f"{float(adjustment.points):+g}", None),
        "reason": (None, reason),
    }
    save(sheet, "adjustment_withdrawn", {**told, **score_now(sheet)}, by=by, at=at)
    return adjustment


@transaction.atomic
def set_cap(
    *,
    sheet: AssessedSheet,
    cap: str,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AssessedSheet:
    """Let a result be no better than a cap leaves it, or lift the cap again with `cap` empty.

    Raises NotNow, Recused and NoSuchCap. Source: 质检认纪〔2012〕1号 五（七）2.
    """
    sheet, _after = locked(sheet, SheetAct.ADJUST)
    require_other_than(sheet, by, on)
    labels = {one.code: one.label.zh for one in sheet_in(sheet.assessment, sheet.kind).caps}
    if cap and cap not in labels:
        raise NoSuchCap(
            Text(
                "这张考核表没有这种等次限制。请重新选择。",
                "This sheet has no such limit of the result. Choose again.",
            )
        )
    told: Changes = {"cap": (labels.get(sheet.cap), labels.get(cap))}
    sheet.cap, sheet.cap_reason = cap, reason
    return save(
        sheet,
        "capped",
        {**told, **score_now(sheet)},
        sealed={"cap_reason": (None, reason)},
        by=by,
        at=at,
    )


def _require_visit(sheet: AssessedSheet, held_on: date, people: Sequence[Person], on: date) -> None:
    opened_on = sheet.assessment.opened_on or on
    if not opened_on <= held_on <= on:
        raise VisitUnclear(
            Text(
                f"核查日期 {held_on} 应在考核开始（{opened_on}）至今天（{on}）之间。",
                f"The day of the visit, {held_on}, must lie between {opened_on}, when the check "
                f"opened, and today, {on}.",
            )
        )
    members = set(
        Membership.objects.filter(
            holding(on),
            body__organisation=sheet.assessment.organisation_id,
            body__kind=sheet.assessor,
            body__retired_on=None,
        ).values_list("person", flat=True)
    )
    if not people or any(person.pk not in members for person in people):
        raise VisitUnclear(
            Text(
                "请至少选择一名核查人员，并且都是负责考核的机构的成员。",
                "Name at least one person who was there, each of the body that assesses.",
            )
        )


def _require_within(sheet: AssessedSheet, points: Decimal) -> None:
    """Raise AdjustmentRefused where additions or deductions would pass the scheme's limit."""
    assessment = sheet.assessment
    scheme = scheme_of(assessment.organisation, assessment.opened_on)
    code = "assessment_additions" if points > 0 else "assessment_deductions"
    most = provided(scheme, code)
    stored = sheet.adjustments.filter(withdrawn_at=None).values_list("points", flat=True)
    same = sum((abs(one) for one in stored if (one > 0) == (points > 0)), Decimal(0))
    if not points or same + abs(points) > most:
        limit, left = in_words(most), in_words(most - same)
        raise AdjustmentRefused(
            Text(
                f"加减分不能为 0，也不能超过上限 {limit} 分；现在最多还可以登记 {left} 分。",
                f"Points can't be 0, nor more than {limit} in all; {left} can still be recorded.",
            )
        )
