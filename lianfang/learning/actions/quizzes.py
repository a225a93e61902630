"""A quiz is written, and taken; whoever passes has the hours (二)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.learning.actions.attending import attend, day_of
from lianfang.learning.actions.counting import count_hours
from lianfang.learning.actions.parts import locked_activity, locked_organisation, note
from lianfang.learning.models import Activity, Attendance, Question, Quiz, QuizTry
from lianfang.learning.rules.quiz import is_passed, mark, read_quiz, tries_left
from lianfang.learning.rules.states import may_try
from lianfang.org.models import Person


class QuizTaken(Refused):
    """A quiz that somebody took already, or of an activity that is over."""


class NotYourTurn(Refused):
    """Somebody takes a quiz who may not: not there, not open, passed, or no try is left."""


@transaction.atomic
def write_quiz(
    *,
    activity: Activity,
    text: str,
    pass_mark: int,
    tries: int,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Quiz:
    """Write the quiz of an activity, in place of the one before. Raises QuizRefused, QuizTaken."""
    questions = read_quiz(text)
    activity = locked_activity(activity)
    if (
        activity.state not in (Activity.State.PLANNED, Activity.State.OPEN)
        or activity.attendances.filter(undone_at=None).exists()
        or QuizTry.objects.filter(quiz__activity=activity).exists()
    ):
        raise QuizTaken(
            Text(
                f"“{activity.title}”已有人签到、答题或已经结束，测验不能再改。",
                f"Somebody has come to or been examined on “{activity.title}”, or it is over, so "
                "its quiz stays as it is.",
            )
        )
    quiz, _is_new = Quiz.objects.update_or_create(
        activity=activity, defaults={"pass_mark": pass_mark, "tries": tries}
    )
    quiz.questions.all().delete()
    Question.objects.bulk_create(
        Question(
            quiz=quiz,
            order=place,
            text=asked.text,
            options=list(asked.options),
            right=sorted(asked.right),
        )
        for place, asked in enumerate(questions)
    )
    told = {
        "questions": (None, len(questions)),
        "pass_mark": (None, pass_mark),
        "tries": (None, tries),
    }
    note("quiz.written", activity, activity.organisation_id, by, at, told)
    return quiz


@transaction.atomic
def take_quiz(
    *,
    activity: Activity,
    person: Person,
    answers: Sequence[Collection[int]],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> QuizTry:
    """Mark somebody's answers; passing gives the hours, from afar also that they took part.

    Raises NotYourTurn. The log tells the score, not the answers.
    """
    locked_organisation(activity.organisation_id)
    activity = locked_activity(activity)
    quiz = Quiz.objects.get(activity=activity)
    has_come = activity.attendances.filter(person=person, undone_at=None).exists()
    before = list(QuizTry.objects.filter(quiz=quiz, person=person).order_by("number"))
    left = tries_left(quiz.tries, len(before), passed=any(one.passed for one in before))
    if not may_try(activity.kind, activity.state, has_come=has_come) or not left:
        raise NotYourTurn(
            Text(
                "现在不能答题：还没有签到、活动没有开放、已经合格或次数已用完。",
                "You can't take this quiz now: you have not signed in, it is not open, you passed "
                "it, or no try is left.",
            )
        )
    asked = [question.asked for question in quiz.questions.order_by("order")]
    score = mark(asked, answers)
    made = QuizTry.objects.create(
        quiz=quiz,
        person=person,
        number=len(before) + 1,
        answers=[sorted(set(answer)) for answer in answers],
        score=score,
        passed=is_passed(score, quiz.pass_mark),
        taken_at=at,
    )
    told = {"person": (None, person.name)}
    sealed = {"score": (None, score), "passed": (None, made.passed)}
    note("quiz.taken", activity, activity.organisation_id, by, at, told, sealed)
    if made.passed:
        _count(activity, person, on, by, at, has_come=has_come)
    return made


def _count(
    activity: Activity,
    person: Person,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    *,
    has_come: bool,
) -> None:
    if not has_come:
        attend(activity, person, Attendance.Way.QUIZ, on, by, at)
        return
    count_hours(
        person=person,
        year=activity.plan.year,
        done_on=day_of(activity, at),
        on=on,
        by=by,
        at=at,
    )
