"""English names of powers and regulations, given to many at once."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.org.models import Organisation
from lianfang.powers.actions.parts import BATCH
from lianfang.powers.models import Power, Regulation


@transaction.atomic
def name_in_english(
    *,
    organisation: Organisation,
    names: Mapping[str, str],
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Set the English names of powers and regulations by code; return how many changed.

    Codes of nothing are passed over. One bulk event.
    """
    powers, regulations = list[Power](), list[Regulation]()
    rows: list[RowOfBulk] = []
    for power in Power.objects.filter(organisation=organisation):
        name = names.get(power.code, power.name_en)
        if name != power.name_en:
            rows.append(RowOfBulk(subject=power, changes={"name_en": (power.name_en, name)}))
            power.name_en = name
            powers.append(power)
    for rule in Regulation.objects.filter(organisation=organisation):
        title = names.get(rule.code, rule.title_en)
        if title != rule.title_en:
            rows.append(RowOfBulk(subject=rule, changes={"title_en": (rule.title_en, title)}))
            rule.title_en = title
            regulations.append(rule)
    Power.objects.bulk_update(powers, ["name_en"], batch_size=BATCH)
    Regulation.objects.bulk_update(regulations, ["title_en"], batch_size=BATCH)
    if rows:
        audit.record_bulk(
            at=at,
            by=by,
            action="powers.named_in_english",
            subject=organisation,
            organisation=organisation.pk,
            rows=rows,
        )
    return len(rows)
