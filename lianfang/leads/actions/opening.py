"""A lead is registered, whom it concerns is added to, a wrong entry is struck out."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.alerts.actions.moving import close_handed_over, hand_over
from lianfang.alerts.models import Alert
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.leads.actions.moving import (
    NotYours,
    around,
    locked,
    note,
    page_of,
    person_key,
    require_handling,
    require_past,
    require_step,
    save,
    tell_people,
)
from lianfang.leads.actions.rerouting import keep_in_hands, shut_out
from lianfang.leads.models import Lead, LeadAccess, LeadPerson, LeadStep
from lianfang.leads.queries.keeping import OFFICE, OVERSIGHT, Office, office_of
from lianfang.leads.queries.ladders import disposal_due
from lianfang.leads.rules.deciding import keeper_of
from lianfang.leads.rules.marks import free_numbers
from lianfang.leads.rules.states import LeadAct
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.powers.models import Power
from lianfang.scheme.model import Scheme

# what the alert says to all who see it: neither the number of the lead nor who handles it
HANDED_OVER = "转为问题线索办理。"
# what it says once the lead is at its end: never what came of it
ENDED, ALERT_CLOSED = "close", "线索已经办结，结果依照规定告知有关人员。"


class Unfit(Refused):
    """Somebody would handle a lead who is not of the body, or is concerned or kin."""


class NobodyLeft(Refused):
    """Nobody inside may know of the lead: it belongs to the superior body."""


class NumbersGone(Refused):
    """All numbers of a year are given."""


@transaction.atomic
def open_lead(
    *,
    organisation: Organisation,
    origin: str,
    alert: Alert | None = None,
    about: str = "",
    people: Sequence[Person] = (),
    unit: Unit | None = None,
    post: Post | None = None,
    power: Power | None = None,
    received_on: date,
    handlers: Sequence[Person],
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Lead:
    """Register a lead under a drawn number, and give its handlers access.

    One that concerns somebody of the discipline office belongs to the body over it; unless its
    people were chosen, whoever keeps it there handles it. `about` is kept only where the
    organisation keeps content here. An alert is handed over with it, and whom it is about is named.
    Raises NotYet, NotYours, Unfit, NobodyLeft, and what `hand_over` does.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require_past(received_on, on, date.min)
    people = _with_those_of(alert, people)
    unit = unit or (post.unit if post is not None else alert.unit if alert is not None else None)
    office = office_of(organisation.pk, on)
    close = frozenset(key for person in people for key in office.close_to(person.pk))
    _require_uninvolved(by, close)
    body = OVERSIGHT if any(one.pk in office.members for one in people) else OFFICE
    hands = _hands(office, body, [one.pk for one in handlers], close)
    audit.take_turn()
    lead = Lead(
        organisation=organisation,
        year=received_on.year,
        number=_drawn(organisation, received_on.year),
        origin=origin,
        alert=alert,
        body=body,
        unit=unit,
        post=post or (alert.post if alert is not None else None),
        power=power or (alert.power if alert is not None else None),
        about="" if scheme.leads.register_only else about.strip(),
        received_on=received_on,
        registered_on=on,
        due_on=disposal_due(organisation.pk, received_on, scheme),
        scheme_version=str(scheme.version),
        registered_by=by,  # type: ignore[misc]
    )
    if alert is not None and not alert.is_handed_over:
        hand_over(alert=alert, reason=HANDED_OVER, on=on, by=by, at=at)
    lead.save(force_insert=True)
    _name(lead, people, on)
    for key in hands:
        _give(lead, key, on, by, at)
    note(
        lead,
        LeadStep.What.REGISTERED,
        "leads.lead.opened",
        on=on,
        by=by,
        at=at,
        code=origin,
        changes={
            "mark": (None, lead.mark),
            "origin": (None, origin),
            "received_on": (None, received_on.isoformat()),
            "due_on": (None, lead.due_on.isoformat()),
        },
        sealed={
            "people": (None, [one.name for one in people]),
            "handlers": (None, _names(hands)),
            "about": (None, lead.about),
        },
    )
    tell_people(hands, page_of(lead), by=by, at=at)
    return lead


