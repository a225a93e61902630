"""Channels and what people want: set once, told in the log, secrets kept to themselves."""

import json
from datetime import time

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from lianfang.accounts.models import User
from lianfang.audit.models import Detail, Event
from lianfang.common.errors import Stale
from lianfang.common.sealing import OtherKey, seal, unseal
from lianfang.notices.actions import outbox
from lianfang.notices.actions.channels import PURPOSE, NoSuchBot, NotComplete, try_again
from lianfang.notices.models import Channel, Message, Preference
from lianfang.notices.queries import channels_of, last_sent, troubles_of
from lianfang.notices.tests.sending import (
    ADDRESSES,
    AT,
    HERE,
    KEY,
    SHANGHAI,
    bot,
    login,
    mail,
    told,
    wishing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wu() -> User:
    """Return the system administrator."""
    return login("wu")


def secret_of(channel: Channel) -> object:
    return json.loads(unseal(channel.sealed, purpose=PURPOSE))


def test_a_bot_keeps_its_key_sealed_and_the_log_tells_that_it_has_one(wu: User) -> None:
    channel = bot("wecom", wu)
    assert secret_of(channel) == {"key": KEY, "secret": ""}
    told_of = Detail.objects.get(event__action="notices.channel.set", name="changes")
    assert json.loads(told_of.text) == {"is_on": [False, True], "sealed": [False, True]}


def test_an_empty_secret_keeps_the_one_there_is(wu: User) -> None:
    bot("wecom", wu)
    assert secret_of(bot("wecom", wu, address="", daily_at=time(9))) == {"key": KEY, "secret": ""}
    mail(25, wu, password="open sesame")
    assert secret_of(mail(26, wu)) == {"password": "open sesame"}


def test_a_password_does_not_follow_to_another_login(wu: User) -> None:
    mail(25, wu, password="open sesame")
    assert mail(25, wu, username="somebody").sealed == ""


@pytest.mark.parametrize("kind", ADDRESSES)
def test_the_address_of_anything_else_is_refused(wu: User, kind: str) -> None:
    with pytest.raises(NoSuchBot):
        bot(kind, wu, address="https://127.0.0.1/hook")
    assert not Channel.objects.exists()


def test_a_bot_without_an_address_can_not_be_on(wu: User) -> None:
    with pytest.raises(NotComplete):
        bot("feishu", wu, address="")
    assert not bot("feishu", wu, address="", is_on=False).is_on


def test_a_form_that_was_open_too_long_is_told_so(wu: User) -> None:
    bot("wecom", wu, version=0)
    with pytest.raises(Stale):
        bot("wecom", wu, version=0)
    assert bot("wecom", wu, version=1).version == 2


def test_one_purpose_opens_no_other() -> None:
    with pytest.raises(OtherKey):
        unseal(seal("x", purpose="one"), purpose="another")


def test_a_wish_is_kept_once_for_each_and_its_address_can_be_erased() -> None:
    chen = wishing("chen")
    wishing_again = Preference.objects.get(recipient=chen)
    assert (wishing_again.email, wishing_again.version) == ("chen@mail.example", 1)
    names = Detail.objects.filter(event__action="notices.preference.set").values_list(
        "name", flat=True
    )
    assert {"email", "changes"} <= set(names)


def test_quiet_hours_have_both_ends() -> None:
    wishing("chen")
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.update(quiet_from=time(22))


def test_no_group_has_two_messages_on_their_way(wu: User) -> None:
    values = {"channel": bot("wecom", wu), "created_at": AT, "due_at": AT}
    Message.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**values)


def test_nobody_has_two_messages_on_their_way(wu: User) -> None:
    channel, chen = mail(25, wu), wishing("chen")
    told(chen)
    assert outbox.plan(organisation=HERE, zone=SHANGHAI, at=AT) == 1
    assert outbox.plan(organisation=HERE, zone=SHANGHAI, at=AT) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(channel=channel, recipient=chen, created_at=AT, due_at=AT)


def test_what_was_given_up_is_not_sent_beside_a_newer_one(wu: User) -> None:
    channel, chen = mail(25, wu), wishing("chen")
    values = {"channel": channel, "recipient": chen, "created_at": AT, "due_at": AT}
    failed = Message.objects.create(state="failed", finished_at=AT, **values)
    Message.objects.create(**values)
    assert try_again(organisation=HERE, by=wu, at=AT) == 0
    failed.refresh_from_db()
    assert failed.state == "dropped"
    assert try_again(organisation=HERE, by=wu, at=AT) == 0
    assert Event.objects.filter(action="notices.message.retried").count() == 1


def test_another_organisations_messages_are_left_alone(wu: User) -> None:
    channel = mail(25, wu)
    Message.objects.create(channel=channel, state="failed", created_at=AT, due_at=AT)
    assert try_again(organisation=HERE + 1, by=wu, at=AT) == 0
    assert troubles_of(HERE + 1).messages == []
    assert channels_of(HERE + 1) == {}


def test_what_did_not_leave_is_told_page_by_page(wu: User) -> None:
    channel = mail(25, wu)
    made = [
        Message.objects.create(channel=channel, state="failed", created_at=AT, due_at=AT).pk
        for _number in range(31)
    ]
    first = troubles_of(HERE)
    assert [message.pk for message in first.messages] == made[:0:-1]
    assert first.older == made[1]
    rest = troubles_of(HERE, before=first.older)
    assert ([message.pk for message in rest.messages], rest.older) == ([made[0]], None)


@pytest.mark.parametrize("people", [1, 20])
def test_planning_and_the_page_cost_the_same_for_many(
    wu: User, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mail(25, wu)
    bot("wecom", wu)
    for number in range(people):
        told(wishing(f"chen{number}"))
    # savepoint; channels; people; groups; messages; five for their event; release
    with django_assert_num_queries(11):
        assert outbox.plan(organisation=HERE, zone=SHANGHAI, at=AT) == people + 1
    Message.objects.update(tries=1)
    # channels; troubles; when each sent last
    with django_assert_num_queries(3):
        assert len(channels_of(HERE)) == 2
        assert len(troubles_of(HERE).messages) == min(people + 1, 30)
        assert last_sent(HERE) == {}
