"""What of a register a checker may ask about: its parts by code, and their fields (六（二）)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import fields

from lianfang.register import model
from lianfang.register.difference import Part
from lianfang.register.model import Register

# Where a code alone is given, the first of these that has it is meant.
_KINDS: Mapping[Part, type[Struct]] = {
    Part.POWER: model.Power,
    Part.RISK: model.RiskPoint,
    Part.STEP: model.Step,
    Part.MEASURE: model.Measure,
    Part.POST: model.Post,
    Part.REGULATION: model.Regulation,
    Part.UNIT: model.Unit,
}
_SILENT = frozenset({"id", "unit", "parent", "steps", "measures", "extras"})
FIELDS: Mapping[Part, tuple[str, ...]] = {
    part: tuple(field.name for field in fields(kind) if field.name not in _SILENT)
    for part, kind in _KINDS.items()
}


@dataclass(frozen=True, kw_only=True)
class Target:
    """A part of a register that is asked about; `holder` is its power or risk point, or itself."""

    part: Part
    code: str
    name: str
    holder: tuple[Part, str]


def target_in(register: Register, code: str, part: str = "") -> Target | None:
    """Return the part of a register with that code, of that kind where one is given."""
    found = {target.part: target for target in _targets(register) if target.code == code}
    wanted = [kind for kind in _KINDS if kind in found and part in ("", kind.value)]
    return found[wanted[0]] if wanted else None


def has_field(part: str, field: str) -> bool:
    """Return whether a part of that kind has such a field."""
    return any(kind.value == part and field in names for kind, names in FIELDS.items())


def check_for(part: str, field: str) -> str:
    """Return under which of the five checks a remark about a field usually falls (六（二）)."""
    match part, field:
        case Part.MEASURE, _:
            return "C5"
        case Part.RISK, "level" | "confirmed" | "computed" | "scores" | "residual" | "reason":
            return "C4"
        case Part.RISK, _:
            return "C3"
        case (Part.POST, _) | (_, "post" | "posts"):
            return "C2"
    return "C1"


def _targets(register: Register) -> Iterator[Target]:
    for power in register.powers:
        holder = Part.POWER, power.id
        yield _target(Part.POWER, power.id, power.name, holder)
        yield from (_target(Part.STEP, step.id, step.name, holder) for step in power.steps)
    for risk in register.risks:
        holder = Part.RISK, risk.id
        yield _target(Part.RISK, risk.id, risk.title, holder)
        yield from (_target(Part.MEASURE, one.id, one.text, holder) for one in risk.measures)
    for post in register.posts:
        yield _target(Part.POST, post.id, post.name, (Part.POST, post.id))
    for rule in register.regulations:
        yield _target(Part.REGULATION, rule.id, rule.title, (Part.REGULATION, rule.id))
    for unit in register.units:
        yield _target(Part.UNIT, unit.id, unit.name, (Part.UNIT, unit.id))


def _target(part: Part, code: str, name: str, holder: tuple[Part, str]) -> Target:
    return Target(part=part, code=code, name=name, holder=holder)
