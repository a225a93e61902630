"""The subject of a finding, made from the value in the Register."""

from lianfang.checks.finding import Thing, ThingKind
from lianfang.register.model import Measure, Post, Power, RiskPoint, Step, Total, Unit


def the_unit(unit: Unit) -> Thing:
    return Thing(kind=ThingKind.UNIT, id=unit.id)


def the_post(post: Post) -> Thing:
    return Thing(kind=ThingKind.POST, id=post.id)


def the_power(power: Power) -> Thing:
    return Thing(kind=ThingKind.POWER, id=power.id)


def the_step(step: Step) -> Thing:
    return Thing(kind=ThingKind.STEP, id=step.id)


def the_risk(risk: RiskPoint) -> Thing:
    return Thing(kind=ThingKind.RISK, id=risk.id)


def the_measure(measure: Measure) -> Thing:
    return Thing(kind=ThingKind.MEASURE, id=measure.id)


def the_total(total: Total) -> Thing:
    return Thing(kind=ThingKind.TOTAL, id=f"{total.unit or ''}:{total.counted}")
