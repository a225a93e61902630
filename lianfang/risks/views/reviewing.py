"""The yearly review of each risk point: what waits, and what was found unchanged (六（五）)."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import go
from lianfang.common.errors import Refused
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.org.access import standing_for
from lianfang.org.models import Unit
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.powers.access import may_draft
from lianfang.risks.access import get_register_for, get_selection_for
from lianfang.risks.actions.reviewing import confirm_unchanged
from lianfang.risks.forms.reviewing import ReviewsFilter
from lianfang.risks.forms.selection import versions_in
from lianfang.risks.queries.lists import units_of
from lianfang.risks.queries.reviewing import (
    UnitToReview,
    due_for,
    waiting_by_unit,
    waiting_page,
)
from lianfang.risks.rules.reviewing import months_between_reviews
from lianfang.risks.views.addresses import to

PAGE = 50


@require_GET
def reviews(request: AppRequest) -> HttpResponse:
    """List the risk points of a unit that wait for a review, and how many wait in each unit."""
    standing = standing_for(request)
    get_register_for(standing)
    scheme = scheme_of(organisation_of(standing), standing.on)
    form = ReviewsFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    due = due_for(standing, scheme)
    waiting = waiting_by_unit(due)
    units = [
        UnitToReview(unit=unit, waiting=waiting.get(unit.pk, 0)) for unit in units_of(standing)
    ]
    chosen = _chosen(standing, units, asked.get("unit"))
    page = None
    if chosen is not None:
        page = waiting_page(
            due.filter(unit=chosen.pk), scheme, after=asked.get("after", ""), size=PAGE
        )
    context: dict[str, object] = {
        "units": [entry for entry in units if entry.waiting or entry.unit == chosen],
        "unit": chosen,
        "page": page,
        "waiting": waiting.get(chosen.pk, 0) if chosen else 0,
        "all": sum(waiting.values()),
        "months": months_between_reviews(scheme),
        "may_confirm": chosen is not None and may_draft(standing, chosen.pk),
        "is_later": bool(asked.get("after")),
    }
    return render_page(request, "risks/reviews.html", context)


@require_POST
def reviews_confirm(request: AppRequest) -> HttpResponse:
    """Confirm that the ticked risk points stand as they should."""
    standing = standing_for(request)
    versions = versions_in(request.POST.getlist("risk"))
    risks = get_selection_for(standing, versions)
    back = _back(request) or to("reviews") + (f"?unit={risks[0].unit_id}" if risks else "")
    try:
        count = confirm_unchanged(
            organisation=organisation_of(standing),
            versions=versions,
            on=standing.on,
            by=request.user,
            at=request.at,
        )
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
    else:
        said = ngettext("已确认 %(n)s 个风险点无变化。", "已确认 %(n)s 个风险点无变化。", count)
        messages.success(request, said % {"n": count})
    return go(request, back)


def _back(request: AppRequest) -> str:
    """Return the page of ours from which the list was sent, empty where none is named."""
    named = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(named, {request.get_host()}, request.is_secure())
    return named if is_ours else ""


def _chosen(standing: Standing, units: Sequence[UnitToReview], asked: int | None) -> Unit | None:
    """Return the unit to show: the one asked for, else one of the asker's own, else any waiting.

    Raises Http404 for one that is not among them.
    """
    if asked is not None:
        found = next((entry.unit for entry in units if entry.unit.pk == asked), None)
        if found is None:
            raise Http404
        return found
    order = sorted(
        units,
        key=lambda entry: (not may_draft(standing, entry.unit.pk), not entry.waiting),
    )
    return order[0].unit if order else None
