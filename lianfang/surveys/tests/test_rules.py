"""States, proposals, and figures that never tell of fewer than five people."""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.surveys.rules.figures import (
    ANYTHING,
    WHOLE,
    Answer,
    figures_of,
    of_subject,
    of_unit,
    overall,
    people_in,
    shown_groups,
)
from lianfang.surveys.rules.inviting import Colleague, may_be_asked, proposed
from lianfang.surveys.rules.papers import (
    Overfull,
    Paper,
    is_whole,
    packed_papers,
    packed_turnout,
    papers_of,
    room_for_papers,
    room_for_turnout,
    turnout_of,
)
from lianfang.surveys.rules.states import NEXT, Act, State, follows

FIVE = 5


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_pair_of_state_and_act_leads_where_the_table_says_or_nowhere(
    state: State, act: Act
) -> None:
    assert follows(state, act) == NEXT.get((state, act))


def test_a_survey_that_was_closed_never_takes_answers_again() -> None:
    reached = {State.CLOSED}
    for _ in State:
        reached |= {after for (before, _act), after in NEXT.items() if before in reached}
    assert State.OPEN not in reached


def colleague(person: int, units: Sequence[int] = (), powers: Sequence[int] = ()) -> Colleague:
    return Colleague(person=person, units=frozenset(units), powers=frozenset(powers))


def test_those_who_share_powers_are_proposed_first_then_the_unit_and_never_strangers() -> None:
    about = colleague(1, [10], [100, 101])
    others = [
        about,
        colleague(2, [10]),
        colleague(3, [20], [100]),
        colleague(4, [30], [999]),
        colleague(5, [20], [100, 101]),
        colleague(6, [10], [100]),
    ]
    assert proposed(others, about=about, holders={6}, number=9, load={}) == [2, 3, 5]
    assert proposed(others, about=about, holders={6}, number=2, load={}) == [3, 5]


def test_of_equals_those_asked_less_are_proposed() -> None:
    about = colleague(1, [10])
    others = [colleague(person, [10]) for person in (2, 3, 4)]
    assert proposed(others, about=about, holders=(), number=2, load={2: 3}) == [3, 4]


@pytest.mark.parametrize(("person", "may"), [(1, False), (2, False), (3, True)])
def test_neither_the_subject_nor_a_holder_may_be_asked(person: int, may: bool) -> None:
    assert may_be_asked(person, 1, {2}) is may


def sheets(count: int, subject: int, step: int = 4, first: int = 0) -> list[Answer]:
    return [Answer(first + number, subject, step) for number in range(count)]


# subjects 1, 2 in unit 10; 3 in unit 20; 4 in unit 30
UNITS = {1: 10, 2: 10, 3: 20, 4: 30}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({1: 4}, {}),
        ({1: 5}, {of_subject(1): 5, of_unit(10): 5, WHOLE: 5}),
        # one more in the unit stays out of the unit's figure, or it could be subtracted
        ({1: 6, 2: 1}, {of_subject(1): 6, of_unit(10): 6, WHOLE: 6}),
        ({1: 3, 2: 3}, {of_unit(10): 6, WHOLE: 6}),
        ({1: 6, 3: 2, 4: 2}, {of_subject(1): 6, of_unit(10): 6, WHOLE: 6}),
        ({1: 6, 3: 3, 4: 3}, {of_subject(1): 6, of_unit(10): 6, WHOLE: 12}),
        ({1: 6, 2: 2, 3: 4}, {of_subject(1): 6, of_unit(10): 6, WHOLE: 12}),
    ],
)
def test_small_groups_are_pooled_upwards_or_left_out(
    counts: Mapping[int, int], shown: Mapping[str, int]
) -> None:
    answers = [
        answer
        for place, (subject, count) in enumerate(counts.items())
        for answer in sheets(count, subject, first=place * 100)
    ]
    found = shown_groups(answers, UNITS, FIVE)
    assert {group: people_in(given) for group, given in found.items()} == shown


def test_five_answers_by_one_person_are_not_five_people() -> None:
    answers = [Answer(1, subject, 3) for subject in range(1, 7)]
    assert shown_groups(answers, dict.fromkeys(range(1, 7), 10), FIVE) == {}


WORLDS = st.tuples(
    st.lists(st.integers(0, 3), min_size=1, max_size=6),
    st.integers(0, 2**32),
    st.floats(0.05, 0.95),
)


