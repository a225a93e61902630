"""An appointment on record, with the talk that comes before it (五（五）2, 五（五）3)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.duties.actions.reconcile import reconcile
from lianfang.org.actions.appointments import appoint
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
    # before the log, as everybody does who reconciles
    organisation = Organisation.objects.select_for_update().get(pk=post.organisation_id)
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
