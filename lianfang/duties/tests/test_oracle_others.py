"""What does not hang on the level of one post: learning, measures."""

from datetime import date

import pytest

from lianfang.duties.rules.facts import MeasureFact, MeasureKind
from lianfang.duties.tests.asking import DAY, HIGH, JULY, LOW, MEDIUM, ON, owed, rate
from lianfang.duties.tests.world import (
    ASSESSOR,
    ASSESSORS,
    CASHIER,
    CHEN,
    CLERK,
    COMPANY,
    DEPUTY,
    FINANCE,
    GAO,
    HE,
    HEAD,
    MANAGER,
    MENG,
    SECTION_CLERK,
    SINCE,
    TANG,
    XU,
    ZHOU,
    Seated,
    World,
    given,
    institution,
)
from lianfang.org.rules.structure import SeatKind

# learning ---------------------------------------------------------------------------------------


def test_hours_of_learning_follow_the_highest_level_of_a_person() -> None:
    world = institution()
    for post, level in ((CLERK, HIGH), (ASSESSOR, LOW), (HEAD, MEDIUM), (SECTION_CLERK, LOW)):
        world = rate(world, post, level)
    world = world.with_(seated=[Seated(HE, ASSESSOR, SINCE, None, SeatKind.CONCURRENT)])
    hours = {each.person: each.hours for each in owed(world, "learning")}
    assert {who: hours[who] for who in (HE, CHEN, MENG, XU)} == {HE: 12, CHEN: 8, MENG: 6, XU: 4}


def test_last_years_learning_stays_owed_with_last_years_hours() -> None:
    levels = (
        given("high", JULY, date(2027, 1, 31)),
        given("low", date(2027, 2, 1), None, "2027-1"),
    )
    world = rate(institution(), CLERK, *levels)
    found = [each for each in owed(world, "learning", date(2027, 3, 1)) if each.person == HE]
    assert [(each.due_on, each.hours) for each in found] == [
        (date(2026, 12, 31), 12),
        (date(2027, 12, 31), 6),
    ]


def test_learning_goes_on_over_a_transfer_and_ends_with_service() -> None:
    moved = date(2027, 2, 1)
    going = [Seated(GAO, CASHIER, SINCE, moved - DAY), Seated(GAO, ASSESSOR, moved)]
    back = [Seated(TANG, CASHIER, SINCE, moved - DAY), Seated(TANG, ASSESSOR, moved + DAY)]
    world = rate(institution(), CLERK, LOW).with_(seated=[*going, *back])
    found = owed(world, "learning", date(2027, 3, 1))
    assert [each.due_on.year for each in found if each.person == GAO] == [2026, 2027]
    assert [each.due_on.year for each in found if each.person == TANG] == [2027]
    assert {each.unit for each in found if each.person == GAO} == {ASSESSORS}


def test_nothing_is_owed_before_the_first_edition() -> None:
    assert institution().wanted(ON) == []
    assert rate(institution(), CLERK, HIGH).wanted(JULY - DAY) == []


def test_what_is_drawn_or_comes_of_an_event_is_not_found_here() -> None:
    world = institution()
    for post, level in ((CLERK, LOW), (HEAD, MEDIUM), (DEPUTY, HIGH)):
        world = rate(world, post, level)
    rules = {each.rule for each in world.wanted(ON)}
    drawn = {"check_low", "survey_low", "check_medium", "survey_medium"}
    assert rules & {*drawn, "talk_on_adverse_report"} == set()


def test_a_company_may_have_its_own_units_begin_later() -> None:
    world = rate(rate(institution(), CLERK, LOW), MANAGER, given("low", date(2026, 8, 15)))
    opens = {each.unit: each.opens_on for each in owed(world, "supervision_visit")}
    assert opens == {FINANCE: JULY, COMPANY: date(2026, 8, 15)}


# measures ---------------------------------------------------------------------------------------


def measure(kind: MeasureKind, **more: object) -> MeasureFact:
    values: dict[str, object] = {"id": 9, "first": 8, "unit": FINANCE, "from_on": JULY}
    return MeasureFact(kind=kind, **{"post": CLERK, "edition": "2026-1", **values, **more})  # type: ignore[arg-type]


DATED, RECURRING, RULE = MeasureKind
DUE = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("fact", "rule", "expected"),
    [
        pytest.param(measure(DATED, due_on=DUE), "measure_dated", [(JULY, DUE)], id="dated"),
        pytest.param(
            measure(DATED, due_on=JULY - DAY),
            "measure_dated",
            [(JULY - DAY, JULY - DAY)],
            id="dated before its edition",
        ),
        pytest.param(
            measure(RECURRING), "measure_recurring", [(JULY, date(2027, 1, 1))], id="recurring"
        ),
        pytest.param(
            measure(RULE), "measure_rule", [(JULY, date(2026, 12, 31))], id="a rule without a day"
        ),
        pytest.param(measure(RULE, due_on=DUE), "measure_rule", [(JULY, DUE)], id="with a day"),
        pytest.param(measure(RULE, is_met=True), "measure_rule", [], id="a rule in force"),
        pytest.param(measure(RECURRING, unit=99), "measure_recurring", [], id="of a unit gone"),
    ],
)
def test_a_measure_is_followed_by_its_kind(
    fact: MeasureFact, rule: str, expected: list[tuple[date, date]]
) -> None:
    rows = institution().with_(measures=[fact]).wanted(ON)
    assert [(each.opens_on, each.due_on) for each in rows if each.rule == rule] == expected
    assert {each.rule for each in rows} <= {rule}
    assert {(each.ground, each.measure) for each in rows} <= {(f"{rule}/m8", 9)}


@pytest.mark.parametrize(
    ("world", "post", "actor"),
    [
        pytest.param(institution(), CLERK, ("responsible_post", HE), id="who holds the post"),
        pytest.param(institution(), CASHIER, ("control_owner", CHEN), id="vacant: its owner"),
        pytest.param(
            institution(without=(HEAD,)), HEAD, ("control_owner", ZHOU), id="a vacant head post"
        ),
        pytest.param(institution(), None, ("control_owner", CHEN), id="no post known"),
        pytest.param(institution(), 99, ("control_owner", CHEN), id="a post retired"),
        pytest.param(institution(), ASSESSOR, ("control_owner", XU), id="elsewhere, vacant"),
    ],
)
def test_a_measure_lies_with_its_responsible_post(
    world: World, post: int | None, actor: tuple[str, int]
) -> None:
    rows = world.with_(measures=[measure(RECURRING, post=post)]).wanted(ON)
    assert [(each.actor_role, each.actor) for each in rows] == [actor]
