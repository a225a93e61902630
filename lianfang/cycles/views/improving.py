"""A year's running review and its corrective tasks: recorded, set, done, confirmed (六（五）)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import act, both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.cycles import access
from lianfang.cycles.actions import improving as actions
from lianfang.cycles.actions.review_paper import issue_review
from lianfang.cycles.forms.filing import ReasonForm
from lianfang.cycles.forms.improving import DoneForm, ReviewForm, TaskForm
from lianfang.cycles.models import CorrectiveTask, Cycle, RunningReview
from lianfang.cycles.queries.board import current_cycle
from lianfang.cycles.queries.improving import (
    figures_in,
    improving_stage,
    posts_to_charge,
    progress_of,
    review_of,
    tasks_of,
    units_to_charge,
    year_figures,
)
from lianfang.cycles.views.addresses import to
from lianfang.cycles.views.papers import NothingMore
from lianfang.files.queries import documents_about
from lianfang.files.sending import download
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register

CLAUSE = actions.CLAUSE


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task with what the asker may do with it now."""

    task: CorrectiveTask
    is_overdue: bool
    may_do: bool
    may_judge: bool
    may_open: bool


@require_GET
def review(request: AppRequest, year: int | None = None) -> HttpResponse:
    """Show a year's running review, its figures and how far its tasks are."""
    standing = standing_for(request)
    require_register(standing)
    cycle = access.get_cycle_for(standing, year) if year else current_cycle(standing)
    if cycle is None:
        return go(request, to("board"))
    found = review_of(cycle)
    tasks = tasks_of(found) if found else []
    stage = improving_stage(cycle)
    is_open = stage is not None and stage.is_open
    scheme = scheme_of(cycle.organisation, standing.on)
    context: dict[str, object] = {
        "cycle": cycle,
        "review": found,
        "stage": stage,
        "figures": figures_in(found) if found else year_figures(cycle, scheme, standing.on),
        "lines": [_line(standing, task) for task in tasks],
        "progress": progress_of(tasks, standing.on),
        "papers": documents_about(found) if found else (),
        "is_office": access.is_office(standing),
        "may_record": access.is_office(standing) and is_open,
    }
    return render_page(request, "cycles/running_review.html", context)


