"""Notices: told, seen, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.notices import actions
from lianfang.notices.access import get_notice_for, notices_visible_to
from lianfang.notices.models import Notice
from lianfang.notices.queries import page_of_notices, told_since, unseen_for

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
KIND = "org.calendar_missing"


@pytest.fixture
def chen() -> User:
    """Return somebody with a login."""
    return User.objects.create(username="chen", organisation=3, created_at=AT)


def told(recipient: User, url: str = "/org/calendar/") -> Notice:
    """Tell somebody something."""
    return actions.tell(recipient=recipient, kind=KIND, url=url, at=AT)


def test_a_notice_is_told_and_stands_in_the_log(chen: User) -> None:
    notice = told(chen)
    assert unseen_for(chen.pk) == [notice]
    event = Event.objects.get()
    assert (event.action, event.organisation) == ("notices.notice.told", 3)


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example/", "org/", "javascript:alert(1)"]
)
def test_a_notice_leads_to_no_other_host(chen: User, url: str) -> None:
    with pytest.raises(ValueError, match="a page of ours"):
        told(chen, url)


def test_a_kind_without_words_is_refused(chen: User) -> None:
    with pytest.raises(KeyError):
        actions.tell(recipient=chen, kind="no.such", url="", at=AT)


def test_a_notice_is_seen_once(chen: User) -> None:
    notice = told(chen)
    actions.mark_seen(notice=notice, by=chen, at=AT)
    seen = actions.mark_seen(notice=notice, by=chen, at=AT + timedelta(days=1))
    assert seen.seen_at == AT
    assert unseen_for(chen.pk) == []
    assert Event.objects.filter(action="notices.notice.seen").count() == 1


def test_all_are_seen_together_in_one_event(chen: User) -> None:
    for _ in range(3):
        told(chen)
    other = User.objects.create(username="wu", created_at=AT)
    told(other)
    assert actions.mark_all_seen(by=chen, at=AT) == 3
    assert actions.mark_all_seen(by=chen, at=AT) == 0
    assert unseen_for(chen.pk) == []
    assert len(unseen_for(other.pk)) == 1
    event = Event.objects.get(action="notices.notice.seen")
    assert event.rows == 3


def test_nobody_sees_what_somebody_else_was_told(chen: User) -> None:
    notice = told(chen)
    wu = User.objects.create(username="wu", created_at=AT)
    assert get_notice_for(chen, notice.pk) == notice
    assert not notices_visible_to(wu).exists()
    with pytest.raises(Http404):
        get_notice_for(wu, notice.pk)


@pytest.mark.parametrize("count", [1, 20])
def test_what_the_desk_asks_costs_one_statement(
    chen: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        told(chen)
    # notices
    with django_assert_num_queries(1):
        assert len(unseen_for(chen.pk)) == min(count, 5)
    # notices
    with django_assert_num_queries(1):
        assert len(page_of_notices(notices_visible_to(chen)).notices) == count


def test_pages_of_notices_follow_each_other(chen: User) -> None:
    numbers = [told(chen).pk for _ in range(35)]
    first = page_of_notices(notices_visible_to(chen))
    second = page_of_notices(notices_visible_to(chen), before=first.older)
    assert [notice.pk for notice in [*first.notices, *second.notices]] == numbers[::-1]
    assert second.older is None


def test_who_was_told_since_a_moment(chen: User) -> None:
    told(chen)
    assert told_since(KIND, AT, [chen.pk]) == {chen.pk}
    assert told_since(KIND, AT + timedelta(seconds=1), [chen.pk]) == frozenset()
    assert told_since(KIND, AT, []) == frozenset()
