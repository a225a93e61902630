"""What a rating knows without asking: the matters, roles and levels around a risk point."""

from collections.abc import Iterable

from lianfang.powers.models import Power, PowerPost
from lianfang.risks.models import RiskPoint
from lianfang.risks.rules.opinion import Facts
from lianfang.scheme.model import PowerRole


def facts_of(risk: RiskPoint) -> Facts:
    """Return what a rating of a stored risk point knows. Two statements at most."""
    levels = risk.manifestations.values_list("level", flat=True)
    return facts_about(risk.power, levels)


def facts_about(power: Power | None, levels: Iterable[str]) -> Facts:
    """Return the facts of a power, and the levels of manifestations. One statement at most."""
    shown = tuple(level for level in levels if level)
    if power is None:
        return Facts(shown=shown)
    roles: dict[int, list[PowerRole]] = {}
    for post, role in PowerPost.objects.filter(power=power).values_list("post", "role"):
        roles.setdefault(post, []).append(PowerRole(role))
    return Facts(
        matters=tuple(power.matters),
        roles=tuple(tuple(found) for found in roles.values()),
        shown=shown,
    )
