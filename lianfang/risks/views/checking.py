"""The findings of a unit, and those about one power or risk point."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import get_unit_for, standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.queries.tree import units_in_use
from lianfang.powers.access import require_register
from lianfang.risks.access import get_risk_for
from lianfang.risks.queries.checking import findings_about, findings_in


@require_GET
def findings(request: AppRequest, unit_id: int | None = None) -> HttpResponse:
    """Show what the five checks hold against a unit's register; the asker's own by default."""
    standing = standing_for(request)
    require_register(standing)
    own = min(standing.units | standing.headed, default=0)
    units = units_in_use(standing)
    unit = get_unit_for(standing, unit_id or own or units[0].pk)
    organisation = organisation_of(standing)
    whole = request.GET.get("whole") == "1"
    scheme = scheme_of(organisation, standing.on)
    groups = findings_in(organisation, unit, scheme, standing.on, whole=whole)
    context = {
        "unit": unit,
        "units": units,
        "groups": groups,
        "errors": sum(group.errors for group in groups),
        "warnings": sum(group.warnings for group in groups),
        "whole": whole,
    }
    return render_page(request, "risks/checking.html", context)


@require_GET
def findings_of_risk(request: AppRequest, risk_id: int) -> HttpResponse:
    """Show what is wrong with a risk point and its measures, as a part of its page."""
    risk = get_risk_for(standing_for(request), risk_id)
    return _about(request, risk.unit_id, opens="risk", code=risk.code)


def _about(request: AppRequest, unit_id: int, *, opens: str, code: str) -> HttpResponse:
    standing = standing_for(request)
    organisation = organisation_of(standing)
    found = findings_about(
        organisation,
        get_unit_for(standing, unit_id),
        scheme_of(organisation, standing.on),
        standing.on,
        opens=opens,
        code=code,
    )
    context: dict[str, object] = {"found": found, "code": code}
    return render_page(
        request, "risks/findings_about.html", context, fragment="risks/_findings_about.html"
    )
