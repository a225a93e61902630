"""How many statements a page costs, at any size; each is named."""

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.org import actions
from lianfang.org.access import people_visible_to
from lianfang.org.queries import standing_of
from lianfang.org.queries.people import find_people, sheet_of
from lianfang.org.queries.tree import tree_of
from lianfang.org.queries.units import bodies_with_members, posts_in
from lianfang.org.tests.cast import AT, SINCE, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1, 20])
def cast(request: pytest.FixtureRequest) -> Cast:
    """Return the cast with 1 or 20 more clerks in finance, each in a post of their own."""
    cast = full_cast()
    for number in range(request.param):
        post = actions.create_post(
            unit=cast.units["CW"], code=f"P{number}", name=f"岗 {number}", by=None, at=AT
        )
        person = actions.create_person(
            organisation=cast.organisation,
            code=f"9{number:02}",
            name=f"人 {number}",
            by=None,
            at=AT,
        )
        actions.appoint(person=person, post=post, from_on=SINCE, by=None, at=AT)
    return cast


@pytest.mark.parametrize(
    ("part", "statements"),
    [
        ("clerk", 3),  # person with organisation, appointments, memberships
        ("head", 7),  # + leadership posts, units, seats, portfolios
        ("audit", 2),  # person, administrator with organisation
    ],
)
def test_who_somebody_is(
    cast: Cast,
    part: str,
    statements: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(statements):
        assert standing_of(cast.logins[part], AT)


def test_the_tree(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    standing = cast.standing("clerk")
    # units, posts, seats, portfolios, members; rows; posts and people counted; names
    with django_assert_num_queries(9):
        rows = tree_of(standing)
    assert rows[0].unit.code == "CENTRE"
    finance = next(row for row in rows if row.unit.code == "CW")
    assert (finance.head, finance.leader) == (cast.people["head"], cast.people["deputy"])


def test_the_posts_of_a_unit(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    standing = cast.standing("clerk")
    # posts; units, posts, seats, portfolios, members; names
    with django_assert_num_queries(7):
        rows = posts_in(cast.units["CW"], standing)
    assert rows[0].post.is_unit_head
    clerk = next(row for row in rows if row.post.code == "CWG")
    assert clerk.chains[0].owner.person == cast.people["head"]


def test_a_page_of_people(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    standing = cast.standing("clerk")
    # people, their posts today
    with django_assert_num_queries(2):
        page = find_people(people_visible_to(standing), standing)
    assert page.people[0].code == "001"
    assert page.more == ""


def test_the_bodies(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    standing = cast.standing("clerk")
    # bodies with units, those who sit there now, those who did
    with django_assert_num_queries(3):
        bodies = bodies_with_members(standing)
    assert len(bodies) == 4


def test_a_responsibility_sheet(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    standing = cast.standing("head")
    # held; structure (5); posts below; chains: structure (5), names; units headed; memberships
    with django_assert_max_num_queries(16):
        sheet = sheet_of(cast.people["head"], standing)
    owned = {chain.post.code for chain in sheet.owned}
    assert "CWG" in owned
    assert "CWC" not in owned
    assert sheet.inspector == "discipline_office"


def test_an_officer_is_inspected_by_the_body_named_for_it(cast: Cast) -> None:
    sheet = sheet_of(cast.people["officer"], cast.standing("officer"))
    assert sheet.inspector == "discipline_oversight"
