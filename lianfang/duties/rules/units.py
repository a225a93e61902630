"""Supervision visits to units (三), and the reports of units (五（七）2（3）)."""

from collections.abc import Iterator

from lianfang.duties.rules.day import Day
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.making import of_unit
from lianfang.duties.rules.values import Wanted
from lianfang.org.rules.structure import UnitKind

GOVERNED = frozenset({UnitKind.DEPARTMENT, UnitKind.COMPANY})


def of_units(day: Day, history: RuleHistory) -> Iterator[Wanted]:
    """Yield the duty of each period and unit, from the unit's first edition on."""
    rule = history.rule
    for unit, begun in day.facts.begun.items():
        fact = day.facts.structure.units.get(unit)
        if fact is None or fact.kind not in GOVERNED or unit not in day.facts.units:
            continue
        acting = day.actors.over_unit(rule.actor, unit)
        for period in day.periods(history, begun):
            key = period.due_on if rule.dates else period.opens_on
            yield of_unit(history, unit, acting, key, period)
