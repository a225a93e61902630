"""Who may see and move the year's work.

Staff see where every unit stands. A unit's people draft its filing, its head submits it; the
office of the leading group opens stages, checks, records meetings and publishes, but nobody
checks a unit in which they hold a post (六（二）). Where the office named somebody to check a
filing, that one alone does.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.cycles.models import (
    Comment,
    Consultation,
    CorrectiveTask,
    Cycle,
    CycleStage,
    Edition,
    Filing,
    Meeting,
    Proposal,
    Remark,
    Submission,
)
from lianfang.cycles.rules.states import CONSULTED
from lianfang.files import access as files
from lianfang.files.models import Attachment
from lianfang.org.access import require
from lianfang.org.models import Appointment, Person, Unit, holding
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.powers.access import may_draft

To = Literal["view", "draft", "submit", "check", "office", "revise"]
ToTask = Literal["open", "do", "judge", "edit"]
OFFICE = (Role.LEADING_GROUP_OFFICE,)
COLLECTS = (*OFFICE, Role.LEADING_GROUP, Role.LEADERSHIP, Role.LEADERSHIP_HEAD)


def is_office(standing: Standing) -> bool:
    """Return whether the asker belongs to the office of the leading group."""
    return standing.has(*OFFICE)


def require_office(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for all but the office."""
    if not standing.is_staff:
        raise Http404
    require(standing, *OFFICE)


def may_collect(standing: Standing) -> bool:
    """Return whether the asker takes the collected files: the office, the group, the leadership."""
    return standing.is_staff and standing.has(*COLLECTS)