@settings(max_examples=300, deadline=None)
@given(WORLDS)
def test_no_sum_or_difference_of_what_is_shown_tells_of_fewer_than_five(
    world: tuple[list[int], int, float],
) -> None:
    unit_of, seed, share = world
    chance = random.Random(seed)
    units = dict(enumerate(unit_of))
    answers = [
        Answer(paper, subject, chance.randint(1, 5))
        for paper in range(chance.randint(1, 25))
        for subject in units
        if chance.random() < share
    ]
    shown = [frozenset(group) for group in shown_groups(answers, units, FIVE).values()]
    for group in shown:
        assert people_in(group) >= FIVE
    # what adding and subtracting up to four of them comes to, as numbers of times each is in it
    for size in (2, 3, 4):
        for chosen in combinations(shown, size):
            for signs in product((1, -1), repeat=size):
                _require_nobody_alone(chosen, signs)


def _require_nobody_alone(chosen: Sequence[frozenset[Answer]], signs: Sequence[int]) -> None:
    times: dict[Answer, int] = {}
    for group, sign in zip(chosen, signs, strict=True):
        for answer in group:
            times[answer] = times.get(answer, 0) + sign
    for number in set(times.values()) - {0}:
        same = [answer for answer, often in times.items() if often == number]
        assert people_in(same) >= FIVE


def paper(step: int, *subjects: int, last: int | None = None) -> Paper:
    sheet = (step, step if last is None else last)
    return Paper(sheets=dict.fromkeys(subjects, sheet))


def test_a_figure_has_people_mean_and_spread() -> None:
    papers = [paper(step, 1) for step in (1, 2, 3, 4, 5)]
    found = figures_of(papers, {1: 10}, ["a", "b"], FIVE)
    mine = {each.question: each for each in found if each.group == of_subject(1)}
    assert (mine["a"].people, mine["a"].mean, mine["a"].spread) == (5, 3.0, 1.41)
    assert (mine[ANYTHING].people, mine[ANYTHING].mean) == (5, None)


def test_a_question_that_four_could_answer_is_not_shown() -> None:
    papers = [paper(4, 1, last=0 if number < 2 else 4) for number in range(6)]
    found = figures_of(papers, {1: 10}, ["a", "b"], FIVE)
    assert {each.question for each in found} == {ANYTHING, "a"}


def test_who_can_say_nothing_counts_for_nothing() -> None:
    papers = [*(paper(4, 1) for _ in range(4)), paper(0, 1)]
    assert figures_of(papers, {1: 10}, ["a", "b"], FIVE) == []


def test_the_overall_mean_is_that_of_the_means_shown() -> None:
    assert overall([4.0, 5.0, 3.0]) == 4.0
    assert overall([]) is None


# the box --------------------------------------------------------------------------------------

WORDS = st.text(max_size=300)


@given(st.lists(st.dictionaries(st.integers(1, 2**62), WORDS, min_size=1, max_size=3), max_size=4))
def test_what_is_packed_comes_out_whatever_was_written(said: list[dict[int, str]]) -> None:
    papers = [Paper(sheets=dict.fromkeys(each, (1, 2)), remarks=each) for each in said]
    room = room_for_papers([len(each) for each in said], 2)
    packed = packed_papers(papers, room, lambda mixed: mixed.reverse())
    assert len(packed) == room
    assert papers_of(packed) == papers[::-1]


def test_the_turnout_has_one_length_however_many_answered() -> None:
    everybody = frozenset(range(2**40, 2**40 + 30))
    room = room_for_turnout(30)
    for people in (frozenset[int](), frozenset({2**40}), everybody):
        packed = packed_turnout(people, room)
        assert len(packed) == room
        assert turnout_of(packed) == people


def test_more_than_was_asked_for_does_not_fit() -> None:
    with pytest.raises(Overfull):
        packed_turnout(frozenset(range(2**40, 2**40 + 30)), room_for_turnout(2))


@pytest.mark.parametrize(
    ("given_sheets", "whole"),
    [
        ({1: (1, 5), 2: (0, 0)}, True),
        ({1: (1, 5)}, False),
        ({1: (1, 5), 2: (0,)}, False),
        ({1: (1, 6), 2: (0, 0)}, False),
        ({1: (1, -1), 2: (0, 0)}, False),
        ({1: (1, 5), 2: (0, 0), 3: (1, 1)}, False),
    ],
)
def test_a_paper_is_whole_when_every_question_about_everybody_is_answered(
    given_sheets: dict[int, tuple[int, ...]], whole: bool
) -> None:
    assert is_whole(given_sheets, frozenset({1, 2}), (2, 5)) is whole
