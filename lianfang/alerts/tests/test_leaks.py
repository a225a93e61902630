"""Nothing elsewhere tells somebody of an alert about themself (security 1, 2)."""

import pytest
from django.test import Client
from django.urls import reverse

from lianfang.alerts.tests.making import SCHEME, measured, noticed, talk_of, talked, triaged
from lianfang.duties.access import duties_visible_to, get_talk_for, may_read, talks_visible_to
from lianfang.duties.actions.reminding import remind
from lianfang.duties.queries.figures import shares_of
from lianfang.duties.queries.talk_paper import told_of
from lianfang.duties.tests.talking import planned
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
LABEL = "不良反映谈话"


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def signed_in(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def sees_talk_duty(cast: Cast, part: str) -> bool:
    return duties_visible_to(cast.standing(part)).filter(origin="alert").exists()


def test_the_talk_it_asks_for_is_seen_by_who_talks_and_the_office_alone(cast: Cast) -> None:
    triaged(cast)
    parts = ("secretary", "deputy", "head", "clerk", "colleague", "office", "officer", "overseer")
    assert {part for part in parts if sees_talk_duty(cast, part)} == {"head", "officer"}


def test_the_duty_about_a_head_is_not_among_those_of_the_unit(cast: Cast) -> None:
    triaged(cast, noticed(cast, "head", by="deputy"), way="owner", by="deputy")
    assert not sees_talk_duty(cast, "head")


def test_a_talk_with_one_of_the_office_is_hidden_from_the_office(cast: Cast) -> None:
    alert = triaged(cast, noticed(cast, "officer"), way="head", by="secretary")
    duty = talk_of(alert)
    talk = planned(cast, duty, kind="reminder", by="secretary", person="officer", post="JJG")
    assert not sees_talk_duty(cast, "officer")
    other = cast.standing("office")
    assert not talks_visible_to(other).filter(pk=talk.pk).exists()
    assert talks_visible_to(cast.standing("officer")).filter(pk=talk.pk).exists()


def test_numbers_of_duties_leave_it_out(cast: Cast) -> None:
    triaged(cast)
    assert shares_of([cast.units["CW"].pk], ON) == {}


def test_the_person_reads_who_talks_and_when_and_not_that_there_is_a_sign(cast: Cast) -> None:
    alert = measured(cast)
    talk = planned(cast, talk_of(alert), kind="reminder")
    page = signed_in(cast, "clerk").get(reverse("duties:talk", args=[talk.pk]))
    text = page.content.decode()
    assert "小会议室" in text
    assert LABEL not in text
    assert alert.what not in text
    assert "依据 五（五）1" not in text
    assert LABEL in signed_in(cast, "head").get(page.request["PATH_INFO"]).content.decode()


def test_once_it_was_held_the_person_reads_the_record_and_still_no_sign(cast: Cast) -> None:
    alert = measured(cast)
    talked(cast, alert)
    talk = talk_of(alert).talks.get()
    standing = cast.standing("clerk")
    assert may_read(standing, get_talk_for(standing, talk.pk))
    page = signed_in(cast, "clerk").get(reverse("duties:talk", args=[talk.pk]))
    assert LABEL not in page.content.decode()
    assert told_of(talk, SCHEME).reasons == []


def test_reminders_of_duties_tell_nobody_above_of_it(cast: Cast) -> None:
    triaged(cast)
    Notice.objects.all().delete()
    late = ON.replace(month=12)
    remind(organisation=cast.organisation, on=late, by=None, at=AT)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("part", ["clerk", "colleague", "secretary", "system", "audit"])
def test_its_page_is_not_found_by_whoever_need_not_know(cast: Cast, part: str) -> None:
    alert = triaged(cast)
    answer = signed_in(cast, part).get(reverse("alerts:alert", args=[alert.pk]))
    assert answer.status_code == 404
