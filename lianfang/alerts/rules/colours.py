"""The colour of a unit by its open alerts and their age (五（六）1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.org.rules.calendar import WorkCalendar, working_days_between
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.alerts import AlertColour

CLAUSE = "五（六）1"


@dataclass(frozen=True, kw_only=True)
class OpenAlert:
    """An open alert as far as it colours its unit."""

    noticed_on: date
    gravity: str


def colour_of(
    alerts: Sequence[OpenAlert], *, scheme: Scheme, calendar: WorkCalendar, on: date
) -> AlertColour:
    """Return the highest colour any of whose conditions is met; the lowest has none."""
    ages = [working_days_between(calendar, each.noticed_on, on) for each in alerts]
    gravities = {each.gravity for each in alerts}
    colours = sorted(scheme.alert_colours, key=lambda colour: -colour.rank)
    return next(
        (colour for colour in colours if _is_met(colour, ages, gravities)),
        colours[-1],
    )


def _is_met(colour: AlertColour, ages: Sequence[int], gravities: set[str]) -> bool:
    many = colour.open_at_least is not None and len(ages) >= colour.open_at_least.value
    old = colour.older_than is not None and any(age > colour.older_than.value for age in ages)
    return many or old or (colour.gravity is not None and colour.gravity in gravities)
