"""A survey opens, closes with what it came to, is published, or dropped (五（五）1, 五（五）2)."""

import hashlib
from datetime import date, datetime
from functools import partial

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.audit import actions as audit
from lianfang.audit.actions import Changes
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.actions.closing import fulfil_duty
from lianfang.duties.models import Duty
from lianfang.notices.actions import Telling, tell_all
from lianfang.org.models import Organisation, Person
from lianfang.surveys import box as boxes
from lianfang.surveys.models import Figure, Remark, SealedBox, Survey, SurveySubject
from lianfang.surveys.queries.colleagues import asked_about, invited_people, owners_of
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.rules import figures
from lianfang.surveys.rules.figures import ANYTHING, figures_of, of_subject
from lianfang.surveys.rules.papers import Paper, room_for_papers, room_for_turnout
from lianfang.surveys.rules.states import Act, State, follows

INVITED, PUBLISHED = "surveys.invited", "surveys.published"


class NotNow(Refused):
    """What can't be done with a survey in its state."""


class TooFew(Refused):
    """A survey that could show nothing, for too few are asked."""


class WrongDay(Refused):
    """A last day that is not to come."""


class BoxShut(Refused):
    """The key of a survey's box is gone."""


@transaction.atomic
def open_survey(
    *, survey: Survey, closes_on: date, on: date, by: AbstractBaseUser | None, at: datetime
) -> Survey:
    """Open a survey until a day, and tell those who are asked that there is something.

    Raises NotNow, WrongDay, and TooFew where so few are asked about somebody that nothing could
    ever be shown.
    """
    survey = taken(survey, Act.OPEN)
    if closes_on <= on:
        raise WrongDay(
            Text(f"截止日期应晚于今天（{on}）。", f"The last day has to come after today, {on}.")
        )
    _require_enough(survey)
    _lay_box(survey)
    invited = invited_people(survey)
    tell_all(
        tellings=[
            Telling(
                recipient=person.login_id,
                kind=INVITED,
                url=reverse("surveys:answer", args=[survey.pk]),
            )
            for person in invited
            if person.login_id is not None
        ],
        subject=survey,
        organisation=survey.organisation_id,
        by=by,
        at=at,
    )
    told: Changes = {
        "closes_on": (None, closes_on.isoformat()),
        "people": (None, len(invited)),
    }
    return _moved(survey, Act.OPEN, by, at, told, opened_on=on, closes_on=closes_on)


@transaction.atomic
def close_survey(*, survey: Survey, on: date, by: AbstractBaseUser | None, at: datetime) -> Survey:
    """Count the papers, keep what is big enough to be shown, and destroy the rest with the key.

    Does the open duties that ask for a survey of the subjects, where something can be shown of
    them. Raises NotNow and BoxShut.
    """
    Organisation.objects.select_for_update().get(pk=survey.organisation_id)
    survey = taken(survey, Act.CLOSE)
    box = SealedBox.objects.get(survey=survey)
    try:
        papers = boxes.papers_in(box)
    except boxes.KeyGone as gone:
        raise BoxShut(BOX_SHUT) from gone
    kept = _keep(survey, papers)
    _throw_away(box)
    told: Changes = {
        "answered": (None, len(papers)),
        "figures": (None, len(kept)),
        "figures_digest": (None, _digest(kept)),
    }
    survey = _moved(survey, Act.CLOSE, by, at, told, closed_on=on, answered=len(papers))
    _do_duties(survey, kept, on, by, at)
    return survey


@transaction.atomic
def publish_survey(
    *, survey: Survey, on: date, by: AbstractBaseUser | None, at: datetime
) -> Survey:
    """Open what was counted to the subjects and their control owners. Raises NotNow."""
    survey = taken(survey, Act.PUBLISH)
    shown = set(survey.figures.filter(question=ANYTHING).values_list("group", flat=True))
    subjects = [s for s in survey.subjects.order_by("pk") if of_subject(s.pk) in shown]
    owners = owners_of(subjects, survey.organisation_id, on)
    pages = {(s.person_id, s.pk) for s in subjects} | {(o, s) for s, o in owners.items()}
    logins = dict(
        Person.objects.filter(
            pk__in={person for person, _subject in pages}, login__isnull=False
        ).values_list("pk", "login")
    )
    tell_all(
        tellings=[
            Telling(
                recipient=logins[person],
                kind=PUBLISHED,
                url=reverse("surveys:subject", args=[subject]),
            )
            for person, subject in sorted(pages)
            if person in logins
        ],
        subject=survey,
        organisation=survey.organisation_id,
        by=by,
        at=at,
    )
    return _moved(survey, Act.PUBLISH, by, at, {}, published_on=on)


