"""Who is to act by the chain of responsibility, towards holders and units."""

from datetime import date

import pytest

from lianfang.duties.tests.asking import DAY, HIGH, LOW, dues, owed, rate
from lianfang.duties.tests.world import (
    CASHIER,
    CHEN,
    CLERK,
    DEPUTY,
    FINANCE,
    GAO,
    HE,
    HEAD,
    JI,
    LEDS,
    LIN,
    MANAGER,
    OFFICER,
    SECRETARY,
    SECTION,
    SECTION_CLERK,
    SHEN,
    SINCE,
    SONG,
    TANG,
    WU,
    ZHOU,
    Led,
    Rated,
    Seated,
    World,
    institution,
)
from lianfang.org.rules.structure import SeatKind

# who acts ---------------------------------------------------------------------------------------

ACTING = Seated(HE, HEAD, SINCE, None, SeatKind.ACTING)


@pytest.mark.parametrize(
    ("world", "post", "actor"),
    [
        pytest.param(institution(), CLERK, ("control_owner", CHEN), id="the head"),
        pytest.param(institution(), HEAD, ("control_owner", ZHOU), id="of the head: the leader"),
        pytest.param(institution(), DEPUTY, ("control_owner", SHEN), id="of a deputy"),
        pytest.param(institution(), SECRETARY, ("superior", None), id="of the secretary"),
        pytest.param(institution(), SECTION_CLERK, ("control_owner", SONG), id="in a section"),
        pytest.param(institution(without=(HEAD,)), CLERK, ("control_owner", ZHOU), id="vacant"),
        pytest.param(
            institution(without=(HEAD,), led=()), CLERK, ("control_owner", SHEN), id="no portfolio"
        ),
        pytest.param(
            institution(without=(HEAD,)).with_(seated=[ACTING]),
            CLERK,
            ("control_owner", ZHOU),
            id="the acting head doesn't oversee their own post",
        ),
        pytest.param(
            institution(without=(HEAD,)).with_(
                seated=[ACTING, Seated(GAO, CASHIER, SINCE)], rated=[Rated(CASHIER, HIGH)]
            ),
            CASHIER,
            ("control_owner", HE),
            id="but those of others",
        ),
    ],
)
def test_a_talk_is_held_by_the_control_owner_of_the_day(
    world: World, post: int, actor: tuple[str, int | None]
) -> None:
    talks = [
        each for each in owed(rate(world, post, HIGH), "talk_regular_high") if each.post == post
    ]
    assert {(each.actor_role, each.actor) for each in talks} == {actor}


def test_an_open_duty_goes_to_the_next_head() -> None:
    until = date(2026, 10, 31)
    world = rate(institution(without=(HEAD,)), CLERK, HIGH).with_(
        seated=[Seated(CHEN, HEAD, SINCE, until), Seated(TANG, HEAD, until + 15 * DAY)]
    )
    actors = {
        on: {each.actor for each in owed(world, "talk_regular_high", on)}
        for on in (until, until + DAY, until + 15 * DAY, date(2027, 3, 1))
    }
    assert list(actors.values()) == [{CHEN}, {ZHOU}, {TANG}, {TANG}]


def test_the_discipline_office_checks_every_high_post_but_those_of_its_own_people() -> None:
    world = rate(rate(institution(), CLERK, HIGH), OFFICER, HIGH)
    roles = {each.person: each.actor_role for each in owed(world, "check_high")}
    assert roles == {HE: "discipline_office", JI: "discipline_oversight"}


# units ------------------------------------------------------------------------------------------


def test_units_report_and_are_visited_from_their_first_edition_on() -> None:
    world = rate(institution(), CLERK, LOW)
    on = date(2027, 2, 1)
    assert dues(owed(world, "unit_report", on)) == [date(2026, 12, 31), date(2027, 6, 30)]
    assert dues(owed(world, "supervision_visit", on)) == [date(2027, 1, 1), date(2027, 7, 1)]
    assert {each.unit for each in owed(world, "unit_report", on)} == {FINANCE}


@pytest.mark.parametrize(
    ("world", "post", "report", "visit"),
    [
        pytest.param(institution(), CLERK, CHEN, ZHOU, id="a head and a leader"),
        pytest.param(institution(), SECTION_CLERK, SONG, LIN, id="the leader of the unit above"),
        pytest.param(institution(led=()), CLERK, CHEN, SHEN, id="no portfolio"),
        pytest.param(institution(without=(HEAD,)), CLERK, ZHOU, ZHOU, id="no head"),
        pytest.param(
            institution(without=(HEAD,)).with_(seated=[Seated(ZHOU, HEAD, SINCE)]),
            CLERK,
            ZHOU,
            SHEN,
            id="a leader who heads it is not their own visitor",
        ),
        pytest.param(
            institution(without=(HEAD,)).with_(seated=[Seated(SHEN, HEAD, SINCE)]),
            CLERK,
            SHEN,
            None,
            id="nor is the secretary",
        ),
        pytest.param(institution(), MANAGER, WU, ZHOU, id="a company"),
        pytest.param(
            institution(led=(*LEDS, Led(ZHOU, SECTION, SINCE))),
            SECTION_CLERK,
            SONG,
            ZHOU,
            id="a portfolio of its own",
        ),
    ],
)
def test_a_unit_is_visited_by_its_leader_and_reported_on_by_its_owner(
    world: World, post: int, report: int | None, visit: int | None
) -> None:
    world = rate(world, post, LOW)
    (reported,) = owed(world, "unit_report")
    (visited,) = owed(world, "supervision_visit")
    assert (reported.actor, visited.actor) == (report, visit)
    assert visited.actor_role == ("portfolio_leader" if visit else "superior")


def test_the_leadership_itself_is_no_unit_to_be_visited() -> None:
    world = rate(institution(), DEPUTY, HIGH)
    assert owed(world, "supervision_visit") == owed(world, "unit_report") == []
