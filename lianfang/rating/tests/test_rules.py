"""The families, floors and raises by example."""

from fractions import Fraction

import pytest
from msgspec.structs import replace

from lianfang.rating.answers import Answers, AnswersRefused, Judged, Scored, answers_of
from lianfang.rating.explanation import Cell, Kind, Line, number
from lianfang.rating.levels import after_breach, duty_level, effective
from lianfang.rating.opinion import opinion_on
from lianfang.rating.rate import rate, residual
from lianfang.rating.tests.schemes import (
    answers,
    count,
    matrix,
    matters,
    of_family,
    real,
    weighted,
)
from lianfang.rating.thresholds import whole_bands
from lianfang.scheme.model import PowerRole, Scheme

DESIGN = {"frequency": 3, "human": 4, "discretion": 4, "loopholes": 4, "impropriety": 3}


def designed(likelihood: int = 4, **factors: int) -> Answers:
    """Return the answers of the design: factors 3 4 4 4 3, impact 4."""
    given = [*(DESIGN | factors).items(), ("likelihood", likelihood)]
    given += [("money", 4), ("rights", 2), ("standing", 3), ("mission", 1)]
    known = answers_of(given, real())
    return replace(known, matters=(), roles=(), breach=False)


def line(lines: tuple[Line, ...], kind: Kind) -> Line:
    """Return the first line of a kind."""
    return next(entry for entry in lines if entry.kind is kind)


def test_the_explanation_shows_what_the_page_of_the_design_shows() -> None:
    rated = rate(designed(), real())
    assert rated.level == "high"
    assert rated.cell == Cell(likelihood=4, impact=4)
    assert [(entry.kind, entry.value.zh) for entry in rated.lines] == [
        (Kind.MEAN, "3.65"),
        (Kind.LEAST_LIKELIHOOD, "≥ 4"),
        (Kind.LIKELIHOOD, "4"),
        (Kind.IMPACT, "4"),
        (Kind.PRODUCT, "16"),
        (Kind.LEVEL, "高"),
        (Kind.FLOOR, "不变"),
        (Kind.FLOOR, "不变"),
        (Kind.RAISE, "不变"),
        (Kind.FINAL, "高"),
    ]
    level = line(rated.lines, Kind.LEVEL)
    assert level.rule.zh == "15 及以上为高，8 至 14 为中，7 及以下为低"
    assert level.rule.en == "15 or more: High, 8 to 14: Medium, 7 or less: Low"
    assert "3.65 四舍五入为 4" in line(rated.lines, Kind.LEAST_LIKELIHOOD).rule.zh
    assert "自由裁量权 4×25%" in line(rated.lines, Kind.MEAN).rule.zh
    assert str(line(rated.lines, Kind.RAISE).clause) == "五（七）2（2）"


@pytest.mark.parametrize("likelihood", range(1, 6))
@pytest.mark.parametrize("impact", range(1, 6))
def test_every_cell_of_the_matrix(likelihood: int, impact: int) -> None:
    scheme, product = real(), likelihood * impact
    wanted = "high" if product >= 15 else "medium" if product >= 8 else "low"
    given = answers(scheme, likelihood=likelihood, impact=impact)
    assert rate(given, scheme).level == wanted


@pytest.mark.parametrize(
    ("impropriety", "human", "mean", "least"),
    [(3, 4, "3.65", 4), (3, 3, "3.45", 3), (2, 4, "3.45", 3), (1, 1, "2.65", 3)],
)
def test_likelihood_is_not_below_the_weighted_mean(
    impropriety: int, human: int, mean: str, least: int
) -> None:
    rated = rate(designed(1, impropriety=impropriety, human=human), real())
    assert line(rated.lines, Kind.MEAN).value.en == mean
    assert line(rated.lines, Kind.LIKELIHOOD).value.en == str(least)


