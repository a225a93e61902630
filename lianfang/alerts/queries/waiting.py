"""Which clocks of alerts run, which have run out, and who was told so (五（六）1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lianfang.alerts.models import Alert, AlertDuty, AlertLetter, AlertReminder
from lianfang.alerts.rules.overdue import ClockCode, Running, running_clock
from lianfang.duties.models import Duty


@dataclass(frozen=True, kw_only=True)
class Ticking:
    """An alert with the clock that runs and its day; without one nothing is waited for here."""

    alert: Alert
    clock: ClockCode | None = None
    due_on: date | None = None

    def is_late(self, on: date) -> bool:
        """Return whether the day has passed."""
        return self.due_on is not None and self.due_on < on


def with_clocks(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    """Return alerts that also know by when a talk is still owed.

    It is asked for each row that is read, so that a page costs what stands on it.
    """
    owed = AlertDuty.objects.filter(alert=OuterRef("pk"), duty__state=Duty.State.OPEN)
    return rows.annotate(
        talks_until=Subquery(owed.order_by("duty__due_on").values("duty__due_on")[:1])
    )


def clock_of(alert: Alert, talks_until: date | None) -> Ticking:
    """Return an alert with what is waited for; `talks_until` is by when a talk is still owed."""
    found = running_clock(
        Running(
            state=alert.state,
            is_handed_over=alert.is_handed_over,
            triage_due_on=alert.triage_due_on,
            due_on=alert.due_on,
            begun_on=alert.begun_on,
            talks_until=talks_until,
            follow_up_on=alert.follow_up_on,
            followed_up_on=alert.followed_up_on,
        )
    )
    if found is None:
        return Ticking(alert=alert)
    return Ticking(alert=alert, clock=found[0], due_on=found[1])


def ticking(rows: QuerySet[Alert]) -> Iterator[Ticking]:
    """Yield alerts, which come `with_clocks`, with what is waited for. One statement."""
    for alert in rows:
        yield clock_of(alert, getattr(alert, "talks_until", None))


def overdue_alerts(organisation: int, on: date) -> list[tuple[Alert, ClockCode, date]]:
    """Return the alerts whose clock has run out on a day. One statement."""
    rows = Alert.objects.filter(organisation=organisation).exclude(state=Alert.State.STRUCK)
    waits = ~Q(state=Alert.State.CLOSED) | Q(follow_up_on__lt=on, followed_up_on=None)
    found = with_clocks(rows.filter(waits, handed_over_on=None)).order_by("pk")
    return [
        (each.alert, each.clock, each.due_on)
        for each in ticking(found)
        if each.clock is not None and each.due_on is not None and each.is_late(on)
    ]


def overdue_notices(organisation: int, on: date) -> list[AlertLetter]:
    """Return the notices whose units let the day pass and were not reminded. One statement."""
    rows = AlertLetter.objects.filter(
        alert__organisation=organisation, state=AlertLetter.State.OPEN, due_on__lt=on
    ).exclude(alert__state=Alert.State.STRUCK)
    told = AlertReminder.objects.filter(letter=OuterRef("pk"), due_on=OuterRef("due_on"))
    return list(rows.exclude(Exists(told)).select_related("alert", "unit").order_by("pk"))


def rungs_told(organisation: int) -> dict[tuple[int, str, date], set[str]]:
    """Return the rungs that were told of an alert and a day of it by a clock. One statement."""
    found: dict[tuple[int, str, date], set[str]] = {}
    rows = AlertReminder.objects.filter(alert__organisation=organisation, letter=None)
    for alert, clock, due_on, rung in rows.values_list("alert", "clock", "due_on", "rung"):
        found.setdefault((alert, clock, due_on), set()).add(rung)
    return found
