"""Word of notices leaves by a real mail server and real web addresses: once, and saying nothing."""

import io
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot
from pytest_django import Settings

from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.notices import actions, exchange
from lianfang.notices.actions import outbox
from lianfang.notices.actions.channels import try_again
from lianfang.notices.jobs import Delivered, TestFailed, deliver, send_test
from lianfang.notices.models import Channel, Message, Preference
from lianfang.notices.rules import PAUSES
from lianfang.notices.tests.post import (
    LOGIN,
    PASSWORD,
    Bots,
    Postbox,
    bots,
    free_port,
    postbox,
    subject_of,
    text_of,
)
from lianfang.notices.tests.sending import (
    ADDRESSES,
    AT,
    HERE,
    SHANGHAI,
    bot,
    login,
    mail,
    told,
    wishing,
)

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SENT = Delivered(sent=1)


@pytest.fixture
def box() -> Iterator[Postbox]:
    with postbox() as running:
        yield running


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bots]:
    """Return the services of all bots, which the library finds here instead of in the world."""
    with bots() as running:
        here = f"http://127.0.0.1:{running.port}"
        monkeypatch.setattr(NotifyWeComBot, "notify_url", f"{here}/wecom?key={{key}}")
        monkeypatch.setattr(NotifyDingTalk, "notify_url", f"{here}/dingtalk?token={{token}}")
        monkeypatch.setattr(NotifyFeishu, "notify_url", f"{here}/feishu/{{token}}")
        yield running


@pytest.fixture
def wu() -> User:
    """Return the system administrator."""
    return login("wu")


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.ADDRESS = "https://lianfang.example"


def later(wait: timedelta = timedelta()) -> Delivered:
    return deliver(organisation=HERE, zone=SHANGHAI, at=AT + wait)


def test_a_mail_says_that_there_is_something_and_where_and_no_more(box: Postbox, wu: User) -> None:
    mail(box.port, wu)
    told(wishing("chen"))
    assert later() == SENT
    ((to, letter),) = box.mails
    assert to == "chen@mail.example"
    assert subject_of(letter) == "廉防：有事项待查看"
    assert text_of(letter).split() == [
        "廉防系统里有需要您查看的事项，请登录后查看。",
        "https://lianfang.example/notices/",
    ]
    assert "Lianfang <lianfang@centre.example>" in str(letter["From"])
    everything = letter.as_string().lower()
    assert "apprise" not in everything.replace("x-mailer", "")
    assert "chen" not in everything.replace("chen@mail.example", "")
    assert "calendar" not in everything


def test_a_mail_is_in_the_language_of_who_gets_it(box: Postbox, wu: User) -> None:
    mail(box.port, wu)
    chen = wishing("chen")
    User.objects.filter(pk=chen.pk).update(language="en")
    told(chen)
    later()
    assert subject_of(box.mails[0][1]) == "Lianfang: something to look at"


def test_without_an_address_of_the_site_there_is_no_link(
    box: Postbox, wu: User, settings: Settings
) -> None:
    settings.ADDRESS = ""
    mail(box.port, wu)
    told(wishing("chen"))
    later()
    assert "://" not in text_of(box.mails[0][1])


def test_one_message_is_sent_of_many_notices_and_none_again(box: Postbox, wu: User) -> None:
    mail(box.port, wu)
    chen = wishing("chen")
    for _ in range(5):
        told(chen)
    assert later() == SENT
    assert later(DAY) == Delivered()
    told(chen)
    assert later(2 * DAY) == SENT
    assert len(box.mails) == 2


def test_a_digest_leaves_the_next_morning(box: Postbox, wu: User) -> None:
    mail(box.port, wu)
    chen = wishing("chen", "daily")
    told(chen)
    assert later() == Delivered()
    # a minute before half past eight in Shanghai, then at it
    morning = timedelta(hours=22, minutes=30)
    assert later(morning - MINUTE) == Delivered()
    assert later(morning) == SENT


def test_nothing_is_sent_of_what_was_read_meanwhile(box: Postbox, wu: User) -> None:
    mail(box.port, wu)
    chen = wishing("chen", "daily")
    told(chen)
    later()
    actions.mark_all_seen(by=chen, at=AT)
    assert later(DAY) == Delivered(dropped=1)
    assert later(2 * DAY) == Delivered()
    assert box.mails == []


@pytest.mark.parametrize("values", [{"digest": "none"}, {"email": ""}])
def test_who_wants_nothing_gets_nothing(box: Postbox, wu: User, values: dict[str, str]) -> None:
    mail(box.port, wu)
    chen, he = wishing("chen", **values), wishing("he", "daily")
    told(chen)
    told(he)
    later()
    Preference.objects.filter(recipient=he).update(**values)
    assert later(DAY) == Delivered(dropped=1)
    assert box.mails == []


def test_who_can_not_sign_in_gets_nothing(box: Postbox, wu: User) -> None:
    mail(box.port, wu)
    chen = wishing("chen")
    told(chen)
    User.objects.filter(pk=chen.pk).update(is_active=False)
    assert later() == Delivered()


