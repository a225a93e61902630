"""What the yearly check and accountability ask of somebody now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianfang.assessment import access
from lianfang.assessment.models import AssessedSheet, Assessment, AssessmentTask, Objection
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

_STEP = AssessedSheet.Step


@dataclass(frozen=True, kw_only=True)
class SheetsDue:
    """Sheets of a year that wait for somebody: the one, or None where there are more."""

    year: Assessment
    count: int
    sheet: AssessedSheet | None
    due_on: date


def to_score_oneself(standing: Standing) -> list[AssessedSheet]:
    """Return the asker's own sheets that wait for their points. One statement."""
    rows = access.sheets_visible_to(standing).filter(step=_STEP.SELF)
    own = rows.filter(person=standing.person_id) | rows.filter(
        person=None, unit__in=standing.headed
    )
    return list(
        own.select_related("assessment", "unit", "person").order_by("assessment__year", "pk")
    )


def to_check(standing: Standing) -> SheetsDue | None:
    """Return the sheets that wait for the asker's office. One statement."""
    bodies = [body for role, body in access.ASSESSES.items() if standing.has(role)]
    if not bodies:
        return None
    rows = access.sheets_visible_to(standing).filter(step=_STEP.OFFICE, assessor__in=bodies)
    return _due(_without_own(rows, standing), standing.on)


def to_lead(standing: Standing) -> SheetsDue | None:
    """Return the sheets that wait for the asker's points as a member of the leadership.

    One statement.
    """
    if not standing.has(Role.LEADERSHIP):
        return None
    rows = access.sheets_visible_to(standing).filter(step=_STEP.LEADERSHIP)
    if not standing.has(Role.LEADERSHIP_HEAD):
        rows = rows.filter(unit__in=standing.portfolio)
    return _due(_without_own(rows, standing), standing.on)


def to_confirm(standing: Standing) -> SheetsDue | None:
    """Return the sheets that wait for the leading group. One statement."""
    if not standing.has(Role.LEADING_GROUP):
        return None
    rows = access.sheets_visible_to(standing).filter(
        step=_STEP.SCORED, assessment__state=Assessment.State.OPEN
    )
    ready = rows.exclude(objections_until__gte=standing.on).exclude(
        objections__outcome=Objection.Outcome.WAITING
    )
    return _due(_without_own(ready, standing), standing.on)


def to_publish(standing: Standing) -> list[Assessment]:
    """Return the confirmed checks that the office is to publish. One statement."""
    if not standing.has(*access.OFFICE):
        return []
    rows = access.assessments_visible_to(standing).filter(state=Assessment.State.CONFIRMED)
    return list(rows.order_by("year"))


def objections_to_answer(standing: Standing) -> list[Objection]:
    """Return the objections that wait for the asker's office. One statement."""
    bodies = [body for role, body in access.ASSESSES.items() if standing.has(role)]
    if not bodies:
        return []
    sheets = _without_own(access.sheets_visible_to(standing).filter(assessor__in=bodies), standing)
    rows = Objection.objects.filter(sheet__in=sheets, outcome=Objection.Outcome.WAITING)
    return list(rows.select_related("sheet__unit", "sheet__person").order_by("due_on", "pk"))


def tasks_to_do(standing: Standing) -> list[AssessmentTask]:
    """Return what the asker is to put right. One statement."""
    rows = access.tasks_visible_to(standing).filter(state=AssessmentTask.State.OPEN)
    own = rows.filter(sheet__person=standing.person_id) | rows.filter(
        sheet__person=None, sheet__unit__in=standing.headed
    )
    return list(own.select_related("sheet__unit").order_by("due_on", "pk"))


def tasks_to_judge(standing: Standing) -> list[AssessmentTask]:
    """Return what the asker's office is to confirm. One statement."""
    bodies = [body for role, body in access.ASSESSES.items() if standing.has(role)]
    if not bodies and not standing.has(*access.OFFICE):
        return []
    rows = access.tasks_visible_to(standing).filter(state=AssessmentTask.State.DONE)
    if not standing.has(*access.OFFICE):
        rows = rows.filter(sheet__assessor__in=bodies)
    others = rows.exclude(sheet__person=standing.person_id).exclude(
        sheet__person=None, sheet__unit__in=standing.units
    )
    return list(others.select_related("sheet__unit").order_by("due_on", "pk"))


def _without_own(rows: QuerySet[AssessedSheet], standing: Standing) -> QuerySet[AssessedSheet]:
    return rows.exclude(person=standing.person_id).exclude(person=None, unit__in=standing.units)


def _due(rows: QuerySet[AssessedSheet], on: date) -> SheetsDue | None:
    found = list(
        rows.select_related("assessment", "unit", "person").order_by("assessment__year", "pk")
    )
    if not found:
        return None
    first = found[0]
    return SheetsDue(
        year=first.assessment,
        count=len(found),
        sheet=first if len(found) == 1 else None,
        due_on=max(first.assessment.self_until or on, on),
    )
