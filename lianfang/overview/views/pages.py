"""The leadership's view on a page, as a brief and as a workbook."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import go
from lianfang.common.http import AppRequest, render_page
from lianfang.duties.access.pressing import duties_pressed_by, may_press
from lianfang.duties.actions.reminding import Sent, press
from lianfang.org.access import standing_for
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.overview import access
from lianfang.overview.exchange import brief_pdf, units_workbook
from lianfang.overview.queries.overview import Overview, overview_of
from lianfang.powers.views.sending import sent
from lianfang.scheme.model import Scheme

# so many units stand on a page of the view
ON_A_PAGE = 100


@require_GET
def overview(request: AppRequest) -> HttpResponse:
    """Show how far everything is: units, levels, duties, findings."""
    standing, _organisation, scheme, view = _asked(request)
    context: dict[str, object] = {
        "view": view,
        "pages": Paginator(view.lines, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_press": may_press(standing),
        "top": scheme.levels[0],
        "unrated": scheme.unrated,
        "levels": scheme.levels,
    }
    return render_page(request, "overview/overview.html", context)


@require_GET
def brief(request: AppRequest) -> HttpResponseBase:
    """Give the brief of two pages."""
    _standing, organisation, scheme, view = _asked(request)
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
    _standing, organisation, scheme, view = _asked(request)
    name = _("各单位情况表-%(day)s.xlsx") % {"day": view.on.isoformat()}
    return sent(
        request,
        lambda: units_workbook(view, organisation=organisation.shown_name, scheme=scheme),
        name=name,
        back=reverse("overview:overview"),
    )


@require_POST
def press_all(request: AppRequest) -> HttpResponse:
    """Press everybody who is to act on an overdue duty for which the asker stands above."""
    standing = standing_for(request)
    access.require_look(standing)
    if not may_press(standing):
        raise PermissionDenied
    sent = press(
        organisation=organisation_of(standing),
        duties=duties_pressed_by(standing),
        on=standing.on,
        by=request.user,
        at=request.at,
    )
    messages.success(request, _said(sent))
    return go(request, reverse("overview:overview"))


def _said(sent: Sent) -> str:
    if not sent.people:
        return _("没有要提醒的：应提醒的三个工作日内都已提醒过。")
    people = ngettext("已提醒 %(many)s 人", "已提醒 %(many)s 人", sent.people)
    duties = ngettext("，涉及 %(many)s 项任务。", "，涉及 %(many)s 项任务。", sent.duties)
    return people % {"many": sent.people} + duties % {"many": sent.duties}


def _asked(request: AppRequest) -> tuple[Standing, Organisation, Scheme, Overview]:
    standing = standing_for(request)
    access.require_look(standing)
    organisation = organisation_of(standing)
    scheme = scheme_of(organisation, standing.on)
    return standing, organisation, scheme, overview_of(standing, scheme)
