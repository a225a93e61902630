"""The catalogue of powers."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.powers.access import drafted_among, powers_visible_to, require_register
from lianfang.powers.forms.filters import CatalogueFilter, asked_powers
from lianfang.powers.queries.catalogue import find_powers
from lianfang.powers.queries.choosing import units_with_powers
from lianfang.powers.views.addresses import without


@require_GET
def catalogue(request: AppRequest) -> HttpResponse:
    """List the powers by unit, narrowed by what stands in the address (五（一）1)."""
    standing = standing_for(request)
    require_register(standing)
    scheme = request.frame.scheme
    asked = asked_powers(CatalogueFilter(request.GET))
    units = units_with_powers(standing)
    context = {
        "page": find_powers(powers_visible_to(standing), standing, asked, scheme),
        "asked": asked,
        "units": units,
        "scheme": scheme,
        "drafted": drafted_among(standing, units),
        "is_narrowed": any(
            (asked.words, asked.unit, asked.category, asked.matter, asked.level, asked.retired)
        ),
        "query": without(request, "after"),
        "unsorted": without(request, "after", "sort"),
    }
    return render_page(request, "powers/catalogue.html", context)
