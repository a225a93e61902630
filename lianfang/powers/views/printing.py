"""Powers on paper, for people who ask for them."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, language_now
from lianfang.org.access import get_unit_for, standing_for
from lianfang.powers.access import get_power_for, powers_visible_to, require_register
from lianfang.powers.queries.printing import CHARTS, possible, printed_power, printed_unit
from lianfang.powers.views.addresses import to
from lianfang.powers.views.sending import sent


@require_GET
def power_print(request: AppRequest, power_id: int, kind: str) -> HttpResponseBase:
    """Send one power as it stands in the catalogue."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id)
    if not possible("catalogue", kind):
        raise Http404
    scheme, language = request.frame.scheme, language_now()
    return sent(
        request,
        lambda: printed_power(power, standing, scheme, kind, language),
        name=f"{power.code}-{power.name}.{kind}",
        back=to("power", power.pk),
    )


@require_GET
def unit_print(request: AppRequest, unit_id: int, form: str, kind: str) -> HttpResponseBase:
    """Send the catalogue, the matrix or the flowcharts of a unit."""
    standing = standing_for(request)
    require_register(standing)
    unit = get_unit_for(standing, unit_id)
    drawn = powers_visible_to(standing).filter(unit=unit, steps__isnull=False)
    if not possible(form, kind) or (form == CHARTS and not drawn.exists()):
        raise Http404
    scheme, language = request.frame.scheme, language_now()
    return sent(
        request,
        lambda: printed_unit(unit, standing, scheme, form, kind, language),
        name=f"{unit.code}-{form}.{kind}",
        back=to("catalogue"),
    )
