"""Why an open duty is owed no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from lianfang.duties.rules.facts import Facts, Holding, MeasureFact
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.levels import given_on


class Lapse(StrEnum):
    """What fell away under a duty."""

    LEVEL = "level"
    LEFT = "left"
    UNIT = "unit"
    MEASURE = "measure"
    RULE = "rule"
    DATES = "dates"
    # somebody else has the event's matter now: said by the room of the event, never worked out
    PASSED_ON = "passed_on"


class Gone(NamedTuple):
    """An open duty that the oracle does not want any more."""

    ground: str
    rule: str
    person: int | None
    post: int | None
    unit: int


@dataclass(frozen=True)
class Reasons:
    """Finds the reason in the facts of the day on which a duty is owed no more."""

    facts: Facts

    def of(self, gone: Gone) -> Lapse | None:
        """Return why a duty lapses; None where it is fulfilled, its rule being in force."""
        history = self._rules.get(gone.rule)
        if history is None or not history.rule.on:
            return Lapse.RULE
        if gone.unit not in self.facts.structure.units:
            return Lapse.UNIT
        thing = gone.ground.rpartition("/")[2]
        if thing.startswith("m"):
            return self._of_measure(thing)
        if gone.person is None:
            return self._of_unit(gone.unit)
        if (gone.person, gone.post) not in self._held:
            return Lapse.LEFT
        return self._of_level(history, gone.post)

    def _of_measure(self, thing: str) -> Lapse | None:
        measure = self._measures.get(thing)
        if measure is None:
            return Lapse.MEASURE
        return None if measure.is_met else Lapse.DATES

    def _of_unit(self, unit: int) -> Lapse:
        return Lapse.DATES if unit in self.facts.begun else Lapse.UNIT

    def _of_level(self, history: RuleHistory, post: int | None) -> Lapse:
        levels = history.rule.levels
        if not levels or post is None:
            return Lapse.DATES
        now = given_on(self.facts.levels.get(post, ()), self.facts.on)
        return Lapse.DATES if now is not None and now.level in levels else Lapse.LEVEL

    @cached_property
    def _rules(self) -> Mapping[str, RuleHistory]:
        return {history.rule.code: history for history in self.facts.rules}

    @cached_property
    def _measures(self) -> Mapping[str, MeasureFact]:
        return {f"m{measure.first}": measure for measure in self.facts.measures}

    @cached_property
    def _held(self) -> frozenset[tuple[int, int | None]]:
        """Who holds which post, now or from a later day; with None, who holds any now."""
        going = [each for each in self.facts.holdings if not self._has_ended(each)]
        posts = {(each.person, each.post) for each in going}
        return frozenset(posts | {(each.person, None) for each in going if self._sits(each)})

    def _has_ended(self, holding: Holding) -> bool:
        return holding.to_on is not None and holding.to_on < self.facts.on

    def _sits(self, holding: Holding) -> bool:
        return holding.holds(self.facts.on)
