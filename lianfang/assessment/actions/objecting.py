"""A unit or person accepts the points or objects to them; the office answers (五（七）1)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.assessment.actions.moving import locked, not_now, save
from lianfang.assessment.actions.recusing import require_other_than
from lianfang.assessment.models import AssessedSheet, Objection
from lianfang.assessment.queries.sheets import provided
from lianfang.assessment.rules.states import SheetAct
from lianfang.audit.actions import Changes
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.rules.calendar import add_working_days


class TooLate(Refused):
    """An objection after its last day, after the points were accepted, or beside another one."""


@transaction.atomic
def object_to(
    *,
    sheet: AssessedSheet,
    text: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Objection:
    """Object to the points of a sheet. Raises NotNow and TooLate."""
    sheet, _after = locked(sheet, SheetAct.OBJECT)
    _require_open(sheet, on)
    assessment = sheet.assessment
    scheme = scheme_of(assessment.organisation, assessment.opened_on)
    days = int(provided(scheme, "assessment_answer"))
    due_on = add_working_days(calendar_of(assessment.organisation_id), on, days)
    made = Objection.objects.create(
        sheet=sheet, text=text, raised_at=at, raised_by_id=by.pk if by else None, due_on=due_on
    )
    told: Changes = {"answer_due": (None, due_on.isoformat())}
    save(sheet, "objected", told, sealed={"objection": (None, text)}, by=by, at=at)
    return made


@transaction.atomic
def accept_points(
    *, sheet: AssessedSheet, on: date, by: AbstractBaseUser | None, at: datetime
) -> AssessedSheet:
    """Say that there is no objection, before the last day for one. Raises NotNow and TooLate."""
    sheet, _after = locked(sheet, SheetAct.OBJECT)
    _require_open(sheet, on)
    told: Changes = {"objections_until": (str(sheet.objections_until), None)}
    sheet.objections_until = None
    return save(sheet, "accepted", told, by=by, at=at)


@transaction.atomic
def answer_objection(
    *,
    objection: Objection,
    is_upheld: bool,
    answer: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Objection:
    """Answer an objection; one that is upheld takes the sheet back to the office's points.

    Raises NotNow and Recused.
    """
    sheet, after = locked(objection.sheet, SheetAct.SCORE_ANEW)
    require_other_than(sheet, by, on)
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.outcome != Objection.Outcome.WAITING:
        raise not_now(sheet)
    outcome = Objection.Outcome.UPHELD if is_upheld else Objection.Outcome.REJECTED
    objection.outcome, objection.answer, objection.answered_on = outcome, answer, on
    objection.answered_by_id = by.pk if by else None
    objection.save()
    told: dict[str, tuple[object, object]] = {"upheld": (None, is_upheld)}
    sheet.objections_until = None
    if is_upheld:
        told["step"] = (sheet.step, after.value)
        sheet.step, sheet.score, sheet.band = AssessedSheet.Step(after), None, ""
        sheet.scored_on = None
    save(sheet, "objection_answered", told, sealed={"answer": (None, answer)}, by=by, at=at)
    return objection


def _require_open(sheet: AssessedSheet, on: date) -> None:
    until = sheet.objections_until
    waits = sheet.objections.filter(outcome=Objection.Outcome.WAITING).exists()
    if until is None or on > until or waits:
        raise TooLate(
            Text(
                "现在不能提出异议或确认无异议：已经确认过、已有异议待答复，或者期限已过。",
                "Nothing can be objected to or accepted now: it was accepted, an objection waits "
                "for its answer, or the last day is past.",
            )
        )
