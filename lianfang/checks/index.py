"""The Register looked at from every side that checks need, in one pass over it.

Where an id stands twice, the first counts; an id that stands nowhere leads to nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar
from unicodedata import normalize

from lianfang.checks.finding import Thing, ThingKind
from lianfang.checks.flows import Flow
from lianfang.checks.yardstick import Yardstick
from lianfang.common.text import squeezed
from lianfang.register.model import (
    ChargeRole,
    Holder,
    Measure,
    Post,
    Power,
    Register,
    Regulation,
    RiskPoint,
    Step,
    SubjectKind,
    Unit,
)

_NOT_WORD = re.compile(r"[\W_]+")
_WIDE = tuple(zip("，；：（）！？％", ",;:()!?%", strict=True))
_UNSEEN = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]")


class Row(NamedTuple):
    """A wording where it stands, squeezed and bare; `measure` is None for a manifestation."""

    risk: RiskPoint
    measure: Measure | None
    written: str
    text: str


def plain(text: str) -> str:
    """Return `squeezed` of a text, four times as fast, for texts by the hundred thousand.

    Normalising is slow only where something changes, which is mostly full-width punctuation.
    """
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    normal = normalize("NFKC", text)
    return squeezed(text) if _UNSEEN.search(normal) else normal


def stripped(text: str) -> str:
    """Return a squeezed text bare: cheaper than `bare`, which would normalise it again."""
    return (text if text.isalnum() else _NOT_WORD.sub("", text)).casefold()


class Index:
    """A Register with its maps; building it costs one pass, every look-up is constant."""

    def __init__(self, register: Register, yardstick: Yardstick) -> None:
        self.register = register
        self.yardstick = yardstick
        self.units = _first_by_id(register.units)
        self.posts = _first_by_id(register.posts)
        self.regulations = _first_by_id(register.regulations)
        self.powers = _first_by_id(register.powers)
        self.risks = _first_by_id(register.risks)
        self.powers_of: dict[str, list[Power]] = _by_unit(register.powers)
        self.posts_of: dict[str, list[Post]] = _by_unit(register.posts)
        self.risks_of: dict[str, list[RiskPoint]] = _by_unit(register.risks)

    @cached_property
    def steps(self) -> dict[str, tuple[Power, Step]]:
        """Every step by its id, with the power in whose flow it stands."""
        found: dict[str, tuple[Power, Step]] = {}
        for power in self.register.powers:
            for step in power.steps:
                found.setdefault(step.id, (power, step))
        return found

    @cached_property
    def flows(self) -> tuple[tuple[Power, Flow], ...]:
        """The flow of every power that has one."""
        return tuple((power, Flow(power.steps)) for power in self.register.powers if power.steps)

    @cached_property
    def risks_about(self) -> dict[tuple[SubjectKind, str], list[RiskPoint]]:
        """The risk points by what they are about."""
        found: dict[tuple[SubjectKind, str], list[RiskPoint]] = defaultdict(list)
        for risk in self.register.risks:
            found[risk.about.kind, risk.about.id].append(risk)
        return dict(found)

    @cached_property
    def posts_at_risk(self) -> frozenset[str]:
        """The ids of posts that carry a risk point or that one is about."""
        named = {post for risk in self.register.risks for post in risk.posts}
        about = {id_ for kind, id_ in self.risks_about if kind is SubjectKind.POST}
        return frozenset(named | about)

    @cached_property
    def holders(self) -> dict[str, list[Holder]]:
        """Who holds each post."""
        found: dict[str, list[Holder]] = defaultdict(list)
        for holder in self.register.holders or ():
            found[holder.post].append(holder)
        return dict(found)

    @cached_property
    def owned(self) -> frozenset[str]:
        """The ids of risk points beside which the table names an answerable person."""
        charges = self.register.charges or ()
        return frozenset(c.risk for c in charges if c.role is ChargeRole.OWNER and c.name.strip())

    @cached_property
    def subunits(self) -> dict[str, list[Unit]]:
        """The units directly below each unit."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.register.units:
            if unit.parent is not None:
                found[unit.parent].append(unit)
        return dict(found)

    def with_subunits(self, unit: str) -> frozenset[str]:
        """Return the ids of a unit and all below it; a circle of parents is walked once."""
        seen = {unit}
        waiting = [unit]
        while waiting:
            for below in self.subunits.get(waiting.pop(), ()):
                if below.id not in seen:
                    seen.add(below.id)
                    waiting.append(below.id)
        return frozenset(seen)

    def power_of(self, risk: RiskPoint) -> Power | None:
        """Return the power that a risk point is about, itself or by one of its steps."""
        if risk.about.kind is SubjectKind.POWER:
            return self.powers.get(risk.about.id)
        if risk.about.kind is SubjectKind.STEP and risk.about.id in self.steps:
            return self.steps[risk.about.id][0]
        return None

    def risks_of_power(self, power: Power) -> Iterator[RiskPoint]:
        """Yield the risk points about a power or a step of its flow."""
        yield from self.risks_about.get((SubjectKind.POWER, power.id), ())
        for step in power.steps:
            yield from self.risks_about.get((SubjectKind.STEP, step.id), ())

    def level(self, risk: RiskPoint) -> str | None:
        """Return the level that counts: confirmed, proposed, or the highest manifestation's."""
        stated = risk.confirmed or risk.level
        if stated:
            return stated
        levels = [shown.level for shown in risk.manifestations if shown.level]
        return max(levels, key=self.yardstick.rank, default=None)

    def rank(self, risk: RiskPoint) -> int:
        """Return the rank of the level that counts, 0 where the risk point is not rated."""
        return self.yardstick.rank(self.level(risk))

    @cached_property
    def measures(self) -> tuple[tuple[RiskPoint, Measure, str], ...]:
        """Every measure with its risk point and its squeezed text, in register order."""
        return tuple(
            (risk, measure, plain(measure.text))
            for risk in self.register.risks
            for measure in risk.measures
        )

    @cached_property
    def shown(self) -> tuple[tuple[RiskPoint, tuple[str, ...]], ...]:
        """Every risk point with its manifestations, squeezed, in register order."""
        return tuple(
            (risk, tuple(plain(shown.text) for shown in risk.manifestations))
            for risk in self.register.risks
        )

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The bare title of every risk point, in register order."""
        return tuple(stripped(plain(risk.title)) for risk in self.register.risks)

    @cached_property
    def manifestation_rows(self) -> tuple[Row, ...]:
        """Every manifestation as a row, in register order."""
        return tuple(
            Row(risk, None, text, stripped(text)) for risk, texts in self.shown for text in texts
        )

    @cached_property
    def measure_rows(self) -> tuple[Row, ...]:
        """Every measure as a row, in register order."""
        return tuple(
            Row(risk, measure, text, stripped(text)) for risk, measure, text in self.measures
        )

    @cached_property
    def places(self) -> dict[ThingKind, dict[str, int]]:
        """Where each thing stands in the Register: its place in a walk from top to bottom."""
        kinds: dict[ThingKind, dict[str, int]] = {kind: {} for kind in ThingKind}
        for place, (kind, id_) in enumerate(self._walk()):
            kinds[kind].setdefault(id_, place)
        return kinds

    def place(self, thing: Thing) -> int:
        """Return where a thing stands; -1 for the Register itself."""
        return self.places[thing.kind].get(thing.id, -1)

    def _walk(self) -> Iterator[tuple[ThingKind, str]]:
        register = self.register
        yield from ((ThingKind.UNIT, unit.id) for unit in register.units)
        yield from ((ThingKind.POST, post.id) for post in register.posts)
        yield from ((ThingKind.REGULATION, rule.id) for rule in register.regulations)
        for power in register.powers:
            yield ThingKind.POWER, power.id
            yield from ((ThingKind.STEP, step.id) for step in power.steps)
        for risk in register.risks:
            yield ThingKind.RISK, risk.id
            yield from ((ThingKind.MEASURE, measure.id) for measure in risk.measures)
        for total in register.totals or ():
            yield ThingKind.TOTAL, f"{total.unit or ''}:{total.counted}"


_Thing = TypeVar("_Thing", Unit, Post, Regulation, Power, RiskPoint)
_OfUnit = TypeVar("_OfUnit", Post, Power, RiskPoint)


def _first_by_id(things: tuple[_Thing, ...]) -> dict[str, _Thing]:
    return {thing.id: thing for thing in reversed(things)}


def _by_unit(things: tuple[_OfUnit, ...]) -> dict[str, list[_OfUnit]]:
    found: dict[str, list[_OfUnit]] = defaultdict(list)
    for thing in things:
        found[thing.unit].append(thing)
    return dict(found)
