"""Hours of learning a year, for everybody who holds a post (二)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from lianfang.duties.rules.clock import Period
from lianfang.duties.rules.day import Day
from lianfang.duties.rules.facts import Holding
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.levels import given_on
from lianfang.duties.rules.making import of_person
from lianfang.duties.rules.values import Wanted
from lianfang.scheme.model import DutyRule

_DAY = timedelta(days=1)


def learning(day: Day, history: RuleHistory, holdings: Sequence[Holding]) -> Iterator[Wanted]:
    """Yield the learning of somebody, given all their holdings: this year's and the last one's.

    The hours are those of the highest level among the posts held, on the day or the year's last.
    A year counts from the organisation's first edition on, and while service had no break.
    """
    sitting = [each for each in holdings if each.holds(day.on)]
    if not sitting or day.began_on is None:
        return
    main = min(sitting, key=lambda each: (each.rank, each.from_on, each.post))
    served = main.from_on if len(holdings) == 1 else _served_since(holdings, day.on)
    begins = max(served, day.began_on, history.since)
    for year in range(day.back_to.year, day.on.year + 1):
        ends = date(year, 12, 31)
        if ends < max(begins, day.back_to):
            continue
        level = _level(day, holdings, min(day.on, ends))
        if history.rule.levels and level not in history.rule.levels:
            continue
        period = Period(max(begins, date(year, 1, 1)), ends)
        hours = _hours(history.rule, level)
        yield of_person(history, main, level, period, hours)


def _served_since(holdings: Sequence[Holding], on: date) -> date:
    """Return since when somebody has held one post or another without a day between."""
    since = on
    for each in sorted(holdings, key=lambda each: each.from_on, reverse=True):
        if each.from_on < since and (each.to_on is None or each.to_on >= since - _DAY):
            since = each.from_on
    return since


def _level(day: Day, holdings: Sequence[Holding], on: date) -> str:
    levels = day.facts.levels
    given = [
        given_on(levels[each.post], on)
        for each in holdings
        if each.post in levels and each.holds(on)
    ]
    top = max((each for each in given if each), key=lambda each: each.rank, default=None)
    return top.level if top is not None else ""


def _hours(rule: DutyRule, level: str) -> float | None:
    return next((each.amount.value for each in rule.hours if (each.level or "") == level), None)
