"""What holds of leads, by tables and by properties."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.leads.models import Lead, LeadProposal
from lianfang.leads.rules.counting import LEAST, middle, protected, side_by_side
from lianfang.leads.rules.course import Next, next_of
from lianfang.leads.rules.deciding import Decider, Seat, decider_of, in_order, keeper_of
from lianfang.leads.rules.letters import Letter, Written, paper_of
from lianfang.leads.rules.marks import FIRST, LAST, free_numbers, mark_of
from lianfang.leads.rules.states import (
    NEXT,
    NEXT_PROPOSAL,
    Kind,
    LeadAct,
    LeadState,
    ProposalAct,
    ProposalState,
    Result,
    is_late,
    lead_after,
    may_propose,
    proposal_after,
)
from lianfang.scheme.model.base import Actor

ON = date(2026, 5, 14)


@pytest.mark.parametrize("state", LeadState)
@pytest.mark.parametrize("act", LeadAct)
def test_a_lead_moves_by_its_table_alone(state: LeadState, act: LeadAct) -> None:
    assert lead_after(state, act) == NEXT.get((state, act))


@pytest.mark.parametrize("act", LeadAct)
@pytest.mark.parametrize("state", [LeadState.CLOSED, LeadState.STRUCK])
def test_nothing_leads_out_of_the_end(state: LeadState, act: LeadAct) -> None:
    assert lead_after(state, act) is None


def test_a_lead_that_was_held_is_only_taken_up_again() -> None:
    acts = [act for act in LeadAct if lead_after(LeadState.HELD, act)]
    assert acts == [LeadAct.TAKE_UP]


@pytest.mark.parametrize("state", ProposalState)
@pytest.mark.parametrize("act", ProposalAct)
def test_only_what_waits_is_decided(state: ProposalState, act: ProposalAct) -> None:
    assert proposal_after(state, act) == NEXT_PROPOSAL.get((state, act))
    assert (proposal_after(state, act) is not None) == (state is ProposalState.WAITING)


@pytest.mark.parametrize(("state", "kind", "is_found"), [*product(LeadState, Kind, (True, False))])
def test_an_outcome_is_proposed_of_what_was_borne_out_alone(
    state: LeadState, kind: Kind, is_found: bool
) -> None:
    open_to = {
        Kind.DISPOSAL: {LeadState.REGISTERED, LeadState.IN_DISPOSAL},
        Kind.OUTCOME: {LeadState.CONCLUDED} if is_found else set(),
        Kind.STOP: {LeadState.REGISTERED, LeadState.IN_DISPOSAL, LeadState.CONCLUDED},
        Kind.EXTENSION: {LeadState.REGISTERED},
    }
    assert may_propose(state, kind, is_found=is_found) == (state in open_to[kind])


def test_the_tables_have_the_words_of_the_models() -> None:
    assert set(LeadState) == {code for code, _ in Lead.State.choices}
    assert set(Result) == {code for code, _ in Lead.Result.choices}
    assert set(Kind) == {code for code, _ in LeadProposal.Kind.choices}
    assert set(Decider) == {code for code, _ in LeadProposal.Decider.choices}


@pytest.mark.parametrize(
    ("state", "due_on", "is_disposed", "late"),
    [
        ("registered", date(2026, 5, 13), False, True),
        ("registered", ON, False, False),
        ("registered", date(2026, 5, 13), True, False),
        ("in_disposal", date(2026, 5, 13), True, False),
        ("held", date(2025, 12, 31), True, False),
    ],
)
def test_late_is_what_nobody_disposed_of(
    state: str, due_on: date, is_disposed: bool, late: bool
) -> None:
    assert is_late(state, due_on, ON, is_disposed=is_disposed) == late


# who keeps and who decides -----------------------------------------------------------------------


def test_a_body_speaks_through_its_head_then_its_deputy_then_whoever_is_longest_in_it() -> None:
    seats = [
        Seat(person=1, role="member", since=date(2020, 1, 1)),
        Seat(person=2, role="deputy", since=date(2024, 1, 1)),
        Seat(person=3, role="head", since=date(2025, 1, 1)),
        Seat(person=4, role="member", since=date(2019, 1, 1)),
    ]
    assert in_order(seats) == (3, 2, 4, 1)


def test_whoever_may_not_know_keeps_nothing() -> None:
    assert keeper_of((3, 2, 4), {3, 4}) == 2
    assert keeper_of((3,), {3}) is None


@pytest.mark.parametrize(
    ("approver", "proposer", "kept_out", "decider"),
    [
        (Actor.DISCIPLINE_OFFICE, 5, set(), Decider.KEEPER),
        (Actor.DISCIPLINE_OFFICE, 1, set(), Decider.LEADERSHIP_HEAD),
        (Actor.DISCIPLINE_OFFICE, 1, {9}, Decider.SUPERIOR),
        (Actor.LEADERSHIP_HEAD, 5, set(), Decider.LEADERSHIP_HEAD),
        (Actor.LEADERSHIP_HEAD, 5, {9}, Decider.SUPERIOR),
        (Actor.LEADERSHIP_HEAD, 9, set(), Decider.SUPERIOR),
        (Actor.LEADERSHIP, 5, set(), Decider.LEADERSHIP_HEAD),
        (Actor.LEADERSHIP, 5, {9}, Decider.SUPERIOR),
        (Actor.COMPETENT_BODY, 5, set(), Decider.OUTSIDE),
    ],
)
def test_a_concerned_approver_and_the_proposer_are_passed_over_upward(
    approver: Actor, proposer: int, kept_out: set[int], decider: Decider
) -> None:
    found = decider_of(approver, keeper=1, head=9, proposer=proposer, kept_out=kept_out)
    assert found == decider


@given(
    approver=st.sampled_from(
        [Actor.DISCIPLINE_OFFICE, Actor.LEADERSHIP_HEAD, Actor.LEADERSHIP, Actor.COMPETENT_BODY]
    ),
    keeper=st.none() | st.integers(1, 4),
    head=st.none() | st.integers(1, 4),
    proposer=st.integers(1, 4),
    kept_out=st.sets(st.integers(1, 4)),
)
def test_nobody_decides_their_own_nor_what_they_may_not_know(
    approver: Actor, keeper: int | None, head: int | None, proposer: int, kept_out: set[int]
) -> None:
    found = decider_of(approver, keeper=keeper, head=head, proposer=proposer, kept_out=kept_out)
    person = {Decider.KEEPER: keeper, Decider.LEADERSHIP_HEAD: head}.get(found, 0)
    assert person is not None
    assert person not in kept_out | {proposer}


# numbers ------------------------------------------------------------------------------------------


def test_a_number_is_drawn_from_those_that_are_free() -> None:
    assert mark_of(2026, 7316) == "线索〔2026〕7316号"
    free = free_numbers({1000, 1002})
    assert (free[:2], free[-1], len(free)) == ([1001, 1003], LAST, LAST - FIRST - 1)


def _possible(
    cells: dict[str, int | None], total: int, shown: dict[str, int]
) -> set[tuple[int, ...]]:
    """Return every way in which the hidden numbers, each one or more, make up the rest."""
    hidden = [code for code, count in cells.items() if count is None]
    rest = total - sum(shown.values())
    return {
        found for found in product(range(1, rest + 1), repeat=len(hidden)) if sum(found) == rest
    }


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 6), min_size=1))
def test_no_hidden_number_is_found_by_subtracting(counts: dict[str, int]) -> None:
    figures = protected(counts)
    shown = {code: count for code, count in figures.cells.items() if count is not None}
    assert all(count == 0 or count >= LEAST for count in shown.values())
    assert all(shown[code] == counts[code] for code in shown)
    if figures.total is None or len(shown) == len(counts):
        return
    assert figures.total == sum(counts.values())
    ways = _possible(dict(figures.cells), figures.total, shown)
    for place in range(len(counts) - len(shown)):
        assert len({way[place] for way in ways}) > 1


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 6), min_size=1))
def test_numbers_that_are_large_enough_are_told(counts: dict[str, int]) -> None:
    large = {code: count + LEAST for code, count in counts.items()}
    assert protected(large).cells == large
    assert protected(large).total == sum(large.values())


def test_tables_about_the_same_things_tell_their_total_together_or_not_at_all() -> None:
    whole, small = protected({"a": 3, "b": 4}), protected({"a": 0, "b": 2})
    assert [one.total for one in side_by_side([whole, whole])] == [7, 7]
    assert [one.total for one in side_by_side([whole, small])] == [None, None]


def test_the_middle_of_few_spans_is_not_told() -> None:
    assert middle([1, 2]) is None
    assert middle([9, 1, 4]) == 4
    assert middle([9, 1, 4, 5]) == 4


# what comes next ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "result", "waiting", "outcomes", "found"),
    [
        ("registered", "", set(), 0, Next.DISPOSE),
        ("registered", "", {"disposal"}, 0, Next.WAIT),
        ("registered", "", {"stop", "extension"}, 0, Next.DISPOSE),
        ("in_disposal", "", set(), 0, Next.CONCLUDE),
        ("held", "", set(), 0, Next.TAKE_UP),
        ("concluded", "found", set(), 0, Next.OUTCOME),
        ("concluded", "found", {"outcome"}, 1, Next.WAIT),
        ("concluded", "found", set(), 1, Next.CLOSE),
        ("concluded", "cleared", set(), 0, Next.CLOSE),
        ("closed", "found", set(), 1, Next.NOTHING),
        ("struck", "", set(), 0, Next.NOTHING),
    ],
)
def test_a_lead_has_one_next_act(
    state: str, result: str, waiting: set[str], outcomes: int, found: Next
) -> None:
    assert next_of(state, result, waiting, outcomes) == found


# letters ------------------------------------------------------------------------------------------


def _letter(letter: Letter, said: str = "") -> str:
    written = Written(
        letter=letter,
        organisation="示范评价中心",
        office="纪检监察室",
        person="林晓雨",
        since=date(2026, 5, 1),
        until=date(2026, 11, 1),
        on=ON,
        said=said,
    )
    return "\n".join(paper_of(written, "纪函7316〔2026〕1号").texts())


def test_a_letter_has_the_day_and_leaves_room_where_nothing_is_said() -> None:
    inquiry, admonition = _letter(Letter.INQUIRY), _letter(Letter.ADMONITION)
    assert "请在2026年11月1日前" in inquiry
    assert "自2026年5月1日起至2026年11月1日止" in admonition
    assert "＿＿＿＿" in inquiry
    assert "＿＿＿＿" not in _letter(Letter.INQUIRY, "礼金一事\n\n请说明经过")
