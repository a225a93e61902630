"""Rates a risk point, before measures and with them, and says how the level came about.

Source: 质检认纪〔2012〕1号 五（三）, 五（七）2（2）; the rules themselves are the scheme's.
"""

from lianfang.common.text import Text
from lianfang.rating.answers import Answers, after_measures, require_fitting
from lianfang.rating.bounds import bound
from lianfang.rating.explanation import COMMA, Kind, Line, Rated, joined, level_label, plain
from lianfang.rating.families import find
from lianfang.rating.gaps import gaps, scales_and_criteria
from lianfang.scheme.model import Scheme


def rate(answers: Answers, scheme: Scheme) -> Rated:
    """Return the inherent level, "not rated" as long as an answer is missing.

    Raises AnswersRefused for an answer that fits no question of the scheme.
    """
    require_fitting(answers, scheme)
    return _rated(answers, scheme, scheme.grounds.inherent, ())


def residual(inherent: Answers, after: Answers, scheme: Scheme) -> Rated:
    """Return the level with the measures in place; what isn't answered anew stays as it was.

    "Not rated" where nothing is answered anew though the scheme asks. Raises AnswersRefused.
    """
    require_fitting(inherent, scheme)
    require_fitting(after, scheme)
    ground = scheme.grounds.residual
    asked = scales_and_criteria(Answers(), scheme)
    if asked and len(scales_and_criteria(after, scheme)) == len(asked):
        return _unrated((_nothing_anew(scheme),), scheme, ground)
    carried = _carried(inherent, after, scheme)
    return _rated(after_measures(inherent, after), scheme, ground, carried)


def _rated(answers: Answers, scheme: Scheme, ground: Text, before: tuple[Line, ...]) -> Rated:
    missing = gaps(answers, scheme)
    if missing:
        return _unrated((*before, *missing), scheme, ground)
    found = find(answers, scheme)
    bounds = bound(found.level, answers, scheme)
    level = bounds[-1].level if bounds else found.level
    rule = (
        Text("经过底线和上调之后", "after floors and raises")
        if bounds
        else Text("方案没有底线和上调", "the scheme has no floors or raises")
    )
    if level is None:
        rule = Text("不到方案中最低的一档", "below the scheme's lowest threshold")
    last = _last(level, rule, scheme, ground)
    return Rated(level=level, lines=(*before, *found.lines, *bounds, last), cell=found.cell)


def _unrated(lines: tuple[Line, ...], scheme: Scheme, ground: Text) -> Rated:
    count = sum(line.kind is Kind.MISSING for line in lines)
    rule = Text(
        f"缺少 {count} 项回答，补齐后才能评定；未评不等于低",
        f"answers missing: {count}; give them to rate. Not rated is not low",
    )
    return Rated(level=None, lines=(*lines, _last(None, rule, scheme, ground)))


def _last(level: str | None, rule: Text, scheme: Scheme, ground: Text) -> Line:
    return Line(
        kind=Kind.FINAL,
        what=ground,
        value=level_label(level, scheme),
        rule=rule,
        clause=scheme.rating.clause,
        default=scheme.rating.default,
        level=level,
    )


def _nothing_anew(scheme: Scheme) -> Line:
    return Line(
        kind=Kind.MISSING,
        what=scheme.grounds.residual,
        value=Text("未回答", "not answered"),
        rule=Text("措施到位后的情况还没有评", "nothing is answered with the measures in place"),
        clause=scheme.grounds.clause,
        default=scheme.grounds.default,
    )


def _carried(inherent: Answers, after: Answers, scheme: Scheme) -> tuple[Line, ...]:
    """Return a line for the answers that stay as they were before measures, if any."""
    before = {line.about for line in scales_and_criteria(inherent, scheme)}
    stay = [line for line in scales_and_criteria(after, scheme) if line.about not in before]
    if not stay:
        return ()
    return (
        Line(
            kind=Kind.CARRIED,
            what=Text("沿用采取措施前的回答", "As answered before measures"),
            value=plain(len(stay)),
            rule=joined((line.what for line in stay), COMMA),
            clause=scheme.grounds.clause,
            default=scheme.grounds.default,
        ),
    )
