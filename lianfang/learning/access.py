"""Who may see, organise and take part in learning (二).

Staff see the published plan, its activities and the published cases. The office of the leading
group and the discipline office organise; the head of a unit those of the unit. Who came, and how
far somebody is, see the person, those above them and the two offices. Administrators see nothing.
The public sees what was held and is shown, without signing in; see `activities_shown`.
"""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.files.models import Attachment
from lianfang.learning.models import (
    Activity,
    Attendance,
    Certificate,
    LearningPlan,
    Material,
    WarningCase,
)
from lianfang.org.access import people_answered_for_by
from lianfang.org.models import Person, Unit
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

To = Literal["view", "organise"]
ORGANISES = (Role.LEADING_GROUP_OFFICE, Role.DISCIPLINE_OFFICE)


def organises_all(standing: Standing) -> bool:
    """Return whether the asker organises for the whole organisation."""
    return standing.is_staff and standing.has(*ORGANISES)


def organises_some(standing: Standing) -> bool:
    """Return whether there is anything the asker organises: all, or what a unit does itself."""
    return organises_all(standing) or (standing.is_staff and bool(standing.headed))


def require_organiser(standing: Standing, *, of_all: bool = False) -> None:
    """Raise Http404 for administrators, PermissionDenied for staff who organise nothing."""
    if not standing.is_staff:
        raise Http404
    if not (organises_all(standing) if of_all else organises_some(standing)):
        raise PermissionDenied


# plans --------------------------------------------------------------------------------------------


def plans_visible_to(standing: Standing) -> QuerySet[LearningPlan]:
    """Return the plans that are published; drafts to the two offices."""
    rows = LearningPlan.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    return rows if organises_all(standing) else rows.filter(state=LearningPlan.State.PUBLISHED)


def plan_of_year(standing: Standing, year: int) -> LearningPlan | None:
    """Return the plan of a year that the asker may see. One statement."""
    return plans_visible_to(standing).filter(year=year).first()


def plans_to_fill(standing: Standing) -> QuerySet[LearningPlan]:
    """Return the plans into which the asker may put activities, the latest first."""
    rows = plans_visible_to(standing) if organises_some(standing) else LearningPlan.objects.none()
    return rows.order_by("-year")


def get_plan_for(standing: Standing, plan_id: int) -> LearningPlan:
    """Return a plan to be published. Raises Http404, PermissionDenied to all but the offices."""
    found = get_object_or_404(plans_visible_to(standing), pk=plan_id)
    require_organiser(standing, of_all=True)
    return found


# activities ---------------------------------------------------------------------------------------


def activities_visible_to(standing: Standing) -> QuerySet[Activity]:
    """Return the activities of the plans that the asker may see."""
    return Activity.objects.filter(plan__in=plans_visible_to(standing))


def units_organised(standing: Standing) -> QuerySet[Unit]:
    """Return the units for which the asker may plan activities: all of them, or those headed."""
    rows = Unit.objects.filter(in_use(standing.on), organisation=standing.organisation_id)
    if organises_all(standing):
        return rows
    return rows.filter(pk__in=standing.headed)


def may_organise(standing: Standing, activity: Activity) -> bool:
    """Return whether the asker organises an activity they see."""
    return organises_all(standing) or (standing.is_staff and activity.unit_id in standing.headed)


def get_activity_for(standing: Standing, activity_id: int, *, to: To = "view") -> Activity:
    """Return an activity. Raises Http404, and PermissionDenied to those who don't organise it."""
    rows = activities_visible_to(standing).select_related(
        "organisation", "plan", "unit", "case", "quiz"
    )
    found = get_object_or_404(rows, pk=activity_id)
    if to == "organise" and not may_organise(standing, found):
        raise PermissionDenied
    return found


def get_material_for(standing: Standing, material_id: int, *, to: To = "view") -> Material:
    """Return a material of an activity the asker sees. Raises Http404 and PermissionDenied."""
    rows = Material.objects.filter(activity__in=activities_visible_to(standing))
    found = get_object_or_404(rows.select_related("activity", "attachment"), pk=material_id)
    if to == "organise" and not may_organise(standing, found.activity):
        raise PermissionDenied
    return found


