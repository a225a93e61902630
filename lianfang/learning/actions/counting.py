"""Hours that are reached do the duty to learn; hours that are too few again open it (二)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.duties.actions.closing import fulfil_duty, reopen_duty
from lianfang.duties.models import Duty
from lianfang.files.actions import void_document
from lianfang.learning.actions.parts import locked_organisation
from lianfang.learning.models import Certificate, HoursReached
from lianfang.learning.queries.hours import (
    attendances_in,
    duty_of,
    hours_of,
    learning_duties,
    taken_in,
)
from lianfang.learning.rules.hours import Progress, total
from lianfang.org.models import Organisation, Person


@transaction.atomic
def count_hours(
    *,
    person: Person,
    year: int,
    done_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> HoursReached | None:
    """Do somebody's duty to learn, open in a year, where the hours are enough; else nothing.

    The organisation is locked first. `done_on` is the day of what was learnt last.
    """
    organisation = locked_organisation(person.organisation_id)
    duty = duty_of(organisation.pk, person.pk, year)
    if duty is None or duty.state != Duty.State.OPEN or duty.hours is None:
        return None
    done = hours_of(organisation.pk, person.pk, year)
    return _reach(duty, person, year, done, min(max(done_on, duty.opens_on), on), on, by, at)


@transaction.atomic
def uncount_hours(
    *, person: Person, year: int, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Duty | None:
    """Open the duty again that hours did which are too few now, and void its certificate.

    Returns that duty; None where the hours are still enough, or did no duty. A duty that was
    waived or has lapsed since stays so. The organisation is locked first.
    """
    organisation = locked_organisation(person.organisation_id)
    rows = HoursReached.objects.select_for_update(of=("self",)).select_related("duty")
    reached = rows.filter(person=person, year=year).first()
    if reached is None:
        return None
    done = hours_of(organisation.pk, person.pk, year)
    if Progress(done=done, asked=reached.duty.hours).is_reached:
        reached.hours = done
        reached.save(update_fields=["hours"])
        return None
    reached.delete()
    for certificate in Certificate.objects.filter(
        person=person, year=year, document__void_on=None
    ).select_related("document"):
        if certificate.document is not None:
            void_document(document=certificate.document, reason=reason, by=by, at=at)
    if reached.duty.state != Duty.State.DONE:
        return None
    return reopen_duty(duty=reached.duty, by=by, at=at)


@transaction.atomic
def catch_up(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> int:
    """Do the duties to learn that were opened, or ask for less, after the hours were reached.

    Returns how many. Four statements where there is nothing to do.
    """
    organisation = locked_organisation(organisation.pk)
    taken = taken_in(organisation.pk, on.year)
    rows = learning_duties(organisation.pk, on.year).filter(
        state=Duty.State.OPEN,
        actor__in=attendances_in(organisation.pk, on.year).order_by().values("person"),
        hours__isnull=False,
        opens_on__lte=on,
    )
    done = [
        _reach(duty, duty.actor, on.year, total(taken[duty.actor.pk]), on, on, by, at)
        for duty in rows.select_related("actor").order_by("pk")
        if duty.actor is not None
    ]
    return sum(reached is not None for reached in done)


def _reach(
    duty: Duty,
    person: Person,
    year: int,
    done: float,
    done_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> HoursReached | None:
    if not Progress(done=done, asked=duty.hours).is_reached:
        return None
    fulfil_duty(
        duty=duty,
        done_on=done_on,
        evidence=f"学习记录：{year} 年完成 {done:g} 学时，应完成 {duty.hours:g} 学时。",
        on=on,
        by=by,
        at=at,
    )
    reached, _is_new = HoursReached.objects.update_or_create(
        person=person,
        year=year,
        defaults={
            "organisation_id": duty.organisation_id,
            "hours": done,
            "duty": duty,
            "reached_on": done_on,
        },
    )
    return reached
