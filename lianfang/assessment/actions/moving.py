"""What every action on a sheet does: lock it, see where it stands, save it, record it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.assessment.models import AssessedSheet, Assessment
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.queries.tally import tally_in
from lianfang.assessment.rules.scoring import Tally, result_of
from lianfang.assessment.rules.states import Act, SheetAct, Step, follows, sheet_after
from lianfang.audit import actions as audit
from lianfang.audit.actions import Changes
from lianfang.common.errors import Refused
from lianfang.common.text import Text

CLAUSE = "五（七）1"
_ENDED = frozenset({AssessedSheet.Step.CONFIRMED, AssessedSheet.Step.LEFT_OUT})


class NotNow(Refused):
    """What can't be done with a year's check or a sheet where it stands."""


def locked_year(assessment: Assessment, act: Act) -> Assessment:
    """Return a year's check locked until the transaction ends. Raises NotNow."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.get(pk=assessment.pk)
    if follows(found.state, act) is None:
        raise NotNow(
            Text(
                f"{found.year} 年度检查考核现在不能这样办理。请刷新页面，查看它的状态。",
                f"This can't be done with the check of {found.year} now. Reload the page to see "
                "where it stands.",
            )
        )
    return found


def locked(sheet: AssessedSheet, act: SheetAct) -> tuple[AssessedSheet, Step]:
    """Return a sheet locked until the transaction ends, and its step after the act.

    Raises NotNow.
    """
    rows = AssessedSheet.objects.select_for_update(of=("self",))
    found = rows.select_related("assessment__organisation", "unit", "person", "post").get(
        pk=sheet.pk
    )
    after = sheet_after(found.step, act)
    if after is None:
        raise not_now(found)
    return found, after


def locked_all(
    assessment: Assessment, sheets: Iterable[AssessedSheet], act: SheetAct
) -> list[AssessedSheet]:
    """Return sheets of a year locked until the transaction ends. One statement. Raises NotNow."""
    rows = AssessedSheet.objects.select_for_update(of=("self",)).filter(
        assessment=assessment, pk__in=[sheet.pk for sheet in sheets]
    )
    found = list(rows.select_related("unit", "person").order_by("pk"))
    for sheet in found:
        sheet.assessment = assessment
        if sheet_after(sheet.step, act) is None:
            raise not_now(sheet)
    return found


def not_now(sheet: AssessedSheet) -> NotNow:
    """Return the refusal of what does not fit where a sheet stands."""
    name = sheet.person.name if sheet.person else sheet.unit.name
    return NotNow(
        Text(
            f"“{name}”的考核表已进到别的环节，这一步现在不能做。请刷新页面，看现在该做什么。",
            f"The sheet of {name} has moved on, so this can't be done now. Reload the page to see "
            "what comes next.",
        )
    )


def rate(sheet: AssessedSheet) -> Tally:
    """Set score and band of a sheet from what stands in it; it is not saved. Three statements."""
    asked = sheet_in(sheet.assessment, sheet.kind)
    tally = tally_in(sheet)
    sheet.score = tally.score
    sheet.band = result_of(tally.score, asked, {sheet.cap} - {""}).code
    return tally


def save(
    sheet: AssessedSheet,
    action: str,
    told: Changes,
    *,
    sealed: Changes | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AssessedSheet:
    """Save a sheet and record what was done with it."""
    sheet.version += 1
    sheet.save()
    audit.record(
        at=at,
        by=by,
        action=f"assessment.sheet.{action}",
        subject=sheet,
        organisation=sheet.assessment.organisation_id,
        changes=told,
        sealed=sealed,
        rule=CLAUSE,
    )
    return sheet


def day_text(day: date | None) -> str | None:
    """Return a day as the log has it."""
    return day.isoformat() if day is not None else None


def confirm_if_ended(
    assessment: Assessment, on: date, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Confirm a year's check that is locked once no sheet of it is open any more."""
    steps = set(assessment.assessed.values_list("step", flat=True))
    if AssessedSheet.Step.CONFIRMED not in steps or steps - _ENDED:
        return
    assessment.state, assessment.confirmed_on = Assessment.State.CONFIRMED, on
    assessment.version += 1
    assessment.save()
    audit.record(
        at=at,
        by=by,
        action="assessment.assessment.confirmed",
        subject=assessment,
        organisation=assessment.organisation_id,
        changes={"state": ("open", "confirmed")},
        rule=CLAUSE,
    )
