"""Word of notices leaves the house: every minute, what is due; tried again when it fails."""

import logging
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lianfang.accounts.models import User
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.notices import exchange
from lianfang.notices.actions import outbox
from lianfang.notices.actions.channels import record_test
from lianfang.notices.exchange import NotSent
from lianfang.notices.models import Channel, Message
from lianfang.notices.queries import newest_unseen, wish_of
from lianfang.notices.rules import Reason

logger = logging.getLogger(__name__)
# what one organisation may send before the others get their turn
AT_ONCE = 200
_REASONS = {
    Reason.UNREACHABLE: Text(
        "连接不上服务器。请核对地址、端口和网络。",
        "The server can't be reached. Check address, port and network.",
    ),
    Reason.LOGIN: Text(
        "服务器不接受登录名或密码。请核对；有的邮箱要用授权码代替密码。",
        "The server doesn't accept the login or password. Check them; some mail services want a "
        "code of their own in place of the password.",
    ),
    Reason.CERTIFICATE: Text(
        "加密连接没有建立。请核对加密方式和服务器的证书。",
        "No encrypted connection came about. Check the kind of encryption and the server's "
        "certificate.",
    ),
    Reason.KEY: Text(
        "这里读不出保存的密码或密钥。请重新填写。",
        "The stored password or key can't be read here. Give it again.",
    ),
    Reason.REFUSED: Text(
        "对方拒绝了消息。请核对发件地址，或机器人的安全设置。",
        "The message was refused. Check the sender's address, or the bot's security settings.",
    ),
}


class TestFailed(Refused):
    """A test message did not leave."""

    __test__ = False


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """How many messages left, were put off or given up, and need not leave."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0

    def __add__(self, other: "Delivered") -> "Delivered":
        """Return both together."""
        return Delivered(
            sent=self.sent + other.sent,
            failed=self.failed + other.failed,
            dropped=self.dropped + other.dropped,
        )


def deliver(*, organisation: int, zone: ZoneInfo, at: datetime) -> Delivered:
    """Send what is due of an organisation, each in a transaction of its own. Safe to repeat.

    Somebody who dies while sending leaves a message that is sent again after a while: it may
    arrive twice, and never not at all.
    """
    outbox.plan(organisation=organisation, zone=zone, at=at)
    found: list[str] = []
    while len(found) < AT_ONCE and (message := outbox.take(organisation=organisation, at=at)):
        found.append(_send(message, zone, at))
    return Delivered(
        sent=found.count(Message.State.SENT),
        failed=found.count(Message.State.WAITING) + found.count(Message.State.FAILED),
        dropped=found.count(Message.State.DROPPED),
    )


def send_test(*, channel: Channel, to: str, by: User, at: datetime) -> None:
    """Send a test message at once, and record what came of it. Raises TestFailed."""
    try:
        exchange.send(channel, to=to, language=by.language)
    except NotSent as refused:
        record_test(channel=channel, why=refused.reason, by=by, at=at)
        raise TestFailed(_REASONS[refused.reason]) from refused
    record_test(channel=channel, why="", by=by, at=at)


def _send(message: Message, zone: ZoneInfo, at: datetime) -> str:
    """Send one message; returns the state it comes to."""
    up_to = newest_unseen(message)
    if not up_to:
        return outbox.drop(message=message, at=at).state
    wish = wish_of(message)
    try:
        exchange.send(
            message.channel,
            to=wish.email if wish else "",
            language=message.recipient.language if message.recipient else "",
        )
    except NotSent as refused:
        logger.warning("message %s did not leave: %s", message.pk, refused.reason.value)
        return outbox.put_off(message=message, reason=refused.reason, zone=zone, at=at).state
    return outbox.record_sent(message=message, up_to=up_to, at=at).state
