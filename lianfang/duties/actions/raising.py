"""A breach raises the level of a post, and its end lets it down: duties follow (五（七）2（2）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.duties.actions.reconcile import reconcile
from lianfang.org.models import Organisation, Post
from lianfang.powers.models import Power
from lianfang.risks.actions.levels import end_override, record_breach
from lianfang.risks.models import Breach, LevelOverride
from lianfang.scheme.model import Scheme


@transaction.atomic
def confirm_breach(
    *,
    post: Post,
    power: Power | None,
    what: str,
    reference: str,
    found_on: date,
    until_on: date | None = None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Breach:
    """Record a breach found in a post; the duties of the level it gets open at once.

    Raises what `risks.actions.record_breach` does.
    """
    organisation = Organisation.objects.select_for_update().get(pk=post.organisation_id)
    breach = record_breach(
        post=post,
        power=power,
        what=what,
        reference=reference,
        found_on=found_on,
        until_on=until_on,
        scheme=scheme,
        on=on,
        by=by,
        at=at,
    )
    reconcile(organisation=organisation, units=[breach.post.unit_id], on=on, by=by, at=at)
    return breach


@transaction.atomic
def confirm_end_of_raise(
    *,
    override: LevelOverride,
    reason: str,
    last_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LevelOverride:
    """Let a raised level hold no more; the duties it asked for lapse at once.

    Raises what `risks.actions.end_override` does.
    """
    organisation = Organisation.objects.select_for_update().get(pk=override.organisation_id)
    ended = end_override(override=override, reason=reason, on=last_on, by=by, at=at)
    reconcile(organisation=organisation, units=[ended.post.unit_id], on=on, by=by, at=at)
    return ended
