"""What holds for any scheme and any answers."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lianfang.common.text import Text
from lianfang.rating.answers import Answers, Judged, Scored
from lianfang.rating.explanation import Kind, Line, level_label
from lianfang.rating.gaps import gaps
from lianfang.rating.levels import after_breach, duty_level, effective
from lianfang.rating.rate import rate, residual
from lianfang.rating.tests.schemes import complete_answers, schemes
from lianfang.scheme.model import Scheme


@st.composite
def rated_twice(draw: st.DrawFn) -> tuple[Scheme, Answers, Answers]:
    """Draw a scheme and two answers to it."""
    scheme = draw(schemes())
    return scheme, draw(complete_answers(scheme)), draw(complete_answers(scheme))


def worse_of(one: Answers, two: Answers) -> Answers:
    """Return the worse of each answer."""
    return Answers(
        factors=_higher(one.factors, two.factors),
        likelihood=max(one.likelihood or 0, two.likelihood or 0),
        impacts=_higher(one.impacts, two.impacts),
        criteria=tuple(
            Judged(code=a.code, applies=a.applies or b.applies)
            for a, b in zip(one.criteria, two.criteria, strict=True)
        ),
        matters=tuple({*(one.matters or ()), *(two.matters or ())}),
        roles=(*(one.roles or ()), *(two.roles or ())),
        breach=one.breach or two.breach,
    )


def _higher(one: tuple[Scored, ...], two: tuple[Scored, ...]) -> tuple[Scored, ...]:
    pairs = zip(one, two, strict=True)
    return tuple(Scored(code=a.code, step=max(a.step, b.step)) for a, b in pairs)


FIELDS = ("factors", "likelihood", "impacts", "criteria", "matters", "roles", "breach")


@settings(deadline=None)
@given(rated_twice(), st.sampled_from(FIELDS))
def test_a_worse_answer_never_lowers_the_level(
    drawn: tuple[Scheme, Answers, Answers], field: str
) -> None:
    scheme, one, two = drawn
    worse = replace(one, **{field: getattr(worse_of(one, two), field)})
    assert scheme.rank(rate(worse, scheme).level) >= scheme.rank(rate(one, scheme).level)


@settings(deadline=None)
@given(rated_twice())
def test_worse_answers_together_never_lower_the_level(
    drawn: tuple[Scheme, Answers, Answers],
) -> None:
    scheme, one, two = drawn
    rank = scheme.rank(rate(worse_of(one, two), scheme).level)
    assert rank >= max(scheme.rank(rate(answers, scheme).level) for answers in (one, two))


@settings(deadline=None)
@given(rated_twice())
def test_the_last_line_is_the_level_returned(drawn: tuple[Scheme, Answers, Answers]) -> None:
    scheme, one, two = drawn
    partly = replace(one, likelihood=None, breach=None)
    for rated in (rate(one, scheme), rate(partly, scheme), residual(one, two, scheme)):
        last = rated.lines[-1]
        assert last.kind is Kind.FINAL
        assert last.level == rated.level
        assert last.value == level_label(rated.level, scheme)


@settings(deadline=None)
@given(rated_twice())
def test_levels_move_only_up_and_only_where_a_line_says_so(
    drawn: tuple[Scheme, Answers, Answers],
) -> None:
    scheme, answers, _ = drawn
    lines = rate(answers, scheme).lines
    before = None
    for line in lines[[line.kind for line in lines].index(Kind.LEVEL) :]:
        if line.kind is Kind.LEVEL:
            before = line.level
        assert scheme.rank(line.level) >= scheme.rank(before)
        assert line.changed is (line.level != before)
        before = line.level


@settings(deadline=None)
@given(rated_twice())
def test_every_line_is_whole_in_both_languages(drawn: tuple[Scheme, Answers, Answers]) -> None:
    scheme, one, two = drawn
    for rated in (rate(one, scheme), rate(Answers(), scheme), residual(one, two, scheme)):
        for line in rated.lines:
            _assert_whole(line)


def _assert_whole(line: Line) -> None:
    for text in (line.what, line.value, line.rule):
        assert isinstance(text, Text)
        assert text.zh
        assert text.en
        assert not any("\u4e00" <= char <= "\u9fff" for char in text.en)
        assert not {"{", "}"} & {*text.zh, *text.en}
    assert line.clause.section


@settings(deadline=None)
@given(rated_twice(), st.data())
def test_without_any_one_answer_asked_for_there_is_no_level(
    drawn: tuple[Scheme, Answers, Answers], chosen: st.DataObject
) -> None:
    scheme, answers, _ = drawn
    asked = [line.about for line in gaps(Answers(), scheme)]
    code = chosen.draw(st.sampled_from(asked))
    rated = rate(_without(answers, code), scheme)
    assert rated.level is None
    assert [line.about for line in rated.lines] == [code, ""]
    assert rated.lines[0].kind is Kind.MISSING


def _without(answers: Answers, code: str) -> Answers:
    if code in ("likelihood", "matters", "roles", "breach"):
        return replace(answers, **{code: None})
    return replace(
        answers,
        factors=tuple(entry for entry in answers.factors if entry.code != code),
        impacts=tuple(entry for entry in answers.impacts if entry.code != code),
        criteria=tuple(entry for entry in answers.criteria if entry.code != code),
    )


@settings(deadline=None)
@given(rated_twice())
def test_nothing_better_with_measures_leaves_the_level(
    drawn: tuple[Scheme, Answers, Answers],
) -> None:
    scheme, answers, _ = drawn
    assert residual(answers, answers, scheme).level == rate(answers, scheme).level


_LEVELS = st.sampled_from(["high", "medium", "low", None])


@settings(deadline=None)
@given(schemes(), _LEVELS, _LEVELS, st.sampled_from(["inherent", "residual"]))
def test_duties_are_never_more_below_the_inherent_level_than_allowed(
    scheme: Scheme, inherent: str | None, left: str | None, follow: str
) -> None:
    scheme = replace(scheme, grounds=replace(scheme.grounds, duties_follow=follow))
    level = duty_level(inherent, left, scheme)
    assert scheme.rank(level) >= scheme.rank(inherent) - 1
    if follow == "inherent":
        assert level == inherent
    elif left is not None:
        assert scheme.rank(level) >= scheme.rank(left)


@settings(deadline=None)
@given(schemes(), _LEVELS, _LEVELS)
def test_the_effective_level_and_a_breach_never_lower_anything(
    scheme: Scheme, confirmed: str | None, override: str | None
) -> None:
    rank = scheme.rank
    assert rank(effective(confirmed, override, scheme)) == max(rank(confirmed), rank(override))
    assert rank(after_breach(confirmed, scheme)) >= rank(confirmed)
