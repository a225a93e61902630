"""Everybody looks for the risks of their post; the unit sees who has not."""

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.actions.finding import NO, YES, Unanswered, take_part
from lianfang.risks.models import Participation
from lianfang.risks.queries.finding import own_posts, questions_of, shares
from lianfang.risks.queries.todos import end_of_filling, posts_not_looked_at
from lianfang.risks.rules.finding import questions_for
from lianfang.risks.tests.test_risk_actions import SCHEME, made, power_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def codes(cast: Cast, post: str) -> tuple[str, ...]:
    groups = questions_of(cast.posts[post], SCHEME)
    return tuple(question.code for group in groups for question in group.questions)


def took(cast: Cast, part: str, post: str, answer: str = NO) -> Participation:
    asked = codes(cast, post)
    return take_part(
        post=cast.posts[post],
        person=cast.people[part],
        asked=asked,
        answers=dict.fromkeys(asked, answer),
        on=ON,
        by=cast.logins[part],
        at=AT,
    )


def test_questions_follow_the_kind_of_post_and_its_roles() -> None:
    leader = questions_for(SCHEME, leads=True, roles={"decides"})
    other = questions_for(SCHEME, leads=False, roles=())
    kinds = {(group.kind, group.code) for group in leader}
    assert ("focus", "major_decision") in kinds
    assert ("category", "decision") in kinds
    assert ("category", "execution") not in kinds
    assert {group.code for group in other if group.kind == "focus"} == {
        area.code for area in SCHEME.focus_areas if area.posts == "others"
    }
    every = [question.code for group in (*leader, *other) for question in group.questions]
    assert len(set(every)) < len(every)
    assert len({q.code for g in leader for q in g.questions}) == sum(
        len(g.questions) for g in leader
    )


def test_the_holder_of_an_executing_post_is_asked_about_execution(cast: Cast) -> None:
    power_of(cast)
    assert "category.execution.1" in codes(cast, "CWG")
    assert "focus.major_decision.1" in codes(cast, "CWC")


def test_nothing_found_is_an_answer_and_no_answer_is_none(cast: Cast) -> None:
    taken = took(cast, "clerk", "CWG")
    assert (taken.year, taken.found) == (2026, 0)
    asked = codes(cast, "CWG")
    with pytest.raises(Unanswered):
        take_part(
            post=cast.posts["CWG"],
            person=cast.people["clerk"],
            asked=asked,
            answers={asked[0]: YES, asked[1]: "perhaps"},
            on=ON,
            by=None,
            at=AT,
        )


def test_what_is_found_counts_before_and_after_taking_part(cast: Cast) -> None:
    made(cast)
    assert took(cast, "clerk", "CWG").found == 1
    made(cast)
    assert Participation.objects.get().found == 2
    assert took(cast, "clerk", "CWG", YES).found == 2
    assert Participation.objects.count() == 1


def test_a_unit_sees_who_has_not_taken_part(cast: Cast) -> None:
    took(cast, "clerk", "CWG")
    found = {share.unit.code: share for share in shares(cast.standing("head"))}
    finance = found["CW"]
    assert (finance.taken, len(finance.seats), finance.percent) == (1, 2, 50)
    assert [seat.person.name for seat in finance.missing] == ["head"]
    assert [own.taken is not None for own in own_posts(cast.standing("clerk"))] == [True]


def test_the_desk_asks_until_somebody_has_looked(cast: Cast) -> None:
    standing = cast.standing("clerk")
    assert posts_not_looked_at(standing).count == 1
    took(cast, "clerk", "CWG")
    assert posts_not_looked_at(standing).count == 0
    assert end_of_filling(standing).isoformat() == "2026-04-30"


@pytest.mark.parametrize("rows", [1, 2])
def test_participation_is_read_at_once(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for part, post in (("clerk", "CWG"), ("head", "CWC"))[:rows]:
        took(cast, part, post)
    standing = cast.standing("office")
    # participations, seats
    with django_assert_num_queries(2):
        found = shares(standing)
    assert sum(share.taken for share in found) == rows
