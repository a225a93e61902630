"""Recognises the parts of a file among those stored, and gives the new ones their codes.

A part is what bears its words now, or bore them when the file last spoke of it: whoever reworded
it in the register since did not make another one of it. Parts are recognised within their unit.
"""

from collections.abc import Collection, Iterable
from typing import Protocol

from msgspec.structs import replace

from lianfang.common.text import bare
from lianfang.intake.rules.resembling import words_of
from lianfang.intake.rules.telling import ids_of
from lianfang.register.identity import carry_over
from lianfang.register.model import Power, Register, Regulation, RiskPoint
from lianfang.register.naming import Names, renamed
from lianfang.risks.rules.codes import coded

_NOTHING = Register()


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


def recognised(
    register: Register,
    stored: Register,
    codes: frozenset[str],
    *,
    earlier: Register = _NOTHING,
    apart: Collection[str] = (),
    base: Register | None = None,
) -> Register:
    """Return the register, in the same order, with the ids of stored parts and new codes.

    `codes` are all there ever were. `earlier` are stored parts as the last import said them. Risk
    points that are `apart` are new ones, whatever they look like. The ids of `base`, from which a
    form was written, stand for those parts by themselves. Near linear.
    """
    known = _as_said(stored, earlier, register)
    if base is None:
        names = _names(known, register, apart)
        names.regulations = _by_title(known.regulations, register.regulations)
    else:
        stored = _with_retired(stored, base)
        names = _names(*_added(known, ids_of(stored), register), apart)
    return coded(renamed(register, names), stored, codes)


def without_new_regulations(register: Register, stored: Register) -> Register:
    """Return the register without regulations that the library has not; their words stay."""
    known = {regulation.id for regulation in stored.regulations}
    if all(regulation.id in known for regulation in register.regulations):
        return register

    def kept(made: str | None) -> str | None:
        return made if made in known else None

    return replace(
        register,
        regulations=tuple(one for one in register.regulations if one.id in known),
        powers=tuple(
            replace(
                power,
                bases=tuple(
                    replace(basis, regulation=kept(basis.regulation)) for basis in power.bases
                ),
            )
            for power in register.powers
        ),
        risks=tuple(
            replace(
                risk,
                measures=tuple(
                    replace(measure, regulation=kept(measure.regulation))
                    for measure in risk.measures
                ),
            )
            for risk in register.risks
        ),
    )


# what is stored, as it is looked for


def _as_said(stored: Register, earlier: Register, register: Register) -> Register:
    """Return what is stored, in the words of the last import wherever the file repeats them."""
    powers = {power.id: power for power in earlier.powers}
    risks = {risk.id: risk for risk in earlier.risks}
    if not powers and not risks:
        return stored
    named, worded = set(map(_named, register.powers)), set(map(_worded, register.risks))
    powers = {code: said for code, said in powers.items() if _named(said) in named}
    risks = {code: said for code, said in risks.items() if _worded(said) in worded}
    return replace(
        stored,
        powers=tuple(
            _power_as_said(power, powers[power.id]) if power.id in powers else power
            for power in stored.powers
        ),
        risks=tuple(
            _risk_as_said(risk, risks[risk.id]) if risk.id in risks else risk
            for risk in stored.risks
        ),
    )


def _power_as_said(power: Power, said: Power) -> Power:
    told = {step.id for step in said.steps}
    own = (step for step in power.steps if step.id not in told)
    return replace(power, name=said.name, steps=(*said.steps, *own))


def _risk_as_said(risk: RiskPoint, said: RiskPoint) -> RiskPoint:
    told = {measure.id for measure in said.measures}
    own = (measure for measure in risk.measures if measure.id not in told)
    return replace(
        risk,
        title=said.title,
        manifestations=said.manifestations,
        about=said.about,
        measures=(*said.measures, *own),
    )


def _with_retired(stored: Register, base: Register) -> Register:
    """Return what is stored with what a form was written from and is not in use any more."""
    known = ids_of(stored)
    return replace(
        stored,
        powers=(*stored.powers, *(power for power in base.powers if power.id not in known)),
        risks=(*stored.risks, *(risk for risk in base.risks if risk.id not in known)),
    )


