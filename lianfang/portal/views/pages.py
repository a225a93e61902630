"""From the first page to the receipt, for senders with and without JavaScript."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.org.models import Organisation
from lianfang.portal import access
from lianfang.portal.forms.report import ReportForm
from lianfang.portal.models import PortalSetup, SealedReport
from lianfang.portal.queries.keys import Recipients, recipients_of
from lianfang.portal.queries.places import unit_names
from lianfang.portal.uploading import was_too_large
from lianfang.portal.views.public import organisation_and_day, public, render_public
from lianfang.portal.views.sealing import TOO_LARGE, send_in_memory
from lianfang.sealing.receipts import grouped

# How a sender answers the question whom it concerns.
CONCERNED = frozenset({"leadership", "office"})
NOT_CONCERNED = "none"


@public
@require_GET
def start(request: AppRequest) -> HttpResponse:
    """Show what happens here; of several organisations, let one be chosen first."""
    found = access.organisations()
    if len(found) == 1:
        return _start(request, found[0])
    return render_page(request, "portal/organisations.html", {"organisations": found})


@public
@require_GET
def of(request: AppRequest, code: str) -> HttpResponse:
    """Show what happens here, and ask whom it concerns."""
    return _start(request, access.get_organisation(code))


def _start(request: AppRequest, organisation: Organisation) -> HttpResponse:
    day = day_in(organisation.time_zone, request.at)
    taken = bool(recipients_of(organisation, day).readers)
    return render_public(request, "portal/start.html", organisation, {"is_taken": taken})


@public
@require_GET
def elsewhere(request: AppRequest, code: str) -> HttpResponse:
    """Say where to turn with what is not taken here: nothing was asked, nothing is kept."""
    organisation = access.get_organisation(code)
    return render_public(request, "portal/elsewhere.html", organisation, {})


@public
@require_http_methods(["GET", "POST"])
def write(request: AppRequest, code: str) -> HttpResponse:
    """Ask what happened. Sent without JavaScript, it is sealed at once, in memory."""
    organisation, day = organisation_and_day(request, code)
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("concerns") in CONCERNED:
        return redirect("portal:elsewhere", code)
    to, setup = recipients_of(organisation, day), access.setup_of(organisation)
    if request.method == "GET" and not (to.readers and asked.get("concerns") == NOT_CONCERNED):
        return redirect("portal:of", code)
    form = ReportForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        units=unit_names(organisation, day),
        may_sign=bool(to.witnesses),
        most_files=setup.most_files,
        file_mb=setup.file_mb,
    )
    status = 200
    if request.method == "POST":
        if was_too_large(request):
            form.add_error("attached", TOO_LARGE.in_(language_now()))
        report = _sent(organisation, setup, to, form, day, request) if form.is_valid() else None
        if report is not None:
            return _received(request, organisation, setup, form, report)
        status = REFUSED
    context = {"form": form, "setup": setup, "readers": len(to.readers)}
    return render_public(
        request, "portal/write.html", organisation, context, seals=True, status=status
    )


def _sent(
    organisation: Organisation,
    setup: PortalSetup,
    to: Recipients,
    form: ReportForm,
    day: date,
    request: AppRequest,
) -> SealedReport | None:
    try:
        return send_in_memory(organisation, setup, to, form, day, request.at)
    except Refused as refused:
        form.add_error(None, refused.sentence(language_now()))
        return None


def _received(
    request: AppRequest,
    organisation: Organisation,
    setup: PortalSetup,
    form: ReportForm,
    report: SealedReport,
) -> HttpResponse:
    receipt = form.cleaned_data["receipt"]
    context: dict[str, object] = {
        "receipt": receipt,
        "shown": grouped(receipt),
        "report": report,
        "setup": setup,
    }
    return render_public(request, "portal/received.html", organisation, context)
