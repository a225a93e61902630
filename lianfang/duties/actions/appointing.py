"""Appointments on record, with the duties that follow at once: the talk before one (五（五）2)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.duties.actions.reconcile import reconcile
from lianfang.org.actions.appointments import appoint, end_appointment, withdraw_appointment
from lianfang.org.models import Appointment, Organisation, Person, Post


@transaction.atomic
def confirm_appointment(
    *,
    person: Person,
    post: Post,
    from_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    kind: str = Appointment.Kind.FULL,
    to_on: date | None = None,
    document: str = "",
) -> Appointment:
    """Record an appointment, and open at once what it asks for: the talk before it, if any.

    The appointment is recorded whether the talk was held or not: a missing talk is overdue from
    the first day. Raises what `org.actions.appoint` does.
    """
    organisation = _locked(post)
    made = appoint(
        person=person,
        post=post,
        from_on=from_on,
        to_on=to_on,
        kind=kind,
        document=document,
        by=by,
        at=at,
    )
    reconcile(organisation=organisation, units=[made.post.unit_id], on=on, by=by, at=at)
    return made


@transaction.atomic
def confirm_end_of_appointment(
    *,
    appointment: Appointment,
    last_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Appointment:
    """Record the last day of an appointment; what is owed no more lapses at once.

    Raises what `org.actions.end_appointment` does.
    """
    organisation = _locked(appointment.post)
    ended = end_appointment(appointment=appointment, on=last_on, by=by, at=at)
    reconcile(organisation=organisation, units=[ended.post.unit_id], on=on, by=by, at=at)
    return ended


@transaction.atomic
def take_back_appointment(
    *,
    appointment: Appointment,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Appointment:
    """Withdraw an appointment entered by mistake, and the duties that came of it lapse at once.

    Raises what `org.actions.withdraw_appointment` does.
    """
    organisation = _locked(appointment.post)
    taken = withdraw_appointment(appointment=appointment, reason=reason, by=by, at=at)
    reconcile(organisation=organisation, units=[taken.post.unit_id], on=on, by=by, at=at)
    return taken


def _locked(post: Post) -> Organisation:
    """Return the organisation, locked before the log is, as everybody does who reconciles."""
    return Organisation.objects.select_for_update().get(pk=post.organisation_id)
