"""Points are given: by the unit or person, by the office, by the leadership (五（七）1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.assessment.actions.moving import (
    confirm_if_ended,
    day_text,
    locked,
    locked_year,
    rate,
    save,
)
from lianfang.assessment.actions.recusing import require_other_than
from lianfang.assessment.models import AssessedSheet, ItemScore
from lianfang.assessment.queries.sheets import provided, sheet_in
from lianfang.assessment.rules.scoring import Party, wrong_points
from lianfang.assessment.rules.sheets import item_in, items_of
from lianfang.assessment.rules.sheets import told as in_words
from lianfang.assessment.rules.states import Act, SheetAct, Step
from lianfang.audit.actions import Changes
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.files.models import Attachment
from lianfang.org.actions.changing import require_version
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.rules.calendar import add_working_days

ACTS = {
    Party.SELF: SheetAct.SCORE_SELF,
    Party.OFFICE: SheetAct.SCORE_OFFICE,
    Party.LEADERSHIP: SheetAct.SCORE_LEADERSHIP,
}


class PointsWrong(Refused):
    """Points above the maximum, below nought, or in hundredths."""


class PointsMissing(Refused):
    """A sheet is to go on, and items have no points."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that was sent in: its name, and its bytes piece by piece."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a party says of an item; points None: not yet."""

    points: Decimal | None
    remark: str = ""
    file: File | None = None


@transaction.atomic
def give_points(
    *,
    sheet: AssessedSheet,
    party: Party,
    given: Mapping[str, Given],
    is_sent: bool,
    version: int | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AssessedSheet:
    """Keep what a party gives; `is_sent` passes the sheet on to whoever comes next.

    Once the leadership's are there the sheet has its score, and can be objected to. Raises NotNow,
    Stale, Recused, PointsWrong, PointsMissing and what `files.keep` raises.
    """
    sheet, after = locked(sheet, ACTS[party])
    require_version(sheet, version, "考核表")
    if party is not Party.SELF:
        require_other_than(sheet, by, on)
    _require_right(sheet, given)
    _keep(sheet, party, given, by, at)
    told: dict[str, tuple[object, object]] = {
        "party": (None, party.value),
        "points": (None, _sum(given)),
    }
    if not is_sent:
        return save(sheet, "points_kept", told, by=by, at=at)
    _require_all(sheet, given)
    told["step"] = (sheet.step, after.value)
    sheet.step, sheet.returned_for = AssessedSheet.Step(after), ""
    if after is Step.SCORED:
        told |= _score(sheet, on)
    return save(sheet, "points_sent", told, by=by, at=at)


@transaction.atomic
def return_sheet(
    *, sheet: AssessedSheet, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> AssessedSheet:
    """Return a sheet to whoever gave points before, with why. Raises NotNow and Recused."""
    sheet, after = locked(sheet, SheetAct.RETURN)
    require_other_than(sheet, by, on)
    told: Changes = {"step": (sheet.step, after.value), "reason": (None, reason)}
    sheet.step, sheet.returned_for = AssessedSheet.Step(after), reason
    return save(sheet, "returned", told, by=by, at=at)


@transaction.atomic
def leave_out(
    *, sheet: AssessedSheet, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> AssessedSheet:
    """Leave a unit or person out of the year's check, for a reason. Raises NotNow and Recused."""
    sheet, after = locked(sheet, SheetAct.LEAVE_OUT)
    require_other_than(sheet, by, on)
    told: Changes = {"step": (sheet.step, after.value), "reason": (None, reason)}
    sheet.step, sheet.left_out_for = AssessedSheet.Step(after), reason
    sheet = save(sheet, "left_out", told, by=by, at=at)
    confirm_if_ended(locked_year(sheet.assessment, Act.CONFIRM), on, by, at)
    return sheet


def score_now(sheet: AssessedSheet) -> Changes:
    """Set the score of a sheet anew where it has one already, and return what changed."""
    if sheet.step != Step.SCORED:
        return {}
    before = (str(sheet.score), sheet.band)
    rate(sheet)
    return {"score": (before[0], str(sheet.score)), "band": (before[1], sheet.band)}


def _score(sheet: AssessedSheet, on: date) -> dict[str, tuple[object, object]]:
    """Set the score, and until when it can be objected to."""
    assessment = sheet.assessment
    scheme = scheme_of(assessment.organisation, assessment.opened_on)
    days = int(provided(scheme, "assessment_objection"))
    rate(sheet)
    sheet.scored_on = on
    sheet.objections_until = add_working_days(calendar_of(assessment.organisation_id), on, days)
    return {
        "score": (None, str(sheet.score)),
        "band": (None, sheet.band),
        "objections_until": (None, day_text(sheet.objections_until)),
    }


def _keep(
    sheet: AssessedSheet,
    party: Party,
    given: Mapping[str, Given],
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    stored = {row.item: row for row in ItemScore.objects.filter(sheet=sheet, party=party)}
    made, changed = [], []
    for item, one in given.items():
        row = stored.get(item)
        if one.points is None:
            continue
        if row is None:
            row = ItemScore(sheet=sheet, item=item, party=party)
            made.append(row)
        else:
            changed.append(row)
        row.points, row.remark = one.points, one.remark
        if one.file is not None:
            row.evidence = _kept(sheet, one.file, by, at)
    ItemScore.objects.bulk_create(made)
    ItemScore.objects.bulk_update(changed, ["points", "remark", "evidence"])


def _kept(
    sheet: AssessedSheet, file: File, by: AbstractBaseUser | None, at: datetime
) -> Attachment:
    return files.keep(
        chunks=file.chunks,
        name=file.name,
        organisation=sheet.assessment.organisation_id,
        by=by,
        at=at,
    )


def _sum(given: Mapping[str, Given]) -> str:
    return str(sum((one.points for one in given.values() if one.points is not None), Decimal(0)))


def _require_right(sheet: AssessedSheet, given: Mapping[str, Given]) -> None:
    stands = sheet_in(sheet.assessment, sheet.kind)
    points = {item: one.points for item, one in given.items() if one.points is not None}
    for code in wrong_points(stands, points):
        item = item_in(stands, code)
        name = item.label if item is not None else Text(code, code)
        most = f"{item.maximum:g}" if item is not None else "0"
        given_points = in_words(points[code])
        raise PointsWrong(
            Text(
                f"“{name.zh}”的分数 {given_points} 不合适：应在 0 至 {most} 分之间，最多一位小数。",
                f"{given_points} points for “{name.en}” won't do: give 0 to {most}, with one "
                "decimal at most.",
            )
        )


def _require_all(sheet: AssessedSheet, given: Mapping[str, Given]) -> None:
    asked = items_of(sheet_in(sheet.assessment, sheet.kind))
    missing: Sequence[Text] = [
        item.label for item in asked if item.code not in given or given[item.code].points is None
    ]
    if missing:
        raise PointsMissing(
            Text(
                f"还有 {len(missing)} 项没有评分：{'、'.join(one.zh for one in missing)}。"
                "请逐项评分后再提交，或先保存。",
                f"{len(missing)} items have no points yet: {', '.join(m.en for m in missing)}. "
                "Give each its points, or save for now.",
            )
        )
