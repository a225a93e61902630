"""Tables come in: several at once, each read by the workers; all of them written together."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.files.sending import as_download
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.intake import access
from lianfang.intake.actions.forms import record_taken
from lianfang.intake.actions.receiving import ask_to_read, receive
from lianfang.intake.exchange.bundles import Bundle, opened
from lianfang.intake.exchange.form import form_of
from lianfang.intake.forms.papers import OlderForm, SendForm
from lianfang.intake.models import Delivery
from lianfang.intake.queries import pages
from lianfang.intake.rules.settings import Settings
from lianfang.intake.rules.work import APPLYING
from lianfang.intake.views.addresses import to
from lianfang.jobs import actions as jobs
from lianfang.org.access import standing_for
from lianfang.org.models import Unit
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.queries.tree import units_in_use
from lianfang.org.standing import Standing
from lianfang.powers.access import drafted_among


@both
def deliveries(request: AppRequest) -> HttpResponse:
    """List what came in, and take new files."""
    standing = standing_for(request)
    access.require_importing(standing)
    units = _units_of(standing)
    form = SendForm(**bound(request), units=units)
    status = 200
    if request.method == "POST":
        delivery = _received(request, form, standing)
        if delivery is not None:
            return go(request, _page_of(delivery))
        status = REFUSED
    older = OlderForm(request.GET)
    before = older.cleaned_data["before"] if older.is_valid() else None
    found = pages.listed_deliveries(access.deliveries_visible_to(standing), before=before)
    context = {
        "form": form,
        "units": units,
        "deliveries": found[: pages.LISTED],
        "before": before,
        "older": found[pages.LISTED - 1].pk if len(found) > pages.LISTED else None,
    }
    return render_page(request, "intake/deliveries.html", context, status=status)


@require_GET
def delivery(request: AppRequest, delivery_id: int) -> HttpResponse:
    """Show the files that came in together, and how far each is."""
    standing = standing_for(request)
    return _delivery(request, access.get_delivery_for(standing, delivery_id))


@require_POST
def delivery_apply(request: AppRequest, delivery_id: int) -> HttpResponse:
    """Write all files of a delivery in one transaction, by the workers."""
    standing = standing_for(request)
    found = access.get_delivery_for(standing, delivery_id)
    if pages.work_on_delivery(found, request.at) is None:
        jobs.start(
            kind=APPLYING,
            by=request.user,
            organisation=standing.organisation_id,
            at=request.at,
            arguments={"delivery": found.pk},
        )
    return go(request, to("delivery", found.pk))


@require_GET
def unit_form(request: AppRequest, unit_id: int) -> HttpResponseBase:
    """Give a unit's own table, to be filled in offline and sent back."""
    standing = standing_for(request)
    access.require_importing(standing)
    unit = access.get_unit_for_form(standing, unit_id)
    organisation = organisation_of(standing)
    scheme = scheme_of(organisation, standing.on)
    try:
        content = form_of(organisation, unit, scheme, on=standing.on, language=language_now())
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
        return go(request, to("deliveries"))
    record_taken(unit=unit, by=request.user, at=request.at)
    name = _("%(unit)s措施表（填报）-%(day)s.xlsx") % {
        "unit": unit.shown_name,
        "day": standing.on.isoformat(),
    }
    return as_download(content, name)


def _received(request: AppRequest, form: SendForm, standing: Standing) -> Delivery | None:
    """Return what was kept of the files sent; None where the form says why not."""
    if was_too_large(request):
        form.add_error("tables", too_large(settings.FILE_BYTES).sentence(language_now()))
    if not form.is_valid():
        return None
    unit = form.cleaned_data["unit"]
    try:
        with opened(form.cleaned_data["tables"]) as bundle:
            delivery = receive(
                organisation=organisation_of(standing),
                sent=bundle.sent,
                settings=Settings(unit=unit.code if unit else ""),
                by=request.user,
                at=request.at,
            )
            _tell_left_out(request, bundle)
    except Refused as refused:
        form.add_error("tables", refused.sentence(language_now()))
        return None
    for paper in pages.papers_of(delivery):
        ask_to_read(paper=paper, by=request.user, at=request.at)
    return delivery


def _tell_left_out(request: AppRequest, bundle: Bundle) -> None:
    if bundle.left_out:
        named = _("、").join(bundle.left_out[:10])
        messages.warning(request, _("没有读取不是表格的文件：%(names)s。") % {"names": named})


def _page_of(delivery: Delivery) -> str:
    papers = pages.papers_of(delivery)
    return to("paper", papers[0].opened_id) if len(papers) == 1 else to("delivery", delivery.pk)


def _delivery(request: AppRequest, found: Delivery) -> HttpResponse:
    papers = pages.papers_of(found)
    work = pages.work_on([paper.opened_id for paper in papers], request.at)
    applying = pages.work_on_delivery(found, request.at)
    ready = [
        paper for paper in papers if paper.state == "ready" and paper.opened.state == "previewed"
    ]
    context: dict[str, object] = {
        "delivery": found,
        "papers": [(paper, work.get(paper.opened_id)) for paper in papers],
        "ready": len(ready),
        "applying": applying,
        "is_open": bool(work) or applying is not None,
        "job_url": reverse("shell:job", args=[applying.pk]) if applying else "",
    }
    return render_page(request, "intake/delivery.html", context, fragment="intake/_papers.html")


def _units_of(standing: Standing) -> list[Unit]:
    """Return the units for which somebody may import: those they draft, the office all."""
    units = units_in_use(standing)
    if access.collects(standing):
        return units
    return drafted_among(standing, units)
