"""The chain of responsibility, every case of it (三)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.org.rules.chain import (
    Because,
    Role,
    chain_above,
    chain_of,
    chains_of_person,
    inspector_of,
)
from lianfang.org.rules.structure import (
    BodyKind,
    PostFact,
    Seat,
    SeatKind,
    Structure,
    UnitFact,
    UnitKind,
)

ON = date(2026, 5, 14)
# units
ROOT, LEADERSHIP, FINANCE, ASSESSORS, SECTION, COMPANY, SALES = range(1, 8)
# posts
SECRETARY, DEPUTY, OTHER_DEPUTY, HEAD, CLERK, SECTION_HEAD, SECTION_CLERK = range(11, 18)
MANAGER, SELLER, ASSESSOR_HEAD, ASSISTANT, BUYER = range(18, 23)
# people
SHEN, ZHOU, LIN, CHEN, HE, XU, SONG, MENG, WU, GAO = range(101, 111)
OUTSIDE = None

UNITS = {
    ROOT: (None, UnitKind.ORGANISATION),
    LEADERSHIP: (ROOT, UnitKind.LEADERSHIP),
    FINANCE: (ROOT, UnitKind.DEPARTMENT),
    ASSESSORS: (ROOT, UnitKind.DEPARTMENT),
    SECTION: (ASSESSORS, UnitKind.DEPARTMENT),
    COMPANY: (ROOT, UnitKind.COMPANY),
    SALES: (COMPANY, UnitKind.DEPARTMENT),
}
POSTS = (
    PostFact(id=SECRETARY, unit=LEADERSHIP, leadership=True, leadership_head=True),
    PostFact(id=DEPUTY, unit=LEADERSHIP, leadership=True),
    PostFact(id=OTHER_DEPUTY, unit=LEADERSHIP, leadership=True),
    PostFact(id=ASSISTANT, unit=LEADERSHIP),
    PostFact(id=HEAD, unit=FINANCE, unit_head=True),
    PostFact(id=CLERK, unit=FINANCE),
    PostFact(id=BUYER, unit=FINANCE),
    PostFact(id=ASSESSOR_HEAD, unit=ASSESSORS, unit_head=True),
    PostFact(id=SECTION_HEAD, unit=SECTION, unit_head=True),
    PostFact(id=SECTION_CLERK, unit=SECTION),
    PostFact(id=MANAGER, unit=COMPANY, unit_head=True),
    PostFact(id=SELLER, unit=SALES),
)
SEATS = {
    SECRETARY: SHEN,
    DEPUTY: ZHOU,
    OTHER_DEPUTY: LIN,
    HEAD: CHEN,
    CLERK: HE,
    ASSESSOR_HEAD: XU,
    SECTION_HEAD: SONG,
    SECTION_CLERK: MENG,
    MANAGER: WU,
    SELLER: GAO,
}
PORTFOLIOS = {FINANCE: ZHOU, ASSESSORS: LIN, COMPANY: ZHOU}


def structure(
    *seats: Seat,
    without: tuple[int, ...] = (),
    portfolios: dict[int, int] | None = None,
    no_posts: tuple[int, ...] = (),
    members: dict[BodyKind, frozenset[int]] | None = None,
) -> Structure:
    usual = (Seat(person=who, post=post) for post, who in SEATS.items() if post not in without)
    return Structure(
        on=ON,
        units={
            unit: UnitFact(id=unit, parent=parent, kind=kind)
            for unit, (parent, kind) in UNITS.items()
        },
        posts={post.id: post for post in POSTS if post.id not in no_posts},
        seats=(*usual, *seats),
        portfolios=PORTFOLIOS if portfolios is None else portfolios,
        members=members or {},
    )


def people(subject: Structure, post: int, holder: int | None = None) -> list[int | None]:
    return [link.person for link in chain_of(subject, post, holder).links]


USUAL = structure()
LEADER_HEADS_FINANCE = structure(
    Seat(person=ZHOU, post=HEAD, kind=SeatKind.CONCURRENT), without=(HEAD,)
)
SECRETARY_HEADS_FINANCE = structure(
    Seat(person=SHEN, post=HEAD, kind=SeatKind.CONCURRENT), without=(HEAD,)
)
ACTING = structure(Seat(person=HE, post=HEAD, kind=SeatKind.ACTING), without=(HEAD,))
VACANT = structure(without=(HEAD,))


@pytest.mark.parametrize(
    ("subject", "post", "holder", "expected"),
    [
        pytest.param(USUAL, CLERK, HE, [CHEN, ZHOU, SHEN, OUTSIDE], id="a clerk"),
        pytest.param(USUAL, BUYER, None, [CHEN, ZHOU, SHEN, OUTSIDE], id="a vacant post"),
        pytest.param(USUAL, HEAD, CHEN, [ZHOU, SHEN, OUTSIDE], id="a head: the portfolio leader"),
        pytest.param(USUAL, SECTION_HEAD, SONG, [XU, LIN, SHEN, OUTSIDE], id="a sub-unit's head"),
        pytest.param(USUAL, SECTION_CLERK, MENG, [SONG, LIN, SHEN, OUTSIDE], id="in a sub-unit"),
        pytest.param(USUAL, SELLER, GAO, [WU, ZHOU, SHEN, OUTSIDE], id="no head post: head above"),
        pytest.param(USUAL, DEPUTY, ZHOU, [SHEN, OUTSIDE], id="a leadership member"),
        pytest.param(USUAL, SECRETARY, SHEN, [OUTSIDE], id="the head of the leadership"),
        pytest.param(USUAL, ASSISTANT, GAO, [SHEN, OUTSIDE], id="staff of the leadership"),
        pytest.param(
            structure(portfolios={ASSESSORS: LIN}),
            SECTION_CLERK,
            MENG,
            [SONG, LIN, SHEN, OUTSIDE],
            id="no portfolio of its own: the nearest above",
        ),
        pytest.param(
            structure(portfolios={ROOT: LIN}),
            CLERK,
            HE,
            [CHEN, LIN, SHEN, OUTSIDE],
            id="a portfolio of the whole organisation",
        ),
        pytest.param(
            structure(portfolios={}), CLERK, HE, [CHEN, SHEN, OUTSIDE], id="no portfolio at all"
        ),
        pytest.param(
            structure(portfolios={}), HEAD, CHEN, [SHEN, OUTSIDE], id="a head without portfolio"
        ),
        pytest.param(
            structure(without=(DEPUTY,)),
            CLERK,
            HE,
            [CHEN, SHEN, OUTSIDE],
            id="a portfolio lapses when its leader leaves the leadership",
        ),
        pytest.param(ACTING, CLERK, GAO, [HE, ZHOU, SHEN, OUTSIDE], id="an acting head"),
        pytest.param(ACTING, CLERK, HE, [ZHOU, SHEN, OUTSIDE], id="an acting head's other post"),
        pytest.param(ACTING, HEAD, HE, [ZHOU, SHEN, OUTSIDE], id="an acting head as head"),
        pytest.param(VACANT, CLERK, HE, [ZHOU, SHEN, OUTSIDE], id="vacant: the portfolio leader"),
        pytest.param(
            structure(Seat(person=HE, post=HEAD, kind=SeatKind.ACTING)),
            CLERK,
            GAO,
            [CHEN, ZHOU, SHEN, OUTSIDE],
            id="a full head counts before an acting one",
        ),
        pytest.param(
            structure(Seat(person=CHEN, post=CLERK, kind=SeatKind.CONCURRENT)),
            CLERK,
            CHEN,
            [ZHOU, SHEN, OUTSIDE],
            id="a head with an ordinary post of the same unit",
        ),
        pytest.param(
            LEADER_HEADS_FINANCE,
            CLERK,
            HE,
            [ZHOU, SHEN, OUTSIDE],
            id="a portfolio leader who heads the unit is followed by the next one up",
        ),
        pytest.param(
            LEADER_HEADS_FINANCE, HEAD, ZHOU, [SHEN, OUTSIDE], id="that leader as head of the unit"
        ),
        pytest.param(
            SECRETARY_HEADS_FINANCE,
            CLERK,
            HE,
            [SHEN, OUTSIDE],
            id="no deputy stands between the head of the leadership and themself",
        ),
        pytest.param(
            SECRETARY_HEADS_FINANCE,
            HEAD,
            SHEN,
            [OUTSIDE],
            id="the head of the leadership as head of a unit",
        ),
        pytest.param(
            structure(Seat(person=ZHOU, post=CLERK, kind=SeatKind.CONCURRENT)),
            CLERK,
            ZHOU,
            [SHEN, OUTSIDE],
            id="a leader with a post in a department is not overseen by its head",
        ),
        pytest.param(
            structure(Seat(person=XU, post=SECTION_CLERK, kind=SeatKind.CONCURRENT)),
            SECTION_CLERK,
            XU,
            [LIN, SHEN, OUTSIDE],
            id="a head with a post in a sub-unit is not overseen by its head",
        ),
        pytest.param(
            structure(without=(SECRETARY,)), DEPUTY, ZHOU, [OUTSIDE], id="no head of the leadership"
        ),
        pytest.param(
            structure(Seat(person=LIN, post=SECRETARY, kind=SeatKind.ACTING), without=(SECRETARY,)),
            DEPUTY,
            ZHOU,
            [LIN, OUTSIDE],
            id="an acting head of the leadership",
        ),
        pytest.param(
            structure(portfolios={FINANCE: SHEN}),
            CLERK,
            HE,
            [CHEN, SHEN, OUTSIDE],
            id="the head of the leadership has the portfolio",
        ),
        pytest.param(
            structure(no_posts=(HEAD,), portfolios={}),
            CLERK,
            HE,
            [SHEN, OUTSIDE],
            id="neither a head post nor a portfolio",
        ),
    ],
)
def test_the_chain(
    subject: Structure, post: int, holder: int | None, expected: list[int | None]
) -> None:
    assert people(subject, post, holder) == expected


def test_who_stands_twice_is_named_once_with_both_roles() -> None:
    chain = chain_of(VACANT, CLERK, HE)
    assert chain.owner.person == ZHOU
    assert chain.owner.roles == (Role.CONTROL_OWNER, Role.PORTFOLIO_LEADER)


def test_the_superior_body_owns_the_post_of_the_head_of_the_leadership() -> None:
    owner = chain_of(USUAL, SECRETARY, SHEN).owner
    assert (owner.person, owner.roles) == (None, (Role.CONTROL_OWNER, Role.SUPERIOR))


@pytest.mark.parametrize(
    ("subject", "post", "holder", "because"),
    [
        (VACANT, CLERK, HE, Because.HEAD_VACANT),
        (structure(no_posts=(HEAD,)), CLERK, HE, Because.NO_HEAD_POST),
        (structure(portfolios={}), CLERK, HE, Because.NO_PORTFOLIO),
        (structure(without=(SECRETARY,)), CLERK, HE, Because.LEADERSHIP_HEAD_VACANT),
        (ACTING, CLERK, HE, Because.WOULD_OVERSEE_THEMSELF),
    ],
)
def test_a_rung_without_anybody_says_why(
    subject: Structure, post: int, holder: int, because: Because
) -> None:
    assert because in {passed.because for passed in chain_of(subject, post, holder).passed}


def test_the_head_of_a_unit_misses_no_head_above() -> None:
    assert chain_of(USUAL, HEAD, CHEN).passed == ()


def test_a_person_has_a_chain_for_each_post() -> None:
    subject = structure(Seat(person=HE, post=SELLER, kind=SeatKind.CONCURRENT))
    owners = {chain.post: chain.owner.person for chain in chains_of_person(subject, HE)}
    assert owners == {CLERK: CHEN, SELLER: WU}


def test_discipline_staff_are_inspected_by_the_body_named_for_it() -> None:
    subject = structure(members={BodyKind.DISCIPLINE_OFFICE: frozenset({GAO})})
    assert inspector_of(subject, GAO) is BodyKind.DISCIPLINE_OVERSIGHT
    assert inspector_of(subject, HE) is BodyKind.DISCIPLINE_OFFICE


def test_a_ring_of_units_ends() -> None:
    ring = Structure(
        on=ON,
        units={
            FINANCE: UnitFact(id=FINANCE, parent=SECTION, kind=UnitKind.DEPARTMENT),
            SECTION: UnitFact(id=SECTION, parent=FINANCE, kind=UnitKind.DEPARTMENT),
        },
        posts={CLERK: PostFact(id=CLERK, unit=SECTION)},
    )
    assert people(ring, CLERK, HE) == [OUTSIDE]


def test_an_unknown_post_is_a_bug() -> None:
    with pytest.raises(KeyError):
        chain_of(USUAL, 999)


seats = st.lists(
    st.builds(
        Seat,
        person=st.integers(101, 106),
        post=st.sampled_from([post.id for post in POSTS]),
        kind=st.sampled_from(SeatKind),
    ),
    max_size=12,
)
portfolios = st.dictionaries(st.sampled_from(list(UNITS)), st.integers(101, 106))


@given(seats=seats, portfolios=portfolios)
def test_nobody_ever_oversees_themself(seats: list[Seat], portfolios: dict[int, int]) -> None:
    subject = structure(*seats, without=tuple(SEATS), portfolios=portfolios)
    for post in subject.posts:
        for holder in (*subject.seats_of_person, None):
            chain = chain_of(subject, post, holder)
            above = [link.person for link in chain.links]
            assert above[-1] is None
            assert holder is None or holder not in above
            assert len(set(above)) == len(above)
            assert Role.CONTROL_OWNER in chain.owner.roles
            assert sum(Role.CONTROL_OWNER in link.roles for link in chain.links) == 1


@pytest.mark.parametrize("is_head", [False, True])
def test_above_a_unit_no_longer_in_use_stands_the_head_of_the_leadership(is_head: bool) -> None:
    chain = chain_above(USUAL, PostFact(id=0, unit=99, unit_head=is_head))
    assert [link.person for link in chain.links] == [SHEN, OUTSIDE]
