"""Appointments recorded on pages: what they ask for is owed on the next page already."""

from datetime import timedelta

import pytest

from lianfang.duties.models import Duty
from lianfang.org.models import Appointment
from lianfang.org.tests.cast import ON, Cast, appointment_of, full_cast
from lianfang.risks.tests.entering import Entered, browsers_of, shown
from lianfang.risks.tests.leveling import publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def _states(cast: Cast, part: str) -> set[tuple[str, str]]:
    rows = Duty.objects.filter(person=cast.people[part], rule="talk_before_medium")
    return set(rows.values_list("state", "lapse"))


def test_the_talk_before_an_appointment_is_owed_at_once(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="medium")
    system, post = enter("system"), cast.posts["CWG"].pk
    page = f"/duties/posts/{post}/appoint/"
    assert f'href="{page}"' in shown(system, f"/org/posts/{post}/")
    sent = {
        "person": cast.people["colleague"].pk,
        "kind": "concurrent",
        "from_on": (ON + 30 * DAY).isoformat(),
        "document": "人发〔2026〕7号",
    }
    answer = system.post(page, sent)
    assert answer.headers["Location"] == f"/org/posts/{post}/"
    talk = Duty.objects.get(person=cast.people["colleague"], rule="talk_before_medium")
    assert (talk.due_on, talk.actor) == (ON + 29 * DAY, cast.people["head"])
    again = system.post(page, sent)
    assert again.status_code == 422
    assert "请核对起止日期" in again.content.decode()


def test_what_is_owed_no_more_lapses_with_the_end(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="medium")
    system, seat = enter("system"), appointment_of(cast, "clerk")
    page = f"/duties/appointments/{seat.pk}/end/"
    assert f'href="{page}"' in shown(system, f"/org/posts/{seat.post_id}/")
    system.post(f"/duties/posts/{seat.post_id}/appoint/", {
        "person": cast.people["colleague"].pk, "kind": "full", "from_on": ON.isoformat(),
    })  # fmt: skip
    assert _states(cast, "clerk") == {("open", "")}
    early = system.post(page, {"last_on": "1999-01-01"})
    assert early.status_code == 422
    assert system.post(page, {"last_on": (ON - DAY).isoformat()}).status_code == 302
    assert _states(cast, "clerk") == {("lapsed", "left")}


def test_what_an_entry_by_mistake_asked_for_lapses_with_it(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="medium")
    system, post = enter("system"), cast.posts["CWG"].pk
    system.post(f"/duties/posts/{post}/appoint/", {
        "person": cast.people["colleague"].pk, "kind": "full", "from_on": ON.isoformat(),
    })  # fmt: skip
    seat = Appointment.objects.get(person=cast.people["colleague"], post=post)
    page = f"/duties/appointments/{seat.pk}/withdraw/"
    assert f'href="{page}"' in shown(system, f"/org/posts/{post}/")
    assert _states(cast, "colleague") == {("open", "")}
    assert system.post(page, {"reason": "录错人"}).status_code == 302
    assert _states(cast, "colleague") == {("lapsed", "left")}
