"""Figures of early warning: handled in time, colours of units, signs by month (五（六）1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from lianfang.alerts.models import Alert, AlertDuty
from lianfang.alerts.rules.clocks import is_late
from lianfang.alerts.rules.colours import OpenAlert, colour_of
from lianfang.duties.models import Duty
from lianfang.org.queries.calendar import calendar_of
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.alerts import AlertColour

OPEN = (Alert.State.NOTICED, Alert.State.TRIAGED, Alert.State.IN_HAND)


@dataclass(frozen=True, kw_only=True)
class Handled:
    """An alert that was to be dealt with in a period, and whether that was in time.

    `due_on` is the day of the clock that runs, or ran last: of triage, then of whoever has it.
    """

    unit_id: int | None
    alert_id: int
    due_on: date
    closed_on: date | None
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class UnitColour:
    """The colour of a unit, and how many alerts are open there."""

    colour: AlertColour
    open: int


@dataclass(frozen=True, kw_only=True)
class MonthCount:
    """How many signs of a channel were noticed in a month; `late` of them were triaged late."""

    month: date
    channel: str
    count: int
    late: int


def handled(
    organisation_id: int, since: date, until: date, *, among: QuerySet[Alert] | None = None
) -> list[Handled]:
    """Return the alerts due in a period, struck ones left out; `among` narrows to what one sees.

    In time is what was triaged, begun and talked about by its days; what is not done yet is not
    late before its day is past. Two statements.
    """
    rows = Alert.objects.all() if among is None else among
    rows = rows.filter(organisation=organisation_id).exclude(state=Alert.State.STRUCK)
    due = Q(due_on__range=(since, until)) | Q(due_on=None, triage_due_on__range=(since, until))
    found = list(rows.filter(due).order_by("pk"))
    late_talks = _late_talks(found, until)
    return [
        Handled(
            unit_id=alert.unit_id,
            alert_id=alert.pk,
            due_on=alert.due_on or alert.triage_due_on,
            closed_on=alert.closed_on,
            in_time=alert.pk not in late_talks and not _is_late(alert, until),
        )
        for alert in found
    ]


def unit_colours(
    organisation_id: int, on: date, scheme: Scheme, *, among: QuerySet[Alert] | None = None
) -> Mapping[int, UnitColour]:
    """Return the colours of the units that have open alerts; every other unit has the lowest.

    A page gives `among`, what its reader's figures may count (`access.alerts_counted_for`), so
    that no colour tells somebody of an alert about themself. Three statements.
    """
    rows = Alert.objects.all() if among is None else among
    rows = rows.filter(organisation=organisation_id, state__in=OPEN, unit__isnull=False)
    found: dict[int, list[OpenAlert]] = {}
    for unit, noticed_on, gravity in rows.order_by("pk").values_list(
        "unit", "noticed_on", "gravity"
    ):
        if unit is not None:
            found.setdefault(unit, []).append(OpenAlert(noticed_on=noticed_on, gravity=gravity))
    calendar = calendar_of(organisation_id)
    return {
        unit: UnitColour(
            colour=colour_of(alerts, scheme=scheme, calendar=calendar, on=on), open=len(alerts)
        )
        for unit, alerts in found.items()
    }


def lowest_colour(scheme: Scheme) -> AlertColour:
    """Return the colour of a unit without open alerts."""
    return min(scheme.alert_colours, key=lambda colour: colour.rank)


def by_month(
    organisation_id: int, since: date, until: date, *, among: QuerySet[Alert] | None = None
) -> list[MonthCount]:
    """Return how many signs were noticed, by month and channel; months first. One statement."""
    rows = Alert.objects.all() if among is None else among
    rows = rows.filter(organisation=organisation_id, noticed_on__range=(since, until))
    counted = (
        rows.exclude(state=Alert.State.STRUCK)
        .order_by()
        .annotate(month=TruncMonth("noticed_on"))
        .values_list("month", "channel")
        .annotate(count=Count("pk"), late=Count("pk", filter=triaged_late(until)))
        .order_by("month", "channel")
    )
    return [
        MonthCount(month=month, channel=channel, count=count, late=late)
        for month, channel, count, late in counted
    ]


def triaged_late(on: date) -> Q:
    """Return the condition of alerts that were triaged after their day, or wait past it."""
    return Q(triaged_on__gt=F("triage_due_on")) | Q(triaged_on=None, triage_due_on__lt=on)


def _late_talks(alerts: list[Alert], until: date) -> frozenset[int]:
    """Return the alerts a talk of which was late, or is. One statement."""
    rows = AlertDuty.objects.filter(
        alert__in=alerts, duty__state__in=(Duty.State.OPEN, Duty.State.DONE)
    )
    return frozenset(_late(rows, until))


def _late(rows: QuerySet[AlertDuty], until: date) -> Iterator[int]:
    for alert, due_on, closed_on in rows.values_list("alert", "duty__due_on", "duty__closed_on"):
        if is_late(due_on=due_on, done_on=closed_on, on=until):
            yield alert


def _is_late(alert: Alert, until: date) -> bool:
    triage = is_late(due_on=alert.triage_due_on, done_on=alert.triaged_on, on=until)
    begun = alert.begun_on or alert.closed_on
    return triage or is_late(due_on=alert.due_on, done_on=begun, on=until)
