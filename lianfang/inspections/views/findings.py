"""What was found, what was put right, and what came of it (五（五）)."""

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.files.sending import download
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.inspections import access
from lianfang.inspections.actions import correcting
from lianfang.inspections.forms.lists import FindingsForm
from lianfang.inspections.forms.records import AcceptForm, CorrectionForm, ReturnForm
from lianfang.inspections.queries.findings import finding_page, open_at
from lianfang.inspections.queries.records import corrections_of
from lianfang.inspections.rules.records import is_overdue
from lianfang.org.access import get_post_for, standing_for
from lianfang.powers.access import require_register


@require_GET
def findings(request: AppRequest) -> HttpResponse:
    """Show what was found and how far it is put right."""
    standing = standing_for(request)
    require_register(standing)
    form = FindingsForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    context: dict[str, object] = {
        "form": form,
        "asked": asked,
        "page": finding_page(
            access.findings_visible_to(standing),
            standing.on,
            state=asked.get("state") or "",
            page=asked.get("page") or 1,
        ),
    }
    return render_page(request, "inspections/findings.html", context)


@require_GET
def finding(request: AppRequest, finding_id: int) -> HttpResponse:
    """Show a finding with what the unit put right."""
    standing = standing_for(request)
    found = access.get_finding_for(standing, finding_id)
    readable = access.records_visible_to(standing)
    context: dict[str, object] = {
        "finding": found,
        "record": found.record,
        "sees_record": readable.filter(pk=found.record_id).exists(),
        "corrections": corrections_of(found),
        "is_late": is_overdue(found.state, found.due_on, standing.on),
        "may_correct": found.state == "open"
        and access.may_with_finding(standing, found, "correct"),
        "may_judge": found.state == "corrected"
        and access.may_with_finding(standing, found, "judge"),
        "history": history_of(found),
    }
    return render_page(request, "inspections/finding.html", context)


@both
def finding_correct(request: AppRequest, finding_id: int) -> HttpResponse:
    """Say what was put right."""
    standing = standing_for(request)
    found = access.get_finding_for(standing, finding_id, to="correct")
    form = CorrectionForm(**bound(request))
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    return act(
        request,
        form,
        lambda: correcting.correct_finding(
            finding=found,
            text=form.cleaned_data["text"],
            file=form.shown(),
            by=request.user,
            at=request.at,
        ),
        title=_("报告整改情况"),
        sub=found.what,
        clause=found.record.duty.clause,
        then=to_finding(found.pk),
    )


@both
def finding_accept(request: AppRequest, finding_id: int) -> HttpResponse:
    """Accept what was put right; the finding is closed."""
    standing = standing_for(request)
    found = access.get_finding_for(standing, finding_id, to="judge")
    form = AcceptForm(**bound(request))
    return act(
        request,
        form,
        lambda: correcting.accept_correction(
            finding=found,
            comment=form.cleaned_data["comment"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("复核通过，销号"),
        sub=found.what,
        clause=found.record.duty.clause,
        then=to_finding(found.pk),
    )


@both
def finding_return(request: AppRequest, finding_id: int) -> HttpResponse:
    """Return what was not put right well enough."""
    standing = standing_for(request)
    found = access.get_finding_for(standing, finding_id, to="judge")
    form = ReturnForm(**bound(request), initial={"due_on": found.due_on})
    return act(
        request,
        form,
        lambda: correcting.return_correction(
            finding=found,
            comment=form.cleaned_data["comment"],
            due_on=form.cleaned_data["due_on"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("退回整改"),
        sub=found.what,
        clause=found.record.duty.clause,
        then=to_finding(found.pk),
    )


@require_GET
def correction_file(request: AppRequest, finding_id: int, correction_id: int) -> HttpResponseBase:
    """Send the file that shows what was put right."""
    found = access.get_evidence_for(standing_for(request), finding_id, correction_id)
    if found.evidence is None:
        raise AssertionError("fetched with a file")
    return download(found.evidence)


def to_finding(finding_id: int) -> str:
    """Return the address of a finding's page."""
    return reverse("inspections:finding", args=[finding_id])


@require_GET
def talk_findings(request: AppRequest, post_id: int) -> HttpResponse:
    """Offer what visits found at a post and is not put right yet, as topics of a talk."""
    standing = standing_for(request)
    require_register(standing)
    post = get_post_for(standing, post_id)
    context: dict[str, object] = {
        "post": post,
        "heading": _("可谈的检查发现"),
        "clause": "五（五）",
        "topics": open_at(post, access.findings_visible_to(standing)),
        "nothing": _("检查在这个岗位没有发现待整改的问题。"),
    }
    return render_page(request, "topics.html", context, fragment="components/topics.html")
