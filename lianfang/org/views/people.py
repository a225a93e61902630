"""People: the list, one person, their responsibility sheet, and what changes them."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org import actions
from lianfang.org.access import (
    KEEPS_DATA,
    PRIVATE,
    RECORDS_KINSHIP,
    get_person_for,
    get_person_for_kinship,
    get_person_to_answer_for,
    may_see_private,
    people_visible_to,
    require,
    require_staff,
    standing_for,
)
from lianfang.org.forms.people import (
    KinshipForm,
    LeaveForm,
    PeopleFilter,
    PersonForm,
    QualificationForm,
)
from lianfang.org.queries.people import appointments_of, find_people, sheet_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.queries.tree import units_in_use
from lianfang.org.rules.roles import Role
from lianfang.org.views.acting import to


@require_GET
def people(request: AppRequest) -> HttpResponse:
    """List the people of the organisation, narrowed by words, unit and whether they left."""
    standing = standing_for(request)
    require_staff(standing, *KEEPS_DATA, Role.SECURITY_ADMINISTRATOR)
    form = PeopleFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = find_people(
        people_visible_to(standing),
        standing,
        words=asked.get("q", ""),
        unit=asked.get("unit"),
        left=bool(asked.get("left")),
        after=asked.get("after", ""),
    )
    context = {
        "page": page,
        "asked": asked,
        "units": units_in_use(standing),
        "is_narrowed": any(asked.get(name) for name in ("q", "unit", "left")),
        "may_edit": standing.has(*KEEPS_DATA),
    }
    return render_page(request, "org/people.html", context, fragment="org/_people.html")


@require_GET
def person(request: AppRequest, person_id: int) -> HttpResponse:
    """Show a person: their posts, and what else is open to the one who asks."""
    standing = standing_for(request)
    person = get_person_for(standing, person_id)
    is_private = may_see_private(standing, person)
    may_edit = standing.has(*KEEPS_DATA)
    context = {
        "person": person,
        "appointments": appointments_of(person),
        "today": standing.on,
        "is_private": is_private,
        "is_self": person.pk == standing.person_id,
        "may_edit": may_edit,
        "may_record_kinship": standing.has(*RECORDS_KINSHIP),
        "qualifications": list(person.qualifications.order_by("pk")),
        "kinships": list(person.kinships.select_related("relative")) if is_private else [],
        "history": (
            history_of(person, withheld=() if is_private else PRIVATE)
            if is_private or may_edit
            else []
        ),
        "shows_party": is_private or may_edit,
    }
    return render_page(request, "org/person.html", context)


@require_GET
def responsibility(request: AppRequest) -> HttpResponse:
    """Lead somebody to their own responsibility sheet."""
    standing = standing_for(request)
    require_staff(standing)
    return HttpResponseRedirect(to("person-responsibility", standing.person_id))


@require_GET
def person_responsibility(request: AppRequest, person_id: int) -> HttpResponse:
    """Show what somebody answers for and who answers for them (三), ready to print."""
    standing = standing_for(request)
    person = get_person_to_answer_for(standing, person_id)
    context = {
        "person": person,
        "sheet": sheet_of(person, standing),
        "organisation": organisation_of(standing),
        "today": standing.on,
        "is_self": person.pk == standing.person_id,
    }
    return render_page(request, "org/responsibility.html", context)


@both
def person_add(request: AppRequest) -> HttpResponse:
    """Enter a person."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    form = PersonForm(**bound(request))

    def deed() -> None:
        values = form.values()
        actions.create_person(
            organisation=organisation_of(standing),
            code=form.cleaned_data["code"],
            name=form.cleaned_data["name"],
            name_en=form.cleaned_data["name_en"],
            is_party_member=values["is_party_member"],  # type: ignore[arg-type]
            by=request.user,
            at=request.at,
        )

    return act(request, form, deed, title=_("登记人员"), then=to("people"))


@both
def person_edit(request: AppRequest, person_id: int) -> HttpResponse:
    """Change a person."""
    standing = standing_for(request)
    person = get_person_for(standing, person_id, to="edit")
    form = PersonForm(**bound(request), initial=PersonForm.initial_of(person))
    return act(
        request,
        form,
        lambda: actions.change_person(
            person=person,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("修改人员信息"),
        sub=person.shown_name,
        then=to("person", person.pk),
    )


@both
def person_leave(request: AppRequest, person_id: int) -> HttpResponse:
    """Record that somebody is no longer here."""
    standing = standing_for(request)
    person = get_person_for(standing, person_id, to="edit")
    form = LeaveForm(**bound(request), initial={"on": standing.on})
    return act(
        request,
        form,
        lambda: actions.record_departure(
            person=person, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("登记离开"),
        sub=person.shown_name,
        then=to("person", person.pk),
        danger=True,
    )


@both
def qualification_add(request: AppRequest, person_id: int) -> HttpResponse:
    """Put a qualification on record."""
    standing = standing_for(request)
    person = get_person_for(standing, person_id, to="edit")
    form = QualificationForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.record_qualification(
            person=person, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("登记资格"),
        sub=person.shown_name,
        then=to("person", person.pk),
    )


@both
def kinship_add(request: AppRequest, person_id: int) -> HttpResponse:
    """Put a relative on record; the discipline office does, and nobody their own."""
    standing = standing_for(request)
    person = get_person_for_kinship(standing, person_id)
    others = people_visible_to(standing).exclude(pk=person.pk)
    form = KinshipForm(**bound(request), people=others)
    return act(
        request,
        form,
        lambda: actions.record_kinship(
            person=person, on=standing.on, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("登记亲属关系"),
        sub=person.shown_name,
        then=to("person", person.pk),
    )
