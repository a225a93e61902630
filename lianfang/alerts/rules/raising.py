"""When those above are told that an alert is late: by the scheme's reminders (三, 七（二）).

They are the days by which overdue duties go up the chain. Whom a rung reaches, `Router.above` says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.duties.rules.reminding import counted
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.org.rules.chain import Role
from lianfang.scheme.model import Actor, Reminder

CLAUSE = "三"
# whoever has an alert is the control owner or stands higher: nobody below is told
_ABOVE = {
    Actor.PORTFOLIO_LEADER: Role.PORTFOLIO_LEADER,
    Actor.LEADERSHIP_HEAD: Role.LEADERSHIP_HEAD,
}


@dataclass(frozen=True, kw_only=True)
class Rise:
    """A reminder that goes to a rung above whoever has an alert."""

    reminder: Reminder
    to: Role


def rises_due(
    reminders: Sequence[Reminder], due_on: date, *, on: date, calendar: WorkCalendar
) -> Iterator[Rise]:
    """Yield the reminders to those above whose day has come, in the order of the scheme.

    Source: 三, 七（二）.
    """
    for each in reminders:
        to = _ABOVE.get(each.to)
        if to is None or each.after.value <= 0:
            continue
        if counted(each.after, due_on, calendar) <= on:
            yield Rise(reminder=each, to=to)
