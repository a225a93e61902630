"""Surveys of the example: one published, with somebody too few answered about, and one open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Appointment, Organisation, Person, holding
from lianfang.org.queries.numbers import written_scheme
from lianfang.surveys.actions.answering import answer_survey
from lianfang.surveys.actions.moving import close_survey, open_survey, publish_survey
from lianfang.surveys.actions.planning import Plan, invite, plan_survey
from lianfang.surveys.models import Survey, SurveySubject
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.rules.papers import Paper

# about whom, and by which logins it is answered; about the last one too few answer
_ASKED = {
    "1901": ("assessor", "acting", "section", "leader", "overseer", "office", "clerk"),
    "1604": ("head", "acting", "leader", "overseer", "office", "clerk"),
    "2101": ("head", "assessor", "section", "leader", "office"),
}
_SILENT = "section"
_RUNNING = {
    "1306": ("head", "assessor", "acting", "section", "leader", "overseer", "office"),
    "2501": ("secretary", "director", "leader", "overseer", "office", "head"),
}
_STEPS = (5, 5, 4, 5, 4, 5, 4, 3, 4, 5, 5, 4, 0)
_REMARKS = {
    "overseer": "派组前能主动问有没有要回避的情况，这一点做得细。",
    "office": "希望把派组的理由写得再具体一些，方便事后核对。",
    "clerk": "办事按流程来，催得急的时候也不跳环节。",
}


@dataclass(frozen=True, kw_only=True)
class _Held:
    """A survey of the example by its title, held by the officer."""

    organisation: Organisation
    logins: dict[str, User]
    title: str
    asked: Mapping[str, Sequence[str]]

    @property
    def survey(self) -> Survey:
        return Survey.objects.get(organisation=self.organisation, title=self.title)

    def plan(self, at: datetime) -> None:
        on, officer = at.date(), self.logins["officer"]
        seats = Appointment.objects.filter(
            holding(on), organisation=self.organisation, person__code__in=self.asked
        ).select_related("person", "post")
        first = {seat.person.code: seat for seat in seats.order_by("-kind", "-pk")}
        survey = plan_survey(
            organisation=self.organisation,
            plan=Plan(
                title=self.title,
                held_by=Survey.HeldBy.DISCIPLINE_OFFICE,
                seats=[first[code] for code in self.asked],
            ),
            scheme=written_scheme(self.organisation.scheme),
            on=on,
            by=officer,
            at=at,
        )
        for subject in survey.subjects.select_related("survey", "person").order_by("pk"):
            people = Person.objects.filter(login__username__in=self.asked[subject.person.code])
            invite(subject=subject, people=list(people), on=on, by=officer, at=at)

    def open(self, days: int, at: datetime) -> None:
        open_survey(
            survey=self.survey,
            closes_on=at.date() + timedelta(days=days),
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def answer(self, username: str, place: int, at: datetime) -> None:
        """Answer with steps that differ from one to the next, and sometimes with words."""
        survey, by = self.survey, self.logins[username]
        person = Person.objects.get(login=by)
        subjects = SurveySubject.objects.filter(survey=survey, invitations__person=person)
        keys = list(subjects.order_by("pk").values_list("pk", flat=True))
        number = len(asked_in(survey).questions)
        words = _REMARKS.get(username)
        answer_survey(
            survey=survey,
            person=person,
            paper=Paper(
                sheets={
                    key: tuple(
                        _STEPS[(place * 3 + n * 5 + row) % len(_STEPS)] for n in range(number)
                    )
                    for row, key in enumerate(keys)
                },
                remarks={keys[0]: words} if words else {},
            ),
            on=at.date(),
            by=by,
            at=at,
        )

    def close(self, at: datetime) -> None:
        close_survey(survey=self.survey, on=at.date(), by=self.logins["officer"], at=at)

    def publish(self, at: datetime) -> None:
        publish_survey(survey=self.survey, on=at.date(), by=self.logins["officer"], at=at)


def deeds_of_surveys(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Let the officer hold one survey to its end and open another, which two have answered."""
    moment, year = calendar.moment, calendar.on.year
    held = partial(_Held, organisation=organisation, logins=logins)
    done = held(title=f"{year} 年第一批廉洁履责测评", asked=_ASKED)
    running = held(title=f"{year} 年第二批廉洁履责测评", asked=_RUNNING)
    answering = [name for name in _asked_in(_ASKED) if name != _SILENT]
    return [
        Deed(moment(30, 9), done.plan),
        Deed(moment(29, 9), partial(done.open, 10)),
        *(
            Deed(moment(28, 9, place), partial(done.answer, username, place))
            for place, username in enumerate(answering)
        ),
        Deed(moment(18, 9), done.close),
        Deed(moment(17, 9), done.publish),
        Deed(moment(6, 9, 30), running.plan),
        Deed(moment(5, 8, 30), partial(running.open, 14)),
        *(
            Deed(moment(5, 9, 10 + place), partial(running.answer, username, place))
            for place, username in enumerate(("assessor", "overseer"))
        ),
    ]


def _asked_in(asked: Mapping[str, Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(name for names in asked.values() for name in names))
