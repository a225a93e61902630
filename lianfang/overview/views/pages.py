"""The leadership's view on a page, as a brief and as a workbook."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.overview import access
from lianfang.overview.exchange import brief_pdf, units_workbook
from lianfang.overview.queries.overview import Overview, overview_of
from lianfang.powers.views.sending import sent
from lianfang.scheme.model import Scheme


@require_GET
def overview(request: AppRequest) -> HttpResponse:
    """Show how far everything is: units, levels, duties, findings."""
    scheme, view = _asked(request)[1:]
    context: dict[str, object] = {
        "view": view,
        "top": scheme.levels[0],
        "unrated": scheme.unrated,
        "levels": scheme.levels,
    }
    return render_page(request, "overview/overview.html", context)


@require_GET
def brief(request: AppRequest) -> HttpResponseBase:
    """Give the brief of two pages."""
    organisation, scheme, view = _asked(request)
    name = _("廉政风险防控情况简报-%(day)s.pdf") % {"day": view.on.isoformat()}
    return sent(
        request,
        lambda: brief_pdf(view, organisation=organisation.shown_name, scheme=scheme),
        name=name,
        back=reverse("overview:overview"),
    )


@require_GET
def units(request: AppRequest) -> HttpResponseBase:
    """Give the table of units as a workbook."""
    organisation, scheme, view = _asked(request)
    name = _("各单位情况表-%(day)s.xlsx") % {"day": view.on.isoformat()}
    return sent(
        request,
        lambda: units_workbook(view, organisation=organisation.shown_name, scheme=scheme),
        name=name,
        back=reverse("overview:overview"),
    )


def _asked(request: AppRequest) -> tuple[Organisation, Scheme, Overview]:
    standing = standing_for(request)
    access.require_look(standing)
    organisation = organisation_of(standing)
    scheme = scheme_of(organisation, standing.on)
    return organisation, scheme, overview_of(standing, scheme)
