"""People and channels for tests of what leaves the house."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from lianfang.accounts.models import User
from lianfang.notices import actions
from lianfang.notices.actions.channels import MailServer, set_bot, set_mail
from lianfang.notices.actions.preferences import Wish, set_preference
from lianfang.notices.models import Channel

HERE = 3
SHANGHAI = ZoneInfo("Asia/Shanghai")
# ten in the morning
AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
KEY = "693a91f6-7b2c-4bb4-97a0"
ADDRESSES = {
    "wecom": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "feishu": f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}",
}


def login(name: str, **values: Any) -> User:
    """Return a login of the organisation."""
    given = {"organisation": HERE, "created_at": AT, **values}
    return User.objects.create(username=name, **given)


def wishing(name: str, digest: str = "at_once", **values: Any) -> User:
    """Return a login that wants mail."""
    user = login(name)
    wish: dict[str, Any] = {
        "email": f"{name}@mail.example",
        "digest": digest,
        "daily_at": time(8, 30),
        "quiet_from": None,
        "quiet_to": None,
        **values,
    }
    set_preference(organisation=HERE, wish=Wish(**wish), by=user, at=AT)
    return user


def told(user: User) -> None:
    """Tell somebody something."""
    actions.tell(recipient=user, kind="org.calendar_missing", url="/org/calendar/", at=AT)


def mail(port: int, by: User, **values: Any) -> Channel:
    """Return a mail server that is on."""
    server = {
        "host": "127.0.0.1",
        "port": port,
        "security": "insecure",
        "username": values.pop("username", ""),
        "sender": "lianfang@centre.example",
    }
    given: dict[str, Any] = {"password": "", "is_on": True, "version": None, **values}
    return set_mail(organisation=HERE, server=MailServer(**server), by=by, at=AT, **given)


def bot(kind: str, by: User, **values: Any) -> Channel:
    """Return the bot of a group that is on."""
    given: dict[str, Any] = {
        "address": ADDRESSES[kind],
        "secret": "",
        "daily_at": time(8, 30),
        "is_on": True,
        "version": None,
        **values,
    }
    return set_bot(organisation=HERE, kind=Channel.Kind(kind), by=by, at=AT, **given)
