"""Which phases of control a risk point still lacks. Source: 质检认纪〔2012〕1号 五（四）."""

from collections.abc import Collection

from lianfang.checks.yardstick import Yardstick
from lianfang.scheme.model import Scheme


def phases_missing(
    level: str, present: Collection[str], unsorted: int, scheme: Scheme
) -> tuple[str, ...]:
    """Return the phases that may be filled as long as the level asks for more than there are.

    The highest level and the one below ask for as many as the scheme's checks say, others for
    one. A measure not yet sorted stands in for a phase, as in the checks.
    """
    absent = tuple(phase.code for phase in scheme.phases if phase.code not in present)
    have = len(scheme.phases) - len(absent) + unsorted
    return absent if have < _asked(level, scheme) else ()


def _asked(level: str, scheme: Scheme) -> int:
    yardstick = Yardstick(scheme)
    ranks = sorted((entry.rank for entry in scheme.levels), reverse=True)
    asked = {
        ranks[0]: yardstick.whole("phases_high"),
        ranks[1] if len(ranks) > 1 else 0: yardstick.whole("phases_medium"),
    }
    return min(asked.get(scheme.rank(level or None), 1), len(scheme.phases))
