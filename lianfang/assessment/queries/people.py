"""What the figures of people are counted from, for all of them at once; who is assessed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lianfang.assessment.queries.happened import asked_hours, duties_in, surveyed_subjects
from lianfang.assessment.rules.figures import Facts
from lianfang.assessment.rules.figures.model import (
    DutyFact,
    LearningFact,
    PersonFact,
    SurveyFact,
)
from lianfang.learning.queries.hours import taken_in
from lianfang.learning.rules.hours import total
from lianfang.org.models import Appointment, Organisation, Person, holding
from lianfang.org.queries.tree import in_use
from lianfang.risks.models import Participation
from lianfang.risks.queries.levels import levels_in_force
from lianfang.surveys.models import SurveySubject


@dataclass(frozen=True, kw_only=True)
class Assessable:
    """Somebody whose post has one of the levels of the sheet for persons; by the highest post."""

    person: int
    post: int
    unit: int
    level: str
    rank: int


def facts_of_people(
    organisation: Organisation, year: int, people: Collection[int], on: date
) -> dict[int, Facts]:
    """Return what is counted of each person in a year. Eight statements."""
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    duties: dict[int, list[DutyFact]] = defaultdict(list)
    for _unit, actor, fact in duties_in(year, Q(actor__in=people)):
        duties[actor or 0].append(fact)
    asked = asked_hours(organisation.pk, year, people)
    done = taken_in(organisation.pk, year, people)
    surveys: dict[int, list[SurveyFact]] = defaultdict(list)
    subjects = dict(
        SurveySubject.objects.filter(
            survey__organisation=organisation, person__in=people
        ).values_list("pk", "person")
    )
    for person, survey in surveyed_subjects(organisation.pk, year, subjects):
        surveys[person].append(survey)
    took_part = set(
        Participation.objects.filter(
            organisation=organisation, year=year, person__in=people
        ).values_list("person", flat=True)
    )
    return {
        person: Facts(
            on=on,
            duties=tuple(duties[person]),
            learning=(
                LearningFact(
                    key=person,
                    label=names[person],
                    done=total(done.get(person, ())),
                    asked=asked[person],
                ),
            )
            if person in asked
            else (),
            surveys=tuple(surveys[person]),
            people=(PersonFact(key=person, label=names[person], took_part=person in took_part),),
        )
        for person in people
    }


def assessable_in(
    organisation: int, units: Collection[int], levels: Collection[str], on: date
) -> list[Assessable]:
    """Return who in these units holds a post of these levels, each once. Two statements.

    Members of the leadership are for the superior body to assess.
    """
    in_force = levels_in_force(organisation, on, None)
    rows = Appointment.objects.filter(
        holding(on),
        in_use(on, "post__"),
        organisation=organisation,
        post__unit__in=units,
        post__is_leadership=False,
    ).order_by("post__unit__order", "post__unit__code", "post__order", "post__code", "pk")
    leaders = set(
        Appointment.objects.filter(
            holding(on), organisation=organisation, post__is_leadership=True
        ).values_list("person", flat=True)
    )
    found: dict[int, Assessable] = {}
    for person, post, unit in rows.values_list("person", "post", "post__unit"):
        given = in_force.get(post)
        if given is None or given.level not in levels or person in leaders:
            continue
        before = found.get(person)
        if before is None or before.rank < given.rank:
            found[person] = Assessable(
                person=person, post=post, unit=unit, level=given.level, rank=given.rank
            )
    return list(found.values())
