"""Gathers the risk points of a Register under what they are about, unit by unit."""

from msgspec import Struct

from lianfang.register.model import Power, Register, RiskPoint, Subject, SubjectKind


class Group(Struct, frozen=True, kw_only=True):
    """Risk points about one thing; `power` is None where it is a post, a rule or a unit."""

    about: Subject
    unit: str
    power: Power | None
    risks: tuple[RiskPoint, ...]

    @property
    def key(self) -> str:
        """The thing's kind and id, as rows carry it."""
        return f"{self.about.kind}:{self.about.id}"


class UnitGroups(Struct, frozen=True, kw_only=True):
    """Everything that one unit has in a table."""

    unit: str
    groups: tuple[Group, ...]


def gather(register: Register) -> tuple[UnitGroups, ...]:
    """Return every power and every risk point once, by unit in the register's order.

    Powers come first, then what else risk points are about, in the order of the risk points.
    Units with nothing are left out unless all of them have nothing.
    """
    powers = {power.id: power for power in register.powers}
    homes = {step.id: power.id for power in register.powers for step in power.steps}
    held: dict[Subject, list[RiskPoint]] = {
        Subject(kind=SubjectKind.POWER, id=made): [] for made in powers
    }
    for risk in register.risks:
        held.setdefault(_subject(risk, powers, homes), []).append(risk)
    units: dict[str, list[Group]] = {unit.id: [] for unit in register.units}
    for about, risks in held.items():
        group = _group(about, risks, powers)
        units.setdefault(group.unit, []).append(group)
    kept = {unit: groups for unit, groups in units.items() if groups} or units
    return tuple(UnitGroups(unit=unit, groups=tuple(groups)) for unit, groups in kept.items())


def _subject(risk: RiskPoint, powers: dict[str, Power], homes: dict[str, str]) -> Subject:
    """Return the power for a risk about it or a step of it, else what the risk is about."""
    about = risk.about
    if about.kind is SubjectKind.STEP and about.id in homes:
        return Subject(kind=SubjectKind.POWER, id=homes[about.id])
    return about


def _group(about: Subject, risks: list[RiskPoint], powers: dict[str, Power]) -> Group:
    power = powers.get(about.id) if about.kind is SubjectKind.POWER else None
    unit = power.unit if power is not None else risks[0].unit
    return Group(about=about, unit=unit, power=power, risks=tuple(risks))
