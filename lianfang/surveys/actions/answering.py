"""A colleague answers. Nothing is logged: not who, not when, not what (五（五）1)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Person
from lianfang.surveys import box as boxes
from lianfang.surveys.actions.moving import BOX_SHUT, BoxShut, NotNow
from lianfang.surveys.models import Invitation, SealedBox, Survey
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.rules.papers import LONGEST_REMARK, Paper, is_whole


class AnsweredAlready(Refused):
    """A second paper of the same person."""


class NotWhole(Refused):
    """A paper that leaves something out, or says something that was not asked."""


@transaction.atomic
def answer_survey(
    *,
    survey: Survey,
    person: Person,
    paper: Paper,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Put somebody's paper into the box, once.

    `by` and `at` are taken as every action takes them and written nowhere: the number of those who
    answered enters the log when the survey closes. Both parts of the box are sealed anew. Raises
    NotNow, AnsweredAlready, NotWhole, BoxShut.
    """
    del by, at
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if not survey.is_answered_on(on):
        raise NotNow(
            Text(
                "本次测评已经截止，不再接收答卷。",
                "This survey is over and takes no more answers.",
            )
        )
    _require_whole(survey, person, paper)
    box = SealedBox.objects.select_for_update().get(survey=survey)
    try:
        if person.pk in boxes.people_in(box):
            raise AnsweredAlready(
                Text(
                    "您已经作答过，每人只能作答一次。",
                    "You have answered already; everybody answers once.",
                )
            )
        boxes.add(box, person.pk, paper)
    except boxes.KeyGone as gone:
        raise BoxShut(BOX_SHUT) from gone
    box.save(update_fields=["turnout", "papers"])


def _require_whole(survey: Survey, person: Person, paper: Paper) -> None:
    asked = asked_in(survey)
    invitations = Invitation.objects.filter(subject__survey=survey, person=person)
    subjects = frozenset(invitations.values_list("subject", flat=True))
    shape = (len(asked.questions), len(asked.anchors))
    words_fit = set(paper.remarks) <= subjects and all(
        len(text) <= LONGEST_REMARK for text in paper.remarks.values()
    )
    if not subjects or not words_fit or not is_whole(paper.sheets, subjects, shape):
        raise NotWhole(
            Text(
                "还有没有作答的问题。请逐题选择，说不清的选“说不清”。",
                "Some questions are not answered yet. Choose an answer for each; “can't say” is "
                "one, too.",
            )
        )
