"""A unit's table leaves the house to be filled in: that stands in the log."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.org.models import Unit

CLAUSE = "六（一）"


@transaction.atomic
def record_taken(*, unit: Unit, by: AbstractBaseUser, at: datetime) -> None:
    """Record that somebody downloaded a unit's table to fill it in offline."""
    audit.record(
        at=at,
        by=by,
        action="intake.form.taken",
        subject=unit,
        organisation=unit.organisation_id,
        rule=CLAUSE,
    )
