"""Anchors, weights, thresholds, floors and raises fit the levels."""

from collections.abc import Sequence

from lianfang.common.text import Text
from lianfang.scheme.crosscheck.found import Found, codes, not_in_sum, unknown, unknown_one
from lianfang.scheme.model import Count, Matrix, Matters, Scale, Scheme, Threshold, Weighted
from lianfang.scheme.source import Place


def rating_faults(scheme: Scheme) -> Found:
    """Yield what keeps the scheme from finding a level."""
    yield from _scales(scheme)
    yield from _family(scheme)
    yield from _bounds(scheme)


def steps_of(scheme: Scheme) -> int:
    """Return how many steps every scale has."""
    return len(scheme.likelihood.anchors)


def _scales(scheme: Scheme) -> Found:
    steps = steps_of(scheme)
    if steps < 2:
        yield ("likelihood", "anchors"), Text("至少要有两档。", "At least two steps are needed.")
    yield from _anchors(scheme.likelihood, steps, ("likelihood",))
    for section, scales in (("factors", scheme.factors), ("impacts", scheme.impacts)):
        for place, scale in enumerate(scales):
            yield from _anchors(scale, steps, (section, place))
    if scheme.factors:
        total = sum(factor.weight.value for factor in scheme.factors)
        yield from not_in_sum(("factors",), total, 100)


def _anchors(scale: Scale, steps: int, path: Place) -> Found:
    given = [anchor.step for anchor in scale.anchors]
    if given != list(range(1, steps + 1)):
        yield (
            (*path, "anchors"),
            Text(
                f"应依次写明第 1 至第 {steps} 档，实有：{given}。",
                f"Steps 1 to {steps} must each be worded, in order; there are: {given}.",
            ),
        )


def _family(scheme: Scheme) -> Found:
    rating, steps = scheme.rating, steps_of(scheme)
    match rating:
        case Matrix():
            yield from _thresholds(rating.thresholds, scheme, steps * steps)
        case Weighted():
            yield from _thresholds(rating.thresholds, scheme, steps)
        case Count():
            yield from _thresholds(rating.thresholds, scheme, len(rating.criteria))
            for place, trigger in enumerate(rating.triggers):
                path = ("rating", "triggers", place, "level")
                yield from unknown_one(path, trigger.level, codes(scheme.levels), "levels")
        case Matters():
            yield from _listed(rating, scheme)
    if isinstance(rating, Matrix) and not scheme.impacts:
        yield (
            ("impacts",),
            Text("矩阵需要影响程度，至少一项。", "A matrix asks for scales of impact."),
        )
    wants = isinstance(rating, Weighted) or (isinstance(rating, Matrix) and rating.factors_first)
    if wants and not scheme.factors:
        yield (
            ("factors",),
            Text("评级规则需要因素，至少一项。", "The rating rule asks for factors."),
        )


def _listed(rating: Matters, scheme: Scheme) -> Found:
    levels, matters = codes(scheme.levels), codes(scheme.matters)
    yield from unknown_one(("rating", "otherwise"), rating.otherwise, levels, "levels")
    for place, entry in enumerate(rating.listed):
        path: Place = ("rating", "listed", place)
        yield from unknown_one((*path, "matter"), entry.matter, matters, "matters")
        yield from unknown_one((*path, "level"), entry.level, levels, "levels")


def _thresholds(thresholds: Sequence[Threshold], scheme: Scheme, most: float) -> Found:
    path: Place = ("rating", "thresholds")
    wanted = [level.code for level in scheme.levels]
    if [threshold.level for threshold in thresholds] != wanted:
        yield (
            path,
            Text(
                f"应从高到低为每个等级各写一条：{'、'.join(wanted)}。",
                f"Each level needs one, from the highest down: {', '.join(wanted)}.",
            ),
        )
        return
    least = [threshold.at_least for threshold in thresholds]
    if least != sorted(set(least), reverse=True) or least[0] > most:
        yield (
            path,
            Text(
                f"界限应逐级减小，最高不超过 {most:g}。",
                f"They must fall from level to level, the highest being at most {most:g}.",
            ),
        )
    if least[-1] > 1:
        yield (
            (*path, len(least) - 1, "at_least"),
            Text("最低等级应从 1 或以下起。", "The lowest level must begin at 1 or below."),
        )


def _bounds(scheme: Scheme) -> Found:
    levels = codes(scheme.levels)
    for place, floor in enumerate(scheme.floors):
        path: Place = ("floors", place)
        yield from unknown_one((*path, "level"), floor.level, levels, "levels")
        yield from unknown((*path, "matters"), floor.matters, codes(scheme.matters), "matters")
        if bool(floor.matters) == bool(floor.roles):
            yield (
                path,
                Text(
                    "matters 与 roles 应写其一，且只写其一。",
                    "Either matters or roles must be given, not both.",
                ),
            )
    for place, step in enumerate(scheme.raises):
        yield from unknown_one(("raises", place, "cap"), step.cap, levels, "levels")
