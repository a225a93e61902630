"""Long work that somebody asked for: the list, one with its progress, and taking it up again."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.jobs import actions
from lianfang.jobs.access import get_job_for, jobs_visible_to
from lianfang.jobs.models import Job
from lianfang.jobs.queries import is_any_open, page_of_jobs, with_pulse
from lianfang.shell.views.keyset import number_in


@require_GET
def jobs(request: AppRequest) -> HttpResponse:
    """List what somebody asked for, newest first."""
    page = page_of_jobs(jobs_visible_to(request.user), before=number_in(request, "before"))
    context: dict[str, object] = {"page": page, "is_any_open": is_any_open(page.jobs)}
    return render_page(request, "shell/jobs.html", context, fragment="shell/_jobs.html")


@require_GET
def job(request: AppRequest, job_id: int) -> HttpResponse:
    """Show one piece of long work: how far it is, or what came of it."""
    return _shown(request, get_job_for(request.user, job_id))


@require_POST
def job_cancel(request: AppRequest, job_id: int) -> HttpResponse:
    """Take back what has not begun yet."""
    found = get_job_for(request.user, job_id)
    try:
        actions.cancel(job=found, by=request.user, at=request.at)
    except Refused as refused:
        return _shown(request, get_job_for(request.user, job_id), refused)
    return HttpResponseRedirect(reverse("shell:job", args=[found.pk]))


@require_POST
def job_retry(request: AppRequest, job_id: int) -> HttpResponse:
    """Ask once more for what failed."""
    found = get_job_for(request.user, job_id)
    try:
        again = actions.retry(job=found, by=request.user, at=request.at)
    except Refused as refused:
        return _shown(request, found, refused)
    return HttpResponseRedirect(reverse("shell:job", args=[again.pk]))


def _shown(request: AppRequest, found: Job, refused: Refused | None = None) -> HttpResponse:
    (job,) = with_pulse([found])
    context: dict[str, object] = {
        "job": job,
        "at": request.at,
        "refused": refused.sentence(language_now()) if refused else "",
    }
    status = REFUSED if refused else 200
    return render_page(
        request, "shell/job.html", context, fragment="shell/_job.html", status=status
    )
