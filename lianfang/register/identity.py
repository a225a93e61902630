"""Recognises what an earlier Register already holds, so that ids survive changed wording.

A table that comes back next year names the same risks in other words. Parts are paired from the
top down (units, posts, powers, steps, risks, measures), first by what they say exactly, then by
likeness within the same unit, power or risk, at last by exact words anywhere: that is a move.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from lianfang.common.text import bare
from lianfang.register.matching import Matcher
from lianfang.register.model import Post, Power, Register, RiskPoint
from lianfang.register.naming import Names, renamed

NAME_LIKENESS = 75
TEXT_LIKENESS = 60

_NUMBER = re.compile(r"(\d+)$")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_HasId)


class _Held(Struct, frozen=True):
    """A step or measure with the id of what holds it."""

    id: str
    holder: str
    text: str


def carry_over(old: Register, new: Register, *, placed: bool = False) -> Register:
    """Return `new` with the ids of `old` wherever it is about the same thing.

    Parts that `old` does not know get ids that it does not use. `placed`: the units and posts of
    `new` have been recognised before and keep their ids. The same two values give the same
    result. Near linear; likeness is compared within a unit, power or risk only.
    """
    names = Names()
    if not placed:
        _match_units(old, new, names)
        _match_posts(old, new, names)
    _match_regulations(old, new, names)
    _match_powers(old, new, names)
    _match_steps(old, new, names)
    _match_risks(old, new, names)
    _match_measures(old, new, names)
    return renamed(new, names)


def _take(matcher: Matcher[Part], into: dict[str, str], old: Iterable[Part], kind: str) -> None:
    """Note the ids of all pairs, and a free id for each part that stays alone."""
    into.update({new_part.id: old_part.id for old_part, new_part in matcher.pairs})
    numbers = (_NUMBER.search(part.id) for part in old)
    free = max((int(number[1]) for number in numbers if number), default=0)
    for part in matcher.unpaired:
        free += 1
        into[part.id] = f"{kind}-{free}"


def _match_units(old: Register, new: Register, names: Names) -> None:
    matcher = Matcher(old.units, new.units)
    matcher.by_key(lambda u: u.code or None, lambda u: u.code or None)
    matcher.by_key(lambda u: bare(u.name), lambda u: bare(u.name))
    matcher.by_likeness(_same, _same, lambda u: bare(u.name), cutoff=NAME_LIKENESS)
    _take(matcher, names.units, old.units, "unit")


def _match_posts(old: Register, new: Register, names: Names) -> None:
    def unit(post: Post) -> str:
        return names.units.get(post.unit, post.unit)

    matcher = Matcher(old.posts, new.posts)
    matcher.by_key(lambda p: (p.unit, bare(p.name)), lambda p: (unit(p), bare(p.name)))
    matcher.by_likeness(lambda p: p.unit, unit, lambda p: bare(p.name), cutoff=NAME_LIKENESS)
    matcher.by_key(*_alone(old.posts, new.posts, lambda p: bare(p.name)))
    _take(matcher, names.posts, old.posts, "post")


def _match_regulations(old: Register, new: Register, names: Names) -> None:
    matcher = Matcher(old.regulations, new.regulations)
    matcher.by_key(lambda r: r.number or None, lambda r: r.number or None)
    matcher.by_key(lambda r: bare(r.title), lambda r: bare(r.title))
    matcher.by_likeness(_same, _same, lambda r: bare(r.title), cutoff=NAME_LIKENESS)
    _take(matcher, names.regulations, old.regulations, "regulation")


def _match_powers(old: Register, new: Register, names: Names) -> None:
    def unit(power: Power) -> str:
        return names.units.get(power.unit, power.unit)

    matcher = Matcher(old.powers, new.powers)
    matcher.by_key(
        lambda p: (p.unit, p.code) if p.code else None,
        lambda p: (unit(p), p.code) if p.code else None,
    )
    matcher.by_key(lambda p: (p.unit, bare(p.name)), lambda p: (unit(p), bare(p.name)))
    matcher.by_likeness(lambda p: p.unit, unit, lambda p: bare(p.name), cutoff=NAME_LIKENESS)
    matcher.by_key(*_alone(old.powers, new.powers, lambda p: bare(p.name)))
    _take(matcher, names.powers, old.powers, "power")


def _match_steps(old: Register, new: Register, names: Names) -> None:
    def held(register: Register, ids: dict[str, str]) -> list[_Held]:
        return [
            _Held(step.id, ids.get(power.id, power.id), bare(step.name))
            for power in register.powers
            for step in power.steps
        ]

    _match_held(held(old, {}), held(new, names.powers), names.steps, "step", NAME_LIKENESS)


def _match_measures(old: Register, new: Register, names: Names) -> None:
    def held(register: Register, ids: dict[str, str]) -> list[_Held]:
        return [
            _Held(measure.id, ids.get(risk.id, risk.id), bare(measure.text))
            for risk in register.risks
            for measure in risk.measures
        ]

    _match_held(held(old, {}), held(new, names.risks), names.measures, "measure", TEXT_LIKENESS)


def _match_held(
    old: list[_Held], new: list[_Held], into: dict[str, str], kind: str, cutoff: float
) -> None:
    matcher = Matcher(old, new)
    matcher.by_key(lambda h: (h.holder, h.text), lambda h: (h.holder, h.text))
    matcher.by_likeness(lambda h: h.holder, lambda h: h.holder, lambda h: h.text, cutoff=cutoff)
    matcher.by_key(*_alone(old, new, lambda h: h.text))
    _take(matcher, into, old, kind)


def _match_risks(old: Register, new: Register, names: Names) -> None:
    def about(risk: RiskPoint) -> tuple[str, str]:
        subject = names.subject(risk.about)
        return names.units.get(risk.unit, risk.unit), subject.id

    def unit(risk: RiskPoint) -> str:
        return names.units.get(risk.unit, risk.unit)

    matcher = Matcher(old.risks, new.risks)
    matcher.by_key(lambda r: (r.unit, r.about.id, _words(r)), lambda r: (*about(r), _words(r)))
    matcher.by_key(
        lambda r: (r.unit, r.about.id, bare(r.title)), lambda r: (*about(r), bare(r.title))
    )
    matcher.by_key(lambda r: (r.unit, _words(r)), lambda r: (unit(r), _words(r)))
    matcher.by_key(*_titled_once(old.risks, new.risks, unit))
    matcher.by_likeness(lambda r: (r.unit, r.about.id), about, _words, cutoff=TEXT_LIKENESS)
    matcher.by_likeness(lambda r: r.unit, unit, _words, cutoff=NAME_LIKENESS)
    matcher.by_key(*_alone(old.risks, new.risks, _words))
    _take(matcher, names.risks, old.risks, "risk")


def _titled_once(
    old: Sequence[RiskPoint], new: Sequence[RiskPoint], unit: Callable[[RiskPoint], str]
) -> tuple[Callable[[RiskPoint], tuple[str, str] | None], ...]:
    """Return keys that pair risks of one title in a unit, where each side has it once."""
    of_old = Counter((risk.unit, bare(risk.title)) for risk in old)
    of_new = Counter((unit(risk), bare(risk.title)) for risk in new)

    def key(place: str, risk: RiskPoint) -> tuple[str, str] | None:
        found = (place, bare(risk.title))
        return found if of_old[found] == of_new[found] == 1 else None

    return lambda risk: key(risk.unit, risk), lambda risk: key(unit(risk), risk)


def _words(risk: RiskPoint) -> str:
    return bare(risk.title + "".join(shown.text for shown in risk.manifestations))


def _same(_: object) -> str:
    return ""


def _alone(
    old: Sequence[Part], new: Sequence[Part], text: Callable[[Part], str]
) -> tuple[Callable[[Part], str | None], Callable[[Part], str | None]]:
    """Return keys that pair parts only where one on each side says just that."""

    def once(parts: Sequence[Part]) -> dict[str, bool]:
        seen: dict[str, bool] = {}
        for part in parts:
            words = text(part)
            seen[words] = words not in seen
        return seen

    old_once, new_once = once(old), once(new)

    def key(part: Part) -> str | None:
        words = text(part)
        return words if old_once.get(words) and new_once.get(words) else None

    return key, key