def test_a_half_is_rounded_up_and_just_below_is_not() -> None:
    scheme = real()
    given = answers(scheme, factor=2)
    half = {"discretion": 4}  # 2 + 2 × 25 % = 2.5
    below = {"frequency": 3, "human": 3}  # 2 + 35 % = 2.35
    for changed, least in ((half, "3"), (below, "2")):
        factors = tuple(
            replace(entry, step=changed.get(entry.code, entry.step)) for entry in given.factors
        )
        rated = rate(replace(given, factors=factors), scheme)
        assert line(rated.lines, Kind.LIKELIHOOD).value.zh == least


@pytest.mark.parametrize("field", ["money", "rights", "standing", "mission"])
def test_the_worst_impact_counts(field: str) -> None:
    scheme = real()
    given = answers(scheme, likelihood=3)
    impacts = tuple(replace(entry, step=5 if entry.code == field else 1) for entry in given.impacts)
    assert rate(replace(given, impacts=impacts), scheme).level == "high"


def test_a_matrix_alone_asks_no_factors() -> None:
    scheme = of_family(matrix(factors_first=False))
    rated = rate(replace(answers(scheme, likelihood=2, impact=4), factors=()), scheme)
    assert rated.level == "medium"
    kinds = [Kind.LIKELIHOOD, Kind.IMPACT, Kind.PRODUCT, Kind.LEVEL, Kind.FINAL]
    assert [entry.kind for entry in rated.lines] == kinds


@pytest.mark.parametrize(
    ("steps", "level"),
    [((3, 3, 3, 3, 3), "low"), ((4, 3, 4, 3, 3), "low"), ((3, 4, 3, 4, 4), "high"),
     ((3, 3, 4, 4, 3), "medium"), ((5, 5, 5, 5, 5), "high")],
)  # fmt: skip
def test_a_weighted_score_against_thresholds(steps: tuple[int, ...], level: str) -> None:
    scheme = of_family(weighted(3.6, 3.45, 1))
    pairs = zip(scheme.factors, steps, strict=True)
    given = Answers(factors=tuple(Scored(code=f.code, step=step) for f, step in pairs))
    assert rate(given, scheme).level == level


@pytest.mark.parametrize(
    ("met", "level"),
    [(0, None), (1, "low"), (2, "low"), (3, "medium"), (4, "medium"), (5, "high"), (7, "high")],
)
def test_a_count_of_criteria(met: int, level: str | None) -> None:
    scheme = of_family(count(5, 3, 1))
    given = answers(scheme, met=tuple(f"c{n}" for n in range(1, met + 1)))
    rated = rate(given, scheme)
    assert rated.level == level
    assert line(rated.lines, Kind.COUNT).value.zh == str(met)


@pytest.mark.parametrize(
    ("level", "met", "wanted"),
    [("high", 1, "high"), ("medium", 6, "high"), ("medium", 0, "medium")],
)
def test_a_trigger_settles_the_level_but_lowers_none(level: str, met: int, wanted: str) -> None:
    scheme = of_family(count(5, 3, 1, level=level))
    applying = (*(f"c{n}" for n in range(1, met + 1)), "t")
    assert rate(answers(scheme, met=applying), scheme).level == wanted


@pytest.mark.parametrize(
    ("touched", "level"),
    [((), "low"), (("major_work",), "low"), (("large_sums",), "medium"),
     (("large_sums", "appointments"), "high")],
)  # fmt: skip
def test_a_list_of_matters(touched: tuple[str, ...], level: str) -> None:
    scheme = of_family(matters(large_sums="medium", appointments="high"))
    assert rate(Answers(matters=touched), scheme).level == level
    assert rate(Answers(), scheme).level is None


@pytest.mark.parametrize("matter", [entry.code for entry in real().matters])
def test_a_weighty_matter_is_not_below_medium(matter: str) -> None:
    rated = rate(answers(real(), touched=(matter,)), real())
    assert rated.level == "medium"
    floor = line(rated.lines, Kind.FLOOR)
    assert (floor.about, floor.changed, floor.default) == ("weighty_matter", True, True)
    assert "由低调为中" in floor.rule.zh


