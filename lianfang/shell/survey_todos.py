"""What surveys ask of somebody: to answer, and of those who hold them to go on (五（五）1)."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.org.standing import Standing
from lianfang.shell.todo import Todo
from lianfang.surveys import access
from lianfang.surveys.models import Survey
from lianfang.surveys.queries import todos as surveys


def surveys_to_answer(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever is invited to a survey to answer it."""
    if not standing.is_staff:
        return ()
    return tuple(
        Todo(
            kind=_("测评"),
            icon="chart",
            title=gettext("作答廉洁履责测评"),
            reason=gettext("匿名；答卷与姓名分开密封，统计后销毁。"),
            clause=due.survey.clause,
            due=due.due_on,
            act=_("去作答"),
            url=reverse("surveys:answer", args=[due.survey.pk]),
        )
        for due in surveys.to_answer(standing, access.surveys_to_answer(standing))
    )


def surveys_to_move_on(standing: Standing) -> tuple[Todo, ...]:
    """Ask those who hold a survey to close it once it is over, and to publish what it came to."""
    if not access.bodies_held_for(standing):
        return ()
    return tuple(
        Todo(
            kind=_("测评"),
            icon="chart",
            title=_next(due.survey),
            reason=gettext("截止后统计；公布后，测评对象本人和其防控责任人才能查看。"),
            clause=due.survey.clause,
            due=due.due_on,
            act=_("去办理"),
            url=reverse("surveys:survey", args=[due.survey.pk]),
        )
        for due in surveys.to_move_on(standing, access.surveys_held_by(standing))
    )


def _next(survey: Survey) -> str:
    if survey.state == Survey.State.CLOSED:
        return gettext("公布廉洁履责测评的结果")
    return gettext("结束廉洁履责测评并统计")
