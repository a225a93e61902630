"""The state table, recusal and quorum, days: tables and properties, no database."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.cycles.models import Filing
from lianfang.cycles.rules.days import (
    closes_off_plan,
    day_of,
    edition_number,
    end_proposed,
    opens_off_plan,
)
from lianfang.cycles.rules.deciding import Sitting, recused_among, shortfall
from lianfang.cycles.rules.states import (
    CLOSED,
    MOVERS,
    NEXT,
    Act,
    Mover,
    State,
    acts_in,
    follows,
    is_closed,
)

# state -> {act: next}, written out by hand from the plan's stages
WAY = {
    State.NOT_STARTED: {Act.START: State.DRAFTING},
    State.DRAFTING: {Act.SUBMIT: State.SUBMITTED, Act.DROP: State.DROPPED},
    State.SUBMITTED: {Act.WITHDRAW: State.DRAFTING, Act.TAKE_UP: State.IN_CHECK},
    State.IN_CHECK: {Act.RETURN: State.RETURNED, Act.CONCLUDE: State.CHECKED},
    State.RETURNED: {Act.RESUME: State.DRAFTING},
    State.CHECKED: {
        Act.SEND_BACK: State.RETURNED,
        Act.APPROVE: State.APPROVED,
        Act.APPROVE_WITH_CHANGES: State.RETURNED,
        Act.CONFIRM_CHANGES: State.APPROVED,
    },
    State.APPROVED: {Act.PUBLISH: State.PUBLISHED},
    State.PUBLISHED: {Act.SUPERSEDE: State.SUPERSEDED},
    State.SUPERSEDED: {},
    State.DROPPED: {},
}


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_pair_of_state_and_act_is_as_the_plan_has_it(state: State, act: Act) -> None:
    assert follows(state, act) == WAY[state].get(act)


def test_the_table_knows_every_state_and_act_and_who_does_it() -> None:
    assert {act for _, act in NEXT} == set(Act) == set(MOVERS)
    assert {state for state, _ in NEXT} | set(NEXT.values()) == set(State)
    assert [state.value for state in State] == Filing.State.values


def test_what_somebody_may_do_follows_from_the_table() -> None:
    assert acts_in(State.SUBMITTED, Mover.UNIT) == (Act.WITHDRAW,)
    assert acts_in(State.SUBMITTED, Mover.OFFICE) == (Act.TAKE_UP,)
    assert acts_in(State.CHECKED, Mover.GROUP) == (
        Act.SEND_BACK,
        Act.APPROVE,
        Act.APPROVE_WITH_CHANGES,
    )
    assert acts_in(State.SUPERSEDED, Mover.UNIT) == ()


def test_the_register_is_closed_from_submission_to_return_or_publication() -> None:
    closed = {"submitted", "in_check", "checked", "approved"}
    assert {state.value for state in State if is_closed(state)} == closed
    for (state, act), after in NEXT.items():
        if act in (Act.WITHDRAW, Act.RETURN, Act.SEND_BACK, Act.PUBLISH):
            assert (state in CLOSED, after in CLOSED) == (True, False)


def sitting(members: str, present: str, approving: str, recused: str = "") -> Sitting:
    sets = [frozenset(map(ord, one)) for one in (members, present, recused, approving)]
    return Sitting(members=sets[0], present=sets[1], recused=sets[2], approving=sets[3])


@pytest.mark.parametrize(
    ("members", "present", "approving", "recused", "lacks"),
    [
        ("abcdef", "abcd", "abcd", "", ""),
        ("abcdef", "abc", "abc", "", "present"),
        # exactly half is not more than half
        ("abcdef", "abcd", "abc", "", "approving"),
        # the recused count neither among those entitled nor for it
        ("abcdef", "abcd", "abc", "f", ""),
        ("abcdef", "abcf", "abcf", "f", "present"),
        ("abcdef", "abcde", "def", "f", "approving"),
        # everybody recused: nobody can decide
        ("ab", "ab", "ab", "ab", "present"),
        ("", "", "", "", "present"),
        # in favour without being there counts for nothing
        ("abc", "ab", "bc", "", "approving"),
    ],
)
def test_an_approval_needs_enough_members_there_and_in_favour(
    members: str, present: str, approving: str, recused: str, lacks: str
) -> None:
    found = shortfall(sitting(members, present, approving, recused), present=66.6, approving=50)
    assert found == lacks


people = st.frozensets(st.integers(0, 8))


@given(people, people, people, people)
def test_one_more_in_favour_never_undoes_an_approval(
    members: frozenset[int],
    present: frozenset[int],
    recused: frozenset[int],
    approving: frozenset[int],
) -> None:
    less = Sitting(members=members, present=present, recused=recused, approving=approving)
    more = Sitting(members=members, present=present, recused=recused, approving=approving | present)
    if not shortfall(less, present=66.6, approving=50):
        assert not shortfall(more, present=66.6, approving=50)


@given(people, people)
def test_the_recused_are_the_members_with_a_post_there(
    members: frozenset[int], seated: frozenset[int]
) -> None:
    assert recused_among(members, seated) == members & seated


@pytest.mark.parametrize(
    ("on", "opens", "closes"),
    [
        (date(2026, 1, 31), True, True),
        (date(2026, 2, 1), False, True),
        (date(2026, 4, 30), False, False),
        (date(2026, 5, 1), True, True),
    ],
)
def test_a_stage_off_its_days_needs_a_reason(on: date, opens: bool, closes: bool) -> None:
    begins, ends = date(2026, 2, 1), date(2026, 4, 30)
    assert opens_off_plan(begins, ends, on) is opens
    assert closes_off_plan(ends, on) is closes


def test_days_and_numbers_of_a_year() -> None:
    assert day_of(2026, "02-30") == date(2026, 2, 28)
    assert day_of(2028, "02-30") == date(2028, 2, 29)
    assert edition_number(2026, 2) == "2026-2"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 1, 20), date(2026, 4, 30)),
        (date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 7, 28)),
    ],
)
def test_a_stage_opened_after_its_planned_end_may_last_as_long_as_planned(
    on: date, expected: date
) -> None:
    assert end_proposed(date(2026, 2, 1), date(2026, 4, 30), on) == expected
