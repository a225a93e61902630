"""Reads what reminders follow from, some duties at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from lianfang.common.text import Text
from lianfang.duties.models import Duty, Reminder
from lianfang.duties.queries.duties import MANY
from lianfang.duties.rules.reminding import OpenDuty, Reminding, Told, furthest_ahead
from lianfang.duties.rules.values import ActorRole
from lianfang.org.models import Organisation, Person
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.structure import structure_of
from lianfang.scheme.model import Scheme

CHUNK = 5_000
_PRESSED = Text("上级催办", "Pressed by those above")


def reminding_of(organisation: Organisation, on: date) -> Reminding:
    """Return the reminders in force, and the organisation as it stands on a day.

    Nine statements.
    """
    return Reminding(
        structure=structure_of(organisation.pk, on),
        calendar=calendar_of(organisation.pk),
        reminders=scheme_of(organisation, on).reminders,
    )


def open_duties(
    organisation: Organisation, reminding: Reminding
) -> Iterator[tuple[OpenDuty, list[Told]]]:
    """Yield the open duties that may remind somebody, and who was reminded of them.

    Those that alerts ask for are left out: their own room reminds of them, and of whom it may.
    Two statements, and one more for every 5,000 duties.
    """
    until = reminding.structure.on + furthest_ahead(reminding.reminders)
    rows = Duty.objects.filter(
        organisation=organisation, state=Duty.State.OPEN, due_on__lte=until
    ).exclude(origin=Duty.Origin.ALERT)
    rows = rows.order_by("pk")
    facts = _facts(rows, organisation)
    while chunk := list(islice(facts, CHUNK)):
        told = _told(rows.filter(pk__gte=chunk[0].id, pk__lte=chunk[-1].id))
        for duty in chunk:
            yield duty, told.get(duty.id, [])


def overdue_duties(
    rows: QuerySet[Duty], organisation: Organisation, on: date
) -> list[tuple[OpenDuty, dict[int, date]]]:
    """Return the overdue ones of these duties, and when each of those reminded last was.

    Those that alerts ask for are left out, as they are at night. Two statements.
    """
    rows = rows.filter(organisation=organisation, state=Duty.State.OPEN, due_on__lt=on)
    rows = rows.exclude(origin=Duty.Origin.ALERT).order_by("pk")
    told: dict[int, dict[int, date]] = {}
    sent = Reminder.objects.filter(duty__in=rows.order_by()).order_by("sent_on", "pk")
    for duty, person, sent_on in sent.values_list("duty", "person", "sent_on"):
        told.setdefault(duty, {})[person] = sent_on
    return [(duty, told.get(duty.id, {})) for duty in _facts(rows, organisation)]


def logins_of(organisation: int, people: set[int]) -> dict[int, int]:
    """Return the logins of those people who can sign in. One statement."""
    rows = Person.objects.filter(organisation=organisation, left_on=None, login__is_active=True)
    return {person: login for person, login in rows.values_list("pk", "login") if person in people}


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """A duty that somebody was reminded of, and by which reminder of the scheme last."""

    duty: Duty
    label: Text | None
    by: Text | None
    sent_on: date


def reminded_of(rows: QuerySet[Duty], person: int | None, scheme: Scheme) -> list[Reminded]:
    """Return the first duties somebody was reminded of, soonest first. Two statements."""
    labels = {rule.code: rule.label for rule in scheme.duties}
    names = {reminder.code: reminder.label for reminder in scheme.reminders}
    names[Reminder.PRESSED] = _PRESSED
    duties = list(
        rows.select_related("person", "post", "unit", "actor", "measure").order_by("due_on", "pk")[
            :MANY
        ]
    )
    sent = Reminder.objects.filter(duty__in=duties, person=person).order_by("sent_on", "pk")
    last = {reminder.duty_id: reminder for reminder in sent}
    return [
        Reminded(
            duty=duty,
            label=labels.get(duty.rule),
            by=names.get(last[duty.pk].code),
            sent_on=last[duty.pk].sent_on,
        )
        for duty in duties
    ]


def _facts(rows: QuerySet[Duty], organisation: Organisation) -> Iterator[OpenDuty]:
    """Yield duties as far as they remind. One statement."""
    columns = rows.values_list(
        "pk", "person", "post", "unit", "actor_role", "actor", "due_on", "opened_at"
    )
    zone = ZoneInfo(organisation.time_zone)
    for key, person, post, unit, role, actor, due_on, opened_at in columns.iterator(CHUNK):
        opened_on = opened_at.astimezone(zone).date()
        yield OpenDuty(key, person, post, unit, ActorRole(role), actor, due_on, opened_on)


def _told(duties: QuerySet[Duty]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = {}
    rows = Reminder.objects.filter(duty__in=duties).values_list("duty", "person", "code", "due_on")
    for duty, person, code, due_on in rows:
        found.setdefault(duty, []).append(Told(person, code, due_on))
    return found
