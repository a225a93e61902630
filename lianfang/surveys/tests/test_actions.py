"""Surveys are planned, opened, answered once each, counted and published; refusals stand."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from lianfang.audit.models import Event
from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.notices.models import Notice
from lianfang.org import actions as org
from lianfang.org.models import Appointment
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast
from lianfang.surveys import box as boxes
from lianfang.surveys import jobs
from lianfang.surveys.actions import moving, planning
from lianfang.surveys.actions.answering import AnsweredAlready, NotWhole, answer_survey
from lianfang.surveys.actions.planning import Plan, plan_survey
from lianfang.surveys.models import Figure, Invitation, Remark, SealedBox, Survey
from lianfang.surveys.rules.figures import WHOLE, of_subject
from lianfang.surveys.rules.papers import LONGEST_REMARK, Paper
from lianfang.surveys.tests.making import (
    COLLEAGUES,
    LAST,
    QUESTIONS,
    answered,
    closed,
    opened,
    planned,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def plan_about(cast: Cast, *parts: str, held_by: Survey.HeldBy) -> Survey:
    seats = Appointment.objects.filter(person__in=[cast.people[part] for part in parts])
    return plan_survey(
        organisation=cast.organisation,
        plan=Plan(
            title="测评",
            held_by=held_by,
            seats=list(seats.select_related("person", "post").order_by("pk")),
        ),
        scheme=scheme_of(cast.organisation, ON),
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def invited_about(survey: Survey, part: str, cast: Cast) -> set[str]:
    found = Invitation.objects.filter(subject__survey=survey, subject__person=cast.people[part])
    return set(found.values_list("person__name", flat=True))


def test_colleagues_of_the_unit_are_proposed(cast: Cast) -> None:
    survey = plan_about(cast, "clerk", held_by=Survey.HeldBy.DISCIPLINE_OFFICE)
    assert survey.state == Survey.State.DRAFT
    assert invited_about(survey, "clerk", cast) == {"head"}
    survey = plan_about(cast, "overseer", held_by=Survey.HeldBy.DISCIPLINE_OFFICE)
    # not the officer of the same unit, who holds the survey
    assert invited_about(survey, "overseer", cast) == {"office"}


def test_a_survey_is_about_somebody(cast: Cast) -> None:
    with pytest.raises(planning.NobodyAsked):
        plan_about(cast, held_by=Survey.HeldBy.DISCIPLINE_OFFICE)


def test_the_office_surveys_others_and_is_surveyed_by_who_oversees_it(cast: Cast) -> None:
    with pytest.raises(planning.OwnSurvey):
        plan_about(cast, "officer", held_by=Survey.HeldBy.DISCIPLINE_OFFICE)
    with pytest.raises(planning.OwnSurvey):
        plan_about(cast, "clerk", held_by=Survey.HeldBy.DISCIPLINE_OVERSIGHT)
    found = plan_about(cast, "officer", held_by=Survey.HeldBy.DISCIPLINE_OVERSIGHT)
    assert found.subjects.get().person == cast.people["officer"]


@pytest.mark.parametrize("part", ["clerk", "officer"])
def test_neither_the_subject_nor_who_holds_it_is_invited(cast: Cast, part: str) -> None:
    subject = planned(cast).subjects.select_related("survey", "person").get()
    with pytest.raises(planning.OwnSurvey):
        planning.invite(
            subject=subject, people=[cast.people[part]], on=ON, by=cast.logins["officer"], at=AT
        )


def test_opening_tells_those_who_are_asked_that_there_is_something(cast: Cast) -> None:
    survey = opened(cast)
    assert survey.state == Survey.State.OPEN
    told = Notice.objects.filter(kind=moving.INVITED)
    assert {notice.recipient for notice in told} == {cast.logins[part] for part in COLLEAGUES}
    assert SealedBox.objects.get().survey == survey


def test_a_survey_with_too_few_asked_is_not_opened(cast: Cast) -> None:
    survey = planned(cast, invited=COLLEAGUES[:4])
    with pytest.raises(moving.TooFew):
        moving.open_survey(survey=survey, closes_on=LAST, on=ON, by=None, at=AT)
    assert not SealedBox.objects.exists()


def test_a_survey_is_open_for_a_day_at_least(cast: Cast) -> None:
    with pytest.raises(moving.WrongDay):
        moving.open_survey(survey=planned(cast), closes_on=ON, on=ON, by=None, at=AT)


def test_nobody_is_invited_once_it_is_open(cast: Cast) -> None:
    subject = opened(cast).subjects.select_related("survey", "person").get()
    with pytest.raises(moving.NotNow):
        planning.invite(subject=subject, people=[], on=ON, by=cast.logins["officer"], at=AT)


def test_everybody_answers_once(cast: Cast) -> None:
    survey = opened(cast)
    answered(cast, survey, "head")
    with pytest.raises(AnsweredAlready):
        answered(cast, survey, "head", 1)
    box = SealedBox.objects.get()
    assert boxes.people_in(box) == {cast.people["head"].pk}
    assert [set(paper.sheets.values()) for paper in boxes.papers_in(box)] == [{(4,) * QUESTIONS}]


def test_whoever_is_not_invited_has_nothing_to_answer(cast: Cast) -> None:
    survey = opened(cast)
    with pytest.raises(NotWhole):
        answered(cast, survey, "clerk")


def test_a_paper_with_too_many_words_is_refused(cast: Cast) -> None:
    survey = opened(cast)
    with pytest.raises(NotWhole):
        answered(cast, survey, "head", remark="长" * (LONGEST_REMARK + 1))
    answered(cast, survey, "head", remark="长" * LONGEST_REMARK)


def test_a_paper_about_somebody_else_is_refused(cast: Cast) -> None:
    survey = opened(cast)
    with pytest.raises(NotWhole):
        answer_survey(
            survey=survey,
            person=cast.people["head"],
            paper=Paper(sheets={0: (4,) * QUESTIONS}),
            on=ON,
            by=cast.logins["head"],
            at=AT,
        )


def test_answers_are_taken_until_the_last_day(cast: Cast) -> None:
    survey = opened(cast)
    answered(cast, survey, "head", on=LAST)
    with pytest.raises(moving.NotNow):
        answered(cast, survey, "deputy", on=LAST + timedelta(days=1))


def test_all_places_of_the_box_hold_the_longest_papers(cast: Cast) -> None:
    survey = opened(cast, about=("clerk", "colleague"))
    for part in COLLEAGUES:
        answered(cast, survey, part, remark="𠮷" * LONGEST_REMARK)
    assert len(boxes.papers_in(SealedBox.objects.get())) == len(COLLEAGUES)


def test_closing_keeps_figures_and_words_and_nothing_else(cast: Cast) -> None:
    survey = closed(cast)
    subject = survey.subjects.get()
    assert (survey.state, survey.answered) == (Survey.State.CLOSED, 6)
    groups = {figure.group for figure in Figure.objects.all()}
    assert groups == {of_subject(subject.pk), f"unit:{subject.unit_id}", WHOLE}
    figure = Figure.objects.get(group=of_subject(subject.pk), question="gifts")
    assert (figure.people, figure.mean, figure.spread) == (6, 4.0, 0.0)
    assert {remark.text for remark in Remark.objects.all()} == {f"有话说：{p}" for p in COLLEAGUES}
    assert not SealedBox.objects.exists()


def test_under_five_answers_leave_nothing_behind(cast: Cast) -> None:
    survey = opened(cast)
    for part in COLLEAGUES[:4]:
        answered(cast, survey, part, remark="有话说")
    survey = moving.close_survey(survey=survey, on=LAST, by=None, at=AT)
    assert survey.answered == 4
    assert not Figure.objects.exists()
    assert not Remark.objects.exists()


def survey_owed(cast: Cast, **values: object) -> Duty:
    return owed(
        cast,
        kind=Duty.Kind.SURVEY,
        origin=Duty.Origin.DRAW,
        rule="survey_medium",
        actor=None,
        actor_role=Duty.ActorRole.DISCIPLINE_OFFICE,
        **values,
    )


def test_closing_does_the_duties_that_ask_for_a_survey_of_the_subject(cast: Cast) -> None:
    mine, later = (
        survey_owed(cast),
        survey_owed(cast, opens_on=LAST + timedelta(days=1), due_on=LAST + timedelta(days=2)),
    )
    other = survey_owed(cast, person=cast.people["colleague"], post=cast.posts["PSG"])
    closed(cast)
    states = dict(Duty.objects.values_list("pk", "state"))
    assert states == {mine.pk: "done", later.pk: "open", other.pk: "open"}
    mine.refresh_from_db()
    assert (mine.closed_on, mine.evidence) == (LAST, "测评“2026 年廉洁履责测评”：6 人作答")


def test_a_survey_without_a_result_does_no_duty(cast: Cast) -> None:
    duty = survey_owed(cast)
    survey = opened(cast)
    answered(cast, survey, "head")
    moving.close_survey(survey=survey, on=LAST, by=None, at=AT)
    duty.refresh_from_db()
    assert duty.state == Duty.State.OPEN


def test_publishing_tells_the_subject_and_the_control_owner(cast: Cast) -> None:
    survey = published(cast)
    assert (survey.state, survey.published_on) == (Survey.State.PUBLISHED, LAST)
    told = Notice.objects.filter(kind=moving.PUBLISHED)
    assert {notice.recipient for notice in told} == {cast.logins["clerk"], cast.logins["head"]}


def test_a_closed_survey_neither_opens_nor_closes_again(cast: Cast) -> None:
    survey = closed(cast)
    with pytest.raises(moving.NotNow):
        moving.close_survey(survey=survey, on=LAST, by=None, at=AT)
    with pytest.raises(moving.NotNow):
        moving.open_survey(survey=survey, closes_on=LAST, on=ON, by=None, at=AT)
    with pytest.raises(moving.NotNow):
        moving.drop_survey(survey=survey, reason="不办了", by=None, at=AT)


def test_dropping_destroys_what_was_answered(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    survey = opened(cast)
    answered(cast, survey, "head")
    box = SealedBox.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        moving.drop_survey(survey=survey, reason="名单有误", by=None, at=AT)
    assert not SealedBox.objects.exists()
    with pytest.raises(boxes.KeyGone):
        boxes.papers_in(box)


def test_without_its_key_a_survey_can_only_be_dropped(cast: Cast) -> None:
    survey = opened(cast)
    boxes.destroy_key(SealedBox.objects.get().key_name)
    with pytest.raises(moving.BoxShut):
        answered(cast, survey, "head")
    with pytest.raises(moving.BoxShut):
        moving.close_survey(survey=survey, on=LAST, by=None, at=AT)
    moving.drop_survey(survey=survey, reason="恢复了备份", by=None, at=AT)
    assert not SealedBox.objects.exists()


def test_the_night_destroys_keys_without_a_box_and_no_other(cast: Cast) -> None:
    opened(cast)
    stray = boxes.make_key()
    jobs.run(AT - timedelta(days=36500))
    assert stray in boxes.keys_made_before(AT + timedelta(days=36500))
    jobs.run(AT + timedelta(days=36500))
    kept = boxes.keys_made_before(AT + timedelta(days=36500))
    assert stray not in kept
    assert SealedBox.objects.get().key_name in kept


def test_every_step_but_an_answer_is_in_the_log(cast: Cast) -> None:
    published(cast)
    found = Event.objects.filter(action__startswith="surveys.").order_by("position")
    assert [event.action.rsplit(".", 1)[1] for event in found] == [
        "planned",
        "invited",
        "opened",
        "closed",
        "published",
    ]
    assert {event.rule for event in found} == {"五（五）1"}


def test_a_newcomer_can_be_asked_once_they_have_a_login(cast: Cast) -> None:
    person = org.create_person(
        organisation=cast.organisation, code="900", name="newcomer", by=None, at=AT
    )
    org.appoint(person=person, post=cast.posts["CWG"], from_on=SINCE, by=None, at=AT)
    survey = plan_about(cast, "head", held_by=Survey.HeldBy.DISCIPLINE_OFFICE)
    assert invited_about(survey, "head", cast) == {"clerk"}
