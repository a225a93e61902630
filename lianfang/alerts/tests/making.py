"""Alerts as tests make them: the head of finance notices something about the clerk."""

from datetime import date, timedelta
from typing import Any

from lianfang.alerts.actions.moving import (
    begin_alert,
    close_alert,
    hand_over,
    take_measure,
    triage_alert,
)
from lianfang.alerts.actions.recording import open_alert
from lianfang.alerts.models import Alert, AlertDuty
from lianfang.duties.models import Duty
from lianfang.duties.tests.talking import held, planned
from lianfang.org.models import Kinship, Person
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.tests.cast import AT, ON, Cast

SCHEME = written_scheme("cnas-2012")
DAY = timedelta(days=1)
WHAT = "三次用餐由被评审机构承担，未报备。"


def noticed(cast: Cast, *people: str, by: str | None = "head", **values: Any) -> Alert:
    """Return an alert about these parts, the clerk where none is named."""
    given: dict[str, Any] = {
        "channel": "daily",
        "trigger": "closeness",
        "gravity": "ordinary",
        "what": WHAT,
        "noticed_on": ON,
        "people": [cast.people[part] for part in people or ("clerk",)],
        "recorded_by": cast.people[by] if by else None,
        "on": ON,
        "by": cast.logins[by] if by else None,
        "at": AT,
    }
    return open_alert(organisation=cast.organisation, scheme=SCHEME, **{**given, **values})


def triaged(
    cast: Cast, alert: Alert | None = None, *, way: str = "owner", by: str = "head", on: date = ON
) -> Alert:
    return triage_alert(
        alert=alert or noticed(cast),
        way=way,
        reason="首次发现，先约谈。",
        scheme=SCHEME,
        on=on,
        by=cast.logins[by],
        at=AT,
    )


def begun(cast: Cast, alert: Alert | None = None, *, by: str = "head", on: date = ON) -> Alert:
    return begin_alert(alert=alert or triaged(cast), on=on, by=cast.logins[by], at=AT)


def measured(
    cast: Cast, alert: Alert | None = None, rung: str = "reminder", *, by: str = "head"
) -> Alert:
    return take_measure(
        alert=alert or triaged(cast),
        rung=rung,
        reason="本人承认，已补交。",
        scheme=SCHEME,
        on=ON,
        by=cast.logins[by],
        at=AT,
    )


def talk_of(alert: Alert) -> Duty:
    """Return the one talk an alert asks for."""
    return AlertDuty.objects.get(alert=alert).duty


def talked(cast: Cast, alert: Alert) -> None:
    """Let the head hold the talk an alert asks for, with the office worker as second talker."""
    duty = talk_of(alert)
    talk = planned(cast, duty, kind="reminder")
    held(cast, talk, duty, second=cast.people["office"])


def closed(
    cast: Cast,
    alert: Alert | None = None,
    outcome: str = "unfounded",
    *,
    by: str = "head",
    on: date = ON,
) -> Alert:
    return close_alert(
        alert=alert or begun(cast),
        outcome=outcome,
        reason="查无此事，说明归档。",
        scheme=SCHEME,
        on=on,
        by=cast.logins[by],
        at=AT,
    )


def handed_over(cast: Cast, alert: Alert | None = None) -> Alert:
    return hand_over(
        alert=alert or noticed(cast, trigger="suspicion"),
        reason="情节较重，转为线索。",
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def kin(one: Person, other: Person) -> None:
    """Put on record that two people are related."""
    Kinship.objects.create(person=one, relative=other, relation="配偶", recorded_on=ON)
