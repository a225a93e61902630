"""The figures of a year over all units: on the screen, and as files with the collected table."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import go
from lianfang.common.errors import Refused
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.cycles import access
from lianfang.cycles.actions.collecting import record_collected
from lianfang.cycles.exchange import AT_ONCE, Collecting
from lianfang.cycles.exchange import collect as collect_file
from lianfang.cycles.forms.collecting import CollectForm
from lianfang.cycles.models import Cycle
from lianfang.cycles.queries.statistics import (
    COLLECTING,
    collecting_job,
    risks_filed,
    statistics_of,
)
from lianfang.cycles.rules.ordering import ordered
from lianfang.cycles.views.addresses import to
from lianfang.cycles.views.figures import Layout
from lianfang.files.sending import as_download, download
from lianfang.files.store import Damaged
from lianfang.jobs import actions as jobs
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.powers.access import require_register


@require_GET
def statistics(request: AppRequest, year: int) -> HttpResponse:
    """Show the figures of every unit in a year, in the order that is asked for (六（二）)."""
    standing = standing_for(request)
    require_register(standing)
    cycle = access.get_cycle_for(standing, year)
    scheme = scheme_of(cycle.organisation, standing.on)
    sort = request.GET.get("sort", "")
    layout = Layout(ordered(statistics_of(cycle, scheme, standing.on), sort), scheme, sort)
    context: dict[str, object] = {
        "cycle": cycle,
        "on": standing.on,
        "filings": layout.filings(),
        "registers": layout.registers(),
        "risks": layout.risks(),
        "may_collect": access.may_collect(standing),
        "at_once": AT_ONCE,
    }
    return render_page(request, "cycles/statistics.html", context)


@require_POST
def collect(request: AppRequest, year: int) -> HttpResponseBase:
    """Send the figures with the collected table; large ones are left to the workers."""
    standing = standing_for(request)
    access.require_collecting(standing)
    cycle = access.get_cycle_for(standing, year)
    form = CollectForm(request.POST)
    back = to("statistics", cycle.year)
    if not form.is_valid():
        return go(request, back)
    kind = form.cleaned_data["kind"]
    if risks_filed(cycle, standing.on) > AT_ONCE:
        return _left_to_workers(request, cycle, kind)
    try:
        made = collect_file(
            Collecting(
                cycle=cycle,
                scheme=scheme_of(cycle.organisation, standing.on),
                on=standing.on,
                language=language_now(),
                kind=kind,
            )
        )
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
        return go(request, back)
    record_collected(
        cycle=cycle, kind=kind, units=made.units, risks=made.risks, by=request.user, at=request.at
    )
    return as_download(made.content, made.name)


@require_GET
def collected(request: AppRequest, attachment_id: int) -> HttpResponseBase:
    """Send a collected file that the workers made for the asker."""
    found = access.get_collected_for(standing_for(request), attachment_id)
    try:
        return download(found)
    except Damaged as damaged:
        messages.error(request, damaged.sentence(language_now()))
        return go(request, to("board"))


def _left_to_workers(request: AppRequest, cycle: Cycle, kind: str) -> HttpResponse:
    arguments = {"year": cycle.year, "kind": kind, "language": language_now().value}
    job = collecting_job(request.user, arguments) or jobs.start(
        kind=COLLECTING,
        by=request.user,
        organisation=cycle.organisation_id,
        at=request.at,
        arguments=arguments,
    )
    return go(request, reverse("shell:job", args=[job.pk]))
