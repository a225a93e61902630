"""Somebody above presses those who are late: once, in one notice each, and nobody in between."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.duties.access.pressing import duties_pressed_by, may_press
from lianfang.duties.actions.closing import waive_duty
from lianfang.duties.actions.reminding import Sent, press, remind
from lianfang.duties.models import Duty, Reminder
from lianfang.duties.queries.reminding import reminded_of
from lianfang.duties.tests.making import owed
from lianfang.duties.tests.world import SCHEME
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Thursday, 14 May 2026: the third working day after it is Tuesday
TUESDAY = 5
LATE = {"opens_on": ON - 9 * DAY, "due_on": ON - 9 * DAY}


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def pressed(cast: Cast, part: str = "secretary", days: int = 0) -> Sent:
    return press(
        organisation=cast.organisation,
        duties=duties_pressed_by(cast.standing(part)),
        on=ON + days * DAY,
        by=cast.logins[part],
        at=AT + days * DAY,
    )


def told(cast: Cast) -> list[tuple[str, str, str]]:
    part = {login.pk: name for name, login in cast.logins.items()}
    rows = Notice.objects.order_by("pk").values_list("recipient", "kind", "url")
    return [(part[recipient], kind, url) for recipient, kind, url in rows]


def test_whoever_is_late_gets_one_notice_of_all_of_it(cast: Cast) -> None:
    for ground in ("one", "two"):
        owed(cast, **LATE, ground=ground)
    owed(cast)
    assert pressed(cast) == Sent(people=1, duties=2)
    assert told(cast) == [("head", "duties.pressed", "/duties/reminders/")]
    event = Event.objects.get(action="duties.reminders.sent")
    assert (event.actor, event.rows) == (f"user:{cast.logins['secretary'].pk}", 2)
    assert event.rule == "五（七）2（1）"


def test_the_same_is_pressed_again_after_three_working_days_only(cast: Cast) -> None:
    owed(cast, **LATE)
    assert pressed(cast).people == 1
    assert [pressed(cast, days=days).people for days in range(TUESDAY)] == [0] * TUESDAY
    assert pressed(cast, days=TUESDAY).people == 1


def test_a_reminder_by_the_clock_counts_as_told(cast: Cast) -> None:
    owed(cast, **LATE)
    remind(organisation=cast.organisation, on=ON, by=None, at=AT)
    assert pressed(cast, days=1) == Sent()
    assert pressed(cast, days=TUESDAY) == Sent(people=1, duties=1)


def test_pressing_keeps_no_reminder_of_the_clock_back(cast: Cast) -> None:
    owed(cast, **LATE)
    pressed(cast)
    assert remind(organisation=cast.organisation, on=ON, by=None, at=AT) == 1
    assert set(Reminder.objects.values_list("code", flat=True)) == {"due", "pressed"}


def test_nobody_presses_themself_and_a_body_is_pressed_but_for_who_does(cast: Cast) -> None:
    owed(cast, **LATE, actor=cast.people["secretary"], ground="own")
    owed(cast, **LATE, actor=None, actor_role=Duty.ActorRole.LEADING_GROUP_OFFICE, ground="body")
    assert pressed(cast, "office") == Sent(people=1, duties=1)
    assert [who for who, _, _ in told(cast)] == ["secretary"]
    assert pressed(cast).duties == 1


def test_what_is_not_late_what_is_settled_and_what_alerts_ask_for_is_left_alone(
    cast: Cast,
) -> None:
    owed(cast)
    waived = owed(cast, **LATE, ground="waived")
    waive_duty(duty=waived, reason="已调离", on=ON, by=cast.logins["officer"], at=AT)
    owed(cast, **LATE, ground="alert", origin=Duty.Origin.ALERT)
    assert pressed(cast, "officer") == Sent()


def test_a_leader_presses_in_the_own_portfolio_alone(cast: Cast) -> None:
    owed(cast, **LATE, unit=cast.units["CW"], ground="own")
    owed(cast, **LATE, unit=cast.units["PS"], ground="other")
    assert pressed(cast, "deputy").duties == 1
    assert pressed(cast, "secretary").duties == 1
    pressing = {part for part in cast.logins if may_press(cast.standing(part))}
    assert pressing == {"secretary", "deputy", "office", "officer"}


def test_the_page_of_reminders_says_who_pressed(cast: Cast) -> None:
    owed(cast, **LATE)
    pressed(cast)
    (row,) = reminded_of(Duty.objects.all(), cast.people["head"].pk, SCHEME)
    assert row.by is not None
    assert (row.by.zh, row.by.en) == ("上级催办", "Pressed by those above")


def test_the_statements_do_not_grow_with_what_is_late(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    duties = duties_pressed_by(cast.standing("secretary"))
    for number in range(20):
        owed(cast, **LATE, ground=f"late {number}")
    # savepoints 4, organisation 1, facts of reminding 8, asker 1, duties and reminders 2, logins 1,
    # notices 1, reminders 1, log of both 10
    with django_assert_num_queries(29):
        press(
            organisation=cast.organisation,
            duties=duties,
            on=ON,
            by=cast.logins["secretary"],
            at=AT,
        )