@both
def review_record(request: AppRequest, year: int) -> HttpResponse:
    """Record the running review, or change it before the year's last stage is closed."""
    standing = standing_for(request)
    cycle = _cycle_for_office(standing, year)
    found = review_of(cycle)
    initial = (
        {"version": found.version, "ran": found.ran, "adjust": found.adjust} if found else None
    )
    form = ReviewForm(**bound(request), initial=initial)
    return act(
        request,
        form,
        lambda: actions.record_review(
            cycle=cycle,
            **form.cleaned_data,
            scheme=scheme_of(cycle.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("%(year)s 年度运行评价") % {"year": cycle.year},
        crumb=_("运行评价"),
        clause=CLAUSE,
        then=to("running-review", cycle.year),
    )


@both
def review_paper(request: AppRequest, year: int) -> HttpResponse:
    """Issue the running review with its tasks as a notice to all units."""
    standing = standing_for(request)
    found = _review_for_office(standing, year)
    return act(
        request,
        NothingMore(**bound(request)),
        lambda: issue_review(review=found, on=standing.on, by=request.user, at=request.at),
        title=_("印发运行评价"),
        crumb=_("运行评价"),
        sub=_("公文按年度编号，存入档案；印发后只能作废，不能修改。"),
        clause=CLAUSE,
        then=to("running-review", year),
        danger=True,
    )


@both
def task_add(request: AppRequest, year: int) -> HttpResponse:
    """Set a unit a corrective task."""
    standing = standing_for(request)
    found = _review_for_office(standing, year)
    form = TaskForm(
        **bound(request),
        units=units_to_charge(found.cycle),
        posts=posts_to_charge(found.cycle, standing.on),
    )
    return act(
        request,
        form,
        lambda: actions.set_task(
            review=found,
            **{name: form.cleaned_data[name] for name in ("unit", "post", "what", "due_on")},
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("下达整改任务"),
        crumb=_("运行评价"),
        clause=CLAUSE,
        then=to("running-review", year),
    )


@both
def task_edit(request: AppRequest, task_id: int) -> HttpResponse:
    """Change a task that is not done."""
    standing = standing_for(request)
    task = access.get_task_for(standing, task_id, to="edit")
    cycle = task.review.cycle
    form = TaskForm(
        **bound(request),
        units=None,
        posts=posts_to_charge(cycle, standing.on, unit=task.unit_id),
        initial={
            "version": task.version,
            "what": task.what,
            "post": task.post_id,
            "due_on": task.due_on,
        },
    )
    return act(
        request,
        form,
        lambda: actions.change_task(
            task=task, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("修改整改任务"),
        crumb=_("运行评价"),
        sub=task.unit.shown_name,
        clause=CLAUSE,
        then=to("running-review", cycle.year),
    )


@both
def task_do(request: AppRequest, task_id: int) -> HttpResponse:
    """Say what was done about a task, with a file that shows it."""
    task = access.get_task_for(standing_for(request), task_id, to="do")
    form = DoneForm(**bound(request), initial={"outcome": task.outcome})
    return act(
        request,
        form,
        lambda: actions.do_task(
            task=task,
            outcome=form.cleaned_data["outcome"],
            file=_file(form),
            by=request.user,
            at=request.at,
        ),
        title=_("完成整改任务"),
        crumb=_("运行评价"),
        sub=task.what,
        clause=CLAUSE,
        then=to("running-review", task.review.cycle.year),
    )


@require_POST
def task_confirm(request: AppRequest, task_id: int) -> HttpResponse:
    """Confirm that a task is done."""
    standing = standing_for(request)
    task = access.get_task_for(standing, task_id, to="judge")
    try:
        actions.confirm_task(task=task, on=standing.on, by=request.user, at=request.at)
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
    else:
        messages.success(request, _("已保存。"))
    return go(request, to("running-review", task.review.cycle.year))


@both
def task_return(request: AppRequest, task_id: int) -> HttpResponse:
    """Send a task back that is not done well enough."""
    standing = standing_for(request)
    task = access.get_task_for(standing, task_id, to="judge")
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.send_task_back(
            task=task, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("退回整改任务"),
        crumb=_("运行评价"),
        sub=task.what,
        clause=CLAUSE,
        then=to("running-review", task.review.cycle.year),
    )


@require_GET
def task_evidence(request: AppRequest, task_id: int) -> HttpResponseBase:
    """Send the file that shows what was done, to the office and to those who did it."""
    standing = standing_for(request)
    task = access.get_task_for(standing, task_id, to="open")
    if task.evidence is None:
        raise Http404
    return download(task.evidence)


def _cycle_for_office(standing: Standing, year: int) -> Cycle:
    access.require_office(standing)
    return access.get_cycle_for(standing, year)


def _review_for_office(standing: Standing, year: int) -> RunningReview:
    found = review_of(_cycle_for_office(standing, year))
    if found is None:
        raise Http404
    return found


def _line(standing: Standing, task: CorrectiveTask) -> TaskLine:
    is_open = task.state == CorrectiveTask.State.OPEN
    is_done = task.state == CorrectiveTask.State.DONE
    return TaskLine(
        task=task,
        is_overdue=is_open and task.due_on < standing.on,
        may_do=is_open and access.may_task(standing, task, "do"),
        may_judge=is_done and access.may_task(standing, task, "judge"),
        may_open=access.may_task(standing, task, "open"),
    )


def _file(form: DoneForm) -> actions.File | None:
    sent = form.cleaned_data["file"]
    return actions.File(name=sent.name, chunks=sent.chunks()) if sent else None