@transaction.atomic
def name_people(
    *, lead: Lead, people: Sequence[Person], on: date, by: AbstractBaseUser | None, at: datetime
) -> Lead:
    """Add whom a lead concerns; from this moment they and their kin see nothing of it.

    Where one of them is of the discipline office, the lead passes to the body over it, and nobody
    of the office sees it any more. Raises NotYours and NobodyLeft.
    """
    lead = locked(lead)
    require_handling(lead, around(lead, on, by))
    known = set(lead.concerned.values_list("person", flat=True))
    added = [one for one in people if one.pk not in known]
    _name(lead, added, on)
    office = office_of(lead.organisation_id, on)
    passes = lead.body == OFFICE and any(one.pk in office.members for one in added)
    if passes:
        save(lead, body=OVERSIGHT)
    shut_out(lead, on=on, at=at)
    if keep_in_hands(lead, on=on, by=by, at=at) is None:
        raise nobody_left()
    note(
        lead,
        LeadStep.What.NAMED,
        "leads.lead.people_named",
        on=on,
        by=by,
        at=at,
        changes={"body": (None, lead.body)} if passes else {},
        sealed={"people": (None, [one.name for one in added])},
    )
    return lead


@transaction.atomic
def strike_lead(
    *, lead: Lead, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Lead:
    """Strike out a wrong entry before it is disposed of; its number stays. Raises NotPossible."""
    lead = locked(lead)
    require_handling(lead, around(lead, on, by))
    state = require_step(lead, LeadAct.STRIKE)
    save(lead, state=state.value, struck_for=reason)
    if lead.alert is not None:
        close_handed_over(alert=lead.alert, outcome=ENDED, reason=ALERT_CLOSED, on=on, by=by, at=at)
    note(
        lead,
        LeadStep.What.STRUCK,
        "leads.lead.struck",
        on=on,
        by=by,
        at=at,
        code=reason,
        changes={"struck_for": (None, reason)},
    )
    return lead


def _with_those_of(alert: Alert | None, people: Sequence[Person]) -> list[Person]:
    of_alert = [] if alert is None else list(alert.people.order_by("pk"))
    return list(dict.fromkeys([*people, *of_alert]))


def _require_uninvolved(by: AbstractBaseUser | None, close: frozenset[int]) -> None:
    if person_key(by) in close:
        raise NotYours(
            Text(
                "线索涉及您本人或您的亲属，您应当回避。请由其他人员登记。",
                "The lead concerns you or your kin, so you stay out of it. Let somebody else "
                "register it.",
            )
        )


def _hands(
    office: Office, body: str, handlers: Iterable[int], close: frozenset[int]
) -> tuple[int, ...]:
    """Return who handles a new lead. Raises Unfit and NobodyLeft."""
    fit = [key for key in office.of_body(body) if key not in close]
    chosen = tuple(dict.fromkeys(handlers))
    if chosen and all(key in fit for key in chosen):
        return chosen
    if chosen and body == OFFICE:
        raise Unfit(
            Text(
                "承办人应是承办机构的成员，且不是涉及人员或其亲属。请另选承办人。",
                "Those who handle a lead are of the body that works on it, and neither concerned "
                "nor kin. Choose others.",
            )
        )
    keeper = keeper_of(office.candidates(body), close)
    if keeper is None:
        raise nobody_left()
    return (keeper,)


def nobody_left() -> NobodyLeft:
    return NobodyLeft(
        Text(
            "本机构没有可以办理这条线索的人员。请按规定移交上级机关，不在这里登记。",
            "Nobody in this organisation may work on this lead. Hand it to the superior body; it "
            "is not registered here.",
        )
    )


def _drawn(organisation: Organisation, year: int) -> int:
    rows = Lead.objects.filter(organisation=organisation, year=year)
    free = free_numbers(set(rows.values_list("number", flat=True)))
    if not free:
        raise NumbersGone(
            Text(
                f"{year} 年的线索编号已经用完。请与系统管理员联系。",
                f"All numbers of {year} are given. Ask the system administrator.",
            )
        )
    return secrets.choice(free)


def _name(lead: Lead, people: Iterable[Person], on: date) -> None:
    LeadPerson.objects.bulk_create(
        LeadPerson(lead=lead, person=person, named_on=on) for person in dict.fromkeys(people)
    )


def _give(lead: Lead, person: int, on: date, by: AbstractBaseUser | None, at: datetime) -> None:
    LeadAccess.objects.create(
        lead=lead,
        person_id=person,
        part=LeadAccess.Part.HANDLES,
        reason=LeadAccess.Reason.NAMED,
        from_on=on,
        given_by=by,  # type: ignore[misc]
        given_at=at,
    )


def _names(keys: Sequence[int]) -> list[str]:
    return list(Person.objects.filter(pk__in=keys).order_by("pk").values_list("name", flat=True))
