"""Who found which risk point, noted for many at once: a table names codes and people."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.org.models import Organisation, Person
from lianfang.powers.actions.parts import BATCH
from lianfang.risks.models import RiskPoint

CLAUSE = "五（二）"


@transaction.atomic
def credit_finders(
    *,
    organisation: Organisation,
    finders: Mapping[str, Person],
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Note who found risk points, by code; return how many are new. One bulk event."""
    changed, rows = [], []
    unknown = RiskPoint.objects.filter(organisation=organisation, found_by=None)
    for risk in unknown.order_by("code"):
        person = finders.get(risk.code)
        if person is not None:
            rows.append(RowOfBulk(subject=risk, changes={"found_by": (None, person.name)}))
            risk.found_by = person
            changed.append(risk)
    RiskPoint.objects.bulk_update(changed, ["found_by"], batch_size=BATCH)
    if rows:
        audit.record_bulk(
            at=at,
            by=by,
            action="risks.finders.credited",
            subject=organisation,
            organisation=organisation.pk,
            rows=rows,
            rule=CLAUSE,
        )
    return len(rows)
