"""What a holder, or somebody towards a holder, does again and again while the level lasts.

Talks, supervision checks, written reports, statements, disclosures (五（五）2, 五（五）3).
"""

from collections.abc import Iterator
from datetime import date

from lianfang.duties.rules.day import Day
from lianfang.duties.rules.facts import Holding
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.levels import Run
from lianfang.duties.rules.making import of_holder
from lianfang.duties.rules.values import Wanted
from lianfang.scheme.model import DutyKind


def regular(day: Day, history: RuleHistory, holding: Holding, run: Run) -> Iterator[Wanted]:
    """Yield the duty of each period since the later of level and holder was there.

    A period of a report that falls on dates is told by its date, any other by its first day.
    """
    rule = history.rule
    acting = day.actors.above(rule.actor, holding)
    form = _form(day, holding) if rule.kind is DutyKind.STATEMENT else ""
    start = max(run.from_on, holding.from_on)
    for period in day.periods(history, start, _first(day, history, holding, start)):
        key = period.due_on if rule.dates else period.opens_on
        yield of_holder(history, holding, run, acting, key, period, form=form)


def _first(day: Day, history: RuleHistory, holding: Holding, start: date) -> date | None:
    """Return before which day a newcomer to the post owes no report, None where it is past."""
    if history.rule.kind is not DutyKind.REPORT:
        return None
    first = day.later(holding.from_on, day.facts.newcomer)
    return first if first > start else None


def _form(day: Day, holding: Holding) -> str:
    """Return where the holder makes the statement; empty where membership is not on record."""
    leads = holding.person in day.facts.structure.leadership
    for form in day.facts.forms:
        if form.party_member is holding.party_member and form.leader in (None, leads):
            return form.code
    return ""
