"""Those who are to act are reminded, and in time those above them (三, 七（二）)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.duties.models import Duty, Reminder
from lianfang.duties.queries.reminding import (
    logins_of,
    open_duties,
    overdue_duties,
    reminding_of,
)
from lianfang.duties.rules.reminding import Due
from lianfang.notices.actions import Telling, tell_all
from lianfang.org.models import Organisation, Person

DUE, OVERDUE, PRESSED = "duties.due", "duties.overdue", "duties.pressed"
CLAUSE, CLAUSE_OF_PRESSING = "七（二）", "五（七）2（1）"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """How many people were told, of how many duties."""

    people: int = 0
    duties: int = 0


@transaction.atomic
def remind(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> int:
    """Remind everybody of what falls due or is overdue on a day; return how many were told.

    Each gets one notice, of however many duties and after however many missed nights; done again
    on the same day, it tells nobody. Who has no login is told once they have one. Two events in
    the log. The statements don't grow with the people told.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    reminding = reminding_of(organisation, on)
    found: dict[int, list[Due]] = {}
    for duty, told in open_duties(organisation, reminding):
        for due in reminding.due(duty, told):
            found.setdefault(due.person, []).append(due)
    sent = _send(found, organisation=organisation, on=on, by=by, at=at, rule=CLAUSE)
    return sent.people


@transaction.atomic
def press(
    *,
    organisation: Organisation,
    duties: QuerySet[Duty],
    on: date,
    by: AbstractBaseUser,
    at: datetime,
) -> Sent:
    """Press those who are to act on the overdue ones of these duties; return whom and about what.

    Each gets one notice. Nobody is pressed by themself, nor about what they were told of less than
    three working days ago. Two events in the log; the statements don't grow with the people told.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    reminding = reminding_of(organisation, on)
    own = Person.objects.filter(login=by.pk).values_list("pk", flat=True).first()
    found: dict[int, list[Due]] = {}
    for duty, last_told in overdue_duties(duties, organisation, on):
        for person in sorted(reminding.pressed(duty, last_told) - {own}):
            due = Due(duty.id, person, Reminder.PRESSED, duty.due_on)
            found.setdefault(person, []).append(due)
    return _send(found, organisation=organisation, on=on, by=by, at=at, rule=CLAUSE_OF_PRESSING)


def _send(
    found: Mapping[int, list[Due]],
    *,
    organisation: Organisation,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    rule: str,
) -> Sent:
    """Tell those of them who can sign in, each in one notice."""
    logins = logins_of(organisation.pk, set(found)) if found else {}
    told_of = {person: dues for person, dues in sorted(found.items()) if person in logins}
    if not told_of:
        return Sent()
    notices = tell_all(
        tellings=[
            Telling(recipient=logins[person], kind=_kind(dues, on), url=_page(dues))
            for person, dues in told_of.items()
        ],
        subject=organisation,
        organisation=organisation.pk,
        by=by,
        at=at,
    )
    made = Reminder.objects.bulk_create(
        Reminder(
            duty_id=due.duty,
            person_id=due.person,
            code=due.code,
            due_on=due.due_on,
            sent_on=on,
            notice=notice,
        )
        for dues, notice in zip(told_of.values(), notices, strict=True)
        for due in dues
    )
    audit.record_bulk(
        at=at,
        by=by,
        action="duties.reminders.sent",
        subject=organisation,
        organisation=organisation.pk,
        rows=[RowOfBulk(subject=each, changes={"reminder": (None, each.code)}) for each in made],
        rule=rule,
    )
    return Sent(people=len(notices), duties=len({each.duty_id for each in made}))


def _kind(dues: list[Due], on: date) -> str:
    if any(due.code == Reminder.PRESSED for due in dues):
        return PRESSED
    return OVERDUE if any(due.due_on < on for due in dues) else DUE


def _page(dues: list[Due]) -> str:
    """Return the page of the one duty, or that of all one was reminded of."""
    if len(dues) == 1:
        return reverse("duties:duty", args=[dues[0].duty])
    return reverse("duties:reminders")
