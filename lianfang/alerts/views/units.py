"""The colours of units by their open alerts, and a page for each (五（六）1)."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.alerts import access
from lianfang.alerts.queries.board import cards_of
from lianfang.alerts.queries.figures import UnitColour, by_month, lowest_colour, unit_colours
from lianfang.alerts.queries.labels import labels_of
from lianfang.alerts.queries.months import months_shown
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.rules.calendar import add_months
from lianfang.org.standing import Standing

_MOST = 60


@require_GET
def units(request: AppRequest) -> HttpResponse:
    """Show the colours of the units one looks after, by what one may count."""
    standing = standing_for(request)
    access.require_staff(standing)
    scheme = scheme_of(organisation_of(standing), standing.on)
    counted = access.alerts_counted_for(standing)
    colours = unit_colours(standing.organisation_id, standing.on, scheme, among=counted)
    none = UnitColour(colour=lowest_colour(scheme), open=0)
    rows = access.units_coloured_for(standing).order_by("order", "code")
    lines = [(unit, colours.get(unit.pk, none)) for unit in rows]
    # the highest colour first; among equals as the units stand
    lines.sort(key=lambda line: (-line[1].colour.rank, -line[1].open))
    context: dict[str, object] = {
        "lines": lines,
        "colours": sorted(scheme.alert_colours, key=lambda colour: -colour.rank),
        "months": months_shown(
            by_month(
                standing.organisation_id,
                add_months(standing.on.replace(day=1), -11),
                standing.on,
                among=counted,
            ),
            scheme,
            standing.on,
        ),
    }
    return render_page(request, "alerts/units.html", context)


@require_GET
def unit(request: AppRequest, unit_id: int) -> HttpResponse:
    """Show a unit with its colour and the alerts there that one may know of."""
    standing = standing_for(request)
    found = access.get_coloured_unit_for(standing, unit_id)
    scheme = scheme_of(organisation_of(standing), standing.on)
    counted = access.alerts_counted_for(standing).filter(unit=found)
    colours = unit_colours(standing.organisation_id, standing.on, scheme, among=counted)
    none = UnitColour(colour=lowest_colour(scheme), open=0)
    context: dict[str, object] = {
        "unit": found,
        "line": colours.get(found.pk, none),
        "colours": sorted(scheme.alert_colours, key=lambda colour: -colour.rank),
        "cards": _cards(standing, unit_id),
        "may_record": access.may_record(standing),
    }
    return render_page(request, "alerts/unit.html", context)


def _cards(standing: Standing, unit: int) -> list[object]:
    rows = access.alerts_visible_to(standing).filter(unit=unit).order_by("-noticed_on", "-pk")
    scheme = scheme_of(organisation_of(standing), standing.on)
    calendar = calendar_of(standing.organisation_id)
    return list(cards_of(rows, labels_of(scheme), calendar, standing.on, _MOST))
