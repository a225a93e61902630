"""What the portal of an organisation is set to."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Stale
from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.portal.models import PortalSetup

CLAUSE = "五（六）1"


@transaction.atomic
def ensure_setup(
    *, organisation: Organisation, by: AbstractBaseUser | None, at: datetime
) -> PortalSetup:
    """Return what the portal is set to; the first time with a fresh salt and the usual hotline."""
    setup, made = PortalSetup.objects.get_or_create(organisation=organisation)
    if made:
        audit.record(
            at=at,
            by=by,
            action="portal.setup.made",
            subject=setup,
            organisation=organisation.pk,
            changes={"hotline": (None, setup.hotline)},
            rule=CLAUSE,
        )
    return setup


@transaction.atomic
def change_setup(
    *,
    organisation: Organisation,
    values: Mapping[str, str],
    version: int,
    by: AbstractBaseUser,
    at: datetime,
) -> PortalSetup:
    """Change where senders are pointed to. Raises Stale where somebody else changed it."""
    setup = ensure_setup(organisation=organisation, by=by, at=at)
    setup = PortalSetup.objects.select_for_update().get(pk=setup.pk)
    if setup.version != version:
        raise Stale(
            Text(
                "其他人刚刚改过举报设置。请核对后再保存。",
                "Somebody else has just changed these settings. Look at them and save again.",
            ),
            setup.version,
        )
    changes = {
        name: (getattr(setup, name), value)
        for name, value in values.items()
        if getattr(setup, name) != value
    }
    if not changes:
        return setup
    for name, value in values.items():
        setattr(setup, name, value)
    setup.version += 1
    setup.save(update_fields=[*values, "version"])
    audit.record(
        at=at,
        by=by,
        action="portal.setup.changed",
        subject=setup,
        organisation=organisation.pk,
        changes=changes,
        rule=CLAUSE,
    )
    return setup
