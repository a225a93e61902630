"""Measures carried out: what is in force, how far it is, and confirming it (五（四）, 五（五）)."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.duties import access
from lianfang.duties.actions import evidence as actions
from lianfang.duties.forms.measures import (
    ConfirmForm,
    EvidenceForm,
    MeasuresForm,
    chosen_duties,
    paper_of,
)
from lianfang.duties.queries.measures import kind_shares, measure_page
from lianfang.duties.queries.narrowing import days_of
from lianfang.duties.queries.posts import posts_with_measures
from lianfang.files.looking import look_into, page_seen
from lianfang.files.sending import as_picture, download
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.org.access import standing_for
from lianfang.powers.access import require_register


@require_GET
def measures(request: AppRequest) -> HttpResponse:
    """Show the measures in force, and how far they are carried out."""
    standing = standing_for(request)
    require_register(standing)
    form = MeasuresForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    unit = cast("int | None", asked.get("unit"))
    rows = access.measures_visible_to(standing)
    units = access.units_looked_at(standing).filter(pk__in=rows.order_by().values("unit"))
    if unit is not None:
        rows = rows.filter(unit=unit)
    days = days_of(standing)
    context: dict[str, object] = {
        "form": form,
        "asked": asked,
        "units": list(units.order_by("order", "code")),
        "posts": posts_with_measures(rows) if unit is not None else [],
        "shares": kind_shares(rows, days),
        "page": measure_page(
            rows,
            days,
            access.duties_of(standing),
            kind=asked.get("kind") or "",
            post=asked.get("post"),
            page=asked.get("page") or 1,
        ),
    }
    return render_page(request, "duties/measures.html", context)


@both
def measures_confirm(request: AppRequest) -> HttpResponse:
    """Confirm measures that were carried out, several at once."""
    standing = standing_for(request)
    sent = request.POST if request.method == "POST" else request.GET
    duties = access.measures_to_confirm(standing, chosen_duties(sent.getlist("duty")))
    form = ConfirmForm(**bound(request), initial={"done_on": standing.on})
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    return act(
        request,
        form,
        lambda: actions.fulfil_with_evidence(
            duties=duties,
            done_on=form.cleaned_data["done_on"],
            evidence=form.cleaned_data["evidence"],
            paper=form.paper(),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("确认措施落实"),
        clause="五（五）",
        then=reverse("duties:measures"),
        page="duties/confirm.html",
        more={"duties": duties},
    )


@both
def evidence_add(request: AppRequest, duty_id: int) -> HttpResponse:
    """Add a file that shows how a duty was done."""
    standing = standing_for(request)
    duty = access.get_duty_for(standing, duty_id, to="show")
    form = EvidenceForm(**bound(request))
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))

    def deed() -> None:
        paper = paper_of(form.cleaned_data["file"])
        if paper is not None:
            actions.add_evidence(
                duty=duty,
                paper=paper,
                words=form.cleaned_data["words"],
                by=request.user,
                at=request.at,
            )

    return act(
        request,
        form,
        deed,
        title=_("上传凭证"),
        sub=duty.get_kind_display(),
        clause=duty.clause,
        then=reverse("duties:duty", args=[duty.pk]),
    )


@require_GET
def evidence(request: AppRequest, duty_id: int, evidence_id: int) -> HttpResponse:
    """Show what can be seen of a file that shows how a duty was done."""
    found = access.get_evidence_for(standing_for(request), duty_id, evidence_id)
    seen = look_into(found.attachment)
    pages = [
        (number, reverse("duties:evidence-page", args=[duty_id, evidence_id, number]))
        for number in seen.numbers
    ]
    context: dict[str, object] = {"paper": found, "seen": seen, "pages": pages}
    return render_page(request, "duties/evidence.html", context)


@require_GET
def evidence_page(
    request: AppRequest, duty_id: int, evidence_id: int, number: int
) -> HttpResponseBase:
    """Send a page of such a file as a picture."""
    found = access.get_evidence_for(standing_for(request), duty_id, evidence_id)
    drawn = page_seen(found.attachment, number)
    if drawn is None:
        raise Http404
    return as_picture(drawn)


@require_GET
def evidence_file(request: AppRequest, duty_id: int, evidence_id: int) -> HttpResponseBase:
    """Send a file that shows how a duty was done."""
    found = access.get_evidence_for(standing_for(request), duty_id, evidence_id)
    return download(found.attachment)
