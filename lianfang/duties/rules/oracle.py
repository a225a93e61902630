"""The oracle: every duty that follows from the facts of a day, by the rules of the scheme.

Events make duties of their own, and samples are drawn in public: neither is found here.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from lianfang.duties.rules.before_appointment import before_appointment
from lianfang.duties.rules.day import Day
from lianfang.duties.rules.facts import Facts, Holding
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.learning import learning
from lianfang.duties.rules.levels import Run, given_on, run_of
from lianfang.duties.rules.measures import of_measures
from lianfang.duties.rules.regular import regular
from lianfang.duties.rules.rotation import rotation
from lianfang.duties.rules.units import of_units
from lianfang.duties.rules.values import Wanted
from lianfang.scheme.model import Occasion, Subject

OfHolder = Callable[[Day, RuleHistory, Holding, Run], Iterator[Wanted]]
OfRule = Callable[[Day, RuleHistory], Iterator[Wanted]]

OF_HOLDERS: dict[tuple[Occasion, Subject], OfHolder] = {
    (Occasion.APPOINTMENT, Subject.APPOINTEE): before_appointment,
    (Occasion.APPOINTMENT, Subject.HOLDER): before_appointment,
    (Occasion.INTERVAL, Subject.HOLDER): regular,
    (Occasion.TENURE, Subject.HOLDER): rotation,
}
OF_RULES: dict[tuple[Occasion, Subject], OfRule] = {
    (Occasion.INTERVAL, Subject.UNIT): of_units,
    (Occasion.DATED_MEASURE, Subject.MEASURE): of_measures,
    (Occasion.RECURRING_MEASURE, Subject.MEASURE): of_measures,
    (Occasion.RULE_ASKED, Subject.MEASURE): of_measures,
}
OF_PERSONS = (Occasion.YEAR, Subject.HOLDER)


def wanted(facts: Facts) -> Iterator[Wanted]:
    """Yield every duty owed on the day of the facts, overdue ones of the last year included.

    No two have the same ground and period. Linear in the holdings. Source: 三, 五（五）, 七（二）.
    """
    day = Day(facts)
    running = [history for history in facts.rules if history.rule.on]
    yield from _of_holders(day, running)
    for history in running:
        of_rule = OF_RULES.get((history.rule.occasion, history.rule.subject))
        if of_rule is not None:
            yield from of_rule(day, history)
    if facts.is_whole:
        yield from _of_persons(day, running)


def _of_holders(day: Day, running: list[RuleHistory]) -> Iterator[Wanted]:
    rules: dict[tuple[str, ...], list[tuple[OfHolder, RuleHistory]]] = {}
    for history in running:
        of_holder = OF_HOLDERS.get((history.rule.occasion, history.rule.subject))
        if of_holder is not None:
            rules.setdefault(history.rule.levels, []).append((of_holder, history))
    units = day.facts.structure.units
    for holding in day.facts.holdings:
        has_ended = holding.to_on is not None and holding.to_on < day.on
        if has_ended or holding.unit not in units:
            continue
        is_coming = holding.from_on > day.on
        for levels, run in _runs(day, holding.post, rules):
            for of_holder, history in rules[levels]:
                if not is_coming or of_holder is before_appointment:
                    yield from of_holder(day, history, holding, run)


def _runs(
    day: Day, post: int, wanted: Iterable[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], Run]]:
    """Yield since when a post has had each set of levels that it has on the day.

    What holds for every level holds from the organisation's first edition on.
    """
    given = day.facts.levels.get(post, ())
    now = given_on(given, day.on) if given else None
    for levels in wanted:
        if not levels and day.began_on is not None:
            yield levels, Run("", day.began_on, "", None)
        elif now is not None and now.level in levels:
            yield levels, run_of(given, now, levels, day.on)


def _of_persons(day: Day, running: list[RuleHistory]) -> Iterator[Wanted]:
    rules = [each for each in running if (each.rule.occasion, each.rule.subject) == OF_PERSONS]
    for _, group in groupby(day.facts.holdings, key=lambda holding: holding.person):
        holdings = tuple(group)
        for history in rules:
            yield from learning(day, history, holdings)
