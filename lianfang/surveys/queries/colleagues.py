"""Who works with whom: people with a login, their units, and the powers they have a part in."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from lianfang.org.models import Appointment, Body, Membership, Organisation, Person, holding
from lianfang.org.queries.structure import structure_around
from lianfang.org.rules.chain import chain_of
from lianfang.powers.models import PowerPost
from lianfang.surveys.models import Invitation, Survey, SurveySubject
from lianfang.surveys.rules.inviting import Colleague


def colleagues_of(organisation: Organisation, on: date) -> dict[int, Colleague]:
    """Return everybody with a login who holds a post on a day, by person. Two statements."""
    seats = list(
        Appointment.objects.filter(
            holding(on), organisation=organisation, person__login__isnull=False
        ).values_list("person", "post", "post__unit")
    )
    powers: dict[int, set[int]] = {}
    parts = PowerPost.objects.filter(post__in={post for _person, post, _unit in seats})
    for post, power in parts.values_list("post", "power"):
        powers.setdefault(post, set()).add(power)
    units: dict[int, set[int]] = {}
    shared: dict[int, set[int]] = {}
    for person, post, unit in seats:
        units.setdefault(person, set()).add(unit)
        shared.setdefault(person, set()).update(powers.get(post, ()))
    return {
        person: Colleague(
            person=person, units=frozenset(units[person]), powers=frozenset(shared[person])
        )
        for person in units
    }


def members_of(organisation: int, kind: str, on: date) -> frozenset[int]:
    """Return the people of a body on a day. One statement."""
    rows = Membership.objects.filter(
        holding(on), body__organisation=organisation, body__kind=kind, body__retired_on=None
    )
    return frozenset(rows.values_list("person", flat=True))


def holders_of(survey: Survey, on: date) -> frozenset[int]:
    """Return the people who hold a survey, and therefore answer none of it. One statement."""
    return members_of(survey.organisation_id, Body.Kind(survey.held_by), on)


def asked_about(survey: Survey) -> dict[int, int]:
    """Return about how many subjects each invited person is asked. One statement."""
    rows = Invitation.objects.filter(subject__survey=survey)
    return dict(Counter(rows.values_list("person", flat=True)))


def invited_people(survey: Survey) -> list[Person]:
    """Return everybody who is invited, with their logins. One statement."""
    rows = Invitation.objects.filter(subject__survey=survey)
    return list(
        Person.objects.filter(pk__in=rows.values("person")).select_related("login").order_by("code")
    )


def owners_of(subjects: Collection[SurveySubject], organisation: int, on: date) -> dict[int, int]:
    """Return the control owner of each subject's post, those without one left out (三).

    Five statements, none for nobody.
    """
    if not subjects:
        return {}
    structure = structure_around(organisation, on, [subject.post_id for subject in subjects])
    found = {}
    for subject in subjects:
        if subject.post_id in structure.posts:
            owner = chain_of(structure, subject.post_id, subject.person_id).owner.person
            if owner is not None:
                found[subject.pk] = owner
    return found
