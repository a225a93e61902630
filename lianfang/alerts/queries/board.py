"""Alerts by state, as the board shows them: what kind of sign, never whose or which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianfang.alerts.models import Alert
from lianfang.alerts.queries.labels import Labels
from lianfang.alerts.queries.waiting import ticking, with_clocks
from lianfang.alerts.rules.overdue import ClockCode
from lianfang.common.text import Text
from lianfang.org.rules.calendar import WorkCalendar, working_days_between

IN_COLUMN = 20
SOON = 2


@dataclass(frozen=True, kw_only=True)
class Card:
    """An alert in a list: what kind of sign it is, where, and by when what is to be done."""

    alert: Alert
    trigger: Text
    channel: Text
    gravity: Text
    outcome: str
    clock: ClockCode | None
    due_on: date | None
    days_left: int | None

    @property
    def look(self) -> str:
        """How it stands: late, soon, or nothing to say."""
        if self.days_left is None or self.due_on is None:
            return ""
        return "late" if self.days_left < 0 else "soon" if self.days_left <= SOON else ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """The alerts of a state; `count` are all."""

    state: str
    cards: tuple[Card, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


def board_of(
    rows: QuerySet[Alert], labels: Labels, calendar: WorkCalendar, on: date
) -> list[Column]:
    """Return the four columns: new, triaged, in hand, and closed this year. Eight statements."""
    shown = {
        Alert.State.NOTICED: rows.filter(state=Alert.State.NOTICED),
        Alert.State.TRIAGED: rows.filter(state=Alert.State.TRIAGED),
        Alert.State.IN_HAND: rows.filter(state=Alert.State.IN_HAND),
        Alert.State.CLOSED: rows.filter(state=Alert.State.CLOSED, closed_on__year=on.year),
    }
    orders = dict.fromkeys(shown, ("due_on", "triage_due_on", "pk"))
    orders[Alert.State.CLOSED] = ("-closed_on", "-pk", "due_on")
    return [
        Column(
            state=state.value,
            cards=tuple(cards_of(found.order_by(*orders[state]), labels, calendar, on, IN_COLUMN)),
            count=found.count(),
        )
        for state, found in shown.items()
    ]


def cards_of(
    rows: QuerySet[Alert],
    labels: Labels,
    calendar: WorkCalendar,
    on: date,
    most: int,
    first: int = 0,
) -> Iterator[Card]:
    """Yield some alerts as cards, from the first one on. One statement."""
    related = with_clocks(rows).select_related("unit", "post", "goes_to")
    found = related[first : first + most]
    for each in ticking(found):
        alert = each.alert
        yield Card(
            alert=alert,
            trigger=_called(labels.triggers, alert.trigger),
            channel=_called(labels.channels, alert.channel),
            gravity=_called(labels.gravities, alert.gravity),
            outcome=str(labels.outcome(alert.outcome)) if alert.outcome else "",
            clock=each.clock,
            due_on=each.due_on,
            days_left=working_days_between(calendar, on, each.due_on) if each.due_on else None,
        )


def repeats(
    rows: QuerySet[Alert],
    *,
    people: Sequence[int],
    power: int | None,
    risk: int | None,
    since: date,
    without: int | None = None,
) -> QuerySet[Alert]:
    """Return the alerts since a day about the same person, power or risk point. No statement."""
    about = rows.filter(concerned__person__in=people)
    if power is not None:
        about |= rows.filter(power=power)
    if risk is not None:
        about |= rows.filter(risk=risk)
    found = about.exclude(state=Alert.State.STRUCK).filter(noticed_on__gte=since)
    return found.exclude(pk=without or 0).distinct().order_by("-noticed_on", "-pk")


def _called(labels: Mapping[str, Text], code: str) -> Text:
    return labels.get(code) or Text(code, code)
