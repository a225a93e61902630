"""What is decided in learning: tables, and properties over generated inputs."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.learning.rules.certificate import Attended, Learnt, certificate_of
from lianfang.learning.rules.codes import (
    DIGITS,
    STEP_SECONDS,
    STEPS_BACK,
    code_at,
    in_groups,
    is_right,
    step_of,
)
from lianfang.learning.rules.hours import Progress, Taken, is_amount, total
from lianfang.learning.rules.quiz import (
    Asked,
    QuizRefused,
    is_passed,
    mark,
    read_quiz,
    tries_left,
    written_quiz,
)
from lianfang.learning.rules.states import (
    NEXT,
    REMOTE,
    ActivityAct,
    ActivityState,
    Kind,
    after,
    is_remote,
    may_try,
)
from lianfang.learning.rules.warning import (
    Audience,
    Kinds,
    Seat,
    expected,
    kinds_of,
    warned_posts,
    with_below,
)

AT = datetime(2026, 5, 14, 2, 0, 30, tzinfo=UTC)
SECRET = "b7" * 24
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LEGAL = {
    "planned": {"change": "planned", "open": "open", "cancel": "cancelled"},
    "open": {"come": "open", "note": "open", "take_quiz": "open", "close": "held"},
    "held": {"note": "held", "take_quiz": "held"},
    "cancelled": {},
}

# states -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ActivityState)
@pytest.mark.parametrize("act", ActivityAct)
def test_every_state_answers_every_act(state: ActivityState, act: ActivityAct) -> None:
    wanted = LEGAL[state.value].get(act.value)
    assert after(state.value, act) == wanted


def test_nothing_leads_out_of_what_was_cancelled_nor_back_to_what_is_planned() -> None:
    assert {state for state, _ in NEXT} == set(ActivityState) - {ActivityState.CANCELLED}
    leads = {came for (state, _), came in NEXT.items() if state is not ActivityState.PLANNED}
    assert ActivityState.PLANNED not in leads


@pytest.mark.parametrize(
    ("kind", "state", "has_come", "may"),
    [
        ("lecture", "open", True, True),
        ("lecture", "open", False, False),
        ("lecture", "held", True, True),
        ("lecture", "planned", True, False),
        ("lecture", "cancelled", True, False),
        ("reading", "open", False, True),
        ("online", "open", True, True),
        ("reading", "held", False, False),
        ("reading", "held", True, False),
        ("reading", "planned", False, False),
    ],
)
def test_who_may_take_a_quiz(kind: str, state: str, has_come: bool, may: bool) -> None:
    assert may_try(kind, state, has_come=has_come) is may


def test_only_reading_and_courses_are_done_at_ones_desk() -> None:
    assert {kind for kind in Kind if is_remote(kind)} == REMOTE == {Kind.READING, Kind.ONLINE}


# hours --------------------------------------------------------------------------------------------

HALVES = st.integers(1, 80).map(lambda n: n / 2)
TAKEN = st.builds(
    Taken, activity=st.integers(1, 5), hours=HALVES, passed=st.sampled_from([None, True, False])
)


@patient
@given(st.lists(TAKEN, max_size=12))
def test_an_activity_counts_once_whatever_the_order(taken: list[Taken]) -> None:
    assert total(taken) == total(reversed(taken)) == total([*taken, *taken])


@patient
@given(st.lists(TAKEN, max_size=12), TAKEN)
def test_more_learning_never_takes_hours_away(taken: list[Taken], more: Taken) -> None:
    assert total([*taken, more]) >= total(taken)


@patient
@given(st.lists(TAKEN, max_size=12))
def test_what_is_not_passed_gives_nothing(taken: list[Taken]) -> None:
    assert total(taken) == total(each for each in taken if each.passed is not False)


@pytest.mark.parametrize(
    ("done", "asked", "is_reached", "missing", "percent"),
    [
        (0.0, 12.0, False, 12.0, 0),
        (11.5, 12.0, False, 0.5, 95),
        (12.0, 12.0, True, 0.0, 100),
        (13.0, 12.0, True, 0.0, 100),
        (3.0, None, False, 0.0, 0),
        (0.0, 0.0, True, 0.0, 100),
    ],
)
def test_how_far_somebody_is(
    done: float, asked: float | None, is_reached: bool, missing: float, percent: int
) -> None:
    progress = Progress(done=done, asked=asked)
    assert (progress.is_reached, progress.missing, progress.percent) == (
        is_reached,
        missing,
        percent,
    )


@patient
@given(HALVES, HALVES)
def test_the_bar_is_full_only_when_nothing_is_missing(done: float, asked: float) -> None:
    progress = Progress(done=done, asked=asked)
    assert (progress.percent == 100) is progress.is_reached is (progress.missing == 0)


@pytest.mark.parametrize(
    ("hours", "is_one"),
    [(0.0, False), (0.25, False), (0.5, True), (1.75, False), (40.0, True), (40.5, False)],
)
def test_hours_come_in_halves_within_reason(hours: float, is_one: bool) -> None:
    assert is_amount(hours) is is_one


# codes --------------------------------------------------------------------------------------------


# until the year 6053
@patient
@given(st.integers(0, 2**31))
def test_a_code_is_digits_and_holds_for_its_minute_and_two_more(step: int) -> None:
    code = code_at(SECRET, step)
    assert len(code) == DIGITS
    assert code.isdigit()
    begins = datetime.fromtimestamp(0, UTC) + timedelta(seconds=step * STEP_SECONDS)
    last = begins + timedelta(seconds=STEP_SECONDS * (STEPS_BACK + 1) - 1)
    assert is_right(SECRET, code, begins)
    assert is_right(SECRET, in_groups(code), last)
    assert not is_right(SECRET, code, last + timedelta(seconds=1))
    assert not is_right(SECRET, code, begins - timedelta(seconds=1))


@patient
@given(st.text(max_size=12))
def test_nothing_typed_fits_another_secret_or_none(typed: str) -> None:
    assert not is_right("", typed, AT)
    if typed != code_at(SECRET, step_of(AT)):
        assert not is_right(SECRET, typed, AT) or len(typed) >= DIGITS


def test_another_secret_shows_another_code() -> None:
    assert code_at(SECRET, 1) != code_at("c8" * 24, 1)
    assert not is_right("c8" * 24, code_at(SECRET, step_of(AT)), AT)


def test_the_minute_is_the_same_in_every_time_zone() -> None:
    assert step_of(AT) == step_of(AT.astimezone(timezone(timedelta(hours=8))))


# kinds of risk ------------------------------------------------------------------------------------

CODES = st.frozensets(st.sampled_from(["a", "b", "c"]))
KINDS = st.builds(Kinds, aspects=CODES, focus=CODES, categories=CODES)
RISKS = st.lists(st.tuples(KINDS, st.lists(st.integers(1, 4), max_size=3)), max_size=6)


@patient
@given(KINDS, RISKS)
def test_a_post_is_warned_exactly_when_one_of_its_risk_points_shares_a_kind(
    case: Kinds, risks: list[tuple[Kinds, list[int]]]
) -> None:
    found = warned_posts(case, risks)
    plain = {post for kinds, posts in risks for post in posts if case & kinds}
    assert set(found) == plain
    assert all(shared and shared == shared & case for shared in found.values())


@patient
@given(KINDS, KINDS, RISKS)
def test_a_case_that_warns_of_more_reaches_no_fewer(
    case: Kinds, more: Kinds, risks: list[tuple[Kinds, list[int]]]
) -> None:
    assert set(warned_posts(case, risks)) <= set(warned_posts(case | more, risks))


def test_empty_codes_are_no_kind_in_common() -> None:
    assert not kinds_of([], [""], [""])
    assert warned_posts(kinds_of([], [""], []), [(kinds_of([], [""], []), [1])]) == {}


PARENTS = st.dictionaries(st.integers(1, 6), st.one_of(st.none(), st.integers(1, 6)))


@patient
@given(st.frozensets(st.integers(1, 6)), PARENTS)
def test_units_come_with_all_those_beneath_them_and_a_ring_ends(
    units: frozenset[int], parents: dict[int, int | None]
) -> None:
    found = with_below(units, parents)
    assert units <= found
    assert found == with_below(found, parents)
    assert all(unit in found for unit, parent in parents.items() if parent in found)
    assert all(unit in units or parents[unit] in found for unit in found)


SEAT = Seat(person=1, post=10, unit=100, level="high")


@pytest.mark.parametrize(
    ("audience", "takes"),
    [
        (Audience(), True),
        (Audience(levels=frozenset({"high"})), True),
        (Audience(levels=frozenset({"low"})), False),
        (Audience(units=frozenset({100})), True),
        (Audience(units=frozenset({101})), False),
        (Audience(warned=frozenset({10})), True),
        (Audience(warned=frozenset()), False),
        (Audience(levels=frozenset({"high"}), units=frozenset({101})), False),
    ],
)
def test_whom_an_activity_is_for(audience: Audience, takes: bool) -> None:
    assert audience.takes(SEAT) is takes


def test_a_post_that_is_not_rated_can_be_asked_for() -> None:
    assert Audience(levels=frozenset({""})).takes(Seat(person=1, post=1, unit=1))


def test_somebody_with_two_posts_is_expected_once() -> None:
    seats = [SEAT, Seat(person=1, post=11, unit=101), Seat(person=2, post=12, unit=101)]
    assert list(expected(Audience(), seats)) == [1, 2]


# quizzes ------------------------------------------------------------------------------------------

WORD = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E40), min_size=1, max_size=6)


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    options = tuple(draw(st.lists(WORD, min_size=2, max_size=5, unique=True)))
    places = st.integers(0, len(options) - 1)
    right = draw(st.frozensets(places, min_size=1, max_size=len(options) - 1))
    return Asked(text=draw(WORD), options=options, right=right)


QUIZ = st.lists(questions(), min_size=1, max_size=6)


@patient
@given(QUIZ)
def test_a_quiz_is_read_as_it_is_written(asked: list[Asked]) -> None:
    assert list(read_quiz(written_quiz(asked))) == asked


@patient
@given(QUIZ)
def test_all_right_is_a_hundred_and_nothing_is_none(asked: list[Asked]) -> None:
    assert mark(asked, [question.right for question in asked]) == 100
    assert mark(asked, []) == 0


@patient
@given(QUIZ, st.data())
def test_a_wrong_option_beside_the_right_ones_makes_a_question_wrong(
    asked: list[Asked], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(asked) - 1))
    answers = [set(question.right) for question in asked]
    answers[place] ^= {data.draw(st.integers(0, len(asked[place].options) - 1))}
    assert mark(asked, answers) == (len(asked) - 1) * 100 // len(asked)


@pytest.mark.parametrize(("score", "at_least", "passes"), [(59, 60, False), (60, 60, True)])
def test_the_pass_mark_itself_is_enough(score: int, at_least: int, passes: bool) -> None:
    assert is_passed(score, at_least) is passes


@pytest.mark.parametrize(
    ("taken", "passed", "left"), [(0, False, 2), (1, False, 1), (2, False, 0), (1, True, 0)]
)
def test_how_often_somebody_may_still_try(taken: int, passed: bool, left: int) -> None:
    assert tries_left(2, taken, passed=passed) == left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "共 0 题"),
        ("只有题目", "第 1 题要有"),
        ("题\n甲\n乙", "第 1 题要有"),
        ("题\n*甲\n*乙", "第 1 题要有"),
        ("题\n*甲\n乙\n\n二\n*甲\n甲", "第 2 题有两个相同"),
        (f"{'长' * 301}\n*甲\n乙", "第 1 题有一行超过"),
        ("\n\n".join(["题\n*甲\n乙"] * 31), "共 31 题"),
    ],
)
def test_a_quiz_that_is_written_wrongly_says_where(text: str, said: str) -> None:
    with pytest.raises(QuizRefused) as refused:
        read_quiz(text)
    assert said in refused.value.text.zh


# certificates -------------------------------------------------------------------------------------


def test_a_certificate_lists_what_counts_under_its_number() -> None:
    learnt = Learnt(
        organisation="示范评价中心",
        person="张三",
        code="001",
        unit="财务处",
        post="出纳岗",
        year=2026,
        done=4.5,
        asked=4.0,
        attended=[Attended(on=AT.date(), title="职权边界", kind="专题讲座", hours=2.5)],
        on=AT.date(),
    )
    form = certificate_of(learnt, "廉学〔2026〕1号")
    told = {entry.label: entry.text for entry in form.entries}
    assert form.number == "廉学〔2026〕1号"
    assert told["学时"] == "完成4.5学时，应完成4学时"
    assert told["参加的学习"] == "1．2026年5月14日　职权边界（专题讲座，2.5学时）"
