"""Everybody decides for themself where and when word of their notices reaches them."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from lianfang.accounts.models import User
from lianfang.audit import actions as audit
from lianfang.notices.models import Preference


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants: to which address, how often, and when not."""

    email: str
    digest: str
    daily_at: time
    quiet_from: time | None
    quiet_to: time | None


@transaction.atomic
def set_preference(*, organisation: int, wish: Wish, by: User, at: datetime) -> Preference:
    """Store what somebody wants for themself; the log keeps the address apart, to be erased."""
    rows = Preference.objects.select_for_update()
    preference = rows.filter(recipient=by).first() or Preference(recipient=by, version=0)
    was = preference.email or None
    preference.organisation = organisation
    preference.email, preference.digest = wish.email, wish.digest
    preference.daily_at = wish.daily_at
    preference.quiet_from, preference.quiet_to = wish.quiet_from, wish.quiet_to
    preference.version += 1
    preference.save()
    audit.record(
        at=at,
        by=by,
        action="notices.preference.set",
        subject=preference,
        organisation=organisation,
        changes={"digest": (None, wish.digest)},
        sealed={"email": (was, wish.email)} if was != (wish.email or None) else None,
    )
    return preference
