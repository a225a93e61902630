"""What a year's check came to: places of units, compared, exported; the notice; tasks and uses."""

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.assessment import access
from lianfang.assessment.actions import following
from lianfang.assessment.exchange.papers import PAPERS
from lianfang.assessment.exchange.results import results_csv, results_workbook
from lianfang.assessment.forms.sheets import ReasonForm, TaskDoneForm, TaskForm, UseForm
from lianfang.assessment.models import Assessment
from lianfang.assessment.queries.papers import notice_paper
from lianfang.assessment.queries.results import (
    bands_of,
    results_of,
    results_of_people,
    uses_in,
)
from lianfang.assessment.queries.sheets import provided
from lianfang.assessment.queries.tasks import tasks_in
from lianfang.assessment.views.sheet import CLAUSE, to_sheet
from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.files.sending import as_download, download
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.rules.calendar import add_months


@require_GET
def results(request: AppRequest, assessment_id: int) -> HttpResponse:
    """Show the results of the units with places, or those of a band, beside the year before."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id, to="results")
    rows = results_of(standing.organisation_id, found.year)
    bands = bands_of(found, rows)
    band = next((one.band for one in bands if one.band.code == request.GET.get("band")), None)
    seen = access.sheets_visible_in(standing, found).filter(person=None)
    scheme = scheme_of(found.organisation, standing.on)
    context: dict[str, object] = {
        "assessment": found,
        "rows": [row for row in rows if band is None or row.band == band.code],
        "bands": bands,
        "band": band,
        "labels": {one.band.code: one.band.label for one in bands},
        "opens": set(seen.values_list("pk", flat=True)),
        "notice": access.notice_for(standing, found),
        "tasks": tasks_in(access.tasks_visible_to(standing), found, standing.on),
        "uses": uses_in(found) if access.may_with_year(standing, found, "run") else [],
        "use_labels": {use.code: use.label for use in scheme.result_uses},
        "may_export": access.may_with_year(standing, found, "export"),
        "may_publish": found.state == Assessment.State.CONFIRMED
        and access.may_with_year(standing, found, "run"),
    }
    return render_page(request, "assessment/results.html", context)


@require_GET
def notice(request: AppRequest, assessment_id: int, form: str) -> HttpResponseBase:
    """Send the notice: the PDF as it was issued, or its text as a Word file."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id, to="results")
    issued = access.notice_for(standing, found)
    if issued is None or found.published_on is None:
        raise Http404
    if form == "pdf":
        return download(issued.attachment)
    paper, title = notice_paper(found, Assessment.Scope(found.scope), found.published_on)
    return as_download(PAPERS[form](paper(issued.mark)), f"{issued.mark}{title}.{form}")


@require_GET
def export(request: AppRequest, assessment_id: int, form: str) -> HttpResponseBase:
    """Give the results of units and people for the appraisal system."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id, to="export")
    if found.state not in (Assessment.State.CONFIRMED, Assessment.State.PUBLISHED):
        raise Http404
    units = results_of(standing.organisation_id, found.year)
    people = results_of_people(found)
    name = f"assessment-{found.year}.{form}"
    if form == "csv":
        return as_download(results_csv(found, units, people), name)
    return as_download(results_workbook(found, units, people, on=standing.on), name)


@both
def task_add(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Set something to put right; a month ◇ unless another day is typed."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="task")
    scheme = scheme_of(found.assessment.organisation, standing.on)
    months = int(provided(scheme, "assessment_correction"))
    form = TaskForm(**bound(request), initial={"due_on": add_months(standing.on, months)})
    return act(
        request,
        form,
        lambda: following.set_task(
            sheet=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("下达整改任务"),
        sub=found.person.shown_name if found.person else found.unit.shown_name,
        clause=CLAUSE,
        then=to_sheet(found.pk),
    )


@both
def use_add(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Note where a result was used."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="use")
    scheme = scheme_of(found.assessment.organisation, standing.on)
    form = UseForm(**bound(request), uses=scheme.result_uses, initial={"used_on": standing.on})
    return act(
        request,
        form,
        lambda: following.record_use(
            sheet=found,
            **form.cleaned_data,
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记结果运用"),
        sub=found.person.shown_name if found.person else found.unit.shown_name,
        clause=CLAUSE,
        then=to_sheet(found.pk),
    )


@require_GET
def task(request: AppRequest, task_id: int) -> HttpResponse:
    """Show a task, and what was put right."""
    standing = standing_for(request)
    found = access.get_task_for(standing, task_id)
    context: dict[str, object] = {
        "task": found,
        "sheet": found.sheet,
        "is_late": found.state == "open" and found.due_on < standing.on,
        "may_do": found.state == "open" and access.may_with_task(standing, found, "do"),
        "may_judge": found.state == "done" and access.may_with_task(standing, found, "judge"),
        "history": history_of(found),
    }
    return render_page(request, "assessment/task.html", context)


@both
def task_do(request: AppRequest, task_id: int) -> HttpResponse:
    """Say what was put right."""
    standing = standing_for(request)
    found = access.get_task_for(standing, task_id, to="do")
    form = TaskDoneForm(**bound(request))
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    return act(
        request,
        form,
        lambda: following.do_task(
            task=found,
            outcome=form.cleaned_data["outcome"],
            file=form.shown(),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("报告整改情况"),
        sub=found.what,
        clause=CLAUSE,
        then=to_task(found.pk),
    )


@both
def task_confirm(request: AppRequest, task_id: int) -> HttpResponse:
    """Confirm that something was put right."""
    standing = standing_for(request)
    found = access.get_task_for(standing, task_id, to="judge")
    return act(
        request,
        Form(**bound(request)),
        lambda: following.confirm_task(task=found, on=standing.on, by=request.user, at=request.at),
        title=_("确认整改完成"),
        sub=found.what,
        clause=CLAUSE,
        then=to_task(found.pk),
        danger=True,
    )


@both
def task_return(request: AppRequest, task_id: int) -> HttpResponse:
    """Send back what was not put right well enough."""
    standing = standing_for(request)
    found = access.get_task_for(standing, task_id, to="judge")
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: following.send_task_back(
            task=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("退回整改"),
        sub=found.what,
        clause=CLAUSE,
        then=to_task(found.pk),
        danger=True,
    )


@require_GET
def task_file(request: AppRequest, task_id: int) -> HttpResponseBase:
    """Send the file that shows what was put right."""
    found = access.get_task_file_for(standing_for(request), task_id)
    if found.evidence is None:
        raise AssertionError("fetched with a file")
    return download(found.evidence)


def to_task(task_id: int) -> str:
    """Return the address of a task's page."""
    return reverse("assessment:task", args=[task_id])
