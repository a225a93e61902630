"""Surveys of the small organisation, as they come about: planned, opened, answered, closed."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from lianfang.org.models import Appointment
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.surveys.actions.answering import answer_survey
from lianfang.surveys.actions.moving import close_survey, open_survey, publish_survey
from lianfang.surveys.actions.planning import Plan, invite, plan_survey
from lianfang.surveys.models import Survey, SurveySubject
from lianfang.surveys.rules.papers import Paper

COLLEAGUES = ("secretary", "deputy", "head", "colleague", "office", "overseer")
LAST = ON + timedelta(days=10)
QUESTIONS = 10


def planned(
    cast: Cast, about: Sequence[str] = ("clerk",), invited: Iterable[str] = COLLEAGUES
) -> Survey:
    """Return a survey by the officer in which these are asked about each of the others."""
    seats = Appointment.objects.filter(person__in=[cast.people[part] for part in about])
    survey = plan_survey(
        organisation=cast.organisation,
        plan=Plan(
            title="2026 年廉洁履责测评",
            held_by=Survey.HeldBy.DISCIPLINE_OFFICE,
            seats=list(seats.select_related("person", "post").order_by("pk")),
        ),
        scheme=scheme_of(cast.organisation, ON),
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )
    asked = list(invited)
    for subject in survey.subjects.select_related("survey", "person"):
        invite(
            subject=subject,
            people=[cast.people[p] for p in asked if cast.people[p].pk != subject.person_id],
            on=ON,
            by=cast.logins["officer"],
            at=AT,
        )
    return survey


def opened(cast: Cast, *, closes_on: date = LAST, **about: Sequence[str]) -> Survey:
    """Return such a survey, open for ten days."""
    return open_survey(
        survey=planned(cast, **about), closes_on=closes_on, on=ON, by=cast.logins["officer"], at=AT
    )


def answered(
    cast: Cast, survey: Survey, part: str, step: int = 4, *, remark: str = "", on: date = ON
) -> None:
    """Let somebody give the same step to every question about everybody they are asked about."""
    asked = SurveySubject.objects.filter(survey=survey, invitations__person=cast.people[part])
    keys = list(asked.values_list("pk", flat=True))
    answer_survey(
        survey=survey,
        person=cast.people[part],
        paper=Paper(
            sheets=dict.fromkeys(keys, (step,) * QUESTIONS),
            remarks={key: remark for key in keys if remark},
        ),
        on=on,
        by=cast.logins[part],
        at=AT,
    )


def closed(cast: Cast, **about: Sequence[str]) -> Survey:
    """Return such a survey, answered by everybody and closed."""
    survey = open_survey(
        survey=planned(cast, **about), closes_on=LAST, on=ON, by=cast.logins["officer"], at=AT
    )
    for part in about.get("invited", COLLEAGUES):
        answered(cast, survey, part, remark=f"有话说：{part}")
    return close_survey(survey=survey, on=LAST, by=cast.logins["officer"], at=AT)


def published(cast: Cast, **about: Sequence[str]) -> Survey:
    """Return such a survey, open to its subjects and their control owners."""
    survey = closed(cast, **about)
    return publish_survey(survey=survey, on=LAST, by=cast.logins["officer"], at=AT)
