"""The pages of channels and of one's own wishes: set, tried, mended; secrets stay out of sight."""

import io
from datetime import time

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.common.text import Language
from lianfang.notices import actions
from lianfang.notices.jobs import Delivered
from lianfang.notices.models import Channel, Message, Preference
from lianfang.notices.tests.post import free_port, postbox
from lianfang.notices.tests.sending import ADDRESSES, KEY
from lianfang.org.jobs import deliver
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.shell.cli.main import execute
from lianfang.shell.cli.terminal import Exit, Terminal
from lianfang.shell.tests.entering import Entered, browsers_of, shown

pytestmark = pytest.mark.django_db
MAIL = {
    "is_on": "on",
    "host": "127.0.0.1",
    "security": "insecure",
    "sender": "lianfang@centre.example",
    "version": "0",
}
WISH = {"email": "clerk@mail.example", "digest": "at_once", "daily_at": "08:30"}


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def entered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def test_mail_is_set_tried_and_sent_from_page_to_mailbox(entered: Entered, cast: Cast) -> None:
    system, clerk = entered("system"), entered("clerk")
    assert clerk.post("/notices/settings/", WISH).status_code == 302
    with postbox() as box:
        given = {**MAIL, "port": str(box.port), "password": "open sesame"}
        assert system.post("/channels/email/", given).status_code == 302
        assert f"127.0.0.1:{box.port} · lianfang@centre.example" in shown(system, "/channels/")
        tried = system.post("/channels/email/test/", {"to": "me@mail.example"}, follow=True)
        assert "测试消息已发出，请查收。" in tried.content.decode()
        assert [to for to, _ in box.mails] == ["me@mail.example"]
        notify(cast.logins["clerk"])
        deliver(AT)
        assert [to for to, _ in box.mails] == ["me@mail.example", "clerk@mail.example"]
    assert "最近发出：" in shown(system, "/channels/")
    assert "open sesame" not in shown(system, "/channels/email/")


def notify(login: User) -> None:
    actions.tell(recipient=login, kind="duties.due", url="/duties/1/", at=AT)


def test_a_test_that_fails_says_why_and_what_to_look_at(entered: Entered) -> None:
    system = entered("system")
    system.post("/channels/email/", {**MAIL, "port": str(free_port())})
    answer = system.post("/channels/email/test/", {"to": "me@mail.example"})
    assert answer.status_code == 422
    assert "连接不上服务器。请核对地址、端口和网络。" in answer.content.decode()


@pytest.mark.parametrize("kind", ADDRESSES)
def test_the_key_of_a_bot_is_never_shown_again(entered: Entered, kind: str) -> None:
    system = entered("system")
    sent = {"is_on": "on", "address": ADDRESSES[kind], "daily_at": "09:15", "version": "0"}
    assert system.post(f"/channels/{kind}/", sent).status_code == 302
    page = shown(system, f"/channels/{kind}/") + shown(system, "/channels/")
    key = ADDRESSES[kind].replace("=", "/").rpartition("/")[2]
    assert key not in page
    assert "每天 09:15 在群里说一次" in page
    assert Channel.objects.get().daily_at == time(9, 15)


def test_another_address_is_refused_and_not_sent_back(entered: Entered) -> None:
    sent = {"is_on": "on", "address": f"https://evil.example/{KEY}", "daily_at": "09:15"}
    answer = entered("system").post("/channels/wecom/", sent)
    assert answer.status_code == 422
    assert "不是企业微信群机器人的地址" in answer.content.decode()
    assert KEY not in answer.content.decode()


