"""Those who have an alert that is late are reminded, in time those above told (三, 五（六）1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.alerts.actions.steps import let_know, notify
from lianfang.alerts.models import Alert, AlertLetter, AlertReminder
from lianfang.alerts.queries.concerning import head_seat, people_of, router_for
from lianfang.alerts.queries.waiting import overdue_alerts, overdue_notices, rungs_told
from lianfang.alerts.rules.overdue import ClockCode
from lianfang.alerts.rules.raising import Rise, rises_due
from lianfang.alerts.rules.routing import Router
from lianfang.alerts.rules.states import CLAUSE
from lianfang.audit import actions as audit
from lianfang.org.models import Organisation
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.rules.structure import BodyKind
from lianfang.scheme.model import Scheme

OVERDUE = "alerts.overdue"
_OWN = ""


@dataclass(frozen=True, kw_only=True)
class _Night:
    """By which scheme, for which day, by whom and when it is reminded."""

    scheme: Scheme
    on: date
    by: AbstractBaseUser | None
    at: datetime


@transaction.atomic
def remind_of_alerts(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> int:
    """Remind of alerts, and of notices to units, whose day passed; return of how many.

    First whoever has one and the discipline office, unless it is about that office; after the days
    of the scheme's reminders, those above, who may know of it from then on. Each once a rung and
    day; nobody concerned, no kin. Source: 三, 五（六）1, 七（二）.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    night = _Night(scheme=scheme_of(organisation, on), on=on, by=by, at=at)
    calendar, told = calendar_of(organisation.pk), rungs_told(organisation.pk)
    reminded = 0
    for alert, clock, due_on in overdue_alerts(organisation.pk, on):
        done = told.get((alert.pk, clock, due_on), set())
        due = rises_due(night.scheme.reminders, due_on, on=on, calendar=calendar)
        rises = [each for each in due if each.reminder.code not in done]
        if rises or _OWN not in done:
            reminded += _remind(alert, clock, due_on, rises, _OWN not in done, night)
    for letter in overdue_notices(organisation.pk, on):
        _remind_unit(letter, night)
        reminded += 1
    return reminded


def _remind(
    alert: Alert,
    clock: ClockCode,
    due_on: date,
    rises: Sequence[Rise],
    is_first: bool,
    night: _Night,
) -> bool:
    """Remind whoever has an alert, and tell those above of it; return whether anybody was."""
    router = router_for(alert, night.scheme, night.on)
    people = _having(alert, router)
    rungs = {_OWN: ""} if is_first else {}
    if is_first and clock is not ClockCode.FOLLOW_UP:
        people |= _office(alert, router)
    for rise in rises:
        party = router.above(alert.goes_to_id, rise.to)
        if party is not None and party.person is not None:
            let_know(alert, party.person, party.role, at=night.at)
            people |= {party.person}
            rungs[rise.reminder.code] = rise.reminder.label.zh
    if not rungs:
        return False
    AlertReminder.objects.bulk_create(
        AlertReminder(alert=alert, clock=clock, due_on=due_on, rung=code, sent_on=night.on)
        for code in rungs
    )
    changes = _changes(due_on, [label for label in rungs.values() if label])
    _note(alert, alert, changes, night)
    url = reverse("alerts:alert", args=[alert.pk])
    notify(people - router.concerned.kept_out, OVERDUE, url, alert, night.by, night.at)
    return True


def _remind_unit(letter: AlertLetter, night: _Night) -> None:
    """Remind the head of a unit of a notice, and those who wait for what it put right."""
    alert = letter.alert
    router = router_for(alert, night.scheme, night.on)
    seat = head_seat(router.structure, letter.unit_id)
    people = _having(alert, router) | _office(alert, router)
    people |= frozenset({seat} if seat is not None else ())
    AlertReminder.objects.create(
        alert=alert,
        letter=letter,
        clock=ClockCode.CORRECTION,
        due_on=letter.due_on,  # type: ignore[misc]
        sent_on=night.on,
    )
    _note(letter, alert, _changes(letter.due_on, []), night)
    url = reverse("alerts:letter", args=[letter.pk])
    notify(people - router.concerned.kept_out, OVERDUE, url, alert, night.by, night.at)


def _changes(due_on: date | None, told: list[str]) -> dict[str, tuple[object, object]]:
    days: dict[str, tuple[object, object]] = {
        "due_on": (None, due_on.isoformat() if due_on else None)
    }
    return {**days, "rungs": (None, told)} if told else days


def _note(
    subject: Alert | AlertLetter,
    alert: Alert,
    changes: dict[str, tuple[object, object]],
    night: _Night,
) -> None:
    audit.record(
        at=night.at,
        by=night.by,
        action=f"alerts.{'letter' if isinstance(subject, AlertLetter) else 'alert'}.reminded",
        subject=subject,
        organisation=alert.organisation_id,
        changes=changes,
        rule=CLAUSE,
    )


def _having(alert: Alert, router: Router) -> frozenset[int]:
    if alert.goes_to_id is not None:
        return frozenset({alert.goes_to_id})
    return people_of(router.structure, alert.goes_to_role)


def _office(alert: Alert, router: Router) -> frozenset[int]:
    if alert.about_office:
        return frozenset()
    return router.structure.members.get(BodyKind.DISCIPLINE_OFFICE, frozenset())
