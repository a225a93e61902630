"""Whoever was talked to is asked to confirm the record, a talker for the talk that follows."""

from datetime import timedelta

import pytest
from django.test import Client

from lianfang.duties.models import Talk
from lianfang.duties.queries.talks import talks_to_follow
from lianfang.duties.tests.talking import held, planned
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.shell.todos import talks_to_follow_up, todos_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def test_the_person_is_asked_to_confirm(cast: Cast) -> None:
    held(cast, planned(cast))
    titles = {
        part: [todo.title for group in todos_for(cast.standing(part)) for todo in group.todos]
        for part in ("clerk", "head", "system")
    }
    assert "确认谈话记录 谈〔2026〕0001" in titles["clerk"]
    assert not any("谈话" in title for part in ("head", "system") for title in titles[part])


def test_a_talk_that_is_to_be_followed_asks_its_talker_until_another_is_planned(
    cast: Cast,
) -> None:
    first = held(cast, planned(cast))
    day = ON + timedelta(days=3)
    Talk.objects.filter(pk=first.pk).update(follow_up_on=day)
    head = cast.standing("head")
    assert talks_to_follow(cast.standing("clerk")) == []
    (todo,) = talks_to_follow_up(head)
    assert (todo.due, todo.title) == (day, "clerk")
    page = client_of(cast, "head").get(todo.url).content.decode()
    assert f'value="{day}"' in page
    partner = f"{cast.people['clerk'].pk}-{cast.posts['CWG'].pk}"
    assert f'<option value="{partner}" selected>' in page
    assert client_of(cast, "clerk").get(todo.url).status_code == 403
    assert client_of(cast, "colleague").get(todo.url).status_code == 404
    second = Talk.objects.filter(pk=planned(cast).pk)
    second.update(starts_at=AT + timedelta(days=2))
    assert talks_to_follow(head) == []
    second.update(state="cancelled", cancelled_reason="出差")
    assert talks_to_follow(head) == [first]
