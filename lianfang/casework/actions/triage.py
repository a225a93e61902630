"""A report becomes an alert or a lead: in the officer's words, never the sender's (五（六）1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.alerts.actions.recording import open_alert
from lianfang.alerts.models import Alert
from lianfang.casework.actions.cases import case_of, moved
from lianfang.casework.models import ReportCase
from lianfang.casework.rules.states import Act
from lianfang.leads.actions.opening import open_lead
from lianfang.leads.models import Lead
from lianfang.org.models import Person, Post, Unit
from lianfang.org.queries.numbers import scheme_of
from lianfang.portal.models import SealedReport

CHANNEL = "letters"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What an officer makes of a report: whom and what it is about, and how they word it."""

    unit: Unit | None = None
    post: Post | None = None
    people: Sequence[Person] = ()


@transaction.atomic
def raise_alert(
    *,
    report: SealedReport,
    trigger: str,
    gravity: str,
    what: str,
    matter: Matter,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Make an alert of a report; nobody is named as who recorded it. Raises NotNow, SignUnclear."""
    case = case_of(report)
    alert: Alert = open_alert(
        organisation=report.organisation,
        channel=CHANNEL,
        trigger=trigger,
        gravity=gravity,
        what=what,
        noticed_on=on,
        unit=matter.unit,
        post=matter.post,
        people=matter.people,
        recorded_by=None,
        scheme=scheme_of(report.organisation, on),
        on=on,
        by=by,
        at=at,
    )
    return moved(
        case,
        Act.ACCEPT,
        on=on,
        by=by,
        at=at,
        told={"route": (None, ReportCase.Route.ALERT)},
        route=ReportCase.Route.ALERT,
        routed_on=on,
        alert=alert,
    )


@transaction.atomic
def raise_lead(
    *,
    report: SealedReport,
    handlers: Sequence[Person],
    matter: Matter,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Make a lead of a report; whoever handles it knows it, nobody else. Raises NotNow, Unfit."""
    case = case_of(report)
    lead = open_lead(
        organisation=report.organisation,
        origin=Lead.Origin.REPORT,
        people=matter.people,
        unit=matter.unit,
        post=matter.post,
        received_on=on,
        handlers=handlers,
        scheme=scheme_of(report.organisation, on),
        on=on,
        by=by,
        at=at,
    )
    return moved(
        case,
        Act.ACCEPT,
        on=on,
        by=by,
        at=at,
        told={"route": (None, ReportCase.Route.LEAD)},
        route=ReportCase.Route.LEAD,
        routed_on=on,
        lead=lead,
    )
