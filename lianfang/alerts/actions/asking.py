"""An alert asks for the talk on an adverse report with each person it names (五（五）1)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.alerts.models import Alert, AlertDuty, AlertPerson
from lianfang.alerts.rules.asking import Named, talks_wanted
from lianfang.alerts.rules.clocks import talk_rule
from lianfang.alerts.rules.routing import Party
from lianfang.duties.actions.arising import open_arising
from lianfang.duties.models import Duty
from lianfang.scheme.model import Scheme


def ask_for_talks(
    alert: Alert,
    party: Party,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Open the talk on an adverse report with each person named; it is the alert's own talk."""
    rule, due_on = talk_rule(scheme), alert.due_on
    rows = AlertPerson.objects.filter(alert=alert, is_named=True).select_related("post")
    named = [
        Named(person=each.person_id, post=each.post.pk, unit=each.post.unit_id)
        for each in rows.order_by("pk")
        if each.post is not None
    ]
    if rule is None or due_on is None or not named or open_talks(alert):
        return
    opened = open_arising(
        organisation=alert.organisation,
        wanted=list(talks_wanted(rule, alert.pk, named, party, opens_on=on, due_on=due_on)),
        scheme_version=str(scheme.version),
        by=by,
        at=at,
    )
    AlertDuty.objects.bulk_create(
        [AlertDuty(alert=alert, duty=duty) for duty in opened], ignore_conflicts=True
    )


def open_talks(alert: Alert) -> list[Duty]:
    """Return the talks that an alert asks for and that are still owed. One statement."""
    rows = AlertDuty.objects.filter(alert=alert, duty__state=Duty.State.OPEN)
    return [each.duty for each in rows.select_related("duty").order_by("pk")]
