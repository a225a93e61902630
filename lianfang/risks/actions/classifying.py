"""What may be done with several risk points at once: to say where they belong.

Levels, measures and retirement are decided one by one (五（三）, 五（四）).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.powers.actions.locks import require_open
from lianfang.powers.queries.locks import Touched
from lianfang.risks.actions.index import reindex
from lianfang.risks.models import RiskPoint

CLAUSE = "五（二）"


class SelectionChanged(Refused):
    """Some of the chosen risk points were changed since the list was shown."""


@transaction.atomic
def classify(
    *,
    organisation: Organisation,
    versions: Mapping[int, int],
    focus: str | None,
    aspects: Sequence[str],
    by: AbstractBaseUser,
    at: datetime,
) -> int:
    """Set the focus area of the risk points, and add aspects; return how many differed.

    `versions` are those of the list, by key; `focus` None leaves what is. Raises SelectionChanged
    and RegisterLocked; then nothing is written.
    """
    risks = list(
        RiskPoint.objects.select_for_update(of=("self",))
        .filter(organisation=organisation, pk__in=versions)
        .select_related("power")
        .order_by("code")
    )
    require_as_shown(risks, versions)
    require_open(
        organisation=organisation.pk,
        touched=[Touched(risk.unit_id, risk.power.code if risk.power else "") for risk in risks],
    )
    rows = []
    for risk in risks:
        changes = _classified(risk, focus, aspects)
        if changes:
            risk.version += 1
            rows.append(RowOfBulk(subject=risk, changes=changes))
    if not rows:
        return 0
    RiskPoint.objects.bulk_update(risks, ["focus", "aspects", "version"])
    reindex(risk.pk for risk in risks)
    audit.record_bulk(
        at=at,
        by=by,
        action="risks.risk.classified",
        subject=organisation,
        organisation=organisation.pk,
        rows=rows,
        rule=CLAUSE,
    )
    return len(rows)


def _classified(
    risk: RiskPoint, focus: str | None, aspects: Sequence[str]
) -> dict[str, tuple[object, object]]:
    changes: dict[str, tuple[object, object]] = {}
    if focus is not None and focus != risk.focus:
        changes["focus"] = (risk.focus, focus)
        risk.focus = focus
    added = [aspect for aspect in aspects if aspect not in risk.aspects]
    if added:
        changes["aspects"] = (risk.aspects, [*risk.aspects, *added])
        risk.aspects = [*risk.aspects, *added]
    return changes


def require_as_shown(risks: Sequence[RiskPoint], versions: Mapping[int, int]) -> None:
    """Raise SelectionChanged where a risk point is not as the list showed it."""
    changed = [risk.code for risk in risks if risk.version != versions[risk.pk]]
    if changed or len(risks) < len(versions):
        named = "、".join(changed)
        raise SelectionChanged(
            Text(
                f"所选风险点在清单打开之后已被他人修改：{named}。请回到清单重新选择。",
                f"Some of these were changed after the list was opened: {named}. Go back to the "
                "list and choose again.",
            )
        )
