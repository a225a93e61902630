"""Which part of a Register a finding is about: its unit, and what one opens to mend it."""

from dataclasses import dataclass
from typing import Literal

from lianfang.checks.finding import Thing, ThingKind
from lianfang.register.model import Register

Opens = Literal["unit", "post", "power", "risk", "regulation", ""]


@dataclass(frozen=True, kw_only=True)
class Place:
    """The unit's code, what is opened and its code, and the name of the thing; "" for none."""

    unit: str = ""
    opens: Opens = ""
    code: str = ""
    name: str = ""


class Places:
    """The places of everything in a Register. Made in one pass, asked by hash."""

    def __init__(self, register: Register) -> None:
        self._places: dict[tuple[ThingKind, str], Place] = {}
        for unit in register.units:
            self._note(ThingKind.UNIT, unit.id, unit.id, "unit", unit.id, unit.name)
        for post in register.posts:
            self._note(ThingKind.POST, post.id, post.unit, "post", post.id, post.name)
        for rule in register.regulations:
            self._note(ThingKind.REGULATION, rule.id, "", "regulation", rule.id, rule.title)
        for power in register.powers:
            self._note(ThingKind.POWER, power.id, power.unit, "power", power.id, power.name)
            for step in power.steps:
                self._note(ThingKind.STEP, step.id, power.unit, "power", power.id, step.name)
        for risk in register.risks:
            self._note(ThingKind.RISK, risk.id, risk.unit, "risk", risk.id, risk.title)
            for measure in risk.measures:
                self._note(ThingKind.MEASURE, measure.id, risk.unit, "risk", risk.id, measure.text)

    def of(self, thing: Thing) -> Place:
        """Return where a thing stands; an empty place for what stands nowhere."""
        if thing.kind is ThingKind.TOTAL:
            return self.of(Thing(kind=ThingKind.UNIT, id=thing.id.split(":")[0]))
        return self._places.get((thing.kind, thing.id), Place())

    def _note(
        self, kind: ThingKind, id: str, unit: str, opens: Opens, code: str, name: str
    ) -> None:
        self._places[kind, id] = Place(unit=unit, opens=opens, code=code, name=name)
