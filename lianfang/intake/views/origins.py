"""Where a part of the register came from; and what names were said to mean."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import go
from lianfang.common.http import AppRequest, render_page
from lianfang.intake import access
from lianfang.intake.actions.deciding import forget
from lianfang.intake.forms.papers import MeaningsForm
from lianfang.intake.queries import pages
from lianfang.intake.views.addresses import to
from lianfang.org.access import standing_for


@require_GET
def of_risk(request: AppRequest, risk_id: int) -> HttpResponse:
    """Show from which rows of which files a risk point came."""
    return _origins(request, "risk", risk_id)


@require_GET
def of_power(request: AppRequest, power_id: int) -> HttpResponse:
    """Show from which rows of which files a power came."""
    return _origins(request, "power", power_id)


@require_GET
def remembered(request: AppRequest) -> HttpResponse:
    """List what headings and names were said to mean."""
    standing = standing_for(request)
    access.require_importing(standing)
    asked = MeaningsForm(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {}
    words = given.get("q") or ""
    rows = access.remembered_visible_to(standing)
    context: dict[str, object] = {
        "page": pages.listed_meanings(rows, words, given.get("page") or 1),
        "words": words,
        "user_id": standing.user_id,
        "collects": access.collects(standing),
    }
    return render_page(request, "intake/remembered.html", context)


@require_POST
def remembered_forget(request: AppRequest, remembered_id: int) -> HttpResponse:
    """Let a heading or a name mean again what the reader takes it for."""
    standing = standing_for(request)
    access.require_importing(standing)
    found = access.get_remembered_for(standing, remembered_id)
    forget(remembered=found, by=request.user, at=request.at)
    messages.success(request, _("不再记住，以后的表按原来的办法读。"))
    return go(request, to("remembered"))


def _origins(request: AppRequest, kind: str, key: int) -> HttpResponse:
    part = access.get_part_for(standing_for(request), kind, key)
    found = pages.origins_of(part)
    cells = pages.cells_of(found)
    origins = [
        (
            origin,
            [
                (table, number, cells.get((origin.paper.pk, table, number), ()))
                for table, number in origin.rows[:5]
            ],
        )
        for origin in found
    ]
    context: dict[str, object] = {"part": part, "origins": origins, "kind": kind}
    return render_page(request, "intake/origins.html", context, fragment="intake/_origins.html")
