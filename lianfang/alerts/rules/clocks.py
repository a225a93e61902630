"""By when an alert is to be dealt with: working days and months of the scheme (五（六）)."""

from dataclasses import dataclass
from datetime import date

from lianfang.alerts.rules.routing import Way
from lianfang.org.rules.calendar import (
    WorkCalendar,
    add_months,
    add_working_days,
    working_days_between,
)
from lianfang.scheme.model import Measured, Quantity, Scheme
from lianfang.scheme.model.duties import DutyRule, Occasion

CLAUSE = "五（六）1"
# the clock of each way from triage on
_CLOCKS = {
    Way.OWNER: "owner_talk",
    Way.LEADER: "owner_talk",
    Way.HEAD: "owner_talk",
    Way.OFFICE: "disposal",
    Way.SUPERIOR: "sent_up",
}


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """The times allowed by a scheme, counted by an organisation's calendar."""

    scheme: Scheme
    calendar: WorkCalendar

    def triage_due(self, noticed_on: date) -> date:
        """Return by when it is to be decided where an alert goes. Source: 五（六）1."""
        return self.after("triage", noticed_on)

    def handling_due(self, way: Way, triaged_on: date) -> date:
        """Return by when whoever has it is to act.

        The talk of whoever answers for the person is the talk on an adverse report that every
        level asks for: one talk, by the earlier of the two days (五（五）1, 五（六）2（1）).
        """
        day = self.after(_CLOCKS[way], triaged_on)
        rule = talk_rule(self.scheme)
        if _CLOCKS[way] == "owner_talk" and rule is not None and rule.deadline is not None:
            return min(day, later(self.calendar, triaged_on, rule.deadline))
        return day

    def correction_due(self, sent_on: date) -> date:
        """Return by when a unit is to put right what a notice asks. Source: 五（六）1."""
        return self.after("correction", sent_on)

    def disposal_due(self, handed_on: date) -> date:
        """Return by when a lead is to be disposed of. Source: 五（六）2（2）."""
        return self.after("disposal", handed_on)

    def after(self, clock: str, start: date) -> date:
        """Return the last day of a clock of the scheme. Raises KeyError for one it has not."""
        spans = {each.code: each.span for each in self.scheme.clocks}
        return later(self.calendar, start, spans[clock])

    def days_left(self, on: date, due: date) -> int:
        """Return how many working days are left; negative when it is overdue."""
        return working_days_between(self.calendar, on, due)


def later(calendar: WorkCalendar, start: date, span: Quantity) -> date:
    """Return the day a span after another, in working days or calendar months."""
    if span.unit is Measured.MONTHS:
        return add_months(start, int(span.value))
    return add_working_days(calendar, start, int(span.value))


def talk_rule(scheme: Scheme) -> DutyRule | None:
    """Return the rule that asks for a talk on an adverse report; None where it is off."""
    rules = (each for each in scheme.duties if each.occasion is Occasion.ADVERSE_REPORT)
    return next((each for each in rules if each.on), None)


def is_late(*, due_on: date | None, done_on: date | None, on: date) -> bool:
    """Return whether something was done after its day, or is not done and the day is past."""
    return due_on is not None and (done_on or on) > due_on
