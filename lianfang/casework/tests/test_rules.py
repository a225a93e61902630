"""States, clocks, keys and envelopes, without a database."""

from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.casework.rules import care, identity, states
from lianfang.casework.rules.clocks import (
    ACCEPTANCE,
    RESULT,
    SENT_UP,
    TRIAGE,
    Course,
    deadlines_of,
    kept_until,
    may_be_destroyed,
)
from lianfang.casework.rules.keys import (
    EnvelopeKind,
    Key,
    KeyKind,
    envelopes_for,
    gaps,
    kinds_for,
    to_end,
)
from lianfang.casework.rules.states import NEXT, Act, Outcome, State, follows
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.org.rules.roles import ADMINISTRATORS, Role
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
NONE_LOADED = WorkCalendar()
# a Monday
ARRIVED = date(2026, 3, 2)


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_pair_of_state_and_act_leads_where_the_table_says_or_nowhere(
    state: State, act: Act
) -> None:
    assert follows(state, act) == NEXT.get((state, act))


def test_what_was_destroyed_stays_so_and_only_what_was_completed_is_destroyed() -> None:
    assert [act for act in Act if follows(State.DESTROYED, act)] == []
    assert [state for state in State if follows(state, Act.DESTROY)] == [State.COMPLETED]


def test_every_state_can_be_reached() -> None:
    reached = {State.RECEIVED}
    for _ in State:
        reached |= {after for (before, _act), after in NEXT.items() if before in reached}
    assert reached == set(State)


def running(**given: object) -> dict[str, date]:
    course = Course(**{"state": State.RECEIVED, "is_signed": True, "arrived_on": ARRIVED, **given})  # type: ignore[arg-type]
    return {each.code: each.due_on for each in deadlines_of(course, SCHEME, NONE_LOADED)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {TRIAGE: date(2026, 3, 5), ACCEPTANCE: date(2026, 3, 23)}),
        ({"is_signed": False}, {TRIAGE: date(2026, 3, 5)}),
        ({"state": State.ACCEPTED}, {ACCEPTANCE: date(2026, 3, 23)}),
        ({"state": State.ACCEPTED, "acceptance_told_on": ARRIVED}, {}),
        (
            {"state": State.GOING_OUT, "acceptance_told_on": ARRIVED},
            {SENT_UP: date(2026, 3, 9)},
        ),
        (
            {"state": State.COMPLETED, "completed_on": date(2026, 4, 1)},
            {RESULT: date(2026, 4, 22)},
        ),
        (
            {"state": State.COMPLETED, "completed_on": ARRIVED, "result_told_on": ARRIVED},
            {},
        ),
        ({"state": State.DESTROYED, "completed_on": ARRIVED}, {}),
    ],
)
def test_the_clocks_run_by_state_and_signature(
    given: dict[str, object], expected: dict[str, date]
) -> None:
    assert running(**given) == expected


def test_a_clock_is_late_from_the_day_after_its_last() -> None:
    course = Course(state=State.RECEIVED, is_signed=False, arrived_on=ARRIVED)
    (triage,) = deadlines_of(course, SCHEME, NONE_LOADED)
    assert [triage.is_late(date(2026, 3, day)) for day in (5, 6)] == [False, True]


@pytest.mark.parametrize(
    ("outcome", "until"),
    [
        (Outcome.SUBSTANTIATED, date(2034, 2, 28)),
        (Outcome.UNFOUNDED, date(2027, 2, 28)),
        (Outcome.OTHER_MATTER, date(2025, 2, 28)),
        (Outcome.TRANSFERRED, date(2025, 2, 28)),
        (Outcome.NOT_TAKEN, date(2024, 8, 29)),
    ],
)
def test_every_outcome_is_kept_as_the_scheme_says_from_a_leap_day_on(
    outcome: Outcome, until: date
) -> None:
    assert kept_until(outcome, date(2024, 2, 29), SCHEME, NONE_LOADED) == until


