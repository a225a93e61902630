"""Duties follow by themselves: every night, and as soon as an appointment is confirmed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.duties.actions.appointing import confirm_appointment
from lianfang.duties.jobs import follow_changes, run
from lianfang.duties.models import Duty
from lianfang.duties.rules.following import FOLLOWED
from lianfang.org import actions as org
from lianfang.org import words as org_words
from lianfang.org.actions.changing import Taken
from lianfang.org.models import Appointment, Organisation
from lianfang.org.tests.cast import AT, ON, Cast, appointment_of, full_cast
from lianfang.risks.tests.leveling import publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def test_the_night_finds_an_appointment_that_was_recorded_elsewhere(cast: Cast) -> None:
    publish(cast, CWG="medium")
    org.end_appointment(appointment=appointment_of(cast, "clerk"), on=ON, by=None, at=AT)
    org.appoint(
        person=cast.people["colleague"], post=cast.posts["CWG"], from_on=ON + DAY, by=None, at=AT
    )
    assert run(ON, AT) == 1
    talk = Duty.objects.get(rule="talk_before_medium", person=cast.people["colleague"])
    assert (talk.due_on, talk.actor) == (ON, cast.people["head"])
    assert run(ON, AT) == 0


def test_a_missed_night_is_left_to_the_last_one(cast: Cast) -> None:
    publish(cast, CWG="medium")
    assert run(ON - DAY, AT) == 0
    assert not Duty.objects.exists()
    assert run(ON, AT) == 1


def test_every_organisation_is_swept_on_its_own_day(cast: Cast) -> None:
    new_year = datetime(2026, 12, 31, 17, tzinfo=UTC)
    elsewhere = full_cast("lisbon")
    Organisation.objects.filter(pk=elsewhere.organisation.pk).update(time_zone="Europe/Lisbon")
    for each in (cast, elsewhere):
        publish(each, CWG="medium")
    assert run(date(2027, 1, 1), new_year) == 2
    years = Duty.objects.filter(rule="learning", person__name="clerk").values_list(
        "organisation__code", "period__year"
    )
    assert set(years) == {("centre", 2026), ("centre", 2027), ("lisbon", 2026)}


def test_an_appointment_that_is_confirmed_opens_its_talk_at_once(cast: Cast) -> None:
    publish(cast, CWG="high")
    made = confirm_appointment(
        person=cast.people["colleague"],
        post=cast.posts["CWG"],
        from_on=ON + 30 * DAY,
        on=ON,
        kind=Appointment.Kind.CONCURRENT,
        document="人发〔2026〕7号",
        by=cast.logins["system"],
        at=AT,
    )
    assert (made.document, made.kind) == ("人发〔2026〕7号", "concurrent")
    talks = Duty.objects.filter(person=cast.people["colleague"])
    assert [(talk.rule, talk.due_on) for talk in talks] == [("talk_before_high", ON + 29 * DAY)]


def test_an_appointment_that_is_refused_opens_nothing(cast: Cast) -> None:
    publish(cast, CWG="high")
    with pytest.raises(Taken):
        confirm_appointment(
            person=cast.people["clerk"],
            post=cast.posts["CWG"],
            from_on=ON,
            on=ON,
            by=None,
            at=AT,
        )
    assert not Duty.objects.exists()


# what the log tells ---------------------------------------------------------------------------


def test_any_change_is_followed_once(cast: Cast) -> None:
    publish(cast, CWG="medium")
    assert follow_changes(AT) == 1
    assert Duty.objects.get(rule="report_medium").state == "open"
    assert follow_changes(AT) == 0
    org.record_departure(person=cast.people["clerk"], on=ON, by=None, at=AT)
    assert follow_changes(AT) == 1
    assert Duty.objects.get(rule="report_medium").lapse == "left"
    assert follow_changes(AT) == 0


def test_without_a_change_two_statements_look_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    follow_changes(AT)
    with django_assert_num_queries(3):
        # the organisations, how far this one was followed, what came after
        assert follow_changes(AT) == 0


def test_a_change_that_duties_do_not_follow_from_is_passed_over(cast: Cast) -> None:
    follow_changes(AT)
    org.create_post(unit=cast.units["CW"], code="CWX", name="新岗", by=None, at=AT)
    assert follow_changes(AT) == 0


def test_every_kind_of_entry_about_the_organisation_is_followed_or_told_apart() -> None:
    known = {action for action in org_words.ACTIONS if action.startswith("org.")}
    assert known - set(FOLLOWED) == {
        # what comes of them is an entry of its own, or no duty follows from it
        "org.administrator.appointed",
        "org.body.created",
        "org.organisation.created",
        "org.person.created",
        "org.person.kinship_recorded",
        "org.person.login_attached",
        "org.person.login_detached",
        "org.person.qualified",
        "org.post.created",
    }
    assert {action for action in FOLLOWED if action.startswith("org.")} <= known