@transaction.atomic
def drop_survey(
    *, survey: Survey, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Survey:
    """Drop a survey for a reason; what was answered is destroyed unread. Raises NotNow."""
    survey = taken(survey, Act.DROP)
    box = SealedBox.objects.filter(survey=survey).first()
    if box is not None:
        _throw_away(box)
    told: Changes = {"dropped_reason": (None, reason)}
    return _moved(survey, Act.DROP, by, at, told, dropped_reason=reason)


BOX_SHUT = Text(
    "票箱的钥匙已不在（数据库可能是从备份恢复的），已收到的答卷无法打开。请作废本次测评，另行组织。",
    "The key of the box is gone; the database may have been put back from a backup. What was "
    "answered can't be opened any more. Drop this survey and hold another one.",
)


def taken(survey: Survey, act: Act) -> Survey:
    """Return a survey locked until the transaction ends. Raises NotNow."""
    found = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=survey.pk)
    )
    if follows(found.state, act) is None:
        raise NotNow(
            Text(
                f"测评“{found.title}”现在不能这样办理。请刷新页面，查看它的状态。",
                f"This can't be done with the survey “{found.title}” now. Reload the page to see "
                "where it stands.",
            )
        )
    return found


def _moved(
    survey: Survey,
    act: Act,
    by: AbstractBaseUser | None,
    at: datetime,
    told: Changes,
    **values: object,
) -> Survey:
    before = survey.state
    after = follows(before, act) or State(before)
    survey.state = Survey.State(after)
    for name, value in values.items():
        setattr(survey, name, value)
    survey.save(update_fields=["state", *values])
    audit.record(
        at=at,
        by=by,
        action=f"surveys.survey.{_PAST[act]}",
        subject=survey,
        organisation=survey.organisation_id,
        changes={"state": (before, survey.state), **told},
        rule=survey.clause,
    )
    return survey


_PAST = {Act.OPEN: "opened", Act.CLOSE: "closed", Act.PUBLISH: "published", Act.DROP: "dropped"}


def _require_enough(survey: Survey) -> None:
    smallest = int(asked_in(survey).smallest.value)
    for subject in survey.subjects.select_related("person").prefetch_related("invitations"):
        number = len(subject.invitations.all())
        if number < smallest:
            raise TooFew(
                Text(
                    f"“{subject.person.name}”只邀请了 {number} 人，少于 {smallest} 人，结果不会"
                    "公布。请补充受邀人员，或者另行组织。",
                    f"Only {number} are asked about {subject.person.name}; with fewer than "
                    f"{smallest}, nothing would ever be shown. Ask more people.",
                )
            )


def _lay_box(survey: Survey) -> None:
    asked = asked_about(survey)
    rooms = (
        room_for_turnout(len(asked)),
        room_for_papers(list(asked.values()), len(asked_in(survey).questions)),
    )
    box = SealedBox(survey=survey, key_name=boxes.make_key())
    boxes.fill(box, frozenset(), [], rooms)
    box.save(force_insert=True)


def _throw_away(box: SealedBox) -> None:
    """Remove a box; its key goes when that is for good."""
    transaction.on_commit(partial(boxes.destroy_key, box.key_name))
    box.delete()


def _keep(survey: Survey, papers: list[Paper]) -> list[figures.Figure]:
    asked = asked_in(survey)
    units = dict(survey.subjects.order_by("pk").values_list("pk", "unit"))
    kept = figures_of(
        papers, units, [question.code for question in asked.questions], int(asked.smallest.value)
    )
    Figure.objects.bulk_create(
        Figure(
            survey=survey,
            group=each.group,
            question=each.question,
            people=each.people,
            mean=each.mean,
            spread=each.spread,
        )
        for each in kept
    )
    shown = {each.group for each in kept if each.question == ANYTHING}
    texts = [
        Remark(subject_id=subject, text=text)
        for paper in papers
        for subject, text in paper.remarks.items()
        if text and of_subject(subject) in shown
    ]
    Remark.objects.bulk_create(boxes.mixed(texts))
    return kept


def _digest(kept: list[figures.Figure]) -> str:
    return hashlib.sha256(msgspec.json.encode(kept)).hexdigest()


def _do_duties(
    survey: Survey,
    kept: list[figures.Figure],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Note the duties of the subjects as done where the survey has a result for them."""
    people = {each.group: each.people for each in kept if each.question == ANYTHING}
    for subject in SurveySubject.objects.filter(survey=survey).order_by("pk"):
        if of_subject(subject.pk) not in people:
            continue
        open_ones = Duty.objects.filter(
            organisation=survey.organisation_id,
            kind=Duty.Kind.SURVEY,
            state=Duty.State.OPEN,
            opens_on__lte=on,
            person=subject.person_id,
            post=subject.post_id,
        )
        for duty in open_ones.order_by("due_on", "pk"):
            fulfil_duty(
                duty=duty,
                done_on=on,
                evidence=f"测评“{survey.title}”：{people[of_subject(subject.pk)]} 人作答",
                on=on,
                by=by,
                at=at,
            )
