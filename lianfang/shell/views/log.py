"""The audit administrator's log: who did what to what when, with digests and never with values."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.audit import actions as audit
from lianfang.audit.access import events_of, get_event_of
from lianfang.audit.exchange import csv_of
from lianfang.audit.queries import EventPage, current_root, page_of_events, parts_of, proof_of
from lianfang.common.http import REFUSED, AppRequest, render_page
from lianfang.jobs import actions as jobs
from lianfang.jobs.access import jobs_visible_to
from lianfang.jobs.queries import last_of_kind
from lianfang.org.access import require, standing_for
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.shell.forms.log import LogFilter
from lianfang.shell.words import ACTIONS

VERIFY = "audit.verify"


@require_GET
def log(request: AppRequest) -> HttpResponse:
    """List the events of the organisation, newest first, as narrowed by the address."""
    standing = _auditor(request)
    form = LogFilter(request.GET)
    page, asked = EventPage(), {}
    if form.is_valid():
        page, asked = _page(form, standing), form.asked()
    size, root = current_root()
    context = {
        "form": form,
        "page": page,
        "asked": asked,
        "newer": _address(asked, after=page.newer),
        "older": _address(asked, before=page.older),
        "size": size,
        "root": root,
        "verified": last_of_kind(jobs_visible_to(request.user), VERIFY),
    }
    status = REFUSED if form.errors else 200
    return render_page(request, "shell/log.html", context, status=status)


@require_GET
def event(request: AppRequest, position: int) -> HttpResponse:
    """Show one event: its leaf, what it commits to, and the proof that it is in the log."""
    standing = _auditor(request)
    event = get_event_of(standing.organisation_id, position)
    context = {"event": event, "parts": parts_of(event), "proof": proof_of(event)}
    return render_page(request, "shell/event.html", context)


@require_POST
def log_export(request: AppRequest) -> HttpResponse | StreamingHttpResponse:
    """Give the narrowed log as a CSV file; that it was taken stands in the log."""
    standing = _auditor(request)
    form = LogFilter(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("shell:log"))
    taken = audit.record_export(
        by=request.user, organisation=standing.organisation_id, asked=form.asked(), at=request.at
    )
    own, common = events_of(standing.organisation_id)
    asked = form.narrowing(standing.zone).conditions()
    events = (own | common).filter(position__lt=taken.position, **asked).order_by("-position")
    lines = csv_of(
        events.iterator(),
        head=_columns(),
        words={code: str(word) for code, word in ACTIONS.items()},
        zone=standing.zone,
    )
    name = f"log-{standing.on.isoformat()}-{taken.position}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def log_verify(request: AppRequest) -> HttpResponse:
    """Begin to recompute the whole log, and lead to the page that shows how far it is."""
    standing = _auditor(request)
    job = jobs.start(
        kind=VERIFY, by=request.user, organisation=standing.organisation_id, at=request.at
    )
    return HttpResponseRedirect(reverse("shell:job", args=[job.pk]))


def _columns() -> list[str]:
    named = (_("序号"), _("时间"), _("操作人"), _("动作代码"), _("动作"), _("对象"))
    return [*named, _("依据"), _("算法"), _("摘要")]


def _auditor(request: AppRequest) -> Standing:
    standing = standing_for(request)
    require(standing, Role.AUDIT_ADMINISTRATOR)
    return standing


def _page(form: LogFilter, standing: Standing) -> EventPage:
    asked = form.narrowing(standing.zone).conditions()
    return page_of_events(
        [part.filter(**asked) for part in events_of(standing.organisation_id)],
        before=form.cleaned_data["before"],
        after=form.cleaned_data["after"],
    )


def _address(asked: dict[str, str], **begin: int | None) -> str:
    """Return the address of another page of the same narrowing, empty where there is none."""
    (value,) = begin.values()
    return "" if value is None else f"?{urlencode({**asked, **begin})}"
