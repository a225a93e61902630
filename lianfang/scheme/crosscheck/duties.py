"""Duties, talks, alerts and ladders refer to what exists, and say when."""

from lianfang.common.text import Text
from lianfang.scheme.crosscheck.found import Found, codes, day_faults, unknown, unknown_one
from lianfang.scheme.model import DutyKind, DutyRule, Occasion, Scheme
from lianfang.scheme.source import Place

# What must be given for each occasion: any one of a row's alternatives.
WHEN: dict[Occasion, tuple[tuple[str, ...], ...]] = {
    Occasion.ADVERSE_REPORT: (("deadline",),),
    Occasion.APPOINTMENT: (("before_effect", "deadline"),),
    Occasion.INTERVAL: (("interval", "dates"),),
    Occasion.YEAR: (("share", "dates", "interval", "hours"),),
    Occasion.TENURE: (("tenure",), ("notice",)),
    Occasion.DATED_MEASURE: (),
    Occasion.RECURRING_MEASURE: (("interval", "dates"),),
    Occasion.RULE_ASKED: (),
}


def duty_faults(scheme: Scheme) -> Found:
    """Yield what is wrong with duties, talks and early warning."""
    for place, duty in enumerate(scheme.duties):
        path: Place = ("duties", place)
        yield from _references(duty, scheme, path)
        yield from _timing(duty, path)
    yield from _ladders(scheme)
    yield from _alerts(scheme)


def _references(duty: DutyRule, scheme: Scheme, path: Place) -> Found:
    levels = codes(scheme.levels)
    yield from unknown((*path, "levels"), duty.levels, levels, "levels")
    yield from unknown((*path, "talks"), duty.talks, codes(scheme.talks), "talks")
    for place, hours in enumerate(duty.hours):
        yield from unknown_one((*path, "hours", place, "level"), hours.level, levels, "levels")
    if (duty.kind is DutyKind.TALK) != bool(duty.talks):
        yield (
            (*path, "talks"),
            Text(
                "谈话类义务应写明谈话种类，其他义务不写。",
                "A talk must name its kinds of talk, any other duty none.",
            ),
        )


def _timing(duty: DutyRule, path: Place) -> Found:
    for place, day in enumerate(duty.dates):
        yield from day_faults((*path, "dates", place), day)
    for wanted in WHEN[duty.occasion]:
        if not any(getattr(duty, name) for name in wanted):
            names = " / ".join(wanted)
            yield (
                (*path, wanted[0]),
                Text(
                    f"起因为“{duty.occasion}”的义务应写明 {names}。",
                    f"A duty on the occasion {duty.occasion} must give {names}.",
                ),
            )


def _ladders(scheme: Scheme) -> Found:
    talks, forms = codes(scheme.talks), codes(scheme.forms)
    for place, ladder in enumerate(scheme.ladders):
        for step, rung in enumerate(ladder.rungs):
            path: Place = ("ladders", place, "rungs", step)
            yield from unknown_one((*path, "talk"), rung.talk, talks, "talks")
            yield from unknown_one((*path, "form"), rung.form, forms, "forms")


def _alerts(scheme: Scheme) -> Found:
    ladders, gravities = codes(scheme.ladders), codes(scheme.gravities)
    for place, trigger in enumerate(scheme.alert_triggers):
        path: Place = ("alert_triggers", place, "ladder")
        yield from unknown_one(path, trigger.ladder, ladders, "ladders")
    for place, colour in enumerate(scheme.alert_colours):
        path = ("alert_colours", place)
        yield from unknown_one((*path, "gravity"), colour.gravity, gravities, "gravities")
    if not any(route.about == "other" for route in scheme.routes[-1:]):
        yield (
            ("routes",),
            Text(
                "最后一条路径应为 about: other，使每条预警都有去处。",
                "The last route must be `about: other`, so that every alert goes somewhere.",
            ),
        )
    free = [c for c in scheme.alert_colours if not (c.open_at_least or c.older_than or c.gravity)]
    if len(free) != 1 or free[0].rank != min(c.rank for c in scheme.alert_colours):
        yield (
            ("alert_colours",),
            Text(
                "应有且只有 rank 最低的一种颜色不带条件。",
                "The colour of the lowest rank, and no other, must have no condition.",
            ),
        )