def test_all_roles_of_a_power_in_one_post_is_high() -> None:
    assert rate(answers(real(), one_post=True), real()).level == "high"
    two = ((PowerRole.DECIDES, PowerRole.EXECUTES), (PowerRole.SUPERVISES,))
    assert rate(replace(answers(real()), roles=two), real()).level == "low"


@pytest.mark.parametrize("floor", [entry.code for entry in real().floors])
@pytest.mark.parametrize("level", ["high", "medium", "low"])
def test_every_floor_is_reached_whatever_its_level(floor: str, level: str) -> None:
    scheme = replace(
        real(), floors=tuple(replace(f, level=level) for f in real().floors if f.code == floor)
    )
    rated = rate(answers(scheme, touched=("large_sums",), one_post=True), scheme)
    assert rated.level == level
    assert line(rated.lines, Kind.FLOOR).changed is (level != "low")


@pytest.mark.parametrize(
    ("likelihood", "touched", "level"),
    [(1, (), "medium"), (4, (), "high"), (5, (), "high"), (1, ("large_sums",), "high")],
)
def test_a_breach_raises_one_level_after_the_floors_and_not_above_high(
    likelihood: int, touched: tuple[str, ...], level: str
) -> None:
    given = answers(real(), likelihood=likelihood, impact=likelihood, touched=touched)
    if likelihood == 4:
        given = answers(real(), likelihood=2, impact=4)
    assert rate(replace(given, breach=True), real()).level == level


def test_a_cap_below_the_level_lowers_nothing() -> None:
    step = real().raises[0]
    scheme = replace(real(), raises=(replace(step, cap="low"),))
    given = answers(scheme, likelihood=5, impact=5, breach=True)
    assert rate(given, scheme).level == "high"
    assert after_breach("medium", scheme) == "medium"
    assert after_breach("low", real()) == "medium"
    assert after_breach(None, real()) == "low"


def test_missing_answers_are_named_one_by_one_and_give_no_level() -> None:
    given = answers(real(), factor=5, likelihood=5, impact=5, one_post=True)
    rated = rate(replace(given, factors=given.factors[1:], matters=None), real())
    assert rated.level is None
    assert [entry.what.zh for entry in rated.lines[:-1]] == ["职权运行频率", "涉及的事项"]
    assert rated.lines[-1].value == real().unrated
    assert "2" in rated.lines[-1].rule.zh


def test_residual_answers_stand_on_the_inherent_ones() -> None:
    rated = residual(designed(), Answers(likelihood=2, factors=(_score("discretion", 1),)), real())
    carried = rated.lines[0]
    assert (carried.kind, carried.value.zh) == (Kind.CARRIED, "8")
    assert "自由裁量权" not in carried.rule.zh
    assert line(rated.lines, Kind.MEAN).value.zh == "2.9"
    assert rated.level == "medium"
    assert rated.lines[-1].what == real().grounds.residual


def test_a_residual_without_any_answer_is_not_rated() -> None:
    rated = residual(designed(), Answers(), real())
    assert rated.level is None
    assert [entry.kind for entry in rated.lines] == [Kind.MISSING, Kind.FINAL]


def test_a_residual_asks_nothing_anew_of_a_list_of_matters() -> None:
    scheme = of_family(matters(large_sums="high"))
    given = Answers(matters=("large_sums",))
    assert residual(given, Answers(), scheme).level == "high"


def test_an_opinion_holds_both_and_what_duties_follow() -> None:
    opinion = opinion_on(designed(), Answers(likelihood=1), real())
    assert (opinion.inherent.level, opinion.duty_level) == ("high", "high")
    assert opinion.rated
    assert not opinion_on(designed(), Answers(), real()).rated
    assert opinion_on(designed(), None, real()).residual is None


@pytest.mark.parametrize(
    ("inherent", "left", "level"),
    [("high", "low", "medium"), ("high", "high", "high"), ("medium", "low", "low"),
     ("low", "high", "high"), ("low", "low", "low"), ("high", None, "high"),
     (None, "low", "low"), (None, None, None)],
)  # fmt: skip
def test_duties_may_follow_the_residual_level_one_step_down(
    inherent: str | None, left: str | None, level: str | None
) -> None:
    grounds = replace(real().grounds, duties_follow="residual")
    assert duty_level(inherent, left, replace(real(), grounds=grounds)) == level
    assert duty_level(inherent, left, real()) == inherent


