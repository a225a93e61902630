"""The four families of rules: what each makes of complete answers.

Source: 质检认纪〔2012〕1号 五（三）.
"""

from fractions import Fraction
from math import floor
from typing import assert_never

from lianfang.common.text import Text
from lianfang.rating.answers import Answers
from lianfang.rating.bounds import settle
from lianfang.rating.explanation import (
    COMMA,
    PLUS,
    SEMICOLON,
    Cell,
    Found,
    Kind,
    Line,
    exact,
    joined,
    level_label,
    number,
    plain,
)
from lianfang.rating.levels import highest
from lianfang.rating.thresholds import bands, level_from, whole_bands
from lianfang.scheme.model import Count, Matrix, Matters, Scheme, Weighted


def find(answers: Answers, scheme: Scheme) -> Found:
    """Return the level by the scheme's family; everything it asks has to be answered."""
    match scheme.rating:
        case Matrix() as rating:
            return _matrix(answers, rating, scheme)
        case Weighted() as rating:
            return _weighted(answers, rating, scheme)
        case Count() as rating:
            return _count(answers, rating, scheme)
        case Matters() as rating:
            return _matters(answers, rating, scheme)
        case _:
            assert_never(scheme.rating)


def _matrix(answers: Answers, rating: Matrix, scheme: Scheme) -> Found:
    likelihood, lines = _likelihood(answers, rating, scheme)
    impact, worst = _impact(answers, scheme)
    product = likelihood * impact
    level = level_from(Fraction(product), rating.thresholds)
    least = 1
    return Found(
        level=level,
        cell=Cell(likelihood=likelihood, impact=impact),
        lines=(
            *lines,
            worst,
            Line(
                kind=Kind.PRODUCT,
                what=Text("可能性 × 影响程度", "Likelihood × impact"),
                value=plain(product),
                rule=plain(f"{likelihood} × {impact}"),
                clause=rating.clause,
                default=rating.default,
            ),
            _level_line(level, whole_bands(rating.thresholds, least, scheme), rating, scheme),
        ),
    )


def _likelihood(answers: Answers, rating: Matrix, scheme: Scheme) -> tuple[int, tuple[Line, ...]]:
    """Return the likelihood that counts: the chosen one, not below the mean of the factors."""
    scale, chosen = scheme.likelihood, answers.likelihood or 0
    lines: tuple[Line, ...] = ()
    counted, rule = chosen, Text(f"所选 {chosen}", f"chosen {chosen}")
    if rating.factors_first:
        mean, line = _mean(answers, scheme)
        least = floor(mean + Fraction(1, 2))
        lines = (line, _least_likelihood(mean, least, rating))
        counted = max(chosen, least)
        rule = Text(
            f"所选 {chosen}，下限 {least}，取较高者",
            f"chosen {chosen}, at least {least}; the higher counts",
        )
    last = Line(
        kind=Kind.LIKELIHOOD,
        what=scale.label,
        value=plain(counted),
        rule=rule,
        clause=scale.clause,
        default=scale.default,
        about=scale.code,
    )
    return counted, (*lines, last)


def _mean(answers: Answers, scheme: Scheme) -> tuple[Fraction, Line]:
    steps = {entry.code: entry.step for entry in answers.factors}
    weights = {factor.code: exact(factor.weight.value) for factor in scheme.factors}
    total = sum(weights.values(), Fraction(0))
    mean = sum((steps[code] * weight for code, weight in weights.items()), Fraction(0)) / total
    parts = (
        Text("{label} {step}×{weight}%", "{label} {step}×{weight}%").filled(
            label=factor.label, step=steps[factor.code], weight=number(weights[factor.code])
        )
        for factor in scheme.factors
    )
    return mean, Line(
        kind=Kind.MEAN,
        what=Text("各项因素加权平均", "Weighted mean of the factors"),
        value=number(mean),
        rule=joined(parts, PLUS),
        clause=scheme.factors[0].clause,
        default=any(factor.weight.default for factor in scheme.factors),
    )


