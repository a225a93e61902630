"""What holders of posts owe by their levels: talks, checks, reports, statements, rotation."""

from datetime import date

import pytest

from lianfang.duties.rules.oracle import OF_HOLDERS, OF_PERSONS, OF_RULES
from lianfang.duties.rules.values import Wanted
from lianfang.duties.tests.asking import DAY, HIGH, JULY, LOW, MEDIUM, ON, dues, owed, rate
from lianfang.duties.tests.world import (
    ASSESSOR,
    CASHIER,
    CHEN,
    CLERK,
    DEPUTY,
    FINANCE,
    GAO,
    HE,
    SCHEME,
    SECTION_CLERK,
    SINCE,
    Number,
    Seated,
    given,
    institution,
    raised,
)
from lianfang.org.rules.structure import SeatKind
from lianfang.scheme.model import Occasion, Subject


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


def test_every_rule_of_the_scheme_is_asked_for() -> None:
    elsewhere = {(Occasion.ADVERSE_REPORT, Subject.HOLDER), (Occasion.YEAR, Subject.SAMPLE)}
    asked = {*OF_HOLDERS, *OF_RULES, OF_PERSONS, *elsewhere}
    unasked = [rule.code for rule in SCHEME.duties if (rule.occasion, rule.subject) not in asked]
    assert unasked == [], "No row of rules/oracle.py has their occasion and subject."


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
