"""Leads as a list, and the statistics of a year (五（六）2（2）)."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.alerts.access import alerts_visible_to
from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import as_download
from lianfang.leads import access
from lianfang.leads.actions.looking import note_export
from lianfang.leads.exchange.lists import list_workbook, statistics_workbook
from lianfang.leads.forms.lists import ListForm, YearForm
from lianfang.leads.models import Lead
from lianfang.leads.queries.figures import Statistics, statistics, years_with
from lianfang.leads.queries.listing import MOST, Asked, lines_of, list_page, narrowed, years_of
from lianfang.leads.rules.counting import LEAST
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.scheme.model import Scheme


@require_GET
def leads(request: AppRequest) -> HttpResponse:
    """Show the leads that the asker may know of."""
    standing = standing_for(request)
    access.require_room(standing)
    form = ListForm(request.GET)
    form.is_valid()
    asked = _asked(form)
    known = access.leads_visible_to(standing)
    context: dict[str, object] = {
        "banner": _scheme(standing).leads.notice,
        "form": form,
        "asked": asked,
        "years": years_of(known),
        "page": list_page(narrowed(known, asked, standing.on), asked.page, standing.on),
        "may_register": access.may_register(standing),
        "alerts": list(access.alerts_to_register(standing)),
    }
    return render_page(request, "leads/leads.html", context)


@require_GET
def leads_export(request: AppRequest) -> HttpResponseBase:
    """Give the leads that are asked for as a workbook: neither people nor content."""
    standing = standing_for(request)
    access.require_room(standing)
    form = ListForm(request.GET)
    form.is_valid()
    rows = narrowed(access.leads_visible_to(standing), _asked(form), standing.on)
    name = _("问题线索-%(day)s.xlsx") % {"day": standing.on.isoformat()}
    lines = lines_of(rows[:MOST], standing.on)
    content = list_workbook(title=name.removesuffix(".xlsx"), on=standing.on, lines=lines)
    note_export(organisation=standing.organisation_id, what="list", by=request.user, at=request.at)
    return as_download(content, name)


@require_GET
def figures(request: AppRequest) -> HttpResponse:
    """Show the statistics of a year to the discipline office."""
    standing = standing_for(request)
    access.require_registering(standing)
    rows, found, scheme = _figures(request, standing)
    context: dict[str, object] = {
        "banner": scheme.leads.notice,
        "found": found,
        "years": years_with(rows, standing.on),
        "least": LEAST,
    }
    return render_page(request, "leads/statistics.html", context)


@require_GET
def figures_export(request: AppRequest) -> HttpResponseBase:
    """Give the statistics of a year as a workbook."""
    standing = standing_for(request)
    access.require_registering(standing)
    found = _figures(request, standing)[1]
    name = _("预警和线索统计-%(year)s.xlsx") % {"year": found.year}
    content = statistics_workbook(title=name.removesuffix(".xlsx"), on=standing.on, found=found)
    note_export(
        organisation=standing.organisation_id, what="statistics", by=request.user, at=request.at
    )
    return as_download(content, name)


def _figures(request: AppRequest, standing: Standing) -> tuple[QuerySet[Lead], Statistics, Scheme]:
    form = YearForm(request.GET)
    year = cast("int | None", form.cleaned_data.get("year")) if form.is_valid() else None
    rows, scheme = access.leads_counted_for(standing), _scheme(standing)
    found = statistics(
        alerts_visible_to(standing), rows, year or standing.on.year, scheme, standing.on
    )
    return rows, found, scheme


def _scheme(standing: Standing) -> Scheme:
    return scheme_of(organisation_of(standing), standing.on)


def _asked(form: ListForm) -> Asked:
    said = form.cleaned_data
    return Asked(
        year=said.get("year"),
        state=said.get("state") or "",
        origin=said.get("origin") or "",
        sort=said.get("sort") or "due",
        page=said.get("page") or 1,
    )
