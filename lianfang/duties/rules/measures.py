"""Measures carried out: done by a day, confirmed again, followed to a rule in force (七（二）)."""

from collections.abc import Iterator
from datetime import date

from lianfang.duties.rules.clock import Period
from lianfang.duties.rules.day import Day
from lianfang.duties.rules.facts import MeasureFact, MeasureKind
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.making import of_measure
from lianfang.duties.rules.values import Wanted
from lianfang.scheme.model import Occasion

OCCASION = {
    MeasureKind.DATED: Occasion.DATED_MEASURE,
    MeasureKind.RECURRING: Occasion.RECURRING_MEASURE,
    MeasureKind.RULE: Occasion.RULE_ASKED,
}


def of_measures(day: Day, history: RuleHistory) -> Iterator[Wanted]:
    """Yield what measures of the kind that the rule is for ask; not of units no longer in use."""
    rule, structure = history.rule, day.facts.structure
    for measure in day.facts.measures:
        wanted = OCCASION[measure.kind] is rule.occasion
        if not wanted or measure.is_met or measure.unit not in structure.units:
            continue
        acting = day.actors.of_measure(measure)
        for key, period in _periods(day, history, measure):
            yield of_measure(history, measure, acting, key, period)


def _periods(day: Day, history: RuleHistory, measure: MeasureFact) -> Iterator[tuple[date, Period]]:
    begins = max(measure.from_on, history.since)
    if measure.kind is MeasureKind.RECURRING:
        for period in day.periods(history, begins):
            yield (period.due_on if history.rule.dates else period.opens_on), period
        return
    # a rule that nobody gave a day is to be there by the end of the year
    due = measure.due_on or date(begins.year, 12, 31)
    key = due if measure.kind is MeasureKind.DATED else measure.from_on
    yield key, Period(min(begins, due), due)
