"""What surveys came to: one subject's page, the workbook, and papers to print (五（五）1)."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import as_download
from lianfang.org.access import standing_for
from lianfang.org.standing import Standing
from lianfang.surveys import access
from lianfang.surveys.exchange.papers import subject_paper, survey_paper
from lianfang.surveys.exchange.workbook import results_workbook
from lianfang.surveys.models import Survey
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.queries.results import remarks_about, result_of, results_of


@require_GET
def subject(request: AppRequest, subject_id: int) -> HttpResponse:
    """Show what came out about somebody; free words to those who hold the survey alone."""
    standing = standing_for(request)
    found = access.get_subject_for(standing, subject_id)
    reads = access.may_read_remarks(standing, found)
    asked = asked_in(found.survey)
    context: dict[str, object] = {
        "subject": found,
        "survey": found.survey,
        "asked": asked,
        "smallest": int(asked.smallest.value),
        "result": result_of(found),
        "holds": reads,
        "remarks": remarks_about(found) if reads else [],
    }
    return render_page(request, "surveys/subject.html", context)


@require_GET
def subject_print(request: AppRequest, subject_id: int) -> HttpResponseBase:
    """Give what came out about somebody as a PDF, without free words."""
    standing = standing_for(request)
    found = access.get_subject_for(standing, subject_id)
    result = result_of(found)
    if result is None:
        raise Http404
    content, name = subject_paper(found, result, on=standing.on)
    return as_download(content, name)


@require_GET
def survey_export(request: AppRequest, survey_id: int) -> HttpResponseBase:
    """Give the figures of a survey as a workbook."""
    standing = standing_for(request)
    found = _counted(standing, survey_id)
    content = results_workbook(found, results_of(found), on=standing.on)
    return as_download(content, f"{found.title}.xlsx")


@require_GET
def survey_print(request: AppRequest, survey_id: int) -> HttpResponseBase:
    """Give the figures of a survey by unit and post as a PDF."""
    standing = standing_for(request)
    found = _counted(standing, survey_id)
    content, name = survey_paper(found, results_of(found), on=standing.on)
    return as_download(content, name)


def _counted(standing: Standing, survey_id: int) -> Survey:
    found = access.get_survey_for(standing, survey_id)
    if found.answered is None:
        raise Http404
    return found
