"""The talk before an appointment (五（五）2, 五（五）3)."""

from collections.abc import Iterator
from datetime import date, timedelta

from lianfang.duties.rules.clock import Period
from lianfang.duties.rules.day import Day
from lianfang.duties.rules.facts import Holding
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.levels import Run
from lianfang.duties.rules.making import APPOINTMENT, of_holder
from lianfang.duties.rules.values import Wanted

_DAY = timedelta(days=1)


def before_appointment(
    day: Day, history: RuleHistory, holding: Holding, run: Run
) -> Iterator[Wanted]:
    """Yield the talk with an appointee, once for as long as the post is held.

    It is due the day before the appointment takes effect; missing then, it stays overdue. Who
    held the post when its level began is a sitting holder, with a time of their own from then.
    """
    period = _period(day, history, holding, run)
    if period is None:
        return
    acting = day.actors.above(history.rule.actor, holding)
    key = holding.from_on
    yield of_holder(history, holding, run, acting, key, period, origin=APPOINTMENT)


def _period(day: Day, history: RuleHistory, holding: Holding, run: Run) -> Period | None:
    rule = history.rule
    begins = max(run.from_on, history.since)
    if holding.from_on <= begins:
        return Period(begins, day.later(begins, rule.sitting)) if rule.sitting else None
    due = _due(day, history, holding)
    return Period(min(begins, due), due)


def _due(day: Day, history: RuleHistory, holding: Holding) -> date:
    rule = history.rule
    if rule.before_effect or rule.deadline is None:
        return holding.from_on - _DAY
    return day.later(holding.from_on, rule.deadline)
