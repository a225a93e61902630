"""Quizzes as pages need them: the questions, and how somebody stands with one."""

from dataclasses import dataclass

from lianfang.learning.models import Activity, Attendance, Question, QuizTry
from lianfang.learning.rules.quiz import tries_left
from lianfang.learning.rules.states import may_try


@dataclass(frozen=True, kw_only=True)
class OwnPart:
    """How somebody stands with an activity: whether they came, and their tries at its quiz."""

    attendance: Attendance | None
    tries: tuple[QuizTry, ...]
    left: int
    may_try: bool

    @property
    def has_passed(self) -> bool:
        """Whether the quiz is passed."""
        return any(one.passed for one in self.tries)


def own_part(activity: Activity, person: int) -> OwnPart:
    """Return how somebody stands with an activity. Two statements; one without a quiz."""
    came = Attendance.objects.filter(activity=activity, person=person, undone_at=None).first()
    if not hasattr(activity, "quiz"):
        return OwnPart(attendance=came, tries=(), left=0, may_try=False)
    tries = tuple(QuizTry.objects.filter(quiz=activity.quiz, person=person).order_by("number"))
    left = tries_left(activity.quiz.tries, len(tries), passed=any(one.passed for one in tries))
    return OwnPart(
        attendance=came,
        tries=tries,
        left=left,
        may_try=left > 0 and may_try(activity.kind, activity.state, has_come=came is not None),
    )


def questions_of(activity: Activity) -> list[Question]:
    """Return the questions of an activity's quiz, in their order. One statement."""
    return list(Question.objects.filter(quiz__activity=activity).order_by("order"))
