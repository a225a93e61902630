"""Until when something is to be done with a report: triage, answers to the sender, handing over.

Days are working days of the scheme's clocks. An anonymous sender can read answers as well, but
the clocks of answers bind for signed reports alone.
Source: 质检认纪〔2012〕1号 五（六）1, 五（六）2（2）.
"""

from dataclasses import dataclass
from datetime import date

from lianfang.casework.rules.states import Outcome, State
from lianfang.duties.rules.clock import later
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.scheme.model import Quantity, Scheme

TRIAGE, ACCEPTANCE, RESULT, SENT_UP = "triage", "acceptance_told", "result_told", "sent_up"


@dataclass(frozen=True, kw_only=True)
class Course:
    """What the clocks ask about: the days on which things happened to a report."""

    state: str
    is_signed: bool
    arrived_on: date
    completed_on: date | None = None
    acceptance_told_on: date | None = None
    result_told_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A clock that runs, by its code, and the day on which it ends."""

    code: str
    due_on: date

    def is_late(self, on: date) -> bool:
        """Return whether the day has passed."""
        return self.due_on < on


def deadlines_of(course: Course, scheme: Scheme, calendar: WorkCalendar) -> tuple[Deadline, ...]:
    """Return the clocks that run, the soonest first."""
    spans = {clock.code: clock.span for clock in scheme.clocks}
    running = [
        Deadline(code=code, due_on=later(since, spans[code], calendar))
        for code, since in _running(course)
    ]
    return tuple(sorted(running, key=lambda each: (each.due_on, each.code)))


def _running(course: Course) -> list[tuple[str, date]]:
    found: list[tuple[str, date]] = []
    if course.state in (State.RECEIVED, State.IN_STUDY):
        found.append((TRIAGE, course.arrived_on))
    if course.state == State.GOING_OUT:
        found.append((SENT_UP, course.arrived_on))
    if not course.is_signed or course.state == State.DESTROYED:
        return found
    if course.acceptance_told_on is None and course.completed_on is None:
        found.append((ACCEPTANCE, course.arrived_on))
    if course.completed_on is not None and course.result_told_on is None:
        found.append((RESULT, course.completed_on))
    return found


def kept_until(outcome: str, completed_on: date, scheme: Scheme, calendar: WorkCalendar) -> date:
    """Return the day until which a report is kept, by what came of it.

    Raises KeyError for an outcome that the scheme keeps no time for.
    """
    spans: dict[str, Quantity] = {each.code: each.span for each in scheme.retentions}
    return later(completed_on, spans[Outcome(outcome)], calendar)


def may_be_destroyed(*, kept_until: date, held_until: date | None, on: date) -> bool:
    """Return whether a report's time is over and no legal hold keeps it."""
    return kept_until < on and (held_until is None or held_until < on)
