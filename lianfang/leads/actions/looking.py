"""Each look at a lead is written down: who, when, at which part of it."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.leads.models import Lead
from lianfang.leads.rules.states import CLAUSE, LOOKED

EXPORTED = "leads.leads.exported"


@transaction.atomic
def note_look(*, lead: Lead, part: str, by: AbstractBaseUser | None, at: datetime) -> None:
    """Write down that somebody looked at a lead: its page, a proposal, a letter."""
    audit.record(
        at=at,
        by=by,
        action=LOOKED,
        subject=lead,
        organisation=lead.organisation_id,
        changes={"part": (None, part)},
        rule=CLAUSE,
    )


@transaction.atomic
def note_export(*, organisation: int, what: str, by: AbstractBaseUser, at: datetime) -> None:
    """Write down that somebody took a list or statistics away as a file."""
    audit.record(
        at=at,
        by=by,
        action=EXPORTED,
        subject=by,
        organisation=organisation,
        changes={"what": (None, what)},
        rule=CLAUSE,
    )