@pytest.mark.parametrize(
    ("held", "on", "may"),
    [
        (None, date(2026, 3, 2), False),
        (None, date(2026, 3, 3), True),
        (date(2026, 6, 1), date(2026, 6, 1), False),
        (date(2026, 6, 1), date(2026, 6, 2), True),
    ],
)
def test_nothing_is_destroyed_before_its_time_or_under_a_hold(
    held: date | None, on: date, may: bool
) -> None:
    assert may_be_destroyed(kept_until=ARRIVED, held_until=held, on=on) is may


@pytest.mark.parametrize("role", list(Role))
def test_only_the_discipline_office_reads_and_no_administrator_has_a_key(role: Role) -> None:
    kinds = kinds_for({role})
    assert (KeyKind.READER in kinds) is (role == Role.DISCIPLINE_OFFICE)
    assert not (role in ADMINISTRATORS and kinds)


def test_a_witness_gets_half_of_an_identity_and_never_content() -> None:
    assert envelopes_for(KeyKind.WITNESS, is_signed=False) == ()
    assert envelopes_for(KeyKind.WITNESS, is_signed=True) == (EnvelopeKind.IDENTITY_B,)
    assert EnvelopeKind.IDENTITY_B not in envelopes_for(KeyKind.READER, is_signed=True)


def uuid(number: int) -> UUID:
    return UUID(int=number)


KEYS = st.lists(
    st.builds(
        Key,
        id=st.integers(1, 30).map(uuid),
        person=st.integers(1, 6),
        kind=st.sampled_from(["reader", "witness"]),
    ),
    unique_by=lambda key: key.id,
)


@given(keys=KEYS, signed=st.booleans(), recused=st.sets(st.integers(1, 6)))
def test_filling_the_gaps_leaves_none_and_gives_a_recused_person_nothing(
    keys: list[Key], signed: bool, recused: set[int]
) -> None:
    found = gaps(report=uuid(99), is_signed=signed, keys=keys, there=set(), recused=recused)
    there = {(gap.key, gap.kind.value) for gap in found}
    assert gaps(report=uuid(99), is_signed=signed, keys=keys, there=there, recused=recused) == []
    owners = {key.id: key.person for key in keys}
    assert {owners[gap.key] for gap in found}.isdisjoint(recused)


def test_the_keys_of_those_who_left_end_and_those_of_others_stay() -> None:
    keys = [Key(uuid(1), 11, "reader"), Key(uuid(2), 12, "witness"), Key(uuid(3), 13, "reader")]
    roles = {
        11: frozenset({Role.DISCIPLINE_OFFICE}),
        12: frozenset({Role.DISCIPLINE_OVERSIGHT}),
        13: frozenset({Role.DISCIPLINE_OVERSIGHT}),
    }
    assert [key.id.int for key in to_end(keys, roles)] == [3]
    assert [key.id.int for key in to_end(keys, {})] == [1, 2, 3]


@pytest.mark.parametrize(("state", "act"), list(product(identity.AskState, identity.AskAct)))
def test_an_identity_is_opened_only_after_a_consent(
    state: identity.AskState, act: identity.AskAct
) -> None:
    after = identity.follows(state, act)
    assert after == identity.NEXT.get((state, act))
    if act == identity.AskAct.OPEN and after:
        assert state in (identity.AskState.CONSENTED, identity.AskState.OPENED)


def test_nobody_witnesses_what_they_asked_themselves() -> None:
    assert identity.may_witness(asker=1, witness=2)
    assert not identity.may_witness(asker=1, witness=1)


def test_protection_is_checked_whole_or_not_at_all() -> None:
    every = frozenset(duty.value for duty in care.Duty)
    assert care.is_whole(every)
    assert not any(care.is_whole(every - {duty}) for duty in every)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_who_was_not_found_at_fault_is_cleared(outcome: Outcome) -> None:
    assert care.may_clear(outcome) is (outcome == Outcome.UNFOUNDED)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_scheme_keeps_every_outcome_for_some_time(outcome: Outcome) -> None:
    assert outcome.value in {each.code for each in SCHEME.retentions}


def test_an_outcome_of_what_was_accepted_is_none_of_those_that_close_by_themselves() -> None:
    assert {Outcome.TRANSFERRED, Outcome.NOT_TAKEN}.isdisjoint(states.FOUND)
