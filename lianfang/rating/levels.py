"""The ladder of levels: the higher of several, a step up, the level that duties follow.

Source: 质检认纪〔2012〕1号 五（三）, 五（七）2（2）.
"""

from lianfang.scheme.model import Raise, Scheme


def highest(scheme: Scheme, *levels: str | None) -> str | None:
    """Return the highest of the levels, None where all are "not rated"."""
    return max(levels, key=scheme.rank, default=None)


def effective(confirmed: str | None, override: str | None, scheme: Scheme) -> str | None:
    """Return the higher of the confirmed level and an unexpired override."""
    return highest(scheme, confirmed, override)


def duty_level(inherent: str | None, residual: str | None, scheme: Scheme) -> str | None:
    """Return the level that duties follow.

    Where the scheme lets them follow the residual level, that counts as at most so many levels
    below the inherent one as the scheme allows, and only once it is rated.
    """
    grounds = scheme.grounds
    if grounds.duties_follow == "inherent" or residual is None:
        return inherent
    least = _moved(inherent, -int(grounds.most_lower.value), scheme)
    return highest(scheme, residual, least)


def raised(level: str | None, step: Raise, scheme: Scheme) -> str | None:
    """Return the level so many levels up, not above the cap; never a lower one.

    From "not rated" the first step up is the lowest level.
    """
    up = _moved(level, int(step.levels.value), scheme)
    capped = min(up, step.cap, key=scheme.rank)
    return highest(scheme, level, capped)


def after_breach(level: str | None, scheme: Scheme) -> str | None:
    """Return the level of a post or risk point after a breach in the period: 五（七）2（2）."""
    for step in scheme.raises:
        level = raised(level, step, scheme)
    return level


def _moved(level: str | None, steps: int, scheme: Scheme) -> str | None:
    """Return the level `steps` up the ladder, kept on it; None is the ground below it."""
    ladder = [None, *sorted((entry.code for entry in scheme.levels), key=scheme.rank)]
    place = ladder.index(level) + steps
    lowest = 0 if level is None else 1
    return ladder[min(max(place, lowest), len(ladder) - 1)]
