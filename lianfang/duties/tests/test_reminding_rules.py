"""Whom a duty reminds, and when: by table, and what holds in any institution."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.duties.rules.reminding import (
    Due,
    OpenDuty,
    Reminding,
    Told,
    day_of,
    furthest_ahead,
)
from lianfang.duties.rules.values import ActorRole
from lianfang.duties.tests.random_worlds import DAYS, worlds
from lianfang.duties.tests.world import (
    CHEN,
    CLERK,
    FINANCE,
    HE,
    HEAD,
    JI,
    LIN,
    SCHEME,
    SECRETARY,
    SHEN,
    SINCE,
    XU,
    ZHOU,
    Sits,
    World,
    institution,
)
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.org.rules.structure import BodyKind
from lianfang.scheme.model import Actor, Measured, Quantity

DUE = date(2026, 5, 14)
DAY = timedelta(days=1)
CALENDAR = WorkCalendar()
REPORT = OpenDuty(1, HE, CLERK, FINANCE, ActorRole.HOLDER, HE, DUE, date(2026, 1, 1))
TALK = REPORT._replace(actor_role=ActorRole.CONTROL_OWNER, actor=CHEN)
VISIT = REPORT._replace(person=None, post=None, actor_role=ActorRole.PORTFOLIO_LEADER, actor=ZHOU)
MEASURE = VISIT._replace(actor_role=ActorRole.RESPONSIBLE_POST, actor=CHEN)
CHECK = REPORT._replace(actor_role=ActorRole.DISCIPLINE_OFFICE, actor=None)
OFFICE = Sits(LIN, BodyKind.LEADING_GROUP_OFFICE, SINCE)


def reminding(world: World, on: date) -> Reminding:
    return Reminding(world.structure(on), CALENDAR, SCHEME.reminders)


def reminded(duty: OpenDuty, on: date, *told: Told, world: World | None = None) -> dict[int, str]:
    """Return whom a duty reminds on a day, and by which code."""
    found = list(reminding(world or institution(), on).due(duty, told))
    assert {each.duty for each in found} <= {duty.id}
    return {each.person: each.code for each in found}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 5, 6), {}, id="eight days before"),
        pytest.param(date(2026, 5, 7), {HE: "ahead"}, id="a week before"),
        pytest.param(date(2026, 5, 13), {HE: "ahead"}, id="found late, still before"),
        pytest.param(DUE, {HE: "due"}, id="on the day"),
        pytest.param(date(2026, 5, 20), {HE: "due"}, id="four working days late"),
        pytest.param(date(2026, 5, 21), dict.fromkeys((HE, CHEN), "overdue_owner"), id="five"),
        pytest.param(
            date(2026, 5, 28),
            {HE: "overdue_leader", CHEN: "overdue_owner", ZHOU: "overdue_leader"},
            id="ten",
        ),
        pytest.param(
            date(2026, 6, 11),
            {
                HE: "overdue_head",
                CHEN: "overdue_owner",
                ZHOU: "overdue_leader",
                SHEN: "overdue_head",
            },
            id="twenty",
        ),
    ],
)
def test_a_report_reminds_its_writer_then_goes_up_the_chain(
    on: date, expected: dict[int, str]
) -> None:
    assert reminded(REPORT, on) == expected


@pytest.mark.parametrize(
    ("duty", "world", "to", "people"),
    [
        pytest.param(TALK, institution(), Actor.HOLDER, {CHEN}, id="the talker"),
        pytest.param(TALK, institution(), Actor.CONTROL_OWNER, {CHEN}, id="is the owner"),
        pytest.param(TALK, institution(), Actor.PORTFOLIO_LEADER, {CHEN, ZHOU}, id="leader"),
        pytest.param(
            VISIT, institution(), Actor.CONTROL_OWNER, {ZHOU}, id="never the head who is visited"
        ),
        pytest.param(VISIT, institution(), Actor.LEADERSHIP_HEAD, {ZHOU, SHEN}, id="above it"),
        pytest.param(
            MEASURE, institution(), Actor.CONTROL_OWNER, {CHEN, ZHOU}, id="a measure of the head"
        ),
        pytest.param(
            REPORT,
            institution(without=(HEAD,)),
            Actor.CONTROL_OWNER,
            {HE, ZHOU},
            id="over a vacancy",
        ),
        pytest.param(
            REPORT,
            institution(without=(HEAD, SECRETARY), led=()).with_(sits=[OFFICE]),
            Actor.CONTROL_OWNER,
            {HE, LIN},
            id="outside: the office records",
        ),
        pytest.param(CHECK, institution(), Actor.CONTROL_OWNER, {JI}, id="a body by itself"),
        pytest.param(CHECK, institution(), Actor.LEADERSHIP_HEAD, {JI, SHEN}, id="above a body"),
        pytest.param(
            CHECK._replace(person=SHEN),
            institution(),
            Actor.LEADERSHIP_HEAD,
            {JI},
            id="not the one who is checked",
        ),
        pytest.param(
            CHECK._replace(person=JI), institution(), Actor.HOLDER, set(), id="nor by themself"
        ),
        pytest.param(
            CHECK._replace(actor_role=ActorRole.LEADERSHIP),
            institution(),
            Actor.HOLDER,
            {SHEN, ZHOU, LIN},
            id="the leadership",
        ),
        pytest.param(
            CHECK._replace(actor_role=ActorRole.LEADERSHIP_HEAD),
            institution(),
            Actor.HOLDER,
            {SHEN},
            id="its head",
        ),
        pytest.param(
            CHECK._replace(actor_role=ActorRole.ORGANISATION),
            institution().with_(sits=[OFFICE]),
            Actor.HOLDER,
            {LIN},
            id="what the organisation owes",
        ),
    ],
)
def test_whom_a_rung_reaches(duty: OpenDuty, world: World, to: Actor, people: set[int]) -> None:
    assert reminding(world, DUE).recipients(to, duty) == people


def test_nobody_is_reminded_by_the_same_reminder_again_nor_by_an_earlier_one() -> None:
    assert reminded(REPORT, DUE, Told(HE, "due", DUE)) == {}
    assert reminded(REPORT, DUE - DAY, Told(HE, "due", DUE)) == {}
    assert reminded(REPORT, DUE, Told(HE, "ahead", DUE)) == {HE: "due"}


def test_a_date_that_moves_begins_anew() -> None:
    assert reminded(REPORT, DUE, Told(HE, "due", DUE - 30 * DAY)) == {HE: "due"}


def test_a_new_head_learns_of_what_the_last_one_left() -> None:
    later = date(2026, 5, 21)
    told = (Told(XU, "overdue_owner", DUE), Told(HE, "overdue_owner", DUE))
    assert reminded(REPORT, later, *told) == {CHEN: "overdue_owner"}


def test_a_duty_found_after_its_date_goes_up_from_the_day_it_was_found() -> None:
    found = REPORT._replace(opened_on=DUE + 60 * DAY)
    assert reminded(found, DUE + 60 * DAY) == {HE: "due"}
    assert SHEN not in reminded(found, DUE + 80 * DAY)
    assert SHEN in reminded(found, DUE + 90 * DAY)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (-7, Measured.DAYS, date(2026, 5, 7)),
        (-5, Measured.WORKING_DAYS, date(2026, 5, 7)),
        (5, Measured.WORKING_DAYS, date(2026, 5, 22)),
        (0, Measured.WORKING_DAYS, DUE),
        (-1, Measured.MONTHS, date(2026, 4, 14)),
        (1, Measured.YEARS, date(2027, 5, 14)),
    ],
)
def test_days_are_counted_in_the_unit_of_the_scheme(
    value: float, unit: Measured, expected: date
) -> None:
    holiday = WorkCalendar(departures={date(2026, 5, 18): False})
    after = Quantity(value=value, unit=unit, default=True)
    assert day_of(after, REPORT, holiday) == expected


def test_how_far_ahead_one_has_to_look() -> None:
    assert furthest_ahead(SCHEME.reminders) == 7 * DAY
    assert furthest_ahead(()) == 0 * DAY


def _open(world: World, on: date) -> list[OpenDuty]:
    return [
        OpenDuty(
            n, each.person, each.post, each.unit, ActorRole(each.actor_role), each.actor,
            each.due_on, each.opens_on,
        )
        for n, each in enumerate(world.wanted(on))
    ]  # fmt: skip


@settings(deadline=None)
@given(worlds(), DAYS, st.integers(0, 60))
def test_night_after_night_nobody_gets_one_twice_or_as_their_own_overseer(
    world: World, on: date, skipped: int
) -> None:
    duties = _open(world, on)
    told: dict[int, list[Told]] = {}
    seen: set[Due] = set()
    for night in (on, on, on + skipped * DAY):
        rules = reminding(world, night)
        for duty in duties:
            for due in rules.due(duty, told.get(duty.id, ())):
                assert due not in seen
                seen.add(due)
                told.setdefault(duty.id, []).append(Told(due.person, due.code, due.due_on))
                is_subject = due.person == duty.person
                assert not is_subject or due.person == duty.actor
    people = {seat.person for seat in world.seated}
    assert {due.person for due in seen} <= people | {sits.person for sits in world.sits}


@pytest.mark.parametrize(
    ("told_on", "expected"),
    [
        pytest.param(None, {HE}, id="nobody was told"),
        pytest.param(date(2026, 5, 20), set(), id="yesterday"),
        pytest.param(date(2026, 5, 19), set(), id="two working days ago"),
        pytest.param(date(2026, 5, 18), {HE}, id="three working days ago"),
    ],
)
def test_whoever_is_late_may_be_pressed_once_in_three_working_days(
    told_on: date | None, expected: set[int]
) -> None:
    last_told = {} if told_on is None else {HE: told_on}
    assert reminding(institution(), date(2026, 5, 21)).pressed(REPORT, last_told) == expected


@pytest.mark.parametrize("on", [DUE - DAY, DUE])
def test_nobody_is_pressed_before_the_day_is_past(on: date) -> None:
    assert not reminding(institution(), on).pressed(REPORT, {})
