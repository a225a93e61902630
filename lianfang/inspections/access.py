"""Who may see and do what of draws, visits and findings (三, 五（五）).

All staff know of draws once they are frozen, and may recompute them from their sheets: that is
what makes them public. A record is for the body that inspects and, once confirmed, for the person
inspected and the head of the unit; a finding for whoever answers for it as well.
"""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.duties.access import BODIES, duties_of, duties_visible_to, may_do
from lianfang.duties.models import Duty
from lianfang.inspections.models import Correction, Draw, Finding, Record
from lianfang.org.access import require
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

ToDraw = Literal["view", "run"]
ToRecord = Literal["view", "write"]
ToFinding = Literal["view", "correct", "judge"]
RUNS = (Role.DISCIPLINE_OFFICE,)
INSPECTS = (Role.DISCIPLINE_OFFICE, Role.DISCIPLINE_OVERSIGHT)


def draws_visible_to(standing: Standing) -> QuerySet[Draw]:
    """Return the draws somebody may know of: for most those that were frozen; no administrator."""
    rows = Draw.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    return rows if may_run(standing) else rows.exclude(frozen_at=None)


def get_draw_for(standing: Standing, draw_id: int, *, to: ToDraw = "view") -> Draw:
    """Return a draw. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = draws_visible_to(standing).select_related("organisation")
    found = get_object_or_404(rows, pk=draw_id)
    if to == "run" and not may_run(standing):
        raise PermissionDenied
    return found


def get_sheet_for(standing: Standing, draw_id: int) -> Draw:
    """Return a draw that was drawn, to show its sheet. Raises Http404."""
    found = get_draw_for(standing, draw_id)
    if not found.sheet:
        raise Http404
    return found


def may_run(standing: Standing) -> bool:
    """Return whether the asker plans and runs draws: the discipline office."""
    return standing.is_staff and standing.has(*RUNS)


def require_running(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for all but the discipline office."""
    if not standing.is_staff:
        raise Http404
    require(standing, *RUNS)


def inspects(standing: Standing) -> bool:
    """Return whether the asker is of a body that inspects."""
    return standing.is_staff and standing.has(*INSPECTS)


def require_inspecting(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for those who don't inspect."""
    if not standing.is_staff:
        raise Http404
    require(standing, *INSPECTS)


def inspections_visible_to(standing: Standing) -> QuerySet[Duty]:
    """Return the inspections somebody may know of, as duties."""
    rows = duties_visible_to(standing).filter(kind=Duty.Kind.INSPECTION, person__isnull=False)
    return rows.exclude(post=None)


def inspections_to_do(standing: Standing) -> QuerySet[Duty]:
    """Return the open inspections that somebody of a body that inspects may make."""
    own = standing.units | standing.headed | standing.portfolio
    rows = duties_of(standing).filter(kind=Duty.Kind.INSPECTION, actor=None, post__isnull=False)
    return rows.exclude(unit__in=own)


def get_inspection_for(standing: Standing, duty_id: int, *, to: ToRecord = "view") -> Duty:
    """Return an inspection. Raises Http404, and PermissionDenied to those who don't inspect."""
    rows = inspections_visible_to(standing).select_related(
        "organisation", "person", "post__unit", "unit", "inspected_by"
    )
    found = get_object_or_404(rows, pk=duty_id)
    if to == "write" and not may_inspect(standing, found):
        raise PermissionDenied
    return found


def may_inspect(standing: Standing, duty: Duty) -> bool:
    """Return whether the asker may visit: of the body that does, and not of that unit.

    Kin, and those over the person, are refused by the action.
    """
    own = standing.units | standing.headed | standing.portfolio
    return may_do(standing, duty) and duty.unit_id not in own


def records_visible_to(standing: Standing) -> QuerySet[Record]:
    """Return the records somebody may read; none for administrators."""
    rows = Record.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    told = Q(person=standing.person_id) | Q(unit__in=standing.headed)
    return rows.filter(_of_bodies(standing) | (told & Q(state=Record.State.CONFIRMED)))


def get_record_for(standing: Standing, record_id: int, *, to: ToRecord = "view") -> Record:
    """Return a record. Raises Http404, and PermissionDenied to those who don't inspect."""
    rows = records_visible_to(standing).select_related(
        "organisation", "duty", "person", "post", "unit", "confirmed_by__person"
    )
    found = get_object_or_404(rows, pk=record_id)
    if to == "write" and not may_inspect(standing, found.duty):
        raise PermissionDenied
    return found


def findings_visible_to(standing: Standing) -> QuerySet[Finding]:
    """Return the findings of confirmed records that somebody may know of."""
    rows = Finding.objects.filter(record__state=Record.State.CONFIRMED)
    own = Q(post__in=standing.posts, record__organisation=standing.organisation_id)
    return rows.filter(Q(record__in=records_visible_to(standing)) | own)


def get_finding_for(standing: Standing, finding_id: int, *, to: ToFinding = "view") -> Finding:
    """Return a finding. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = findings_visible_to(standing).select_related(
        "record__duty", "record__person", "record__post", "unit", "post", "measure"
    )
    found = get_object_or_404(rows, pk=finding_id)
    if not may_with_finding(standing, found, to):
        raise PermissionDenied
    return found


def may_with_finding(standing: Standing, finding: Finding, to: ToFinding) -> bool:
    """Return whether the asker may do that with a finding they see, whatever its state.

    The head of the unit puts it right, or whoever holds the post that answers for it.
    """
    if to == "correct":
        return finding.unit_id in standing.headed or finding.post_id in standing.posts
    return to == "view" or may_inspect(standing, finding.record.duty)


def findings_to_correct(standing: Standing) -> QuerySet[Finding]:
    """Return the open findings that somebody is to put right."""
    mine = Q(unit__in=standing.headed) | Q(post__in=standing.posts)
    rows = findings_visible_to(standing).filter(mine, state=Finding.State.OPEN)
    return rows if standing.is_staff else rows.none()


def findings_to_judge(standing: Standing) -> QuerySet[Finding]:
    """Return what units say they put right, for whoever inspects to judge."""
    if not inspects(standing):
        return Finding.objects.none()
    own = standing.units | standing.headed | standing.portfolio
    rows = findings_visible_to(standing).filter(state=Finding.State.CORRECTED)
    roles = _roles(standing)
    mine = rows.filter(record__duty__actor_role__in=roles).exclude(unit__in=own)
    return mine.exclude(record__person=standing.person_id)


def get_evidence_for(standing: Standing, finding_id: int, correction_id: int) -> Correction:
    """Return what a unit put right, with its file. Raises Http404."""
    rows = Correction.objects.filter(
        finding__in=findings_visible_to(standing), finding=finding_id, evidence__isnull=False
    )
    return get_object_or_404(rows.select_related("evidence"), pk=correction_id)


def _roles(standing: Standing) -> list[str]:
    bodies = (Duty.ActorRole.DISCIPLINE_OFFICE, Duty.ActorRole.DISCIPLINE_OVERSIGHT)
    return [body.value for body in bodies if standing.has(BODIES[body])]


def _of_bodies(standing: Standing) -> Q:
    return Q(duty__actor_role__in=_roles(standing)) & ~Q(person=standing.person_id)
