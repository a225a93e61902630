"""A power is withheld from the public, or no longer, with a reason (一, 七（三）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.powers.models import Power
from lianfang.public.models import Publication, PublishedPower, Withholding
from lianfang.public.rules.cards import CLAUSE


class WithheldAlready(Refused):
    """A power that is withheld would be withheld again."""


class NotWithheld(Refused):
    """A decision to withhold has ended already."""


@transaction.atomic
def withhold_power(
    *, power: Power, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Withholding:
    """Keep a power from the public; one that is public is taken off at once.

    Raises WithheldAlready.
    """
    Organisation.objects.select_for_update().get(pk=power.organisation_id)
    if Withholding.objects.filter(power=power, ended_on=None).exists():
        raise WithheldAlready(
            Text(
                f"“{power.name}”已经决定不公开。请刷新页面。",
                f"“{power.name}” is withheld already. Reload the page.",
            )
        )
    made = Withholding.objects.create(
        organisation_id=power.organisation_id,
        power=power,
        reason=reason,
        from_on=on,
        decided_at=at,
        decided_by_id=by.pk if by else None,
    )
    rows = PublishedPower.objects.filter(
        publication__organisation=power.organisation_id,
        publication__replaced_on=None,
        code=power.code,
        withdrawn_on=None,
    )
    was_public = bool(rows.update(withdrawn_on=on))
    if was_public:
        now = Publication.objects.filter(organisation=power.organisation_id, replaced_on=None)
        now.update(changed_at=at)
    audit.record(
        at=at,
        by=by,
        action="public.power.withheld",
        subject=power,
        organisation=power.organisation_id,
        changes={"reason": (None, reason), "was_public": (None, was_public)},
        rule=CLAUSE,
    )
    return made


@transaction.atomic
def release_power(
    *,
    withholding: Withholding,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Withholding:
    """Withhold a power no longer; the next publication shows it. Raises NotWithheld."""
    Organisation.objects.select_for_update().get(pk=withholding.organisation_id)
    found = Withholding.objects.select_related("power").get(pk=withholding.pk)
    if found.ended_on is not None:
        raise NotWithheld(
            Text(
                f"“{found.power.name}”已经恢复公开。请刷新页面。",
                f"“{found.power.name}” is no longer withheld. Reload the page.",
            )
        )
    found.ended_on, found.ended_reason = on, reason
    found.save(update_fields=["ended_on", "ended_reason"])
    audit.record(
        at=at,
        by=by,
        action="public.power.released",
        subject=found.power,
        organisation=found.organisation_id,
        changes={"reason": (None, reason)},
        rule=CLAUSE,
    )
    return found
