"""A survey is planned: about whom it is, and who is asked (五（五）1, 五（五）2)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Appointment, Body, Organisation, Person
from lianfang.scheme.model import Scheme
from lianfang.surveys.actions.moving import taken
from lianfang.surveys.models import Invitation, Survey, SurveySubject
from lianfang.surveys.queries.colleagues import colleagues_of, holders_of, members_of
from lianfang.surveys.rules.inviting import Colleague, may_be_asked, proposed
from lianfang.surveys.rules.states import Act


class NobodyAsked(Refused):
    """A survey about nobody."""


class OwnSurvey(Refused):
    """An office would hold a survey about its own people, or answer its own."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a survey is called, who holds it, and about whom it is, each in a post held today."""

    title: str
    held_by: Survey.HeldBy
    seats: Sequence[Appointment]


@transaction.atomic
def plan_survey(
    *,
    organisation: Organisation,
    plan: Plan,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Survey:
    """Plan a survey, and propose for each subject who is asked.

    Raises NobodyAsked and OwnSurvey. The statements don't grow with the people.
    """
    _require_others(organisation, plan, on)
    survey = Survey.objects.create(
        organisation=organisation,
        title=plan.title,
        held_by=plan.held_by,
        planned_by_id=by.pk if by else None,
        planned_at=at,
        **_questionnaire_of(scheme),
    )
    subjects = SurveySubject.objects.bulk_create(
        SurveySubject(survey=survey, person=seat.person, post=seat.post, unit_id=seat.post.unit_id)
        for seat in plan.seats
    )
    _propose(survey, subjects, int(scheme.survey.invited.value), on)
    audit.record(
        at=at,
        by=by,
        action="surveys.survey.planned",
        subject=survey,
        organisation=organisation.pk,
        changes={
            "title": (None, survey.title),
            "held_by": (None, survey.held_by),
            "subjects": (None, [seat.person.name for seat in plan.seats]),
        },
        rule=survey.clause,
    )
    return survey


@transaction.atomic
def invite(
    *,
    subject: SurveySubject,
    people: Collection[Person],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> SurveySubject:
    """Ask these people about a subject, and nobody else. Raises NotNow and OwnSurvey."""
    survey = taken(subject.survey, Act.CHANGE)
    holders = holders_of(survey, on)
    if any(not may_be_asked(person.pk, subject.person_id, holders) for person in people):
        raise OwnSurvey(
            Text(
                "测评对象本人和组织测评的人员不能作答，请从名单中去掉。",
                "Neither the person it is about nor those who hold the survey answer it. Take "
                "them off the list.",
            )
        )
    before = sorted(subject.invitations.values_list("person__name", flat=True))
    subject.invitations.all().delete()
    Invitation.objects.bulk_create(
        Invitation(subject=subject, person=person)
        for person in sorted(people, key=lambda person: person.pk)
    )
    audit.record(
        at=at,
        by=by,
        action="surveys.survey.invited",
        subject=survey,
        organisation=survey.organisation_id,
        changes={
            "about": (None, subject.person.name),
            "invited": (before, sorted(person.name for person in people)),
        },
        rule=survey.clause,
    )
    return subject


def _questionnaire_of(scheme: Scheme) -> dict[str, Any]:
    return {
        "scheme_version": scheme.version,
        "clause": scheme.survey.clause.section,
        "questionnaire": msgspec.to_builtins(scheme.survey),
    }


def _propose(survey: Survey, subjects: Sequence[SurveySubject], number: int, on: date) -> None:
    colleagues = colleagues_of(survey.organisation, on)
    holders, load = holders_of(survey, on), dict[int, int]()
    made = []
    for subject in subjects:
        nobody = Colleague(person=subject.person_id, units=frozenset(), powers=frozenset())
        for person in proposed(
            list(colleagues.values()),
            about=colleagues.get(subject.person_id, nobody),
            holders=holders,
            number=number,
            load=load,
        ):
            load[person] = load.get(person, 0) + 1
            made.append(Invitation(subject=subject, person_id=person))
    Invitation.objects.bulk_create(made)


def _require_others(organisation: Organisation, plan: Plan, on: date) -> None:
    if not plan.seats:
        raise NobodyAsked(
            Text("请选择至少一位测评对象。", "Choose at least one person the survey is about.")
        )
    office = members_of(organisation.pk, Body.Kind.DISCIPLINE_OFFICE, on)
    own = members_of(organisation.pk, Body.Kind(plan.held_by), on)
    about = {seat.person_id for seat in plan.seats}
    if about & own:
        raise OwnSurvey(
            Text(
                "不能组织对本机构成员的测评。纪检监察室成员的测评由对其监督的机构组织。",
                "No body holds a survey about its own members. One about the discipline office "
                "is held by the body that oversees it.",
            )
        )
    if plan.held_by == Survey.HeldBy.DISCIPLINE_OVERSIGHT and not about <= office:
        raise OwnSurvey(
            Text(
                "监督机构只组织对纪检监察室成员的测评，其他人员由纪检监察室组织。",
                "The overseeing body holds surveys about the discipline office alone; those about "
                "others are held by the office.",
            )
        )