def test_an_override_counts_only_when_it_is_higher() -> None:
    assert effective("medium", "high", real()) == "high"
    assert effective("medium", "low", real()) == "medium"
    assert effective(None, None, real()) is None


def _score(code: str, step: int) -> Scored:
    return Scored(code=code, step=step)


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        (Answers(factors=(_score("human", 6),)), "1 至 5", "1 to 5"),
        (Answers(factors=(_score("human", 0),)), "“人为因素”（human）不能是 0", "Human factor"),
        (Answers(factors=(_score("luck", 3),)), "没有因素“luck”", "frequency, human"),
        (Answers(factors=(_score("human", 3),) * 2), "回答了 2 次", "2 times"),
        (Answers(likelihood=7), "发生的可能性", "can't be 7"),
        (Answers(impacts=(_score("human", 3),)), "没有影响“human”", "money, rights"),
        (Answers(criteria=(Judged(code="c1", applies=True),)), "标准“c1”", "(none)"),
        (Answers(matters=("weather",)), "没有事项“weather”", "large_sums"),
    ],
)
def test_an_answer_that_fits_no_question_is_refused(given: Answers, zh: str, en: str) -> None:
    with pytest.raises(AnswersRefused) as refused:
        rate(given, real())
    assert zh in refused.value.text.zh
    assert en in refused.value.text.en
    with pytest.raises(AnswersRefused):
        residual(answers(real()), given, real())


def test_flat_scores_find_their_questions() -> None:
    scheme = of_family(count(5, 3, 1))
    given = answers_of(
        [("human", 2), ("likelihood", 3), ("money", 4), ("c1", 1), ("c2", 0)], scheme
    )
    assert given.factors == (_score("human", 2),)
    assert (given.likelihood, given.impacts) == (3, (_score("money", 4),))
    assert [entry.applies for entry in given.criteria] == [True, False]


@pytest.mark.parametrize("scores", [[("luck", 1)], [("c1", 2)], [("human", 9)]])
def test_flat_scores_off_any_scale_are_refused(scores: list[tuple[str, int]]) -> None:
    with pytest.raises(AnswersRefused):
        answers_of(scores, of_family(count(5, 3, 1)))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(73, 20), "3.65"),
        (Fraction(4), "4"),
        (Fraction(11, 3), "11/3"),
        (Fraction(20), "20"),
    ],
)
def test_numbers_are_written_exactly(value: Fraction, written: str) -> None:
    assert number(value).zh == written


@pytest.mark.parametrize(
    ("least", "words"),
    [((5, 3, 1), "5 及以上为高，3 至 4 为中，1 至 2 为低"),
     ((5, 4, 0), "5 及以上为高，4 为中，3 及以下为低"),
     ((4.8, 4.2, 1), "5 及以上为高，1 至 4 为低")],
)  # fmt: skip
def test_bands_of_whole_numbers_are_worded(least: tuple[float, ...], words: str) -> None:
    assert whole_bands(count(*least).thresholds, 0, real()).zh == words


def test_decimal_weights_are_exact() -> None:
    scheme = real()
    weights = (33.3, 33.3, 33.4, 0.0, 0.0)
    factors = tuple(
        replace(factor, weight=replace(factor.weight, value=weight))
        for factor, weight in zip(scheme.factors, weights, strict=True)
    )
    scheme = replace(of_family(weighted(3.333, 2, 1)), factors=factors)
    given = Answers(
        factors=tuple(_score(f.code, 4 if f.code == "human" else 3) for f in scheme.factors)
    )
    assert _mean_of(given, scheme) == "3.333"
    assert rate(given, scheme).level == "high"


def _mean_of(given: Answers, scheme: Scheme) -> str:
    return line(rate(given, scheme).lines, Kind.MEAN).value.zh
