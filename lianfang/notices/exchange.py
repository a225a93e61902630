"""Messages leave the house: by a mail server, or by the bot of a group; never with any content."""

import json
import logging

import apprise
from apprise import AppriseAsset, NotifyBase, NotifyFormat
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lianfang.common.sealing import OtherKey, unseal
from lianfang.notices.actions.channels import PURPOSE
from lianfang.notices.models import Channel
from lianfang.notices.rules import Reason, reason_of

_NAME = "Lianfang"
# seconds to wait for a connection, and for an answer
_PATIENCE = {"cto": 8, "rto": 8}
_LANGUAGES = ("zh-hans", "en")


class NotSent(Exception):
    """A message did not leave; `reason` says why as far as that can be told."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def send(channel: Channel, *, to: str = "", language: str = "") -> None:
    """Send the one message there is: that there is something, and where. Raises NotSent.

    By mail to an address in the recipient's language; to a group in both. Takes up to some twenty
    seconds, so never inside a transaction.
    """
    languages = (language or _LANGUAGES[0],) if to else _LANGUAGES
    title, body = _words(languages)
    way = _way(channel, to)
    with apprise.LogCapture(level=logging.DEBUG) as told:
        sent = way.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
        if not sent:
            raise NotSent(reason_of(told.getvalue()))


def _words(languages: tuple[str, ...]) -> tuple[str, str]:
    link = f"{settings.ADDRESS}{reverse('shell:notices')}" if settings.ADDRESS else ""
    titles, bodies = [], []
    for language in languages:
        with translation.override(language):
            titles.append(_("廉防：有事项待查看"))
            bodies.append(_("廉防系统里有需要您查看的事项，请登录后查看。"))
    return " / ".join(titles), "\n".join([*bodies, *([link] if link else [])])


def _way(channel: Channel, to: str) -> NotifyBase:
    try:
        secret = json.loads(unseal(channel.sealed, purpose=PURPOSE)) if channel.sealed else {}
    except OtherKey as error:
        raise NotSent(Reason.KEY) from error
    asset = AppriseAsset(app_id=_NAME, app_desc=_NAME, app_url="")
    if channel.kind == Channel.Kind.EMAIL:
        return _mail(channel, secret.get("password", ""), to, asset)
    if not secret:
        raise NotSent(Reason.KEY)
    if channel.kind == Channel.Kind.WECOM:
        return NotifyWeComBot(key=secret["key"], asset=asset, **_PATIENCE)
    if channel.kind == Channel.Kind.DINGTALK:
        signing = secret["secret"] or None
        return NotifyDingTalk(token=secret["key"], secret=signing, asset=asset, **_PATIENCE)
    return NotifyFeishu(token=secret["key"], asset=asset, **_PATIENCE)


def _mail(channel: Channel, password: str, to: str, asset: AppriseAsset) -> NotifyBase:
    return NotifyEmail(
        host=channel.host,
        smtp_host=channel.host,
        port=channel.port,
        secure=channel.security != Channel.Security.NONE,
        secure_mode=channel.security,
        user=channel.username or None,
        password=password or None,
        from_addr=f"{_NAME} <{channel.sender}>",
        targets=[to],
        asset=asset,
        **_PATIENCE,
    )
