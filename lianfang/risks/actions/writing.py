"""What every write to one risk point does first and last: locked, open, as it was read; indexed."""

from collections.abc import Iterable, Mapping

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import require_version
from lianfang.powers.actions.locks import require_open
from lianfang.powers.models import Power
from lianfang.powers.queries.locks import Touched
from lianfang.risks.actions.index import reindex
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.facts import facts_of
from lianfang.risks.rules.opinion import Facts, opinion_of
from lianfang.scheme.model import Scheme


class Retired(Refused):
    """A retired risk point is not changed any more."""


def taken_up(risk: RiskPoint, version: int | None, *joined: str) -> RiskPoint:
    """Return the row locked for a change, with its power and what else is `joined`.

    Raises Stale, Retired and RegisterLocked.
    """
    rows = RiskPoint.objects.select_for_update(of=("self",))
    found = rows.select_related("power", *joined).get(pk=risk.pk)
    require_version(found, version, found.title)
    if found.retired_on is not None:
        raise Retired(
            Text(
                f"风险点“{found.title}”已停用，不能修改。如仍存在，请登记为新的风险点。",
                f"The risk point {found.title} is retired and can't be changed. If it still "
                "exists, record it as a new one.",
            )
        )
    require_hanging_open(found.organisation_id, found.unit_id, found.power)
    return found


def require_hanging_open(organisation: int, unit: int, power: Power | None) -> None:
    """Raise RegisterLocked where the unit, or the power a risk point hangs on, is closed."""
    touched = Touched(unit, power.code if power is not None else "")
    require_open(organisation=organisation, touched=[touched])


def settled(risk: RiskPoint, fields: Iterable[str]) -> None:
    """Save the fields with the next version, and let lists find what is new."""
    risk.version += 1
    risk.save(update_fields=[*fields, "version"])
    reindex([risk.pk])


def differing(
    before: Mapping[str, object], now: Mapping[str, object]
) -> dict[str, tuple[object, object]]:
    """Return what changed, as pairs of before and now."""
    return {name: (before.get(name), now[name]) for name in now if before.get(name) != now[name]}


def compute(risk: RiskPoint, scheme: Scheme, facts: Facts | None = None) -> tuple[str, ...]:
    """Set the computed levels from the answers kept; returns the fields that hold them.

    Facts that are not given are read: two statements at most.
    """
    known = facts if facts is not None else facts_of(risk)
    opinion = opinion_of(risk.scores, risk.residual_scores, known, scheme)
    risk.computed = opinion.inherent.level or ""
    risk.residual = (opinion.residual.level if opinion.residual else None) or ""
    risk.scheme_version = scheme.version
    return ("computed", "residual", "scheme_version")
