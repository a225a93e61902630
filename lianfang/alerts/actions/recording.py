"""A sign is recorded: numbered, routed, told to whoever decides where it goes (五（六）1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from lianfang.alerts.actions.steps import Paper, keep_papers, tell
from lianfang.alerts.models import Alert, AlertPerson, AlertStep
from lianfang.alerts.queries.concerning import About, about_of, clocks_of, router_for_new
from lianfang.alerts.rules.routing import Router, Routing
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.org.queries.structure import structure_of
from lianfang.powers.models import Power
from lianfang.risks.models import RiskPoint
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.base import Named


class SignUnclear(Refused):
    """A sign without words, from the future, by unknown codes, or of another organisation."""


class AboutOneself(Refused):
    """Somebody would record a sign about themself."""


@dataclass(frozen=True, kw_only=True)
class _Parts:
    unit: Unit | None
    post: Post | None
    power: Power | None
    risk: RiskPoint | None


@transaction.atomic
def open_alert(
    *,
    organisation: Organisation,
    channel: str,
    trigger: str,
    gravity: str,
    what: str,
    noticed_on: date,
    unit: Unit | None = None,
    post: Post | None = None,
    power: Power | None = None,
    risk: RiskPoint | None = None,
    people: Sequence[Person] = (),
    papers: Sequence[Paper] = (),
    recorded_by: Person | None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Alert:
    """Record a sign under the next number of the year; whoever decides where it goes is told.

    A person's post and unit stand for what was not said; of a post without names those who hold it
    are concerned. Raises SignUnclear, AboutOneself, and what `files.keep` does for the papers.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    parts = _Parts(unit=unit, post=post, power=power, risk=risk)
    _require_codes(scheme, channel, trigger, gravity)
    _require_clear(what, noticed_on, on)
    _require_own(organisation, parts, people)
    structure = structure_of(organisation.pk, on)
    about = about_of(
        structure,
        unit=_unit_of(parts),
        post=post.pk if post else None,
        people=[person.pk for person in people],
    )
    _require_others(about, recorded_by)
    router = router_for_new(organisation.pk, about, structure, scheme)
    routing = router.routing(trigger, recorded_by.pk if recorded_by else None)
    alert = Alert(
        organisation=organisation,
        unit_id=about.unit,
        post_id=about.post,
        power=power,
        risk=risk,
        channel=channel,
        trigger=trigger,
        gravity=gravity,
        what=what.strip(),
        noticed_on=noticed_on,
        recorded_by=recorded_by,
        recorded_on=on,
        recorded_at=at,
        scheme_version=str(scheme.version),
        triage_due_on=clocks_of(organisation, scheme).triage_due(noticed_on),
    )
    _route(alert, router, routing)
    _number(alert, on.year)
    alert.save(force_insert=True)
    AlertPerson.objects.bulk_create(
        AlertPerson(
            alert=alert,
            person_id=person,
            post_id=about.seats[person],
            is_named=person in about.named,
        )
        for person in about.people
    )
    _note(alert, routing, scheme, keep_papers(alert, papers, by, at), on, by, at)
    tell(
        alert,
        routing.triager,
        to_act=True,
        structure=structure,
        kept_out=router.concerned.kept_out,
        by=by,
        at=at,
    )
    return alert


def _route(alert: Alert, router: Router, routing: Routing) -> None:
    alert.route = routing.route.code
    alert.goes_to_role = routing.triager.role.value
    alert.goes_to_id = routing.triager.person
    alert.about_office = router.is_about_office
    alert.about_leader = router.is_about_leader


def _number(alert: Alert, year: int) -> None:
    audit.take_turn()
    rows = Alert.objects.filter(organisation=alert.organisation_id, year=year)
    alert.year, alert.number = year, (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _note(
    alert: Alert,
    routing: Routing,
    scheme: Scheme,
    digests: list[str],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Note it in its course and in the log, where each sensitive part is sealed for itself."""
    AlertStep.objects.create(
        alert=alert,
        act=AlertStep.Act.RECORD,
        choice=routing.route.code,
        on=on,
        by_id=by.pk if by else None,
        at=at,
    )
    named = alert.concerned.select_related("person").order_by("pk")
    audit.record(
        at=at,
        by=by,
        action="alerts.alert.recorded",
        subject=alert,
        organisation=alert.organisation_id,
        changes={
            "number": (None, alert.mark),
            "channel": (None, _called(scheme.channels, alert.channel)),
            "trigger": (None, _called(scheme.alert_triggers, alert.trigger)),
            "gravity": (None, _called(scheme.gravities, alert.gravity)),
            "noticed_on": (None, alert.noticed_on.isoformat()),
            "route": (None, routing.route.label.zh),
            **({"file_digest": (None, digests)} if digests else {}),
        },
        sealed={
            "what": (None, alert.what),
            "people": (None, [each.person.name for each in named]),
        },
        rule=routing.route.clause.section,
    )


def _called(rows: Iterable[Named], code: str) -> str:
    return next(each.label.zh for each in rows if each.code == code)


def _unit_of(parts: _Parts) -> int | None:
    if parts.unit is not None:
        return parts.unit.pk
    if parts.post is not None:
        return parts.post.unit_id
    return next((each.unit_id for each in (parts.power, parts.risk) if each is not None), None)


def _require_codes(scheme: Scheme, channel: str, trigger: str, gravity: str) -> None:
    known = (
        (channel, scheme.channels),
        (trigger, scheme.alert_triggers),
        (gravity, scheme.gravities),
    )
    wrong = (code for code, rows in known if code not in {each.code for each in rows})
    unknown = next(wrong, None)
    if unknown is not None:
        raise SignUnclear(
            Text(
                f"方案中没有“{unknown}”。请重新选择渠道、情形和轻重。",
                f"The scheme has no “{unknown}”. Choose channel, trigger and gravity anew.",
            )
        )


def _require_clear(what: str, noticed_on: date, on: date) -> None:
    if not what.strip():
        raise SignUnclear(
            Text("请写明发现了什么。", "Say what was noticed."),
        )
    if noticed_on > on:
        raise SignUnclear(
            Text(
                f"发现日期 {noticed_on} 还没有到。请填写今天（{on}）或以前的日期。",
                f"The day {noticed_on} is still to come; enter today, {on}, or a day before it.",
            )
        )


def _require_own(organisation: Organisation, parts: _Parts, people: Sequence[Person]) -> None:
    concerned = [parts.unit, parts.post, parts.power, parts.risk, *people]
    if any(each.organisation_id != organisation.pk for each in concerned if each is not None):
        raise SignUnclear(
            Text(
                "涉及的人员、岗位或职权不属于本单位。请重新选择。",
                "What it is about is not of this organisation. Choose again.",
            )
        )


def _require_others(about: About, recorded_by: Person | None) -> None:
    if recorded_by is not None and recorded_by.pk in about.people:
        raise AboutOneself(
            Text(
                "不能记录涉及本人的预警。请直接向上一级说明。",
                "Nobody records a sign about themself. Speak to the next one up directly.",
            )
        )
