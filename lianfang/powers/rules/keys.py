"""Which steps and posts weigh most: key steps and key posts (二, 重点).

A key step is one whose name speaks of an act of the scheme's list (approval, acceptance, payment,
tender, verification); a start or an end is none. A key post has a key step, decides a power that
touches a weighty matter, or carries a risk of the highest level.
"""

from collections.abc import Collection, Iterable

from lianfang.checks.yardstick import Yardstick
from lianfang.common.text import squeezed
from lianfang.register.model import Power, Role, StepKind
from lianfang.scheme.model import Scheme


def is_key(name: str, kind: str, scheme: Scheme) -> bool:
    """Return whether a step of that name and kind is a key step."""
    if kind in (StepKind.START, StepKind.END):
        return False
    return Yardstick(scheme).searcher("key_acts")(squeezed(name)) is not None


def key_steps(power: Power, scheme: Scheme) -> frozenset[str]:
    """Return the ids of the steps that weigh most in a power."""
    return frozenset(step.id for step in power.steps if is_key(step.name, step.kind, scheme))


def key_posts(
    powers: Iterable[Power], scheme: Scheme, highest: Collection[str] = ()
) -> frozenset[str]:
    """Return the ids of the posts that weigh most; `highest` carry a risk of the highest level."""
    found = set(highest)
    for power in powers:
        keys = key_steps(power, scheme)
        found |= {step.post for step in power.steps if step.id in keys and step.post}
        if power.matters:
            found |= {part.post for part in power.posts if part.role is Role.DECIDES}
    return frozenset(found)
