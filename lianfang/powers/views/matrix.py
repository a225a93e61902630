"""A unit at a glance: the matrix of posts and powers, and the power map."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.powers.access import powers_visible_to, require_register
from lianfang.powers.forms.filters import UnitFilter, asked_unit
from lianfang.powers.models import PowerPost
from lianfang.powers.queries.choosing import chosen_unit, units_with_powers
from lianfang.powers.queries.mapping import shown_map
from lianfang.powers.queries.matrix import matrix_of


@require_GET
def matrix(request: AppRequest) -> HttpResponse:
    """Show which post decides, executes or supervises which power of a unit (五（一）2)."""
    standing = standing_for(request)
    require_register(standing)
    units = units_with_powers(standing)
    unit = chosen_unit(standing, units, asked_unit(UnitFilter(request.GET)))
    scheme, powers = request.frame.scheme, powers_visible_to(standing)
    context: dict[str, object] = {
        "unit": unit,
        "units": units,
        "roles": PowerPost.Role,
        "matrix": matrix_of(powers, unit, standing, scheme) if unit else None,
    }
    return render_page(request, "powers/matrix.html", context)


@require_GET
def power_map(request: AppRequest) -> HttpResponse:
    """Show posts as points, processes as lines and regulations as planes (二)."""
    standing = standing_for(request)
    require_register(standing)
    units = units_with_powers(standing)
    unit = chosen_unit(standing, units, asked_unit(UnitFilter(request.GET)))
    context: dict[str, object] = {
        "unit": unit,
        "units": units,
        "shown": shown_map(unit, standing, request.frame.scheme) if unit else None,
    }
    return render_page(request, "powers/map.html", context)
