"""Risk points are gone over: confirmed as they stand, or published anew or changed (六（五）)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation, Unit
from lianfang.org.queries.tree import in_use
from lianfang.risks.actions.classifying import require_as_shown
from lianfang.risks.models import RiskPoint, RiskReview

CLAUSE = "六（五）"
Kind = RiskReview.Kind


class NothingChosen(Refused):
    """A review of no risk point at all."""


@transaction.atomic
def confirm_unchanged(
    *,
    organisation: Organisation,
    versions: Mapping[int, int],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Confirm that risk points stand as they should; return how many were not confirmed yet today.

    `versions` are those of the list, by key. Raises NothingChosen, and SelectionChanged where one
    was changed or retired meanwhile; then nothing is written. Four statements and those of one
    bulk event.
    """
    if not versions:
        raise NothingChosen(
            Text(
                "没有勾选任何风险点，没有保存。请勾选复核过、没有变化的风险点。",
                "No risk point is ticked, so nothing was saved. Tick those you went over and found "
                "unchanged.",
            )
        )
    risks = list(
        RiskPoint.objects.select_for_update(of=("self",))
        .filter(in_use(on), organisation=organisation, pk__in=versions)
        .order_by("code")
    )
    require_as_shown(risks, versions)
    return _reviewed(risks, Kind.UNCHANGED, organisation, organisation.pk, on, by, at)


@transaction.atomic
def count_published(
    *,
    unit: Unit,
    codes: Collection[str],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Count a unit's risk points as gone over that an edition publishes anew or changed.

    Returns how many. Three statements and those of one bulk event.
    """
    rows = RiskPoint.objects.filter(in_use(on), unit=unit, code__in=codes)
    risks = list(rows.only("code", "title").order_by("code"))
    return _reviewed(risks, Kind.PUBLISHED, unit, unit.organisation_id, on, by, at)


def _reviewed(
    risks: list[RiskPoint],
    kind: RiskReview.Kind,
    subject: models.Model,
    organisation: int,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    stored = RiskReview.objects.filter(risk__in=risks, reviewed_on=on, kind=kind)
    known = set(stored.values_list("risk", flat=True))
    new = [risk for risk in risks if risk.pk not in known]
    if not new:
        return 0
    RiskReview.objects.bulk_create(
        (
            RiskReview(risk=risk, reviewed_on=on, kind=kind, reviewed_by_id=by.pk if by else None)
            for risk in new
        ),
        batch_size=1_000,
    )
    told = {"reviewed_on": (None, on.isoformat()), "review": (None, kind.value)}
    audit.record_bulk(
        at=at,
        by=by,
        action="risks.risk.reviewed",
        subject=subject,
        organisation=organisation,
        rows=(RowOfBulk(subject=risk, changes=told) for risk in new),
        rule=CLAUSE,
    )
    return len(new)