def _named(power: Power) -> tuple[str, str]:
    return power.unit, bare(power.name)


def _worded(risk: RiskPoint) -> tuple[str, str]:
    return risk.unit, words_of(risk)


# the parts of a file and what they are


def _names(known: Register, register: Register, apart: Collection[str]) -> Names:
    """Return the id of a stored part for each that is recognised, unit by unit.

    A step or measure is only one of its own power or risk point: a table that has the same words
    elsewhere takes nothing away from there.
    """
    names = Names()
    ours, theirs = _by_unit(known), _by_unit(register)
    for unit, parts in theirs.items():
        of_unit = ours.get(unit, _NOTHING)
        found = carry_over(of_unit, _without_other_numbers(of_unit, parts), placed=True)
        steps = {power.id: {step.id for step in power.steps} for power in of_unit.powers}
        for power, as_known in zip(parts.powers, found.powers, strict=True):
            if as_known.id in steps:
                names.powers[power.id] = as_known.id
                own = steps[as_known.id]
                names.steps |= _held(power.steps, as_known.steps, own)
        measures = {risk.id: {one.id for one in risk.measures} for risk in of_unit.risks}
        for risk, as_known_risk in zip(parts.risks, found.risks, strict=True):
            if as_known_risk.id in measures and risk.id not in apart:
                names.risks[risk.id] = as_known_risk.id
                own = measures[as_known_risk.id]
                names.measures |= _held(risk.measures, as_known_risk.measures, own)
    return names


def _held(new: Iterable[_HasId], found: Iterable[_HasId], own: Collection[str]) -> dict[str, str]:
    pairs = zip(new, found, strict=True)
    return {part.id: as_known.id for part, as_known in pairs if as_known.id in own}


def _by_unit(register: Register) -> dict[str, Register]:
    powers: dict[str, list[Power]] = {}
    risks: dict[str, list[RiskPoint]] = {}
    for power in register.powers:
        powers.setdefault(power.unit, []).append(power)
    for risk in register.risks:
        risks.setdefault(risk.unit, []).append(risk)
    return {
        unit: Register(powers=tuple(powers.get(unit, ())), risks=tuple(risks.get(unit, ())))
        for unit in {**powers, **risks}
    }


def _by_title(library: Iterable[Regulation], named: Iterable[Regulation]) -> dict[str, str]:
    """Return the library's regulations by the ids of those named; one that is alike is another."""
    titles = {bare(regulation.title): regulation.id for regulation in library}
    return {
        regulation.id: titles[bare(regulation.title)]
        for regulation in named
        if bare(regulation.title) in titles
    }


def _added(known: Register, ours: Collection[str], register: Register) -> tuple[Register, Register]:
    """Return what a form did not hold, and what was added to it; the rest bears its own ids."""
    named = ids_of(register)
    return (
        replace(
            known,
            powers=tuple(power for power in known.powers if power.id not in named),
            risks=tuple(risk for risk in known.risks if risk.id not in named),
        ),
        replace(
            register,
            powers=tuple(power for power in register.powers if power.id not in ours),
            risks=tuple(risk for risk in register.risks if risk.id not in ours),
        ),
    )


def _without_other_numbers(known: Register, register: Register) -> Register:
    """Return the register without numbers that are codes of powers with other names.

    A table may number its powers in another order than we do.
    """
    if not any(power.code for power in register.powers):
        return register
    ours, theirs = set(map(_named, known.powers)), set(map(_named, register.powers))
    numbered = {(power.unit, power.code): _named(power) for power in known.powers}

    def is_other(power: Power) -> bool:
        meant, own = numbered.get((power.unit, power.code)), _named(power)
        return meant is not None and meant != own and (own in ours or meant in theirs)

    return replace(
        register,
        powers=tuple(
            replace(power, code="") if is_other(power) else power for power in register.powers
        ),
    )
