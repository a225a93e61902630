"""The leading group confirms sheets, which freezes their figures (五（七）1)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.assessment.actions.moving import (
    CLAUSE,
    confirm_if_ended,
    locked,
    locked_all,
    locked_year,
    save,
)
from lianfang.assessment.actions.recusing import require_other_than, require_other_than_any
from lianfang.assessment.models import (
    AssessedSheet,
    Assessment,
    FrozenFigure,
    Objection,
    ResultCorrection,
)
from lianfang.assessment.queries.figures import figures_of
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.scoring import HUNDREDTH, result_of
from lianfang.assessment.rules.sheets import WHOLE, items_of
from lianfang.assessment.rules.sheets import told as in_words
from lianfang.assessment.rules.states import Act, SheetAct
from lianfang.audit import actions as audit
from lianfang.audit.actions import Changes, RowOfBulk
from lianfang.common.errors import Refused
from lianfang.common.text import Text


class NotReady(Refused):
    """A sheet that can still be objected to, or whose objection waits for its answer."""


class WrongScore(Refused):
    """A score outside 0 to 100, or one that changes nothing."""


@transaction.atomic
def confirm_sheets(
    *,
    assessment: Assessment,
    sheets: Sequence[AssessedSheet],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Assessment:
    """Confirm what was scored; with the last sheet the year's check is confirmed.

    Figures and the rows behind them are frozen as they stand. Raises NotNow, Recused for one's own
    and NotReady.
    """
    assessment = locked_year(assessment, Act.CONFIRM)
    found = locked_all(assessment, sheets, SheetAct.CONFIRM)
    if not found:
        raise NotReady(Text("请至少选择一张考核表。", "Choose at least one sheet."))
    _require_ready(found, on)
    require_other_than_any(found, by, on)
    _freeze(assessment, found, on)
    for sheet in found:
        sheet.step = AssessedSheet.Step.CONFIRMED
        sheet.confirmed_at, sheet.confirmed_by_id = at, by.pk if by else None
        sheet.version += 1
    AssessedSheet.objects.bulk_update(found, ["step", "confirmed_at", "confirmed_by", "version"])
    audit.record_bulk(
        at=at,
        by=by,
        action="assessment.sheet.confirmed",
        subject=assessment,
        organisation=assessment.organisation_id,
        rows=[
            RowOfBulk(subject=sheet, changes={"score": (None, str(sheet.score))}) for sheet in found
        ],
        rule=CLAUSE,
    )
    confirm_if_ended(assessment, on, by, at)
    return assessment


@transaction.atomic
def correct_result(
    *,
    sheet: AssessedSheet,
    score: Decimal,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ResultCorrection:
    """Correct a result after it was confirmed; what it was, and why, stays to be seen.

    Raises NotNow, Recused and WrongScore.
    """
    sheet, _after = locked(sheet, SheetAct.CORRECT)
    require_other_than(sheet, by, on)
    if not 0 <= score <= WHOLE or score != score.quantize(HUNDREDTH) or score == sheet.score:
        asked = in_words(score)
        raise WrongScore(
            Text(
                f"更正后的得分 {asked} 应在 0 至 100 之间，最多两位小数，并且与原得分不同。",
                f"The corrected score, {asked}, has to lie between 0 and 100 with two decimals "
                "at most, and differ from the one before.",
            )
        )
    band = result_of(score, sheet_in(sheet.assessment, sheet.kind), {sheet.cap} - {""}).code
    made = ResultCorrection.objects.create(
        sheet=sheet,
        score_before=sheet.score or Decimal(0),
        band_before=sheet.band,
        score_after=score,
        band_after=band,
        reason=reason,
        made_on=on,
        made_by_id=by.pk if by else None,
    )
    told: Changes = {
        "score": (str(sheet.score), str(score)),
        "band": (sheet.band, band),
        "reason": (None, reason),
    }
    sheet.score, sheet.band = score, band
    save(sheet, "result_corrected", told, by=by, at=at)
    return made


def _require_ready(sheets: Sequence[AssessedSheet], on: date) -> None:
    waiting = set(
        Objection.objects.filter(
            sheet__in=[sheet.pk for sheet in sheets], outcome=Objection.Outcome.WAITING
        ).values_list("sheet", flat=True)
    )
    for sheet in sheets:
        is_open = sheet.objections_until is not None and on <= sheet.objections_until
        if is_open or sheet.pk in waiting:
            name = sheet.person.name if sheet.person else sheet.unit.name
            raise NotReady(
                Text(
                    f"“{name}”还在异议期内，或有异议没有答复，暂不能审定。请先不选这一张。",
                    f"{name} can still object, or an objection waits for its answer. Leave that "
                    "sheet out for now.",
                )
            )


def _freeze(assessment: Assessment, sheets: Sequence[AssessedSheet], on: date) -> None:
    found = figures_of(assessment, sheets, on)
    FrozenFigure.objects.bulk_create(
        FrozenFigure(
            sheet=sheet,
            item=item.code,
            code=item.source,
            value=msgspec.to_builtins(found[sheet.pk][item.code]),
            taken_on=on,
        )
        for sheet in sheets
        for item in items_of(sheet_in(assessment, sheet.kind))
        if item.code in found[sheet.pk]
    )
