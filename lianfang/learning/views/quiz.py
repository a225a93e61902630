"""The quiz of an activity: written by its organiser, taken by those who learn (二)."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.learning import access
from lianfang.learning.actions import quizzes as actions
from lianfang.learning.actions.parts import CLAUSE
from lianfang.learning.forms.cases import AnswersForm, QuizForm
from lianfang.learning.models import Activity, QuizTry
from lianfang.learning.queries.quizzes import own_part, questions_of
from lianfang.learning.rules.quiz import written_quiz
from lianfang.org.access import standing_for


@both
def quiz(request: AppRequest, activity_id: int) -> HttpResponse:
    """Take the quiz of an activity."""
    standing = standing_for(request)
    found = access.get_quizzed_for(standing, activity_id)
    person, part = access.person_of(standing), own_part(found, standing.person_id or 0)
    form = AnswersForm(**bound(request), questions=questions_of(found))
    taken: list[QuizTry] = []

    def then() -> str:
        made = taken[0]
        if made.passed:
            said = _("得分 %(score)s，合格。") % {"score": made.score}
            messages.success(request, said)
            return _page(found)
        said = _("得分 %(score)s，没有达到 %(mark)s。") % {
            "score": made.score,
            "mark": found.quiz.pass_mark,
        }
        messages.warning(request, said)
        return _page(found)

    return act(
        request,
        form,
        lambda: taken.append(
            actions.take_quiz(
                activity=found,
                person=person,
                answers=form.answers(),
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        ),
        title=_("测验"),
        sub=found.title,
        clause=CLAUSE,
        then=_page(found),
        said=_("答卷已交。"),
        page="learning/quiz.html",
        more={"activity": found, "part": part},
        after=then,
    )


@both
def quiz_write(request: AppRequest, activity_id: int) -> HttpResponse:
    """Write the quiz of an activity."""
    found = access.get_activity_for(standing_for(request), activity_id, to="organise")
    form = QuizForm(**bound(request), initial=_initial(found))
    return act(
        request,
        form,
        lambda: actions.write_quiz(
            activity=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("编写测验"),
        sub=found.title,
        clause=CLAUSE,
        then=_page(found),
    )


def _initial(found: Activity) -> dict[str, object]:
    if not hasattr(found, "quiz"):
        return {}
    return {
        "text": written_quiz([question.asked for question in questions_of(found)]),
        "pass_mark": found.quiz.pass_mark,
        "tries": found.quiz.tries,
    }


def _page(found: Activity) -> str:
    return reverse("learning:activity", args=[found.pk])
