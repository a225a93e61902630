"""The page on which a colleague answers, and the one that thanks them (五（五）1).

Neither page writes a message, a log line or anything to the session.
"""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.org.access import standing_for
from lianfang.surveys import access
from lianfang.surveys.actions.answering import AnsweredAlready, answer_survey
from lianfang.surveys.forms.answering import AnswerForm
from lianfang.surveys.queries.answering import has_answered, subjects_for
from lianfang.surveys.queries.questionnaire import asked_in


@both
def answer(request: AppRequest, survey_id: int) -> HttpResponse:
    """Ask about everybody on one page, and take the answers once."""
    standing = standing_for(request)
    found = access.get_survey_for(standing, survey_id, to="answer")
    thanks = reverse("surveys:thanks", args=[survey_id])
    if has_answered(found, standing):
        return go(request, thanks)
    if not found.is_answered_on(standing.on):
        return render_page(request, "surveys/over.html", {"survey": found})
    asked, subjects = asked_in(found), subjects_for(found, standing)
    form = AnswerForm(**bound(request), subjects=subjects, asked=asked, language=language_now())
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            try:
                answer_survey(
                    survey=found,
                    person=request.user.person,
                    paper=form.paper(),
                    on=standing.on,
                    by=request.user,
                    at=request.at,
                )
                return go(request, thanks)
            except AnsweredAlready:
                return go(request, thanks)
            except Refused as refused:
                form.add_error(None, refused.sentence(language_now()))
    context: dict[str, object] = {
        "survey": found,
        "asked": asked,
        "smallest": int(asked.smallest.value),
        "form": form,
        "left": sum(bool(field.errors) for sheet in form.sheets for field in sheet.questions),
    }
    return render_page(request, "surveys/answer.html", context, status=status)


@require_GET
def thanks(request: AppRequest, survey_id: int) -> HttpResponse:
    """Thank whoever answered, and say what happens next; others are led to the questions."""
    standing = standing_for(request)
    found = access.get_survey_for(standing, survey_id, to="answer")
    if found.is_answered_on(standing.on) and not has_answered(found, standing):
        return HttpResponseRedirect(reverse("surveys:answer", args=[survey_id]))
    if not found.is_answered_on(standing.on):
        return render_page(request, "surveys/over.html", {"survey": found})
    smallest = int(asked_in(found).smallest.value)
    context = {"survey": found, "smallest": smallest, "title": _("谢谢您的作答")}
    return render_page(request, "surveys/thanks.html", context)