def test_what_did_not_leave_is_listed_and_sent_again(entered: Entered, cast: Cast) -> None:
    system = entered("system")
    system.post("/channels/email/", {**MAIL, "port": str(free_port())})
    assert "发不出的消息会列在这里" in shown(system, "/channels/")
    Message.objects.create(
        channel=Channel.objects.get(),
        state="failed",
        why="unreachable",
        tries=6,
        created_at=AT,
        due_at=AT,
        finished_at=AT,
    )
    page = shown(system, "/channels/")
    assert "电子邮件：连接不上服务器" in page
    assert "已试 6 次" in page
    again = system.post("/channels/again/", follow=True).content.decode()
    assert "1 条消息将在一分钟内重新发送。" in again
    assert Message.objects.get().state == "waiting"
    assert Event.objects.filter(action="notices.message.retried").count() == 1


def test_without_an_address_of_the_site_the_page_says_so(
    entered: Entered, settings: Settings
) -> None:
    system = entered("system")
    assert "LIANFANG_ADDRESS" in shown(system, "/channels/")
    settings.ADDRESS = "https://lianfang.example"
    assert "LIANFANG_ADDRESS" not in shown(system, "/channels/")


def test_the_page_of_channels_asks_three_things_beside_its_frame(
    entered: Entered, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    system = entered("system")
    system.post("/channels/email/", {**MAIL, "port": "25"})
    # session, login, administrator, last night, year; channels, when each sent last, troubles
    with django_assert_num_queries(8):
        shown(system, "/channels/")


def test_quiet_hours_want_both_ends(entered: Entered) -> None:
    clerk = entered("clerk")
    answer = clerk.post("/notices/settings/", {**WISH, "quiet_from": "22:00"})
    assert answer.status_code == 422
    assert "免打扰时间的起止请都填写" in answer.content.decode()
    sent = {**WISH, "quiet_from": "22:00", "quiet_to": "07:00"}
    assert clerk.post("/notices/settings/", sent).status_code == 302
    assert Preference.objects.get().quiet_from == time(22)
    page = shown(clerk, "/notices/settings/")
    assert 'value="22:00"' in page
    assert "clerk@mail.example" in page


def test_nobody_sees_the_address_of_somebody_else(entered: Entered) -> None:
    entered("clerk").post("/notices/settings/", WISH)
    assert "clerk@mail.example" not in shown(entered("head"), "/notices/settings/")
    assert "clerk@mail.example" not in shown(entered("system"), "/channels/")


def test_an_administrator_may_be_told_by_mail_as_well(entered: Entered, cast: Cast) -> None:
    assert entered("system").post("/notices/settings/", WISH).status_code == 302
    assert Preference.objects.get().organisation == cast.organisation.pk


def test_delivering_on_the_command_line(cast: Cast, entered: Entered) -> None:
    entered("clerk").post("/notices/settings/", WISH)
    with postbox() as box:
        entered("system").post("/channels/email/", {**MAIL, "port": str(box.port)})
        notify(cast.logins["clerk"])
        assert typed("deliver") == (Exit.DONE, "已发出 1 条消息。\n", "")
        assert typed("deliver", language=Language.EN)[1] == "Messages sent: 0.\n"
        box.answer = "554 no"
        notify(cast.logins["clerk"])
        code, out, err = typed("deliver", language=Language.EN)
    assert (code, out) == (Exit.FOUND, "Messages sent: 0.\n")
    assert err.startswith("Not sent: 1.")


def test_one_organisations_trouble_keeps_no_other_from_its_mail(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = full_cast("other").organisation
    asked: list[int] = []

    def fails(*, organisation: int, **rest: object) -> Delivered:
        asked.append(organisation)
        if organisation == cast.organisation.pk:
            raise ZeroDivisionError
        return Delivered(sent=2)

    monkeypatch.setattr("lianfang.org.jobs.deliver_notices", fails)
    assert deliver(AT) == Delivered(sent=2, failed=1)
    assert asked == [cast.organisation.pk, other.pk]
    assert "could not send the messages" in caplog.text


def typed(*words: str, language: Language = Language.ZH) -> tuple[Exit, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = execute(list(words), Terminal(language, out, err, {}))
    return code, out.getvalue(), err.getvalue()
