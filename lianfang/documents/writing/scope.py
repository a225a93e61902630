"""Cuts out of a Register the part that one unit or one post gets on paper."""

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.register.model import Post, Power, Register, RiskPoint


class ScopeRefused(Refused):
    """The unit or post asked for is not in the register."""


def part_of_unit(register: Register, unit: str) -> Register:
    """Return the part of a unit: its powers and risk points, and the posts and rules they name.

    Raises ScopeRefused when the register has no such unit.
    """
    if all(known.id != unit for known in register.units):
        raise _unknown(unit)
    powers = tuple(power for power in register.powers if power.unit == unit)
    risks = tuple(risk for risk in register.risks if risk.unit == unit)
    own = {post.id for post in register.posts if post.unit == unit}
    return _part(register, powers, risks, own, {unit})


def part_of_post(register: Register, post: str) -> Register:
    """Return the part of a post: risk points that name it, and powers in which it has a part.

    Raises ScopeRefused when the register has no such post.
    """
    found = next((known for known in register.posts if known.id == post), None)
    if found is None:
        raise _unknown(post)
    risks = tuple(risk for risk in register.risks if post in risk.posts)
    about = {risk.about.id for risk in risks}
    powers = tuple(power for power in register.powers if _concerns(power, post, about))
    return _part(register, powers, risks, {post}, {found.unit})


def part_of_risks(register: Register, risks: Collection[str]) -> Register:
    """Return the part of some risk points: themselves, and the powers they are about."""
    kept = tuple(risk for risk in register.risks if risk.id in risks)
    about = {risk.about.id for risk in kept}
    powers = tuple(
        power
        for power in register.powers
        if power.id in about or any(step.id in about for step in power.steps)
    )
    return _part(register, powers, kept, set(), set())


def _concerns(power: Power, post: str, about: set[str]) -> bool:
    if power.id in about or any(part.post == post for part in power.posts):
        return True
    return any(step.id in about or step.post == post for step in power.steps)


def _part(
    register: Register,
    powers: tuple[Power, ...],
    risks: tuple[RiskPoint, ...],
    posts: set[str],
    units: set[str],
) -> Register:
    kept_posts = posts | set(_posts_named(powers, risks))
    rules = set(_rules_named(powers, risks))
    found = tuple(post for post in register.posts if post.id in kept_posts)
    kept_units = units | {post.unit for post in found}
    kept_units |= {power.unit for power in powers} | {risk.unit for risk in risks}
    kept_risks = {risk.id for risk in risks}
    return replace(
        register,
        units=tuple(unit for unit in register.units if unit.id in kept_units),
        posts=found,
        regulations=tuple(rule for rule in register.regulations if rule.id in rules),
        powers=powers,
        risks=risks,
        holders=register.holders and tuple(h for h in register.holders if h.post in kept_posts),
        finders=register.finders and tuple(f for f in register.finders if f.unit in units),
        totals=register.totals and tuple(t for t in register.totals if t.unit in units),
        charges=register.charges and tuple(c for c in register.charges if c.risk in kept_risks),
    )


def _posts_named(powers: Iterable[Power], risks: Iterable[RiskPoint]) -> Iterator[str]:
    for power in powers:
        yield from (part.post for part in power.posts)
        yield from (step.post for step in power.steps if step.post)
    for risk in risks:
        yield from risk.posts
        yield risk.about.id
        yield from (measure.post for measure in risk.measures if measure.post)


def _rules_named(powers: Iterable[Power], risks: Iterable[RiskPoint]) -> Iterator[str]:
    for power in powers:
        yield from (basis.regulation for basis in power.bases if basis.regulation)
    for risk in risks:
        yield risk.about.id
        yield from (measure.regulation for measure in risk.measures if measure.regulation)


def posts_of(register: Register, unit: str) -> tuple[Post, ...]:
    """Return a unit's posts, in order."""
    return tuple(post for post in register.posts if post.unit == unit)


def _unknown(asked: str) -> ScopeRefused:
    return ScopeRefused(
        Text(
            f"登记册中没有“{asked}”。请核对单位或岗位的编号。",
            f"The register has no “{asked}”. Check the id of the unit or post.",
        )
    )
