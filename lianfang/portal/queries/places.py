"""Which units a sender may choose from: their names are public."""

from datetime import date

from lianfang.org.models import Organisation, Unit
from lianfang.org.queries.tree import in_use


def unit_names(organisation: Organisation, on: date) -> list[str]:
    """Return the names of departments and companies in use, in their order. One statement."""
    units = Unit.objects.filter(
        in_use(on),
        organisation=organisation,
        kind__in=[Unit.Kind.DEPARTMENT, Unit.Kind.COMPANY],
    )
    return [unit.shown_name for unit in units.order_by("order", "pk")]
