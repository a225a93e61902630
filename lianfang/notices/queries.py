"""Reads of notices, those not seen yet and pages of all; and of the messages about them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lianfang.notices.models import Channel, Message, Notice, Preference
from lianfang.notices.rules import Choice, Quiet

ON_THE_WAY = (Message.State.WAITING, Message.State.SENDING)
PAGE = 30
ON_THE_DESK = 5


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """Some notices, newest first; `older` is where the next page goes on."""

    notices: list[Notice]
    older: int | None


def unseen_for(user_id: int) -> list[Notice]:
    """Return the newest five notices not seen yet. One statement."""
    unseen = Notice.objects.filter(recipient=user_id, seen_at=None)
    return list(unseen.order_by("-pk")[:ON_THE_DESK])


def page_of_notices(notices: QuerySet[Notice], *, before: int | None = None) -> NoticePage:
    """Return a page of notices, those before a number. One statement."""
    rows = notices if before is None else notices.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    return NoticePage(notices=found[:PAGE], older=older)


def told_since(kind: str, since: datetime, recipients: Collection[int]) -> frozenset[int]:
    """Return which of these logins were told of a kind since a moment. One statement."""
    told = Notice.objects.filter(kind=kind, created_at__gte=since, recipient__in=recipients)
    return frozenset(told.values_list("recipient", flat=True))


def people_to_tell(mail: Channel) -> list[Preference]:
    """Return who has unseen notices that no message by mail told of, and none on its way.

    One statement.
    """
    unseen = Notice.objects.filter(recipient=OuterRef("recipient"), seen_at=None)
    sent = Message.objects.filter(channel=mail, recipient=OuterRef("recipient"))
    rows = Preference.objects.filter(
        organisation=mail.organisation, recipient__is_active=True
    ).exclude(Q(email="") | Q(digest=Preference.Digest.NONE))
    found = rows.annotate(
        newest=Subquery(unseen.order_by("-pk").values("pk")[:1]),
        told=Coalesce(Subquery(sent.order_by("-up_to").values("up_to")[:1]), 0),
    ).filter(~Exists(sent.filter(state__in=ON_THE_WAY)), newest__gt=F("told"))
    return list(found.order_by("pk"))


def groups_to_tell(organisation: int, channels: Iterable[Channel]) -> list[Channel]:
    """Return the groups that no message told of the newest unseen notice. One statement."""
    sent = Message.objects.filter(channel=OuterRef("pk"))
    unseen = Notice.objects.filter(_of(organisation), seen_at=None)
    rows = Channel.objects.filter(pk__in=[channel.pk for channel in channels]).annotate(
        newest=Subquery(unseen.order_by("-pk").values("pk")[:1]),
        told=Coalesce(Subquery(sent.order_by("-up_to").values("up_to")[:1]), 0),
    )
    found = rows.filter(~Exists(sent.filter(state__in=ON_THE_WAY)), newest__gt=F("told"))
    return list(found.order_by("pk"))


def newest_notice(message: Message) -> int:
    """Return the newest notice that a message may stand for, 0 where there is none."""
    return _unseen(message, of_all=True).aggregate(newest=Max("pk"))["newest"] or 0


def newest_unseen(message: Message) -> int:
    """Return the newest notice not seen yet that a message would tell of; 0: none. One statement.

    None is told to somebody who wants no messages by now.
    """
    preference = wish_of(message)
    if message.recipient_id and (
        preference is None or not preference.email or preference.digest == Choice.NONE
    ):
        return 0
    return _unseen(message).aggregate(newest=Max("pk"))["newest"] or 0


def wish_of(message: Message) -> Preference | None:
    """Return what the recipient of a message by mail wants."""
    return getattr(message.recipient, "preference", None)


def quiet_of(message: Message) -> Quiet | None:
    """Return the hours in which a message may not leave."""
    preference = wish_of(message)
    return preference.quiet if preference else None


def channels_of(organisation: int) -> dict[str, Channel]:
    """Return the channels of an organisation that are set, by kind. One statement."""
    return {row.kind: row for row in Channel.objects.filter(organisation=organisation)}


@dataclass(frozen=True, kw_only=True)
class TroublePage:
    """Messages tried in vain, newest first; `older` is where the next page begins, if any."""

    messages: list[Message]
    older: int | None


def troubles_of(organisation: int, *, before: int | None = None) -> TroublePage:
    """Return the newest messages that were tried in vain, waiting or given up. One statement."""
    rows = Message.objects.filter(
        Q(state=Message.State.FAILED) | Q(state=Message.State.WAITING, tries__gt=0),
        channel__organisation=organisation,
    )
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("channel").order_by("-pk")[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    return TroublePage(messages=found[:PAGE], older=older)


def last_sent(organisation: int) -> dict[str, datetime]:
    """Return when a message last left by each kind of channel. One statement."""
    rows = Message.objects.filter(channel__organisation=organisation, state=Message.State.SENT)
    return dict(rows.values_list("channel__kind").annotate(last=Max("finished_at")))


def preference_of(user_id: int) -> Preference | None:
    """Return what somebody wants; None who never said. One statement."""
    return Preference.objects.filter(recipient=user_id).first()


def _unseen(message: Message, *, of_all: bool = False) -> QuerySet[Notice]:
    rows = Notice.objects.all() if of_all else Notice.objects.filter(seen_at=None)
    if message.recipient_id is not None:
        return rows.filter(recipient=message.recipient_id)
    return rows.filter(_of(message.channel.organisation))


def _of(organisation: int) -> Q:
    return Q(recipient__organisation=organisation)
