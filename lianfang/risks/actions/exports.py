"""What leaves the register as a file is recorded: which list, in which format, how long."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.audit.models import Event
from lianfang.org.models import Organisation


@transaction.atomic
def record_taken(
    *,
    organisation: Organisation,
    format: str,
    rows: int,
    asked: Mapping[str, str],
    by: AbstractBaseUser,
    at: datetime,
) -> Event:
    """Record that somebody takes a copy of a list of the register."""
    told: dict[str, object] = {"format": format, "rows": rows, **asked}
    return audit.record(
        at=at,
        by=by,
        action="risks.register.exported",
        subject=organisation,
        organisation=organisation.pk,
        changes={name: (None, value) for name, value in told.items()},
    )
