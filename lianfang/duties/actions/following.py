"""Duties follow whatever changed, on whichever page: the log tells of it (六（四）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.duties.actions.reconcile import Reconciled, reconcile
from lianfang.duties.models import Followed
from lianfang.duties.queries.following import last_to_follow
from lianfang.org.models import Organisation


@transaction.atomic
def follow(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> Reconciled:
    """Reconcile an organisation if its log tells of a change not followed yet.

    Safe to repeat: without a change it writes nothing, at four statements. The log is told by
    `reconcile`; how far it was followed is no fact of its own.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = last_to_follow(organisation.pk)
    if last is None:
        return Reconciled()
    done = reconcile(organisation=organisation, on=on, by=by, at=at)
    Followed.objects.update_or_create(organisation=organisation, defaults={"position": last})
    return done