def test_another_organisations_channel_is_not_used(box: Postbox, wu: User) -> None:
    mail(box.port, wu)
    chen = wishing("chen")
    Preference.objects.update(organisation=HERE + 1)
    told(chen)
    assert later() == Delivered()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_server_is_signed_in_to_with_any_password(wu: User) -> None:
    with postbox(wants_login=True) as box:
        channel = mail(box.port, wu, username=LOGIN, password=PASSWORD)
        assert PASSWORD not in channel.sealed
        send_test(channel=channel, to="wu@mail.example", by=wu, at=AT)
        assert [to for to, _ in box.mails] == ["wu@mail.example"]
        wrong = mail(box.port, wu, username=LOGIN, password="wrong")
        with pytest.raises(TestFailed, match="不接受登录名或密码"):
            send_test(channel=wrong, to="wu@mail.example", by=wu, at=AT)
    assert [event.action for event in Event.objects.filter(action__contains="tested")] == [
        "notices.channel.tested",
        "notices.channel.tested",
    ]


def test_a_server_that_is_not_there_is_said_to_be_so(wu: User) -> None:
    channel = mail(free_port(), wu)
    with pytest.raises(TestFailed, match="连接不上"):
        send_test(channel=channel, to="wu@mail.example", by=wu, at=AT)


def test_a_message_that_fails_is_tried_again_ever_later_and_given_up(
    box: Postbox, wu: User
) -> None:
    mail(box.port, wu)
    told(wishing("chen"))
    box.answer = "554 no"
    wait = timedelta()
    for pause in PAUSES:
        assert later(wait) == Delivered(failed=1)
        assert later(wait + pause - MINUTE) == Delivered()
        wait += pause
    assert Message.objects.get().state == "waiting"
    assert later(wait) == Delivered(failed=1)
    message = Message.objects.get()
    assert (message.state, message.why, message.tries) == ("failed", "refused", 6)
    assert later(wait + 9 * DAY) == Delivered()
    box.answer = ""
    assert try_again(organisation=HERE, by=wu, at=AT + wait) == 1
    assert later(wait) == SENT
    assert Event.objects.filter(action="notices.message.put_off").count() == 5


def test_who_died_while_sending_leaves_a_message_that_is_sent_again(box: Postbox, wu: User) -> None:
    mail(box.port, wu)
    told(wishing("chen"))
    outbox.plan(organisation=HERE, zone=SHANGHAI, at=AT)
    assert outbox.take(organisation=HERE, at=AT) is not None
    assert outbox.take(organisation=HERE, at=AT) is None
    assert later(outbox.STUCK) == Delivered()
    assert later(outbox.STUCK + MINUTE) == SENT


def test_a_channel_that_is_off_sends_nothing(box: Postbox, wu: User) -> None:
    mail(box.port, wu, is_on=False)
    told(wishing("chen"))
    assert later() == Delivered()


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_group_is_told_once_a_day(groups: Bots, wu: User, kind: str) -> None:
    bot(kind, wu)
    told(login("chen"))
    told(login("he"))
    assert later() == Delivered()
    assert later(DAY) == SENT
    ((path, sent),) = groups.calls
    assert path.startswith(f"/{kind}")
    assert "廉防系统里有需要您查看的事项" in str(sent)
    assert "https://lianfang.example/notices/" in str(sent)
    assert "chen" not in str(sent)
    assert later(2 * DAY) == Delivered()


def test_a_bot_that_refuses_is_tried_again(groups: Bots, wu: User) -> None:
    bot("feishu", wu)
    told(login("chen"))
    later()
    groups.code = 19024
    assert later(DAY) == Delivered(failed=1)
    groups.code, groups.status = 0, 500
    assert later(DAY + HOUR) == Delivered(failed=1)
    groups.status = 200
    assert later(2 * DAY) == SENT


def test_a_signed_bot_signs(groups: Bots, wu: User) -> None:
    channel = bot("dingtalk", wu, secret="SEC0123456789abcdef")
    exchange.send(channel)
    assert "sign=" in groups.calls[0][0]


def test_what_was_sealed_elsewhere_is_said_to_be_unreadable(
    groups: Bots, wu: User, settings: Settings
) -> None:
    channel = bot("wecom", wu)
    settings.SECRET_KEY = "another one"
    with pytest.raises(TestFailed, match="读不出"):
        send_test(channel=channel, to="", by=wu, at=AT)
    assert groups.calls == []


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    """Return what the console gets to see, of everything that anybody logs."""
    root, text = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(text), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_secret_and_no_address_of_a_person_is_logged_or_stored_open(
    groups: Bots, wu: User, console: io.StringIO
) -> None:
    groups.status = 500
    bot("wecom", wu)
    mail(free_port(), wu, username=LOGIN, password=PASSWORD)
    told(wishing("chen"))
    later()
    assert later(DAY).failed == 2
    everything = console.getvalue()
    assert "did not leave" in everything
    secrets = (ADDRESSES["wecom"].partition("key=")[2], PASSWORD, "chen@mail.example")
    assert [secret for secret in secrets if secret in everything] == []
    stored = str(list(Channel.objects.values())) + str(list(Event.objects.values()))
    assert [secret for secret in secrets if secret in stored] == []
