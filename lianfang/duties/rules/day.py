"""A day as the rules of duties see it: its facts, who acts, how far back one looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lianfang.duties.rules.actors import Actors
from lianfang.duties.rules.clock import Period, at_intervals, later, months_later, on_dates
from lianfang.duties.rules.facts import Facts
from lianfang.duties.rules.history import RuleHistory
from lianfang.scheme.model import Occasion, Quantity

# Periods that ended longer ago are not opened any more; what was open of them stays.
LOOK_BACK_MONTHS = 12
# What is asked for again and again; anything else a ground asks for once, on one day or another.
_REPEATING = (Occasion.INTERVAL, Occasion.YEAR, Occasion.RECURRING_MEASURE)


@dataclass(frozen=True)
class Day:
    """The facts of a day, and what the rules work out from them once."""

    facts: Facts

    @cached_property
    def on(self) -> date:
        """The day itself."""
        return self.facts.structure.on

    @cached_property
    def actors(self) -> Actors:
        """Who is to act on that day."""
        return Actors(self.facts.structure)

    @cached_property
    def back_to(self) -> date:
        """The first day on which something may have fallen due that is still opened."""
        return looks_back_to(self.on)

    @cached_property
    def began_on(self) -> date | None:
        """The day of the organisation's first edition: what hangs on no level begins there."""
        return min(self.facts.begun.values(), default=None)

    def periods(
        self, history: RuleHistory, start: date, first: date | None = None
    ) -> tuple[Period, ...]:
        """Return the periods of a rule since `start` that began by now and end not too long ago.

        `first`: the first due date may not lie before it, where the rule names dates.
        """
        key = (history.rule.code, start, first)
        found = self._periods.get(key)
        if found is None:
            found = tuple(
                period
                for period in self._all_periods(history, start, first)
                if period.due_on >= self.back_to
            )
            self._periods[key] = found
        return found

    def later(self, day: date, quantity: Quantity, times: int = 1) -> date:
        """Return the day a quantity leads to; see `clock.later`."""
        return later(day, quantity, self.facts.calendar, times)

    @cached_property
    def _periods(self) -> dict[tuple[str, date, date | None], tuple[Period, ...]]:
        return {}

    def _all_periods(
        self, history: RuleHistory, start: date, first: date | None
    ) -> Iterator[Period]:
        start = max(start, history.since)
        if history.rule.dates:
            return on_dates(start, history.rule.dates, first or start, self.on)
        return at_intervals(start, history.intervals, self.on, self.facts.calendar)


def looks_back_to(on: date) -> date:
    """Return since when a due date that passed is still opened on a day."""
    return months_later(on, -LOOK_BACK_MONTHS)


def repeating(rules: Iterable[RuleHistory]) -> frozenset[str]:
    """Return the codes of the rules of which what was long overdue stays beside what came later."""
    return frozenset(each.rule.code for each in rules if each.rule.occasion in _REPEATING)
