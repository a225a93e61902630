"""What holds of the oracle in any institution on any day."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.duties.rules.day import looks_back_to
from lianfang.duties.rules.levels import Given
from lianfang.duties.rules.values import FOLLOWING, Wanted
from lianfang.duties.tests.random_worlds import DAYS, POSTS, SOME_DAYS, worlds
from lianfang.duties.tests.world import RANKS, Rated, World
from lianfang.org.rules.chain import chain_of

ON = st.one_of(DAYS, SOME_DAYS)
OWN = {"holder", "responsible_post"}


def keys(rows: list[Wanted]) -> set[tuple[str, date]]:
    return {(each.ground, each.period) for each in rows}


@settings(deadline=None)
@given(worlds(), ON)
def test_no_two_duties_have_the_same_key(world: World, on: date) -> None:
    rows = world.wanted(on)
    assert len(keys(rows)) == len(rows)


@settings(deadline=None)
@given(worlds(), ON)
def test_nobody_acts_towards_themself_but_in_what_is_their_own(world: World, on: date) -> None:
    oversight = [each for each in world.wanted(on) if each.actor_role not in OWN]
    assert [
        each for each in oversight if each.person is not None and each.actor == each.person
    ] == []


@settings(deadline=None)
@given(worlds(), ON)
def test_nobody_visits_a_unit_that_they_head(world: World, on: date) -> None:
    structure = world.structure(on)
    for visit in (each for each in world.wanted(on) if each.rule == "supervision_visit"):
        head = structure.head_posts.get(visit.unit)
        seat = structure.first_in(head.id) if head else None
        assert seat is None or seat.person != visit.actor


@settings(deadline=None)
@given(worlds(), ON)
def test_who_acts_is_the_control_owner_that_the_chain_names(world: World, on: date) -> None:
    structure = world.structure(on)
    for each in world.wanted(on):
        if each.rule == "talk_regular_high" and each.post is not None:
            owner = chain_of(structure, each.post, each.person).owner
            assert each.actor == owner.person


@settings(deadline=None)
@given(worlds(), ON)
def test_the_same_facts_give_the_same_duties(world: World, on: date) -> None:
    assert world.wanted(on) == world.wanted(on)
    shuffled = replace(world, seated=world.seated[::-1], posts=world.posts[::-1])
    assert sorted(shuffled.wanted(on), key=str) == sorted(world.wanted(on), key=str)


@settings(deadline=None)
@given(worlds(), ON, st.sampled_from(POSTS), st.sampled_from(sorted(RANKS)))
def test_a_level_where_there_was_none_takes_no_duty_away(
    world: World, on: date, post: int, level: str
) -> None:
    before = world.with_()
    if any(each.post == post for each in world.rated):
        before = replace(world, rated=tuple(row for row in world.rated if row.post != post))
    start = min((row.given.from_on for row in before.rated), default=on)
    more = before.with_(rated=[Rated(post, Given(level, RANKS[level], max(start, on), None, "9"))])
    assert keys(before.wanted(on)) <= keys(more.wanted(on))


@settings(deadline=None)
@given(worlds(), ON)
def test_a_duty_lies_within_its_time_and_says_what_it_comes_of(world: World, on: date) -> None:
    for each in world.wanted(on):
        assert each.opens_on <= each.due_on
        assert each.origin in FOLLOWING
        assert each.clause
        lasting = each.origin == "appointment" or each.kind in {"rotation", "measure"}
        assert lasting or each.due_on >= looks_back_to(on)
        assert each.opens_on <= on or each.origin == "appointment" or each.kind == "measure"


@settings(deadline=None)
@given(worlds(), ON)
def test_whoever_left_owes_nothing_more(world: World, on: date) -> None:
    gone = {each.person for each in world.seated} - {
        each.person for each in world.seated if each.to_on is None or each.to_on >= on
    }
    assert [each for each in world.wanted(on) if each.person in gone] == []
