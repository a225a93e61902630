"""Those who have an alert that is late are reminded, and those above them told (五（六）1)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.alerts.actions.steps import notify
from lianfang.alerts.models import Alert, AlertReminder
from lianfang.alerts.queries.concerning import people_of, router_for
from lianfang.alerts.queries.waiting import overdue_alerts
from lianfang.alerts.rules.overdue import ClockCode
from lianfang.alerts.rules.routing import Router
from lianfang.alerts.rules.states import CLAUSE
from lianfang.audit import actions as audit
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.rules.structure import BodyKind
from lianfang.scheme.model import Scheme

OVERDUE = "alerts.overdue"


@transaction.atomic
def remind_of_alerts(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> int:
    """Remind those who have an alert of a day that passed, once; return of how many alerts.

    The discipline office is reminded too, unless it is about that office; nobody concerned, no kin.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    scheme = scheme_of(organisation, on)
    reminded = 0
    for alert, clock, due_on in overdue_alerts(organisation.pk, on):
        made, is_new = AlertReminder.objects.get_or_create(
            alert=alert, clock=clock, due_on=due_on, defaults={"sent_on": on}
        )
        if is_new:
            _remind(alert, clock, scheme, on, by, at)
            audit.record(
                at=at,
                by=by,
                action="alerts.alert.reminded",
                subject=alert,
                organisation=organisation.pk,
                changes={"due_on": (None, made.due_on.isoformat())},
                rule=CLAUSE,
            )
            reminded += 1
    return reminded


def _remind(
    alert: Alert,
    clock: ClockCode,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    router = router_for(alert, scheme, on)
    people = _having(alert, router)
    if clock is not ClockCode.FOLLOW_UP:
        people |= _office(alert, router)
    url = reverse("alerts:alert", args=[alert.pk])
    notify(people - router.concerned.kept_out, OVERDUE, url, alert, by, at)


def _having(alert: Alert, router: Router) -> frozenset[int]:
    if alert.goes_to_id is not None:
        return frozenset({alert.goes_to_id})
    return people_of(router.structure, alert.goes_to_role)


def _office(alert: Alert, router: Router) -> frozenset[int]:
    if alert.about_office:
        return frozenset()
    return router.structure.members.get(BodyKind.DISCIPLINE_OFFICE, frozenset())