def _least_likelihood(mean: Fraction, least: int, rating: Matrix) -> Line:
    shown = number(mean)
    return Line(
        kind=Kind.LEAST_LIKELIHOOD,
        what=Text("折算为可能性下限", "Likelihood is not below"),
        value=plain(f"≥ {least}"),
        rule=Text(
            f"{shown.zh} 四舍五入为 {least}", f"{shown.en} rounded to {least}, a half rounded up"
        ),
        clause=rating.clause,
        default=rating.default,
    )


def _impact(answers: Answers, scheme: Scheme) -> tuple[int, Line]:
    steps = {entry.code: entry.step for entry in answers.impacts}
    asked = [(scale.label, steps[scale.code]) for scale in scheme.impacts]
    worst = max(step for _, step in asked)
    scores = joined((Text(f"{label.zh} {n}", f"{label.en} {n}") for label, n in asked), COMMA)
    return worst, Line(
        kind=Kind.IMPACT,
        what=Text("影响程度", "Impact"),
        value=plain(worst),
        rule=Text("{scores}：取最重的一项", "{scores}: the worst counts").filled(scores=scores),
        clause=scheme.impacts[0].clause,
        default=any(scale.default for scale in scheme.impacts),
    )


def _weighted(answers: Answers, rating: Weighted, scheme: Scheme) -> Found:
    mean, line = _mean(answers, scheme)
    level = level_from(mean, rating.thresholds)
    last = _level_line(level, bands(rating.thresholds, scheme), rating, scheme)
    return Found(level=level, lines=(line, last))


def _count(answers: Answers, rating: Count, scheme: Scheme) -> Found:
    met = {entry.code for entry in answers.criteria if entry.applies}
    counted = [criterion for criterion in rating.criteria if criterion.code in met]
    level = level_from(Fraction(len(counted)), rating.thresholds)
    none = Text("没有一项符合", "none applies")
    count = Line(
        kind=Kind.COUNT,
        what=Text("符合的标准", "Criteria that apply"),
        value=plain(len(counted)),
        rule=joined((entry.question for entry in counted), SEMICOLON) if counted else none,
        clause=rating.clause,
        default=rating.default,
    )
    lines = [count, _level_line(level, whole_bands(rating.thresholds, 0, scheme), rating, scheme)]
    for trigger in rating.triggers:
        because = Text("符合", "applies") if trigger.code in met else None
        line = settle(
            level,
            at_least=trigger.level,
            because=because,
            line=Line(
                kind=Kind.TRIGGER,
                what=Text("直接定级", "Settles by itself"),
                value=Text("", ""),
                rule=trigger.question,
                clause=trigger.clause,
                default=rating.default,
                about=trigger.code,
            ),
            scheme=scheme,
        )
        level = line.level
        lines.append(line)
    return Found(level=level, lines=tuple(lines))


def _matters(answers: Answers, rating: Matters, scheme: Scheme) -> Found:
    labels = {matter.code: matter.label for matter in scheme.matters}
    touched = [entry for entry in rating.listed if entry.matter in (answers.matters or ())]
    level = highest(scheme, *(entry.level for entry in touched)) or rating.otherwise
    lines = (
        Line(
            kind=Kind.MATTER,
            what=labels[entry.matter],
            value=level_label(entry.level, scheme),
            rule=Text("涉及所列事项", "a listed matter is touched"),
            clause=rating.clause,
            default=rating.default,
            about=entry.matter,
        )
        for entry in touched
    )
    rule = (
        Text("取所涉事项中最高的等级", "the highest level of the matters touched")
        if touched
        else Text("不涉及所列事项", "none of the listed matters is touched")
    )
    return Found(level=level, lines=(*lines, _level_line(level, rule, rating, scheme)))


def _level_line(
    level: str | None, rule: Text, rating: Matrix | Weighted | Count | Matters, scheme: Scheme
) -> Line:
    return Line(
        kind=Kind.LEVEL,
        what=Text("按规则得出等级", "Level by the rule"),
        value=level_label(level, scheme),
        rule=rule,
        clause=rating.clause,
        default=rating.default,
        level=level,
    )
