"""Levels, rating, powers and risks on the page."""

from lianfang.scheme.model import Count, Matrix, Matters, Scheme, Weighted
from lianfang.scheme.page.markdown import ZH, Lines, both, cell, labelled, named, table
from lianfang.scheme.wording import clause, mark, quantity, thresholds


def levels_part(scheme: Scheme) -> Lines:
    """Yield the lines about levels."""
    yield from table(
        "代码 Code|等级 Level|标记 Mark|颜色 Colour|别名 Aliases|条款 Clause",
        (
            (
                f"`{x.code}`",
                x.label,
                x.shape,
                x.colour,
                "、".join(x.aliases),
                clause(x.clause, scheme),
            )
            for x in scheme.levels
        ),
    )
    yield ""
    yield f"未评级自成一种状态，从不等于低。“{scheme.unrated.en}” is a state of its own, never low."
    yield ""
    header = "|".join(["写法 Scale", *(level.label.zh for level in scheme.levels)])
    yield from table(
        header, ((s.code, *("、".join(words) for words in s.words)) for s in scheme.level_scales)
    )


def scales_part(scheme: Scheme) -> Lines:
    """Yield the lines about scales."""
    for scale in (*scheme.factors, scheme.likelihood, *scheme.impacts):
        weight = getattr(scale, "weight", None)
        share = f"（{quantity(weight, ZH)}）" if weight else ""
        yield f"### {scale.label.zh} · {scale.label.en}{share}"
        yield ""
        yield f"{scale.question.zh} {scale.question.en}（{clause(scale.clause, scheme)}）"
        yield ""
        steps = ((f"{a.step} {mark(scale.default)}", a.text) for a in scale.anchors)
        yield from table("档 Step|表现 What it looks like", steps)
        yield ""


def rating_part(scheme: Scheme) -> Lines:
    """Yield the lines about rating."""
    rating = scheme.rating
    family, cited = type(rating).__name__.lower(), clause(rating.clause, scheme)
    yield f"规则 Rule: `{family}` {mark(rating.default)}（{cited}）"
    yield ""
    match rating:
        case Matrix():
            yield from _matrix(scheme, rating)
        case Weighted():
            yield both(lambda x: thresholds(rating.thresholds, scheme, x)).zh
        case Count():
            yield both(lambda x: thresholds(rating.thresholds, scheme, x)).zh
            yield ""
            rows = ((f"`{c.code}`", c.question) for c in (*rating.criteria, *rating.triggers))
            yield from table("代码 Code|问题 Question", rows)
        case Matters():
            yield from table(
                "事项 Matter|等级 Level",
                (
                    (labelled(scheme.matters, x.matter), labelled(scheme.levels, x.level))
                    for x in rating.listed
                ),
            )


def _matrix(scheme: Scheme, rating: Matrix) -> Lines:
    steps = range(1, len(scheme.likelihood.anchors) + 1)
    if rating.factors_first:
        yield (
            "可能性不得低于各因素加权平均（四舍五入）。"
            "Likelihood may not be below the weighted mean of the factors, rounded half up."
        )
        yield ""
    header = "|".join(["可能性 × 影响", *(f"影响 {impact}" for impact in steps)])
    rows = (
        [f"**{step}**", *(_matrix_cell(scheme, rating, step * i) for i in steps)] for step in steps
    )
    yield from table(header, rows)
    yield ""
    bounds = both(lambda x: thresholds(rating.thresholds, scheme, x))
    yield f"{bounds.zh}。{bounds.en}."


def _matrix_cell(scheme: Scheme, rating: Matrix, product: int) -> str:
    code = next(t.level for t in rating.thresholds if product >= t.at_least)
    level = scheme.level(code)
    return f"{level.shape} {level.label.zh} {product}"


def bounds_part(scheme: Scheme) -> Lines:
    """Yield the lines about bounds."""
    yield from table(
        "下限与上调 Floors and raises|等级 Level|条款 Clause",
        [
            *(
                (
                    f"{cell(f.label)} {mark(f.default)}",
                    labelled(scheme.levels, f.level),
                    clause(f.clause, scheme),
                )
                for f in scheme.floors
            ),
            *(
                (
                    f"{cell(r.label)} {mark(r.levels.default)}",
                    labelled(scheme.levels, r.cap),
                    clause(r.clause, scheme),
                )
                for r in scheme.raises
            ),
        ],
    )
    yield ""
    grounds, lower = scheme.grounds, both(lambda x: quantity(scheme.grounds.most_lower, x))
    yield (
        f"{grounds.inherent.zh}、{grounds.residual.zh}各评一次；"
        f"义务依据 `{grounds.duties_follow}`，按剩余风险时最多低 {lower.zh}。"
        f"{grounds.inherent.en} and {grounds.residual.en}; duties follow "
        f"`{grounds.duties_follow}`; following the residual level, at most {lower.en} lower."
    )


def powers_part(scheme: Scheme) -> Lines:
    """Yield the lines about powers."""
    for part in (scheme.categories, scheme.kinds, scheme.matters):
        yield from named(part, scheme)
        yield ""
    yield from table(
        "事项 Matter|提示词 Words that betray it",
        ((matter.label, "、".join(matter.hints)) for matter in scheme.matters),
    )


def risks_part(scheme: Scheme) -> Lines:
    """Yield the lines about risks."""
    yield from named(scheme.aspects, scheme)
    yield ""
    yield from table(
        "方面 Aspect|引导问题 Questions",
        ((aspect.label, question) for aspect in scheme.aspects for question in aspect.questions),
    )
    yield ""
    yield from table(
        "岗位 Posts|重点 Focus|引导问题 Questions|条款 Clause",
        (
            (area.posts, area.label, question, clause(area.clause, scheme))
            for area in scheme.focus_areas
            for question in area.questions
        ),
    )


def measures_part(scheme: Scheme) -> Lines:
    """Yield the lines about measures."""
    yield from table(
        "阶段 Phase|别名 Aliases|提示词 Hints|条款 Clause",
        (
            (p.label, "、".join(p.aliases), "、".join(p.hints), clause(p.clause, scheme))
            for p in scheme.phases
        ),
    )
    yield ""
    yield from named(scheme.measure_states, scheme)
