"""What the parts of a Register mention by id, so that one can be cut out with all it needs."""

from collections.abc import Iterator

from msgspec import Struct

from lianfang.register.difference import Part
from lianfang.register.model import Measure, Post, Power, Register, Regulation, RiskPoint, Unit

Entry = Unit | Post | Regulation | Power | RiskPoint


class Mention(Struct, frozen=True):
    """A field of a part that holds the id of another: a step's post, what a risk is about."""

    part: Part
    id: str
    field: str
    to: Part
    target: str


def entries(register: Register) -> Iterator[Entry]:
    """Yield the parts that stand by themselves; steps and measures stand in them."""
    yield from register.units
    yield from register.posts
    yield from register.regulations
    yield from register.powers
    yield from register.risks


def part_of(entry: Entry) -> Part:
    """Return which kind of part it is."""
    match entry:
        case Unit():
            return Part.UNIT
        case Post():
            return Part.POST
        case Regulation():
            return Part.REGULATION
        case Power():
            return Part.POWER
        case RiskPoint():
            return Part.RISK


def mentions(entry: Entry) -> Iterator[Mention]:
    """Yield all that a part and what stands in it mention."""
    match entry:
        case Unit(id=made, parent=str(parent)):
            yield Mention(Part.UNIT, made, "parent", Part.UNIT, parent)
        case Post(id=made, unit=unit):
            yield Mention(Part.POST, made, "unit", Part.UNIT, unit)
        case Regulation(id=made, owner=str(owner)):
            yield Mention(Part.REGULATION, made, "owner", Part.POST, owner)
        case Power():
            yield from _of_power(entry)
        case RiskPoint():
            yield from _of_risk(entry)


def _of_power(power: Power) -> Iterator[Mention]:
    made = power.id
    yield Mention(Part.POWER, made, "unit", Part.UNIT, power.unit)
    for basis in power.bases:
        if basis.regulation is not None:
            yield Mention(Part.POWER, made, "bases", Part.REGULATION, basis.regulation)
    for part in power.posts:
        yield Mention(Part.POWER, made, "posts", Part.POST, part.post)
    for step in power.steps:
        if step.post is not None:
            yield Mention(Part.STEP, step.id, "post", Part.POST, step.post)
        for arrow in step.arrows:
            yield Mention(Part.STEP, step.id, "arrows", Part.STEP, arrow.to)


def _of_risk(risk: RiskPoint) -> Iterator[Mention]:
    yield Mention(Part.RISK, risk.id, "unit", Part.UNIT, risk.unit)
    yield Mention(Part.RISK, risk.id, "about", Part(risk.about.kind.value), risk.about.id)
    for post in risk.posts:
        yield Mention(Part.RISK, risk.id, "posts", Part.POST, post)
    for measure in risk.measures:
        yield from _of_measure(measure)


def _of_measure(measure: Measure) -> Iterator[Mention]:
    if measure.post is not None:
        yield Mention(Part.MEASURE, measure.id, "post", Part.POST, measure.post)
    if measure.regulation is not None:
        yield Mention(Part.MEASURE, measure.id, "regulation", Part.REGULATION, measure.regulation)
