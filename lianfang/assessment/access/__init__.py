"""Who may see and do what of the yearly check and of accountability (五（七）, 三).

The office of the leading group drafts, opens and publishes; a unit's head and a person speak for
their own sheets; the discipline office scores, of its own unit and people the body named for it;
the leadership scores the units in its portfolio; the leading group confirms. A person's sheet is
for that person, those above them and who scores it. Nobody scores, judges or confirms themself,
their kin or the unit in which they hold a post.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.assessment.models import (
    Adjustment,
    AssessedSheet,
    Assessment,
    AssessmentTask,
    ItemScore,
    Objection,
)
from lianfang.assessment.queries.recusal import looker_for
from lianfang.assessment.rules.recusal import is_recused
from lianfang.assessment.rules.scoring import Party
from lianfang.files.models import OutgoingDocument
from lianfang.files.queries import documents_about
from lianfang.org.models import Body, Membership, Person, holding
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

ToYear = Literal["view", "draft", "run", "confirm", "results", "export"]
ToSheet = Literal[
    "view", "self", "office", "leadership", "confirm", "leave_out", "return", "task", "use"
]
ToTask = Literal["view", "do", "judge"]
OFFICE = (Role.LEADING_GROUP_OFFICE,)
ASSESSES = {
    Role.DISCIPLINE_OFFICE: AssessedSheet.Assessor.DISCIPLINE_OFFICE,
    Role.DISCIPLINE_OVERSIGHT: AssessedSheet.Assessor.DISCIPLINE_OVERSIGHT,
}
PREPARES = (Role.LEADING_GROUP_OFFICE, Role.DISCIPLINE_OFFICE, Role.LEADING_GROUP)
SEES_ALL = (Role.LEADING_GROUP, Role.LEADERSHIP_HEAD)
READS_RESULTS = (*PREPARES, Role.LEADERSHIP, Role.LEADERSHIP_HEAD)
_STATE = Assessment.State


# a year ---------------------------------------------------------------------------------------


def assessments_visible_to(standing: Standing) -> QuerySet[Assessment]:
    """Return the years' checks somebody may know of: drafts those who prepare them alone."""
    rows = Assessment.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    return rows if standing.has(*PREPARES) else rows.exclude(state=_STATE.DRAFT)


def get_assessment_for(
    standing: Standing, assessment_id: int, *, to: ToYear = "view"
) -> Assessment:
    """Return a year's check. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = assessments_visible_to(standing).select_related("organisation")
    found = get_object_or_404(rows, pk=assessment_id)
    if not may_with_year(standing, found, to):
        raise PermissionDenied
    return found


def may_with_year(standing: Standing, assessment: Assessment, to: ToYear) -> bool:
    """Return whether the asker may do that with a year's check they know of."""
    if to == "results":
        return reads_results(standing, assessment)
    if to == "confirm":
        return standing.has(Role.LEADING_GROUP)
    return to == "view" or standing.has(*OFFICE)


def reads_results(standing: Standing, assessment: Assessment) -> bool:
    """Return whether results of units are open to the asker: once confirmed, then by the scope."""
    if not standing.is_staff or assessment.state not in (_STATE.CONFIRMED, _STATE.PUBLISHED):
        return False
    if standing.has(*READS_RESULTS) or assessment.scope == Assessment.Scope.EVERYBODY:
        return True
    return assessment.scope == Assessment.Scope.HEADS and standing.has(Role.UNIT_HEAD)


