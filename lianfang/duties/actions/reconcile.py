"""Brings the stored duties into line with what is owed: at a publication, a change, every night."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from lianfang.audit import actions as audit
from lianfang.common.collecting import paused_collection
from lianfang.duties.actions import staging
from lianfang.duties.actions.changes import Closed, Moved, close, follow, rows_of
from lianfang.duties.actions.staging import Scope, staged
from lianfang.duties.models import Duty
from lianfang.duties.queries.facts import facts_of
from lianfang.duties.rules.day import looks_back_to, repeating
from lianfang.duties.rules.lapsing import Gone, Reasons
from lianfang.duties.rules.oracle import wanted
from lianfang.org.models import Organisation

CLAUSE = "六（四）"


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """How many duties were opened, opened again, changed, lapsed, and found fulfilled."""

    opened: int = 0
    reopened: int = 0
    changed: int = 0
    lapsed: int = 0
    fulfilled: int = 0

    @property
    def wrote(self) -> bool:
        """Whether anything changed."""
        return self != Reconciled()


@transaction.atomic
def reconcile(
    *,
    organisation: Organisation,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    units: Collection[int] | None = None,
) -> Reconciled:
    """Close the gap between the duties owed on a day and those stored, of all units or some.

    Missing ones are opened, open ones owed no more lapse with the reason, changed ones follow.
    What is done or waived stays, and so does what came from an alert or a draw. Done again, it
    writes nothing. Learning follows only when all units are reconciled. One event in the log; the
    statements don't grow with the posts. The organisation is locked: whoever writes to the log
    before locks it first. Source: 五（五）, 六（四）.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = Duty.objects.aggregate(last=Max("pk"))["last"] or 0
    scope, back_to = Scope.of(organisation.pk, units), looks_back_to(on)
    with paused_collection():
        facts = facts_of(organisation, on, units)
        with staged(wanted(facts), is_whole=units is None):
            staging.index(scope)
            again = sorted(repeating(facts.rules))
            rows = [*staging.moved(organisation.pk), *staging.left_behind(scope, back_to, again)]
            moved = [Moved.of(row) for row in rows]
            gone = staging.gone(scope, back_to, again)
            opened = staging.insert_missing(organisation.pk, facts.scheme_version, at)
    reasons = Reasons(facts)
    closed = [Closed(key, Gone(*row), reasons.of(Gone(*row))) for key, *row in gone]
    follow(moved)
    close(closed, on)
    if opened or moved or closed:
        audit.record_bulk(
            at=at,
            by=by,
            action="duties.duties.reconciled",
            subject=organisation,
            organisation=organisation.pk,
            rows=rows_of(organisation.pk, last if opened else None, moved, closed),
            rule=CLAUSE,
        )
    return Reconciled(
        opened=opened,
        reopened=sum(each.is_reopened for each in moved),
        changed=sum(not each.is_reopened for each in moved),
        lapsed=sum(each.lapse is not None for each in closed),
        fulfilled=sum(each.lapse is None for each in closed),
    )
