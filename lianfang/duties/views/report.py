"""One report: begun, written, sent, returned or accepted, commented on, printed (五（五）)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.duties import access as duties
from lianfang.duties.access import reports as access
from lianfang.duties.actions import judging, writing
from lianfang.duties.exchange.reports import KINDS, report_file
from lianfang.duties.forms import reports as forms
from lianfang.duties.models import Duty, Report
from lianfang.duties.queries.duties import papers_of
from lianfang.duties.queries.reports import shown_parts, statement_form
from lianfang.duties.rules.reports import HELD, Act, follows
from lianfang.files.sending import as_download
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of


@require_POST
def report_start(request: AppRequest, duty_id: int) -> HttpResponse:
    """Begin the report that a duty asks for, or go on with the one begun."""
    standing = standing_for(request)
    found = duties.get_duty_for(standing, duty_id, to="do")
    try:
        report = writing.start_report(
            duty=found,
            scheme=scheme_of(found.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        )
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
        return go(request, reverse("duties:duty", args=[found.pk]))
    is_written = follows(report.kind, report.state, Act.SEND) is not None
    return go(request, _to(report, "report-write" if is_written else "report"))


@require_GET
def report(request: AppRequest, report_id: int) -> HttpResponse:
    """Show a report: what the records say, what was written, what was said to it."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id)
    may = {
        "write": access.may(standing, found, "write") and _stands(found, Act.SEND),
        "judge": access.may(standing, found, "judge") and _stands(found, Act.ACCEPT),
        "comment": access.may(standing, found, "comment") and found.is_public_on(standing.on),
    }
    context: dict[str, object] = {
        "report": found,
        "parts": shown_parts(found),
        "form_label": statement_form(found, scheme_of(found.organisation, standing.on)),
        "may": may,
        "on": standing.on,
        "papers": papers_of(found.duty, duties.evidence_visible_to(standing)),
        "may_show": duties.may_show(standing, found.duty),
        "history": history_of(found),
    }
    return render_page(request, "duties/report.html", context)


@both
def report_write(request: AppRequest, report_id: int) -> HttpResponse:
    """Write the sections of a report, beside what the records say."""
    found = access.get_report_for(standing_for(request), report_id, to="write")
    initial = {section.code: section.text for section in found.sections.all()}
    form = forms.WriteForm(
        **bound(request),
        kind=found.kind,
        initial={"version": found.version, "held_on": found.held_on, **initial},
    )
    return act(
        request,
        form,
        lambda: writing.write_report(
            report=found,
            texts=form.texts,
            held_on=form.cleaned_data.get("held_on"),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("撰写%(kind)s") % {"kind": found.get_kind_display()},
        then=_to(found),
        page="duties/report_write.html",
        more={
            "report": found,
            "parts": [(section.facts, form[section.code]) for section in found.sections.all()],
            "is_written": _stands(found, Act.SEND),
        },
    )


@require_POST
def report_renew(request: AppRequest, report_id: int) -> HttpResponse:
    """Read the records anew for a report; what was written stays."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id, to="write")
    try:
        writing.renew_facts(
            report=found,
            scheme=scheme_of(found.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        )
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
        return go(request, _to(found))
    messages.success(request, _("已按今天的记录更新，您写的内容没有改动。"))
    return go(request, _to(found, "report-write"))


@both
def report_send(request: AppRequest, report_id: int) -> HttpResponse:
    """Send a report, put it on record, or disclose it."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id, to="write")
    title, sub = _send_words(found.kind)
    form = (
        forms.PublishForm(**bound(request), initial={"public_from": standing.on})
        if found.kind == Duty.Kind.DISCLOSURE
        else forms.SendForm(**bound(request))
    )
    return act(
        request,
        form,
        lambda: writing.send_report(
            report=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=title,
        sub=sub,
        clause=found.duty.clause,
        then=_to(found),
        danger=True,
    )


@both
def report_return(request: AppRequest, report_id: int) -> HttpResponse:
    """Return a report to be mended."""
    found = access.get_report_for(standing_for(request), report_id, to="judge")
    form = forms.ReturnForm(**bound(request))
    return act(
        request,
        form,
        lambda: judging.return_report(
            report=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("退回报告"),
        sub=_("退回后任务重新打开，修改后须再次报送；这一次报送的内容保留。"),
        clause=found.duty.clause,
        then=_to(found),
        danger=True,
    )


@both
def report_accept(request: AppRequest, report_id: int) -> HttpResponse:
    """Accept a report."""
    found = access.get_report_for(standing_for(request), report_id, to="judge")
    form = forms.AcceptForm(**bound(request))
    return act(
        request,
        form,
        lambda: judging.accept_report(
            report=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("审阅通过"),
        sub=_("通过后报告存档，不能再修改或退回。"),
        clause=found.duty.clause,
        then=_to(found),
    )


@both
def report_comment(request: AppRequest, report_id: int) -> HttpResponse:
    """Say something to a disclosure while it runs."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id, to="comment")
    form = forms.CommentForm(**bound(request))
    person = access.asker(standing)
    return act(
        request,
        form,
        lambda: judging.comment_on(
            report=found,
            **form.cleaned_data,
            person=person,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("对公开内容提意见"),
        clause=found.duty.clause,
        then=_to(found),
    )


@require_GET
def report_print(request: AppRequest, report_id: int, kind: str) -> HttpResponseBase:
    """Send a report as a Word or PDF file."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id)
    if kind not in KINDS:
        raise Http404
    form = statement_form(found, scheme_of(found.organisation, standing.on))
    try:
        content, name = report_file(found, kind, form=form.zh if form else "", on=standing.on)
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
        return redirect(_to(found))
    return as_download(content, name)


def _to(report: Report, name: str = "report") -> str:
    return reverse(f"duties:{name}", args=[report.pk])


def _stands(report: Report, act: Act) -> bool:
    return follows(report.kind, report.state, act) is not None


def _send_words(kind: str) -> tuple[str, str]:
    """Return the title of the page on which a kind of report is sent, and what comes of it."""
    if kind == Duty.Kind.DISCLOSURE:
        return _("在本单位公开"), _("公开后内容不能修改，本单位人员可以查看并署名提出意见。")
    if kind in HELD:
        return _("记录存档"), _("存档后任务即告完成，内容不能修改。")
    return _("报送报告"), _("报送后任务即告完成，内容不能修改；被退回的须修改后再次报送。")
