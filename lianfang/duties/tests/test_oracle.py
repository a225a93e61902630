"""Every rule of the scheme that follows from facts: who owes what about whom until when."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from lianfang.duties.rules.facts import MeasureFact, MeasureKind
from lianfang.duties.rules.values import Wanted
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
    JI,
    LEDS,
    LIN,
    MANAGER,
    MENG,
    OFFICER,
    SECRETARY,
    SECTION,
    SECTION_CLERK,
    SHEN,
    SINCE,
    SONG,
    TANG,
    WU,
    XU,
    ZHOU,
    Led,
    Number,
    Rated,
    Seated,
    World,
    given,
    institution,
    raised,
)
from lianfang.org.rules.structure import SeatKind

JULY = date(2026, 7, 1)
ON = date(2026, 9, 1)
DAY = timedelta(days=1)
HIGH, MEDIUM, LOW = given("high", JULY), given("medium", JULY), given("low", JULY)


def rate(world: World, post: int, *levels: object) -> World:
    return world.with_(rated=[Rated(post, level) for level in levels])  # type: ignore[arg-type]


def owed(world: World, rule: str, on: date = ON) -> list[Wanted]:
    return [each for each in world.wanted(on) if each.rule == rule]


def dues(rows: Iterable[Wanted]) -> list[date]:
    return [each.due_on for each in rows]


def test_a_low_post_owes_its_learning_alone() -> None:
    world = rate(institution(), CLERK, LOW)
    rules = {each.rule for each in world.wanted(ON) if each.person == HE}
    assert rules == {"learning"}


def test_a_medium_post_owes_a_talk_and_reports() -> None:
    world = rate(institution(), CLERK, MEDIUM)
    rules = {each.rule for each in world.wanted(ON) if each.person == HE}
    assert rules == {"talk_before_medium", "report_medium", "learning"}


def test_a_high_post_owes_what_the_scheme_asks_of_it_and_no_report() -> None:
    world = rate(institution(), CLERK, HIGH)
    rules = {each.rule for each in world.wanted(ON) if each.person == HE}
    assert rules == {
        "talk_before_high",
        "talk_regular_high",
        "check_high",
        "statement_high",
        "disclosure_high",
        "learning",
    }


def test_why_a_duty_is_owed_stands_in_it() -> None:
    world = rate(institution(), CLERK, HIGH)
    assert owed(world, "talk_regular_high") == [
        Wanted(
            ground=f"talk_regular_high/p{HE}/o{CLERK}",
            period=JULY,
            rule="talk_regular_high",
            kind="talk",
            origin="level",
            clause="五（五）3",
            level="high",
            person=HE,
            post=CLERK,
            unit=FINANCE,
            measure=None,
            actor_role="control_owner",
            actor=CHEN,
            opens_on=JULY,
            due_on=date(2027, 1, 1),
            level_since=JULY,
            held_since=SINCE,
            edition="2026-1",
            override=None,
            form="",
            hours=None,
        )
    ]


# the talk before an appointment -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "due"),
    [
        pytest.param(SINCE, date(2026, 7, 31), id="a sitting holder: thirty days"),
        pytest.param(JULY, date(2026, 7, 31), id="appointed on the day of the edition: sitting"),
        pytest.param(JULY + DAY, JULY, id="appointed after it: the day before"),
        pytest.param(date(2026, 8, 17), date(2026, 8, 16), id="overdue from the first day"),
        pytest.param(date(2026, 10, 8), date(2026, 10, 7), id="an appointment still to come"),
    ],
)
def test_the_talk_before_an_appointment_is_due_before_it_takes_effect(
    begins: date, due: date
) -> None:
    world = rate(institution(), CASHIER, MEDIUM).with_(seated=[Seated(GAO, CASHIER, begins)])
    (talk,) = owed(world, "talk_before_medium")
    assert (talk.person, talk.due_on, talk.actor) == (GAO, due, CHEN)
    assert (talk.period, talk.origin) == (begins, "appointment")


def test_an_appointee_owes_nothing_else_before_the_appointment() -> None:
    appointed = Seated(GAO, CASHIER, date(2026, 10, 8))
    world = rate(institution(), CASHIER, HIGH).with_(seated=[appointed])
    assert [each.rule for each in world.wanted(ON) if each.person == GAO] == ["talk_before_high"]


def test_the_talk_stays_owed_while_the_post_is_held() -> None:
    world = rate(institution(), CLERK, MEDIUM)
    assert dues(owed(world, "talk_before_medium", date(2036, 7, 1))) == [date(2026, 7, 31)]


def test_an_acting_holder_who_is_appointed_is_not_talked_to_twice() -> None:
    acting = Seated(GAO, CASHIER, date(2026, 8, 1), date(2026, 8, 20), SeatKind.ACTING)
    full = Seated(GAO, CASHIER, date(2026, 8, 21))
    world = rate(institution(), CASHIER, MEDIUM).with_(seated=[acting, full])
    assert dues(owed(world, "talk_before_medium")) == [date(2026, 7, 31)]


def test_who_comes_back_to_a_post_is_talked_to_again() -> None:
    first = Seated(GAO, CASHIER, SINCE, date(2026, 7, 20))
    again = Seated(GAO, CASHIER, date(2026, 8, 20))
    world = rate(institution(), CASHIER, MEDIUM).with_(seated=[first, again])
    assert [each.period for each in owed(world, "talk_before_medium")] == [again.from_on]


def test_a_raised_level_asks_for_the_talk_of_the_higher_one() -> None:
    world = rate(institution(), CLERK, MEDIUM, raised("high", date(2026, 8, 10)))
    (talk,) = owed(world, "talk_before_high")
    assert (talk.due_on, talk.override, talk.level_since) == (
        date(2026, 9, 9),
        7,
        date(2026, 8, 10),
    )
    assert owed(world, "talk_before_medium") == []


# again and again --------------------------------------------------------------------------------


def test_periods_follow_each_other_and_overdue_ones_stay_for_a_year() -> None:
    world = rate(institution(), CLERK, HIGH)
    assert dues(owed(world, "talk_regular_high", date(2027, 6, 30))) == [
        date(2027, 1, 1),
        date(2027, 7, 1),
    ]
    assert dues(owed(world, "talk_regular_high", date(2028, 1, 1))) == [
        date(2027, 1, 1),
        date(2027, 7, 1),
        date(2028, 1, 1),
        date(2028, 7, 1),
    ]
    assert dues(owed(world, "talk_regular_high", date(2028, 1, 2))) == [
        date(2027, 7, 1),
        date(2028, 1, 1),
        date(2028, 7, 1),
    ]


def test_a_newcomers_clock_starts_with_the_appointment() -> None:
    world = rate(institution(), CASHIER, HIGH).with_(
        seated=[Seated(GAO, CASHIER, date(2026, 8, 31))]
    )
    (talk,) = owed(world, "talk_regular_high")
    assert (talk.opens_on, talk.due_on) == (date(2026, 8, 31), date(2027, 2, 28))


def test_a_statement_is_made_once_a_year() -> None:
    world = rate(institution(), CLERK, HIGH)
    assert dues(owed(world, "statement_high", date(2027, 7, 1))) == [
        date(2027, 7, 1),
        date(2028, 7, 1),
    ]


@pytest.mark.parametrize(
    ("post", "form"),
    [
        pytest.param(DEPUTY, "democratic_life", id="a leader in the Party"),
        pytest.param(CLERK, "organisation_life", id="another Party member"),
        pytest.param(17, "unit_meeting", id="somebody else"),
        pytest.param(SECTION_CLERK, "", id="membership not on record"),
    ],
)
def test_the_form_of_a_statement_follows_who_makes_it(post: int, form: str) -> None:
    (statement,) = owed(rate(institution(), post, HIGH), "statement_high")
    assert (statement.form, statement.actor_role, statement.actor) == (
        form,
        "holder",
        statement.person,
    )


def test_reports_fall_on_their_dates_whatever_weekday() -> None:
    world = rate(institution(), CLERK, MEDIUM)
    assert dues(owed(world, "report_medium", date(2027, 1, 4))) == [
        date(2026, 12, 31),
        date(2027, 6, 30),
    ]


@pytest.mark.parametrize(
    ("begins", "due"),
    [
        (date(2026, 9, 30), date(2026, 12, 31)),
        (date(2026, 10, 1), date(2027, 6, 30)),
    ],
)
def test_a_newcomers_first_report_is_due_only_after_three_months(begins: date, due: date) -> None:
    world = rate(institution(), CASHIER, MEDIUM).with_(seated=[Seated(GAO, CASHIER, begins)])
    (report,) = owed(world, "report_medium", date(2026, 12, 1))
    assert (report.due_on, report.opens_on) == (due, begins)


def test_a_report_of_a_sitting_holder_may_fall_soon_after_the_edition() -> None:
    world = rate(institution(), CLERK, given("medium", date(2026, 6, 1)))
    assert dues(owed(world, "report_medium", date(2026, 6, 2))) == [date(2026, 6, 30)]


def test_the_report_of_high_posts_is_one_switch() -> None:
    world = rate(institution(), CLERK, HIGH)
    switched = world.with_(numbers=[Number("duties.report_high.on", 1, date(2026, 8, 1))])
    assert owed(world, "report_high") == []
    (report,) = owed(switched, "report_high")
    assert (report.opens_on, report.due_on) == (date(2026, 8, 1), date(2026, 12, 31))
    assert owed(switched, "report_high", date(2026, 7, 31)) == []


def test_a_rule_switched_off_asks_nothing_more() -> None:
    off = [Number("duties.disclosure_high.on", 0, date(2026, 8, 1))]
    world = rate(institution(), CLERK, HIGH).with_(numbers=off)
    assert owed(world, "disclosure_high") == []
    assert len(owed(world, "disclosure_high", date(2026, 7, 31))) == 1


def test_a_changed_number_counts_from_its_day() -> None:
    numbers = [Number("duties.talk_regular_high.interval", 3, date(2026, 11, 15))]
    world = rate(institution(), CLERK, HIGH).with_(numbers=numbers)
    assert dues(owed(world, "talk_regular_high", date(2026, 11, 14))) == [date(2027, 1, 1)]
    assert dues(owed(world, "talk_regular_high", date(2026, 11, 15))) == [
        date(2026, 11, 15),
        date(2027, 2, 15),
    ]


def test_a_level_that_fell_and_came_back_starts_the_clock_anew() -> None:
    levels = [
        given("high", JULY, date(2026, 9, 30)),
        given("low", date(2026, 10, 1), date(2026, 10, 31), "2026-2"),
        given("high", date(2026, 11, 1), None, "2026-3"),
    ]
    world = rate(institution(), CLERK, *levels)
    assert owed(world, "check_high", date(2026, 10, 15)) == []
    assert dues(owed(world, "check_high", date(2026, 12, 1))) == [date(2027, 5, 1)]


def test_the_same_level_in_the_next_edition_does_not_start_the_clock_anew() -> None:
    levels = [
        given("high", JULY, date(2026, 9, 30)),
        given("high", date(2026, 10, 1), None, "2026-2"),
    ]
    (check,) = owed(rate(institution(), CLERK, *levels), "check_high", date(2026, 12, 1))
    assert (check.due_on, check.edition, check.level_since) == (date(2027, 1, 1), "2026-2", JULY)


def test_a_vacant_post_owes_nothing() -> None:
    world = rate(institution(), CASHIER, HIGH)
    assert [each for each in world.wanted(ON) if each.post == CASHIER] == []


def test_two_holders_of_a_post_each_owe_their_own() -> None:
    world = rate(institution(), CLERK, HIGH).with_(
        seated=[Seated(GAO, CLERK, SINCE, None, SeatKind.CONCURRENT)]
    )
    assert {each.person for each in owed(world, "disclosure_high")} == {HE, GAO}


def test_somebody_with_two_posts_owes_for_each_as_it_is_rated() -> None:
    world = rate(rate(institution(), CLERK, HIGH), ASSESSOR, MEDIUM).with_(
        seated=[Seated(HE, ASSESSOR, SINCE, None, SeatKind.CONCURRENT)]
    )
    found = {(each.rule, each.post) for each in world.wanted(ON) if each.person == HE}
    assert ("disclosure_high", CLERK) in found
    assert ("report_medium", ASSESSOR) in found
    assert len([each for each in owed(world, "learning") if each.person == HE]) == 1


# rotation ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "on", "expected"),
    [
        pytest.param(date(2022, 3, 1), date(2026, 8, 1), date(2027, 3, 1), id="within the notice"),
        pytest.param(date(2022, 3, 1), date(2027, 4, 1), date(2027, 3, 1), id="overdue"),
        pytest.param(date(2015, 3, 1), date(2026, 8, 1), JULY, id="longer: when it was rated"),
        pytest.param(date(2024, 3, 1), date(2028, 2, 29), None, id="before the notice"),
        pytest.param(date(2024, 3, 1), date(2028, 3, 1), date(2029, 3, 1), id="on its first day"),
    ],
)
def test_rotation_is_due_after_five_years_with_a_years_notice(
    held: date, on: date, expected: date | None
) -> None:
    world = rate(institution(), CASHIER, HIGH).with_(seated=[Seated(GAO, CASHIER, held)])
    found = [each for each in owed(world, "rotation_high", on) if each.person == GAO]
    assert dues(found) == ([expected] if expected else [])
    assert all((each.actor_role, each.actor) == ("organisation", None) for each in found)


def test_renewed_appointments_count_as_one_time_in_the_post() -> None:
    first = Seated(GAO, CASHIER, date(2021, 9, 1), date(2024, 8, 31))
    world = rate(institution(), CASHIER, HIGH).with_(
        seated=[first, Seated(GAO, CASHIER, date(2024, 9, 1))]
    )
    assert dues(owed(world, "rotation_high")) == [date(2026, 9, 1)]


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
