"""The levels of a unit are confirmed when the leading group's approval is published (五（三）)."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Case, F, When

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.org.models import Unit
from lianfang.org.queries.tree import in_use
from lianfang.risks.models import RiskPoint


@transaction.atomic
def confirm_levels(
    *,
    unit: Unit,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    codes: Collection[str] | None = None,
) -> int:
    """Confirm the endorsed, else the proposed level of the risk points in use; return how many.

    All of the unit, or those of `codes`. Those that have no level stay without one; those confirmed
    already are left alone. Three statements and those of one bulk event.
    """
    standing = Case(When(endorsed="", then=F("proposed")), default=F("endorsed"))
    rows = RiskPoint.objects.filter(in_use(on), unit=unit).annotate(standing=standing)
    if codes is not None:
        rows = rows.filter(code__in=codes)
    changed = list(
        rows.exclude(standing="")
        .exclude(confirmed=F("standing"))
        .only("code", "title", "confirmed", "endorsed", "proposed")
        .order_by("code")
    )
    if not changed:
        return 0
    rows.exclude(endorsed="", proposed="").update(confirmed=standing)
    audit.record_bulk(
        at=at,
        by=by,
        action="risks.levels.confirmed",
        subject=unit,
        organisation=unit.organisation_id,
        rows=(
            RowOfBulk(
                subject=risk,
                changes={"confirmed": (risk.confirmed, risk.endorsed or risk.proposed)},
            )
            for risk in changed
        ),
        rule="五（三）",
    )
    return len(changed)
