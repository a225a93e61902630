"""The ways out of an organisation are set and tried by its system administrator."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused, Stale
from lianfang.common.sealing import seal
from lianfang.common.text import Text
from lianfang.notices.models import Channel, Message
from lianfang.notices.rules import bot_key

PURPOSE = "lianfang.notices"


class NoSuchBot(Refused):
    """What was typed is not the address that the service shows for a group's bot."""


class NotComplete(Refused):
    """A channel is to be on that has no address yet."""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """What is known of a mail server besides the password."""

    host: str
    port: int
    security: str
    username: str
    sender: str


@transaction.atomic
def set_mail(
    *,
    organisation: int,
    server: MailServer,
    password: str,
    is_on: bool,
    version: int | None,
    by: AbstractBaseUser,
    at: datetime,
) -> Channel:
    """Set the mail server of an organisation; an empty password keeps the one there is.

    Raises Stale. Another server or login forgets the password, lest it go somewhere else.
    """
    channel = _locked(organisation, Channel.Kind.EMAIL, version)
    moved = (channel.host, channel.username) != (server.host, server.username)
    secret = seal(json.dumps({"password": password}), purpose=PURPOSE) if password else ""
    kept = "" if moved else channel.sealed
    return _set(channel, {**asdict(server), "is_on": is_on}, secret or kept, by, at)


@transaction.atomic
def set_bot(
    *,
    organisation: int,
    kind: Channel.Kind,
    address: str,
    secret: str,
    daily_at: time,
    is_on: bool,
    version: int | None,
    by: AbstractBaseUser,
    at: datetime,
) -> Channel:
    """Set the bot of a group by the address its service shows; an empty one keeps what there is.

    Raises Stale, NoSuchBot for another address, and NotComplete for a bot without one.
    """
    channel = _locked(organisation, kind, version)
    sealed = channel.sealed
    if address:
        key = bot_key(kind, address)
        if key is None:
            raise NoSuchBot(
                Text(
                    f"这不是{kind.label}机器人的地址。请在群机器人的设置里复制完整的地址。",
                    "This is not the address of such a bot. Copy the whole webhook address from "
                    "the settings of the group's bot.",
                )
            )
        sealed = seal(json.dumps({"key": key, "secret": secret}), purpose=PURPOSE)
    if is_on and not sealed:
        raise NotComplete(
            Text(
                "还没有填写机器人地址，不能启用。请先填写地址。",
                "There is no address of a bot yet, so it can't be on. Give the address first.",
            )
        )
    return _set(channel, {"daily_at": daily_at, "is_on": is_on}, sealed, by, at)


@transaction.atomic
def record_test(*, channel: Channel, why: str, by: AbstractBaseUser, at: datetime) -> None:
    """Record that a test message was sent, or why it did not leave."""
    audit.record(
        at=at,
        by=by,
        action="notices.channel.tested",
        subject=channel,
        organisation=channel.organisation,
        changes={"why": (None, why)},
    )


@transaction.atomic
def try_again(*, organisation: int, by: AbstractBaseUser, at: datetime) -> int:
    """Let every message that was given up leave now; return how many.

    One is left where its recipient has a newer one on its way.
    """
    failed = Message.objects.select_for_update(of=("self",)).filter(
        channel__organisation=organisation, state=Message.State.FAILED
    )
    newest = {
        (message.channel_id, message.recipient_id): message for message in failed.order_by("pk")
    }
    open_now = set(
        Message.objects.filter(
            channel__organisation=organisation,
            state__in=[Message.State.WAITING, Message.State.SENDING],
        ).values_list("channel", "recipient")
    )
    again = [message for key, message in newest.items() if key not in open_now]
    Message.objects.filter(pk__in=[message.pk for message in again]).update(
        state=Message.State.WAITING, tries=0, due_at=at, finished_at=None
    )
    dropped = {message.pk for message in failed} - {message.pk for message in again}
    Message.objects.filter(pk__in=dropped).update(state=Message.State.DROPPED)
    if again or dropped:
        audit.record_bulk(
            at=at,
            by=by,
            action="notices.message.retried",
            subject=by,
            organisation=organisation,
            rows=[audit.RowOfBulk(subject=message) for message in again],
        )
    return len(again)


def _locked(organisation: int, kind: Channel.Kind, version: int | None) -> Channel:
    """Return the channel, locked, or a new one. Raises Stale."""
    rows = Channel.objects.select_for_update()
    channel = rows.filter(organisation=organisation, kind=kind).first()
    channel = channel or Channel(organisation=organisation, kind=kind, version=0)
    if version is not None and version != channel.version:
        raise Stale(
            Text(
                f"“{kind.label}”在您打开之后已被他人修改。请对照下面的现值，确认后再保存。",
                f"{kind.label} was changed by somebody else after you opened it. Compare with "
                "what is stored now, below, then save again.",
            ),
            channel.version,
        )
    return channel


def _set(
    channel: Channel,
    values: Mapping[str, object],
    sealed: str,
    by: AbstractBaseUser,
    at: datetime,
) -> Channel:
    changes: dict[str, tuple[object, object]] = {}
    for name, value in values.items():
        before = getattr(channel, name)
        if before != value:
            changes[name] = (_plain(before), _plain(value))
        setattr(channel, name, value)
    if sealed != channel.sealed:
        changes["sealed"] = (bool(channel.sealed), bool(sealed))
    channel.sealed = sealed
    channel.version += 1
    channel.save()
    audit.record(
        at=at,
        by=by,
        action="notices.channel.set",
        subject=channel,
        organisation=channel.organisation,
        changes=changes,
    )
    return channel


def _plain(value: object) -> object:
    return value.strftime("%H:%M") if isinstance(value, time) else value
