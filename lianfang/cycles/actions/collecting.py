"""The collected files of a year are taken: recorded, and kept where the workers made them."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.audit.models import Event
from lianfang.cycles.models import Cycle
from lianfang.files.actions import keep
from lianfang.files.models import Attachment


@transaction.atomic
def record_collected(
    *,
    cycle: Cycle,
    kind: str,
    units: int,
    risks: int,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Event:
    """Record that somebody takes a year's figures, with the table of so many risk points."""
    told = {"format": kind, "units": units, "risks": risks}
    return audit.record(
        at=at,
        by=by,
        action="cycles.cycle.collected",
        subject=cycle,
        organisation=cycle.organisation_id,
        changes={name: (None, value) for name, value in told.items()},
        rule="六（二）",
    )


@transaction.atomic
def keep_collected(
    *,
    cycle: Cycle,
    content: bytes,
    name: str,
    kind: str,
    units: int,
    risks: int,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Attachment:
    """Keep a collected file for whoever asked for it. Raises what `files.keep` raises."""
    kept = keep(chunks=[content], name=name, organisation=cycle.organisation_id, by=by, at=at)
    record_collected(cycle=cycle, kind=kind, units=units, risks=risks, by=by, at=at)
    return kept
