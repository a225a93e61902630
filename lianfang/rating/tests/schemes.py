"""Schemes of every family made from the real one, and complete answers to any of them."""

from functools import lru_cache

from hypothesis import strategies as st
from msgspec.structs import replace

from lianfang.common.text import Text
from lianfang.rating.answers import Answers, Judged, Scored
from lianfang.rating.questions import criteria_of
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import (
    Clause,
    Count,
    Criterion,
    Matrix,
    MatterLevel,
    Matters,
    PowerRole,
    Rating,
    Scheme,
    Threshold,
    Trigger,
    Weighted,
)

LEVELS = ("high", "medium", "low")
CLAUSE = Clause(document="质检认纪〔2012〕1号", section="五（三）")
ALL_ROLES = (tuple(PowerRole),)


@lru_cache
def real() -> Scheme:
    return load_scheme("cnas-2012")


def thresholds(*least: float) -> tuple[Threshold, ...]:
    """Return the least figure of high, medium and low."""
    return tuple(
        Threshold(at_least=figure, level=level) for figure, level in zip(least, LEVELS, strict=True)
    )


def of_family(rating: Rating, *, bounded: bool = False) -> Scheme:
    """Return the real scheme with another rating rule, by default without floors and raises."""
    scheme = replace(real(), rating=rating)
    return scheme if bounded else replace(scheme, floors=(), raises=())


def matrix(*, factors_first: bool, least: tuple[float, ...] = (15, 8, 1)) -> Matrix:
    return Matrix(
        factors_first=factors_first,
        thresholds=thresholds(*least),
        default=True,
        clause=CLAUSE,
    )


def weighted(*least: float) -> Weighted:
    return Weighted(thresholds=thresholds(*least), default=True, clause=CLAUSE)


def count(*least: float, level: str = "high") -> Count:
    """Return seven criteria and a trigger of `level`."""
    return Count(
        criteria=tuple(
            Criterion(code=f"c{n}", question=Text(f"第{n}条？", f"Number {n}?"), clause=CLAUSE)
            for n in range(1, 8)
        ),
        triggers=(
            Trigger(code="t", question=Text("直接？", "At once?"), level=level, clause=CLAUSE),
        ),
        thresholds=thresholds(*least),
        default=True,
        clause=CLAUSE,
    )


def matters(**listed: str) -> Matters:
    return Matters(
        listed=tuple(MatterLevel(matter=m, level=level) for m, level in listed.items()),
        otherwise="low",
        default=True,
        clause=CLAUSE,
    )


def answers(
    scheme: Scheme,
    *,
    factor: int = 1,
    likelihood: int = 1,
    impact: int = 1,
    met: tuple[str, ...] = (),
    touched: tuple[str, ...] = (),
    one_post: bool = False,
    breach: bool = False,
) -> Answers:
    """Return complete answers: the same step on every factor and on every impact."""
    return Answers(
        factors=tuple(Scored(code=entry.code, step=factor) for entry in scheme.factors),
        likelihood=likelihood,
        impacts=tuple(Scored(code=entry.code, step=impact) for entry in scheme.impacts),
        criteria=tuple(
            Judged(code=entry.code, applies=entry.code in met) for entry in criteria_of(scheme)
        ),
        matters=touched,
        roles=ALL_ROLES if one_post else (),
        breach=breach,
    )


def _falling(most: int, scale: int) -> st.SearchStrategy[tuple[float, ...]]:
    """Draw thresholds that fall to 1 or below, in parts of `scale`."""
    upper = st.lists(st.integers(scale + 1, most * scale), min_size=2, max_size=2, unique=True).map(
        lambda drawn: sorted(drawn, reverse=True)
    )
    return upper.map(lambda drawn: (*(figure / scale for figure in drawn), 1.0))


_LEVEL = st.sampled_from(LEVELS)
_RATINGS: st.SearchStrategy[Rating] = st.one_of(
    st.builds(
        lambda first, least: matrix(factors_first=first, least=least),
        st.booleans(),
        _falling(25, 1),
    ),
    _falling(5, 10).map(lambda least: weighted(*least)),
    st.builds(lambda least, level: count(*least, level=level), _falling(7, 1), _LEVEL),
    st.dictionaries(st.sampled_from([m.code for m in real().matters]), _LEVEL).map(
        lambda listed: matters(**listed)
    ),
)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Draw a scheme of any family with other thresholds, weights, floors and raises."""
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=4, max_size=4)))
    weights = [(high - low) / 10 for low, high in zip([0, *cuts], [*cuts, 1000], strict=True)]
    scheme = real()
    return replace(
        scheme,
        rating=draw(_RATINGS),
        factors=tuple(
            replace(factor, weight=replace(factor.weight, value=weight))
            for factor, weight in zip(scheme.factors, weights, strict=True)
        ),
        floors=tuple(replace(floor, level=draw(_LEVEL)) for floor in scheme.floors),
        raises=tuple(
            replace(
                step,
                cap=draw(_LEVEL),
                levels=replace(step.levels, value=float(draw(st.integers(0, 3)))),
            )
            for step in scheme.raises
        ),
    )


@st.composite
def complete_answers(draw: st.DrawFn, scheme: Scheme) -> Answers:
    """Draw an answer to every question."""
    steps = st.integers(1, 5)
    role_sets = st.lists(st.sampled_from(PowerRole), unique=True).map(tuple)
    return Answers(
        factors=tuple(Scored(code=f.code, step=draw(steps)) for f in scheme.factors),
        likelihood=draw(steps),
        impacts=tuple(Scored(code=i.code, step=draw(steps)) for i in scheme.impacts),
        criteria=tuple(
            Judged(code=c.code, applies=draw(st.booleans())) for c in criteria_of(scheme)
        ),
        matters=tuple(m.code for m in scheme.matters if draw(st.booleans())),
        roles=tuple(draw(st.lists(role_sets, max_size=3))),
        breach=draw(st.booleans()),
    )