def get_attendance_for(standing: Standing, attendance_id: int) -> Attendance:
    """Return who came to what, to be undone by an organiser, never by the person.

    Raises Http404 and PermissionDenied.
    """
    rows = Attendance.objects.filter(
        activity__in=activities_visible_to(standing), undone_at=None
    ).select_related("activity__plan", "person")
    found = get_object_or_404(rows, pk=attendance_id)
    if not may_organise(standing, found.activity) or found.person_id == standing.person_id:
        raise PermissionDenied
    return found


def get_quizzed_for(standing: Standing, activity_id: int) -> Activity:
    """Return an activity with a quiz. Raises Http404."""
    found = get_activity_for(standing, activity_id)
    if not hasattr(found, "quiz"):
        raise Http404
    return found


def people_to_note(standing: Standing, activity: Activity) -> QuerySet[Person]:
    """Return whom an organiser may note: everybody there, or the people of the units headed.

    Never the asker.
    """
    rows = Person.objects.filter(organisation=activity.organisation_id, left_on=None)
    if not organises_all(standing):
        seats = Q(appointments__post__unit__in=standing.headed, appointments__withdrawn_at=None)
        open_ended = Q(appointments__to_on=None) | Q(appointments__to_on__gte=standing.on)
        rows = rows.filter(seats & open_ended).distinct()
    return rows.exclude(pk=standing.person_id or 0).order_by("code")


def activities_shown() -> QuerySet[Activity]:
    """Return what was held and is shown to the public, of every organisation."""
    return Activity.objects.filter(state=Activity.State.HELD, is_public=True)


# cases --------------------------------------------------------------------------------------------


def cases_visible_to(standing: Standing) -> QuerySet[WarningCase]:
    """Return the published cases; drafts to the two offices."""
    rows = WarningCase.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    return rows if organises_all(standing) else rows.filter(published_at__isnull=False)


def cases_published(standing: Standing) -> QuerySet[WarningCase]:
    """Return the published cases, the latest first."""
    rows = cases_visible_to(standing).filter(published_at__isnull=False)
    return rows.order_by("-published_at", "-pk")


def get_case_for(standing: Standing, case_id: int, *, to: To = "view") -> WarningCase:
    """Return a case. Raises Http404, and PermissionDenied to all but the two offices."""
    found = get_object_or_404(cases_visible_to(standing), pk=case_id)
    if to == "organise" and not organises_all(standing):
        raise PermissionDenied
    return found


# records ------------------------------------------------------------------------------------------


def person_of(standing: Standing) -> Person:
    """Return the asker as a person. Raises Http404 for administrators."""
    return get_object_or_404(Person, pk=standing.person_id or 0)


def people_recorded_for(standing: Standing) -> QuerySet[Person]:
    """Return the people whose learning the asker may look at: those they answer for."""
    return people_answered_for_by(standing)


def may_certify(standing: Standing, person: Person) -> bool:
    """Return whether the asker issues certificates to somebody, who is never themself."""
    return organises_all(standing) and person.pk != standing.person_id


def get_person_to_certify(standing: Standing, person_id: int) -> Person:
    """Return somebody to issue a certificate to. Raises Http404 and PermissionDenied."""
    rows = Person.objects.filter(organisation=standing.organisation_id)
    found = get_object_or_404(rows if standing.is_staff else rows.none(), pk=person_id)
    if not may_certify(standing, found):
        raise PermissionDenied
    return found


def get_certificate_for(standing: Standing, certificate_id: int) -> Attachment:
    """Return the file of a certificate of somebody whose learning the asker may look at.

    Raises Http404.
    """
    rows = Certificate.objects.filter(person__in=people_recorded_for(standing))
    found = get_object_or_404(rows.select_related("document__attachment"), pk=certificate_id)
    if found.document is None:
        raise Http404
    return found.document.attachment
