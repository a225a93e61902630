"""How far units and people are with the hours of a year (二)."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.duties.access import sees_whole, units_looked_at
from lianfang.files.sending import as_download
from lianfang.learning.exchange.tables import units_workbook
from lianfang.learning.forms.plan import YearForm
from lianfang.learning.queries.units import PersonLine, UnitLine, person_lines, unit_lines
from lianfang.org.access import standing_for
from lianfang.org.models import Unit
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register


@require_GET
def units(request: AppRequest) -> HttpResponse:
    """Show units with how many have reached their hours, or the people of one."""
    standing, year, chosen, listed = _asked(request)
    context: dict[str, object] = {
        "year": year,
        "years": (year - 1, year + 1),
        "units": listed,
        "unit": chosen,
        "lines": _units(standing, listed, year) if chosen is None else (),
        "people": _people(standing, chosen, year) if chosen is not None else (),
        "sees_whole": chosen is not None and sees_whole(standing, chosen.pk),
    }
    return render_page(request, "learning/units.html", context)


@require_GET
def units_export(request: AppRequest) -> HttpResponseBase:
    """Give the same as a workbook."""
    standing, year, chosen, listed = _asked(request)
    name = _("学习学时-%(year)s-%(unit)s.xlsx") % {
        "year": year,
        "unit": chosen.shown_name if chosen else standing.organisation_name,
    }
    content = units_workbook(
        units=_units(standing, listed, year) if chosen is None else (),
        people=_people(standing, chosen, year) if chosen is not None else (),
        on=standing.on,
    )
    return as_download(content, name)


def _asked(request: AppRequest) -> tuple[Standing, int, Unit | None, list[Unit]]:
    """Return who asks for which year and unit. Raises Http404 for a unit not theirs to look at."""
    standing = standing_for(request)
    require_register(standing)
    form = YearForm(request.GET)
    form.is_valid()
    listed = list(units_looked_at(standing).order_by("order", "code"))
    key = form.cleaned_data.get("unit")
    chosen = next((unit for unit in listed if unit.pk == key), None)
    if key is not None and chosen is None:
        raise Http404
    if chosen is None and len(listed) == 1:
        chosen = listed[0]
    return standing, form.cleaned_data.get("year") or standing.on.year, chosen, listed


def _units(standing: Standing, listed: list[Unit], year: int) -> list[UnitLine]:
    whole = [unit for unit in listed if sees_whole(standing, unit.pk)]
    return unit_lines(standing.organisation_id, whole, year, standing.on)


def _people(standing: Standing, unit: Unit, year: int) -> list[PersonLine]:
    only = None if sees_whole(standing, unit.pk) else standing.person_id
    return person_lines(standing.organisation_id, unit, year, standing.on, only=only)
