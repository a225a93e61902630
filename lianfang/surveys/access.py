"""Who may hold, answer and read surveys (五（五）1, 五（五）2).

The discipline office holds them; those about its own people, the body that oversees it. Nobody
holds one about themself. Who is invited answers it while it is open. Once it is published, a
subject's figures are for the subject and the control owner of the post, never for anybody else;
free words are for those who hold it alone.
"""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.org.models import Appointment, Body, Membership, Person, holding
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.surveys.models import Figure, Invitation, Survey, SurveySubject
from lianfang.surveys.queries.colleagues import owners_of
from lianfang.surveys.rules.figures import ANYTHING

To = Literal["hold", "answer"]
HOLDS = {
    Role.DISCIPLINE_OFFICE: Survey.HeldBy.DISCIPLINE_OFFICE,
    Role.DISCIPLINE_OVERSIGHT: Survey.HeldBy.DISCIPLINE_OVERSIGHT,
}


def bodies_held_for(standing: Standing) -> list[Survey.HeldBy]:
    """Return the bodies for which somebody holds surveys."""
    if not standing.is_staff:
        return []
    return [body for role, body in HOLDS.items() if standing.has(role)]


def surveys_held_by(standing: Standing) -> QuerySet[Survey]:
    """Return the surveys somebody holds: of their body, and not about themself."""
    rows = Survey.objects.filter(
        organisation=standing.organisation_id, held_by__in=bodies_held_for(standing)
    )
    about = SurveySubject.objects.filter(survey=OuterRef("pk"), person=standing.person_id)
    return rows.exclude(Exists(about))


def surveys_to_answer(standing: Standing) -> QuerySet[Survey]:
    """Return the surveys somebody is invited to, from the moment they open."""
    rows = Survey.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    asked = Invitation.objects.filter(subject__survey=OuterRef("pk"), person=standing.person_id)
    return rows.filter(Exists(asked), opened_on__isnull=False)


def get_survey_for(standing: Standing, survey_id: int, *, to: To = "hold") -> Survey:
    """Return a survey. Raises Http404, and PermissionDenied to those who may not do that."""
    holds, answers = surveys_held_by(standing), surveys_to_answer(standing)
    known = Survey.objects.filter(Q(pk__in=holds.values("pk")) | Q(pk__in=answers.values("pk")))
    found = get_object_or_404(known.select_related("organisation"), pk=survey_id)
    rows = holds if to == "hold" else answers
    if not rows.filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def get_subject_for(standing: Standing, subject_id: int) -> SurveySubject:
    """Return a subject whose figures may be read. Raises Http404 and PermissionDenied.

    Those who hold the survey read them once it is closed, the subject and the control owner once
    it is published.
    """
    rows = _readable_to_somebody(standing).select_related(
        "survey__organisation", "person", "post", "unit"
    )
    found = get_object_or_404(rows, pk=subject_id)
    if _holds(standing, found.survey_id):
        return found
    if found.survey.state == Survey.State.PUBLISHED and _is_near(standing, found):
        return found
    raise PermissionDenied if _is_asked(standing, found) else Http404


def get_drafted_subject_for(standing: Standing, survey_id: int, subject_id: int) -> SurveySubject:
    """Return a subject of a survey that the asker holds, whatever its state."""
    survey = get_survey_for(standing, survey_id)
    rows = survey.subjects.select_related("survey__organisation", "person", "post", "unit")
    return get_object_or_404(rows, pk=subject_id)


def may_read_remarks(standing: Standing, subject: SurveySubject) -> bool:
    """Return whether free words are for the asker: those who hold the survey alone."""
    return _holds(standing, subject.survey_id)


def subjects_to_read(standing: Standing) -> list[SurveySubject]:
    """Return the published subjects of whom somebody may read: themself, and as control owner.

    At most six statements.
    """
    if not standing.is_staff:
        return []
    figures = Figure.objects.filter(survey=OuterRef("survey"), question=ANYTHING)
    near = Q(person=standing.person_id)
    if not standing.has(Role.LEADERSHIP_HEAD):
        near |= Q(unit__in=standing.headed | standing.portfolio)
    else:
        near = Q()
    rows = (
        SurveySubject.objects.filter(
            near,
            Exists(figures),
            survey__organisation=standing.organisation_id,
            survey__state=Survey.State.PUBLISHED,
        )
        .select_related("survey", "person", "post", "unit")
        .order_by("-survey__published_on", "unit__order", "post__order", "pk")
    )
    found = list(rows)
    others = [subject for subject in found if subject.person_id != standing.person_id]
    owners = owners_of(others, standing.organisation_id, standing.on)
    return [
        subject
        for subject in found
        if subject.person_id == standing.person_id or owners.get(subject.pk) == standing.person_id
    ]


def seats_to_survey(standing: Standing) -> QuerySet[Appointment]:
    """Return the posts held today about which the asker may hold a survey, never their own."""
    rows = Appointment.objects.filter(
        holding(standing.on), in_use(standing.on, "post__"), organisation=standing.organisation_id
    )
    bodies, office = bodies_held_for(standing), _members(standing, Body.Kind.DISCIPLINE_OFFICE)
    if not bodies:
        return rows.none()
    if Survey.HeldBy.DISCIPLINE_OVERSIGHT not in bodies:
        rows = rows.exclude(person__in=office)
    elif Survey.HeldBy.DISCIPLINE_OFFICE not in bodies:
        rows = rows.filter(person__in=office)
    return rows.exclude(person=standing.person_id).select_related("person", "post__unit")


def people_to_invite(standing: Standing, subject: SurveySubject) -> QuerySet[Person]:
    """Return those who could answer: in a post, with a login, neither subject nor holder."""
    seats = Appointment.objects.filter(holding(standing.on), person=OuterRef("pk"))
    rows = Person.objects.filter(
        Exists(seats), organisation=standing.organisation_id, login__isnull=False
    )
    holders = _members(standing, Body.Kind(subject.survey.held_by))
    return rows.exclude(pk=subject.person_id).exclude(pk__in=holders)


def require_holder(standing: Standing) -> None:
    """Raise PermissionDenied unless the asker holds surveys."""
    if not bodies_held_for(standing):
        raise PermissionDenied


def _readable_to_somebody(standing: Standing) -> QuerySet[SurveySubject]:
    rows = SurveySubject.objects.filter(survey__organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    return rows.filter(survey__state__in=[Survey.State.CLOSED, Survey.State.PUBLISHED])


def _members(standing: Standing, kind: Body.Kind) -> QuerySet[Membership, int]:
    return Membership.objects.filter(
        holding(standing.on),
        body__organisation=standing.organisation_id,
        body__kind=kind,
        body__retired_on=None,
    ).values_list("person", flat=True)


def _holds(standing: Standing, survey_id: int) -> bool:
    return surveys_held_by(standing).filter(pk=survey_id).exists()


def _is_near(standing: Standing, subject: SurveySubject) -> bool:
    if subject.person_id == standing.person_id:
        return True
    owners = owners_of([subject], standing.organisation_id, standing.on)
    return owners.get(subject.pk) == standing.person_id


def _is_asked(standing: Standing, subject: SurveySubject) -> bool:
    return Invitation.objects.filter(
        subject__survey=subject.survey_id, person=standing.person_id
    ).exists()
