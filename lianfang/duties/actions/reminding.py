"""Those who are to act are reminded, and in time those above them (三, 七（二）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.duties.models import Reminder
from lianfang.duties.queries.reminding import logins_of, open_duties, reminding_of
from lianfang.duties.rules.reminding import Due
from lianfang.notices.actions import Telling, tell_all
from lianfang.org.models import Organisation

DUE, OVERDUE = "duties.due", "duties.overdue"
CLAUSE = "七（二）"


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
    logins = logins_of(organisation.pk, set(found)) if found else {}
    told_of = {person: dues for person, dues in sorted(found.items()) if person in logins}
    if not told_of:
        return 0
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
        rule=CLAUSE,
    )
    return len(notices)


def _kind(dues: list[Due], on: date) -> str:
    return OVERDUE if any(due.due_on < on for due in dues) else DUE


def _page(dues: list[Due]) -> str:
    """Return the page of the one duty, or that of all one was reminded of."""
    if len(dues) == 1:
        return reverse("duties:duty", args=[dues[0].duty])
    return reverse("duties:reminders")