def require_collecting(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for those who don't collect."""
    if not standing.is_staff:
        raise Http404
    require(standing, *COLLECTS)


def get_collected_for(standing: Standing, attachment_id: int) -> Attachment:
    """Return a collected file that was made for the asker. Raises Http404, PermissionDenied."""
    require_collecting(standing)
    return files.get_attachment_for(
        organisation=standing.organisation_id,
        attachment_id=attachment_id,
        stored_by=standing.user_id,
    )


def cycles_visible_to(standing: Standing) -> QuerySet[Cycle]:
    """Return the years of the asker's organisation; none for administrators."""
    if not standing.is_staff:
        return Cycle.objects.none()
    return Cycle.objects.filter(organisation=standing.organisation_id)


def get_cycle_for(standing: Standing, year: int) -> Cycle:
    """Return the work of a year. Raises Http404."""
    return get_object_or_404(cycles_visible_to(standing).select_related("organisation"), year=year)


def get_stage_for(standing: Standing, stage_id: int) -> CycleStage:
    """Return a stage to open or close. Raises Http404 and PermissionDenied."""
    rows = CycleStage.objects.filter(cycle__in=cycles_visible_to(standing))
    stage = get_object_or_404(rows.select_related("cycle__organisation"), pk=stage_id)
    require(standing, *OFFICE)
    return stage


def filings_visible_to(standing: Standing) -> QuerySet[Filing]:
    """Return the filings of the asker's organisation; none for administrators."""
    if not standing.is_staff:
        return Filing.objects.none()
    return Filing.objects.filter(organisation=standing.organisation_id)


def get_filing_for(standing: Standing, filing_id: int, *, to: To = "view") -> Filing:
    """Return a filing. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = filings_visible_to(standing).select_related(
        "cycle", "unit", "organisation", "checker", "submitted_by__person", "revision"
    )
    filing = get_object_or_404(rows, pk=filing_id)
    if not may(standing, filing, to):
        raise PermissionDenied
    return filing


def may_submit(standing: Standing, filing: Filing) -> bool:
    """Return whether the asker heads the unit."""
    return standing.is_staff and filing.unit_id in standing.headed


def may_check(standing: Standing, filing: Filing) -> bool:
    """Return whether the asker checks this filing: the one named, else the office.

    Nobody does for a unit in which they hold a post, or which they head.
    """
    if filing.unit_id in standing.units | standing.headed:
        return False
    if filing.checker_named_at is not None:
        return standing.is_staff and filing.checker_id == standing.person_id
    return is_office(standing)


def may(standing: Standing, filing: Filing, to: To) -> bool:
    """Return whether the asker may do that with a filing they see."""
    return to == "view" or _MAY[to](standing, filing)


def asker(standing: Standing) -> Person:
    """Return the asker as a person. One statement; raises Http404 for administrators."""
    return get_object_or_404(Person, pk=standing.person_id or 0)


def get_remark_for(standing: Standing, remark_id: int, *, to: To) -> Remark:
    """Return a remark to answer (`draft`) or to close (`check`)."""
    rows = Remark.objects.filter(filing__in=filings_visible_to(standing))
    rows = rows.select_related("filing__cycle", "filing__unit", "filing__organisation")
    remark = get_object_or_404(rows, pk=remark_id)
    if not _MAY[to](standing, remark.filing):
        raise PermissionDenied
    return remark


def get_submission_for(standing: Standing, filing_id: int, round: int) -> Submission:
    """Return what was submitted the so-manieth time, with its filing. Raises Http404."""
    rows = Submission.objects.filter(filing__in=filings_visible_to(standing))
    rows = rows.select_related(
        "filing__cycle", "filing__unit", "filing__organisation", "submitted_by__person"
    )
    return get_object_or_404(rows, filing=filing_id, round=round)


def people_to_name(standing: Standing, filing: Filing) -> QuerySet[Person]:
    """Return who may be named to check a filing: those who can sign in and hold no post there."""
    own = Appointment.objects.filter(
        holding(standing.on), person=OuterRef("pk"), post__unit=filing.unit_id
    )
    rows = Person.objects.filter(
        organisation=standing.organisation_id, login__is_active=True, left_on=None
    )
    return rows.exclude(Exists(own)).order_by("code")


def get_meeting_for_office(standing: Standing, meeting_id: int) -> Meeting:
    """Return a meeting whose papers the office issues. Raises Http404 and PermissionDenied."""
    rows = Meeting.objects.filter(cycle__in=cycles_visible_to(standing))
    meeting = get_object_or_404(rows.select_related("cycle", "organisation"), pk=meeting_id)
    require(standing, *OFFICE)
    return meeting


def may_comment(standing: Standing, consultation: Consultation) -> bool:
    """Return whether somebody is asked for an opinion: all staff, or heads and leaders."""
    if consultation.scope == Consultation.Scope.STAFF:
        return standing.is_staff
    return bool(standing.headed) or standing.has(Role.LEADERSHIP, Role.LEADERSHIP_HEAD)


def is_asked(standing: Standing, filing: Filing) -> bool:
    """Return whether somebody may give an opinion on a filing today. One statement at most."""
    if filing.state not in CONSULTED:
        return False
    found = Consultation.objects.filter(
        cycle=filing.cycle_id, closed_on=None, until_on__gte=standing.on
    ).first()
    return found is not None and may_comment(standing, found)


def get_running_consultation_for(standing: Standing, filing: Filing) -> Consultation:
    """Return the consultation in which the asker may speak of a filing.

    Raises Http404 where none runs, PermissionDenied to those who are not asked.
    """
    found = get_object_or_404(Consultation, cycle=filing.cycle_id, closed_on=None)
    if not may_comment(standing, found):
        raise PermissionDenied
    return found


def get_consultation_for_office(standing: Standing, consultation_id: int) -> Consultation:
    """Return a consultation to close. Raises Http404 and PermissionDenied."""
    rows = Consultation.objects.filter(cycle__in=cycles_visible_to(standing))
    found = get_object_or_404(rows, pk=consultation_id)
    require(standing, *OFFICE)
    return found


def get_comment_for_office(standing: Standing, comment_id: int) -> Comment:
    """Return an opinion to answer. Raises Http404 and PermissionDenied."""
    rows = Comment.objects.filter(filing__in=filings_visible_to(standing))
    found = get_object_or_404(rows.select_related("filing"), pk=comment_id)
    require(standing, *OFFICE)
    return found


def get_task_for(standing: Standing, task_id: int, *, to: ToTask) -> CorrectiveTask:
    """Return a corrective task. Raises Http404, PermissionDenied to those who may not do that."""
    rows = CorrectiveTask.objects.filter(review__cycle__in=cycles_visible_to(standing))
    rows = rows.select_related("review__cycle__organisation", "unit", "post", "evidence")
    task = get_object_or_404(rows, pk=task_id)
    if not may_task(standing, task, to):
        raise PermissionDenied
    return task


def may_task(standing: Standing, task: CorrectiveTask, to: ToTask) -> bool:
    """Return whether the asker may open the file of a task, do, judge or change it.

    Its unit's head does it, and whoever holds the post that answers for it; the office judges it,
    but for tasks of its own members' units. Those who do it and the office open the file.
    """
    does = task.unit_id in standing.headed or task.post_id in standing.posts
    if to == "do":
        return does
    if to == "judge":
        return is_office(standing) and task.unit_id not in standing.units | standing.headed
    return is_office(standing) or (to == "open" and does)


def editions_visible_to(standing: Standing) -> QuerySet[Edition]:
    """Return the editions of the asker's organisation; none for administrators."""
    if not standing.is_staff:
        return Edition.objects.none()
    return Edition.objects.filter(organisation=standing.organisation_id)


def get_edition_for(standing: Standing, edition_id: int) -> Edition:
    """Return an edition with its content. Raises Http404."""
    rows = editions_visible_to(standing).select_related("unit", "organisation", "filing__cycle")
    return get_object_or_404(rows, pk=edition_id)


def units_to_revise(standing: Standing) -> frozenset[int] | None:
    """Return the units whose editions the asker may revise; None for all: the office."""
    return None if is_office(standing) else frozenset(standing.units | standing.headed)


def get_unit_to_revise(standing: Standing, unit_id: int) -> Unit:
    """Return a unit to revise. Raises Http404 and PermissionDenied."""
    rows = Unit.objects.filter(organisation=standing.organisation_id, retired_on=None)
    found = get_object_or_404(rows if standing.is_staff else rows.none(), pk=unit_id)
    _require_to_revise(standing, found.pk)
    return found


def get_proposal_for(standing: Standing, proposal_id: int) -> Proposal:
    """Return a proposal to settle. Raises Http404 and PermissionDenied."""
    rows = Proposal.objects.filter(organisation=standing.organisation_id)
    found = get_object_or_404(rows if standing.is_staff else rows.none(), pk=proposal_id)
    _require_to_revise(standing, found.unit_id)
    return found


def _require_to_revise(standing: Standing, unit: int) -> None:
    units = units_to_revise(standing)
    if units is not None and unit not in units:
        raise PermissionDenied


def _revises(standing: Standing, filing: Filing) -> bool:
    return is_office(standing) or may_draft(standing, filing.unit_id)


def _drafts(standing: Standing, filing: Filing) -> bool:
    return may_draft(standing, filing.unit_id)


def _is_of_office(standing: Standing, filing: Filing) -> bool:
    del filing
    return is_office(standing)


_MAY: Mapping[To, Callable[[Standing, Filing], bool]] = {
    "draft": _drafts,
    "submit": may_submit,
    "check": may_check,
    "office": _is_of_office,
    "revise": _revises,
}
