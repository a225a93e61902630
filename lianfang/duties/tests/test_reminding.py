"""People are reminded at night: one notice each, once, and it leads where they may look."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.duties import access
from lianfang.duties.actions.closing import fulfil_duty, waive_duty
from lianfang.duties.actions.reminding import remind
from lianfang.duties.jobs import remind_all
from lianfang.duties.models import Duty, Reminder
from lianfang.duties.queries.reminding import reminded_of
from lianfang.duties.tests.making import owed
from lianfang.duties.tests.world import SCHEME
from lianfang.notices.models import Notice
from lianfang.org.models import Organisation, Person
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def night(cast: Cast, days: int = 0) -> int:
    """Return how many were told in the night so many days later."""
    return remind(organisation=cast.organisation, on=ON + days * DAY, by=None, at=AT + days * DAY)


def told(cast: Cast) -> list[tuple[str, str, str]]:
    """Return who was told what, and where it leads."""
    part = {login.pk: name for name, login in cast.logins.items()}
    rows = Notice.objects.order_by("pk").values_list("recipient", "kind", "url")
    return [(part[recipient], kind, url) for recipient, kind, url in rows]


def test_a_duty_reminds_and_goes_up_while_it_is_open(cast: Cast) -> None:
    duty = owed(cast)
    page = f"/duties/{duty.pk}/"
    assert night(cast, -8) == 0
    assert night(cast, -7) == 1
    assert told(cast) == [("head", "duties.due", page)]
    night(cast)
    assert told(cast)[1:] == [("head", "duties.due", page)]
    night(cast, 14)
    assert set(told(cast)[2:]) == {(who, "duties.overdue", page) for who in ("head", "deputy")}
    night(cast, 28)
    assert {who for who, _, _ in told(cast)[4:]} == {"head", "secretary"}


def test_a_second_time_on_the_same_day_tells_nobody(cast: Cast) -> None:
    owed(cast)
    assert night(cast) == 1
    events = Event.objects.count()
    assert night(cast) == 0
    assert (Notice.objects.count(), Event.objects.count()) == (1, events)


def test_many_duties_after_many_missed_nights_make_one_notice_each(cast: Cast) -> None:
    for days in range(12):
        owed(cast, due_on=ON + days * DAY)
    assert night(cast, 40) == 3
    assert set(told(cast)) == {
        (who, "duties.overdue", "/duties/reminders/") for who in ("head", "deputy", "secretary")
    }
    sent = Event.objects.get(action="duties.reminders.sent")
    assert (sent.rows, sent.organisation) == (36, cast.organisation.pk)
    assert Event.objects.get(action="notices.notice.told").rows == 3


@pytest.mark.parametrize("state", ["done", "waived", "lapsed"])
def test_what_is_closed_reminds_nobody(cast: Cast, state: str) -> None:
    duty = owed(cast)
    if state == "done":
        fulfil_duty(
            duty=duty, done_on=ON, evidence="谈话记录", on=ON, by=cast.logins["head"], at=AT
        )
    elif state == "waived":
        waive_duty(duty=duty, reason="已调离", on=ON, by=cast.logins["officer"], at=AT)
    else:
        Duty.objects.update(state="lapsed", lapse=Duty.Lapse.LEVEL, closed_on=ON)
    assert night(cast, 40) == 0


def test_who_can_not_sign_in_is_told_once_they_can(cast: Cast) -> None:
    owed(cast)
    login = cast.logins["head"]
    User.objects.filter(pk=login.pk).update(is_active=False)
    assert night(cast) == 0
    assert not Reminder.objects.exists()
    User.objects.filter(pk=login.pk).update(is_active=True)
    assert night(cast, 1) == 1


def test_who_left_is_not_told(cast: Cast) -> None:
    owed(cast)
    Person.objects.filter(pk=cast.people["head"].pk).update(left_on=ON)
    assert night(cast) == 0


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"actor": None, "actor_role": "discipline_office"},
        {"actor": None, "actor_role": "superior"},
        {"actor": None, "actor_role": "leadership"},
    ],
    ids=["a talk", "a check", "of an outside body", "of the leadership"],
)
def test_whoever_is_told_may_open_the_duty(cast: Cast, values: dict[str, object]) -> None:
    duty = owed(cast, **values)
    assert night(cast, 40) > 0
    part = {person.pk: name for name, person in cast.people.items()}
    for reminder in Reminder.objects.all():
        standing = cast.standing(part[reminder.person_id])
        assert list(access.duties_reminding(standing)) == [duty]


def test_nobody_is_told_of_another_organisations_duties(cast: Cast) -> None:
    owed(full_cast("other"))
    assert night(cast, 40) == 0


def test_each_organisation_is_reminded_on_its_own_day(cast: Cast) -> None:
    elsewhere = full_cast("lisbon")
    Organisation.objects.filter(pk=elsewhere.organisation.pk).update(time_zone="Europe/Lisbon")
    new_year = datetime(2026, 12, 31, 17, tzinfo=UTC)
    for each in (cast, elsewhere):
        owed(each, due_on=date(2027, 1, 8))
    assert remind_all(date(2027, 1, 1), new_year) == 1
    assert remind_all(date(2026, 12, 31), new_year) == 0
    assert remind_all(date(2027, 1, 2), new_year + DAY) == 1
    assert Reminder.objects.values("duty__organisation").distinct().count() == 2


@pytest.mark.parametrize("duties", [1, 20])
def test_the_statements_do_not_grow_with_the_duties(
    cast: Cast, duties: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(duties):
        owed(cast)
    # savepoint; organisation, locked; units, posts, seats, portfolios, members; days and years of
    # the calendar; numbers set; duties; who was told; logins; savepoint, notices, five for their
    # event, release; reminders, five for their event; release
    with django_assert_num_queries(28):
        night(cast, 40)


@pytest.mark.parametrize("duties", [1, 20])
def test_the_page_behind_a_notice_shows_what_is_still_open(
    cast: Cast,
    duties: int,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    made = [owed(cast, due_on=ON - 40 * DAY, opens_on=ON - 50 * DAY) for _ in range(duties)]
    Duty.objects.update(opened_at=AT - 60 * DAY)
    night(cast)
    client = Client()
    client.force_login(cast.logins["deputy"])
    page = client.get("/duties/reminders/").content.decode()
    assert all(f"/duties/{duty.pk}/" in page for duty in made)
    assert "逾期告知分管领导 · 2026年5月14日" in page
    assert "履行人：head" in page
    standing = cast.standing("deputy")
    # duties, reminders
    with django_assert_num_queries(2):
        reminded_of(access.duties_reminding(standing), standing.person_id, SCHEME)
    fulfil_duty(duty=made[0], done_on=ON, evidence="谈话记录", on=ON, by=cast.logins["head"], at=AT)
    assert f"/duties/{made[0].pk}/" not in client.get("/duties/reminders/").content.decode()