def require_drafting(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for all but the group's office."""
    if not standing.is_staff:
        raise Http404
    if not standing.has(*OFFICE):
        raise PermissionDenied


def notice_for(standing: Standing, assessment: Assessment) -> OutgoingDocument | None:
    """Return the notice of a year to whom its scope gives it, None where there is none."""
    if not reads_results(standing, assessment):
        return None
    found = documents_about(assessment)
    return next((one for one in reversed(found) if one.void_on is None), None)


# sheets ---------------------------------------------------------------------------------------


def sheets_visible_to(standing: Standing) -> QuerySet[AssessedSheet]:
    """Return the sheets somebody may open."""
    rows = AssessedSheet.objects.filter(assessment__organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    if standing.has(*SEES_ALL):
        return rows
    mine = Q(person=standing.person_id) | Q(unit__in=standing.headed | standing.portfolio)
    for role, assessor in ASSESSES.items():
        if standing.has(role):
            mine |= Q(assessor=assessor)
    if standing.has(*OFFICE):
        mine |= Q(kind=AssessedSheet.Kind.UNIT)
    return rows.filter(mine)


def get_sheet_for(standing: Standing, sheet_id: int, *, to: ToSheet = "view") -> AssessedSheet:
    """Return a sheet. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = sheets_visible_to(standing).select_related(
        "assessment__organisation", "unit", "person", "post", "confirmed_by__person"
    )
    found = get_object_or_404(rows, pk=sheet_id)
    if not may_with_sheet(standing, found, to):
        raise PermissionDenied
    return found


def may_with_sheet(standing: Standing, sheet: AssessedSheet, to: ToSheet) -> bool:
    """Return whether the asker may do that with a sheet they see; where it stands is for actions.

    Two statements at most.
    """
    if to == "view":
        return True
    if not _MAY[to](standing, sheet):
        return False
    return to == "self" or not _stays_out(standing, sheet)


def acts_on_sheet(standing: Standing, sheet: AssessedSheet) -> dict[str, bool]:
    """Return all that the asker may do with a sheet they see. Two statements."""
    out = _stays_out(standing, sheet)
    return {to: may(standing, sheet) and (to == "self" or not out) for to, may in _MAY.items()}


def speaks_for(standing: Standing, sheet: AssessedSheet) -> bool:
    """Return whether a sheet is the asker's own: of themself, or of a unit they head."""
    if sheet.person_id is not None:
        return sheet.person_id == standing.person_id
    return sheet.unit_id in standing.headed


def assesses(standing: Standing, sheet: AssessedSheet) -> bool:
    """Return whether the asker is of the body that scores a sheet."""
    return any(standing.has(role) and sheet.assessor == body for role, body in ASSESSES.items())


def leads(standing: Standing, sheet: AssessedSheet) -> bool:
    """Return whether the asker gives the leadership's points: it is in their portfolio."""
    if not standing.has(Role.LEADERSHIP):
        return False
    return standing.has(Role.LEADERSHIP_HEAD) or sheet.unit_id in standing.portfolio


def scores_others(standing: Standing, sheet: AssessedSheet) -> bool:
    """Return whether the asker gives or confirms points of a sheet that is not their own."""
    is_own_unit = sheet.person_id is None and sheet.unit_id in standing.units
    if is_own_unit or speaks_for(standing, sheet):
        return False
    return (
        standing.has(Role.LEADING_GROUP, *OFFICE)
        or assesses(standing, sheet)
        or leads(standing, sheet)
    )


def sheets_to_confirm(standing: Standing, assessment: Assessment) -> QuerySet[AssessedSheet]:
    """Return what was scored and somebody of the leading group may confirm. Two statements."""
    rows = sheets_visible_to(standing).filter(assessment=assessment, step=AssessedSheet.Step.SCORED)
    if not standing.has(Role.LEADING_GROUP):
        return rows.none()
    return _without_own(standing, rows)


def sheets_to_score(
    standing: Standing, assessment: Assessment, party: Party
) -> QuerySet[AssessedSheet]:
    """Return the sheets that wait for the asker's points in a year, for the office or leadership.

    Two statements.
    """
    rows = sheets_visible_to(standing).filter(assessment=assessment)
    if party is Party.OFFICE:
        bodies = [body for role, body in ASSESSES.items() if standing.has(role)]
        rows = rows.filter(step=AssessedSheet.Step.OFFICE, assessor__in=bodies)
    else:
        rows = rows.filter(step=AssessedSheet.Step.LEADERSHIP)
        if not standing.has(Role.LEADERSHIP_HEAD):
            rows = rows.filter(unit__in=standing.portfolio)
    return _without_own(standing, rows)


def may_score_many(standing: Standing, party: Party) -> bool:
    """Return whether the asker scores several sheets at once: of the office or the leadership."""
    if party is Party.OFFICE:
        return standing.is_staff and standing.has(*ASSESSES)
    return standing.is_staff and standing.has(Role.LEADERSHIP)


def sheets_visible_in(standing: Standing, assessment: Assessment) -> QuerySet[AssessedSheet]:
    """Return the sheets of a year that somebody may open."""
    return sheets_visible_to(standing).filter(assessment=assessment)


def get_evidence_for(standing: Standing, sheet_id: int, score_id: int) -> ItemScore:
    """Return points with the file that goes with them. Raises Http404."""
    sheet = get_sheet_for(standing, sheet_id)
    rows = ItemScore.objects.filter(sheet=sheet, evidence__isnull=False)
    return get_object_or_404(rows.select_related("evidence"), pk=score_id)


def get_objection_for(standing: Standing, objection_id: int) -> Objection:
    """Return an objection to answer. Raises Http404 and PermissionDenied."""
    rows = Objection.objects.filter(sheet__in=sheets_visible_to(standing)).select_related(
        "sheet__assessment__organisation", "sheet__unit", "sheet__person"
    )
    found = get_object_or_404(rows, pk=objection_id)
    if not may_with_sheet(standing, found.sheet, "office"):
        raise PermissionDenied
    return found


def get_adjustment_for(standing: Standing, adjustment_id: int) -> Adjustment:
    """Return points added or taken off, to take them back. Raises Http404 and PermissionDenied."""
    rows = Adjustment.objects.filter(sheet__in=sheets_visible_to(standing)).select_related(
        "sheet__assessment__organisation", "sheet__unit", "sheet__person"
    )
    found = get_object_or_404(rows, pk=adjustment_id)
    if not may_with_sheet(standing, found.sheet, "office"):
        raise PermissionDenied
    return found


def members_assessing(standing: Standing, sheet: AssessedSheet) -> QuerySet[Person]:
    """Return who may have been on the spot: the members of the body that scores a sheet."""
    members = Membership.objects.filter(
        holding(standing.on),
        body__organisation=standing.organisation_id,
        body__kind=Body.Kind(sheet.assessor),
        body__retired_on=None,
    )
    return Person.objects.filter(pk__in=members.values("person")).order_by("code")


# tasks ----------------------------------------------------------------------------------------


def tasks_visible_to(standing: Standing) -> QuerySet[AssessmentTask]:
    """Return the tasks of the sheets that somebody may open."""
    return AssessmentTask.objects.filter(sheet__in=sheets_visible_to(standing))


def get_task_for(standing: Standing, task_id: int, *, to: ToTask = "view") -> AssessmentTask:
    """Return a task. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = tasks_visible_to(standing).select_related(
        "sheet__assessment__organisation", "sheet__unit", "sheet__person", "evidence"
    )
    found = get_object_or_404(rows, pk=task_id)
    if not may_with_task(standing, found, to):
        raise PermissionDenied
    return found


def may_with_task(standing: Standing, task: AssessmentTask, to: ToTask) -> bool:
    """Return whether the asker may do that with a task they see."""
    if to == "do":
        return speaks_for(standing, task.sheet)
    return to == "view" or may_with_sheet(standing, task.sheet, "task")


def get_task_file_for(standing: Standing, task_id: int) -> AssessmentTask:
    """Return a task with the file that shows what was put right. Raises Http404."""
    found = get_task_for(standing, task_id)
    if found.evidence is None:
        raise Http404
    return found


def _without_own(standing: Standing, rows: QuerySet[AssessedSheet]) -> QuerySet[AssessedSheet]:
    looker = looker_for(standing)
    return rows.exclude(person=None, unit__in=looker.units).exclude(
        person__in=looker.kin | {looker.person}
    )


def _stays_out(standing: Standing, sheet: AssessedSheet) -> bool:
    return is_recused(looker_for(standing), unit=sheet.unit_id, person=sheet.person_id)


def _runs(standing: Standing, sheet: AssessedSheet) -> bool:
    del sheet
    return standing.has(Role.LEADING_GROUP, *OFFICE)


def _office(standing: Standing, sheet: AssessedSheet) -> bool:
    del sheet
    return standing.has(*OFFICE)


def _group(standing: Standing, sheet: AssessedSheet) -> bool:
    del sheet
    return standing.has(Role.LEADING_GROUP)


def _returns(standing: Standing, sheet: AssessedSheet) -> bool:
    if sheet.step == AssessedSheet.Step.LEADERSHIP:
        return leads(standing, sheet)
    return assesses(standing, sheet)


def _tasks(standing: Standing, sheet: AssessedSheet) -> bool:
    return standing.has(*OFFICE) or assesses(standing, sheet)


_MAY: Mapping[str, Callable[[Standing, AssessedSheet], bool]] = {
    "self": speaks_for,
    "office": assesses,
    "leadership": leads,
    "confirm": _group,
    "leave_out": _runs,
    "return": _returns,
    "task": _tasks,
    "use": _office,
}
