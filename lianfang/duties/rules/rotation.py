"""Rotation out of a high post (五（五）3)."""

from collections.abc import Iterator

from lianfang.duties.rules.clock import Period
from lianfang.duties.rules.day import Day
from lianfang.duties.rules.facts import Holding
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.levels import Run
from lianfang.duties.rules.making import of_holder
from lianfang.duties.rules.values import Wanted


def rotation(day: Day, history: RuleHistory, holding: Holding, run: Run) -> Iterator[Wanted]:
    """Yield the rotation of a holder once the notice before it has begun.

    The years in the post count, also those before it was rated; who has been there longer by
    then is due on the day the level begins. Whoever is exempt is due on the last day of that,
    if it is later. Nothing where the rule names no tenure.
    """
    rule = history.rule
    if rule.tenure is None:
        return
    due = max(day.later(holding.from_on, rule.tenure), run.from_on, history.since)
    opens = day.later(due, rule.notice, -1) if rule.notice else due
    if opens > day.on:
        return
    due = max(due, day.facts.exempt.get((holding.person, holding.post), due))
    acting = day.actors.above(rule.actor, holding)
    yield of_holder(history, holding, run, acting, holding.from_on, Period(opens, due))
