"""What will fall due later in a year if nothing changes: worked out, not stored."""

from datetime import date

from lianfang.duties.models import Duty
from lianfang.duties.queries.facts import facts_of
from lianfang.duties.rules.oracle import wanted
from lianfang.duties.rules.values import Wanted
from lianfang.org.models import Organisation


def planned(organisation: Organisation, unit: int, year: int, on: date) -> list[Wanted]:
    """Return what the facts of today will ask for in a unit until the year ends.

    Only what is not stored yet and falls due from today on. Empty for years gone by, and for those
    after the next. The statements of `facts_of` and one.
    """
    if not on.year <= year <= on.year + 1:
        return []
    stored = set(Duty.objects.filter(unit=unit, due_on__gte=on).values_list("ground", "period"))
    return [
        each
        for each in wanted(facts_of(organisation, date(year, 12, 31), {unit}))
        if each.due_on.year == year
        and each.due_on >= on
        and (each.ground, each.period) not in stored
    ]
