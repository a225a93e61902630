"""Which level a post has: by its edition, for a while above it, and after a breach.

Source: 质检认纪〔2012〕1号 五（三）, 五（七）2（2）.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lianfang.rating.levels import after_breach, highest
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Override:
    """A level for a while: `until_on` is its last day, from `ended_on` on it holds no more."""

    level: str
    from_on: date
    until_on: date | None = None
    ended_on: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it holds on that day."""
        return (
            self.from_on <= on
            and (self.until_on is None or on <= self.until_on)
            and (self.ended_on is None or on < self.ended_on)
        )


def levels_of(register: Register, scheme: Scheme) -> dict[str, str]:
    """Return the level of each post by its id: the highest confirmed one that names it.

    A post of which no level is confirmed is absent: not rated is never low. One pass. Raises
    SchemeRefused for a level that the scheme has not.
    """
    found: dict[str, str] = {}
    for risk in register.risks:
        if risk.confirmed is None:
            continue
        for post in risk.posts:
            level = highest(scheme, found.get(post), risk.confirmed)
            found[post] = level or risk.confirmed
    return found


def effective(
    level: str | None, overrides: Iterable[Override], on: date, scheme: Scheme
) -> str | None:
    """Return the higher of the edition's level and every override that holds on the day."""
    return highest(scheme, level, *(entry.level for entry in overrides if entry.holds(on)))


def raised(level: str | None, scheme: Scheme) -> str | None:
    """Return the level of a post after a breach: 五（七）2（2）.

    It rises as the scheme says, one level in `cnas-2012`, never above the scheme's cap. A post
    without a level comes to the middle one, the higher of two: nobody has rated it low, so a
    breach there may not weigh less than one in a low post, and nobody has rated it high. None
    only where the scheme raises nothing.
    """
    if level is not None or not scheme.raises:
        return after_breach(level, scheme)
    ladder = sorted((entry.code for entry in scheme.levels), key=scheme.rank)
    return min(ladder[len(ladder) // 2], *(step.cap for step in scheme.raises), key=scheme.rank)
