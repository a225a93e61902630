"""Messages on their way: planned, taken up one by one, and what became of each."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.notices.models import Channel, Message
from lianfang.notices.queries import groups_to_tell, newest_notice, people_to_tell, quiet_of
from lianfang.notices.rules import Choice, Reason, again_at, leaves_at

# whoever took a message longer ago died over it: it is sent again, at worst twice
STUCK = timedelta(minutes=15)


@transaction.atomic
def plan(*, organisation: int, zone: ZoneInfo, at: datetime) -> int:
    """Put a message into the outbox for everybody with unseen notices of which none told them.

    Each has one on its way at most; so has each group. Returns how many. Safe to repeat. The
    statements don't grow with the people.
    """
    rows = Channel.objects.select_for_update().filter(organisation=organisation, is_on=True)
    channels = {channel.kind: channel for channel in rows.order_by("pk")}
    if not channels:
        return 0
    waiting = []
    mail = channels.pop(Channel.Kind.EMAIL, None)
    for preference in people_to_tell(mail) if mail else ():
        choice = Choice(preference.digest)
        due_at = leaves_at(choice, at, zone, preference.daily_at, preference.quiet)
        if due_at is not None:
            waiting.append(
                Message(
                    channel=mail, recipient_id=preference.recipient_id, created_at=at, due_at=due_at
                )
            )
    for channel in groups_to_tell(organisation, channels.values()):
        due_at = leaves_at(Choice.DAILY, at, zone, channel.daily_at, None)
        waiting.append(Message(channel=channel, created_at=at, due_at=due_at or at))
    made = Message.objects.bulk_create(waiting)
    if made:
        audit.record_bulk(
            at=at,
            by=None,
            action="notices.message.planned",
            subject=mail or made[0].channel,
            organisation=organisation,
            rows=[RowOfBulk(subject=message) for message in made],
        )
    return len(made)


@transaction.atomic
def take(*, organisation: int, at: datetime) -> Message | None:
    """Take up the message that is due first, and mark it so that nobody else does; or None."""
    due = Q(state=Message.State.WAITING) | Q(state=Message.State.SENDING, taken_at__lt=at - STUCK)
    rows = Message.objects.filter(
        due, channel__organisation=organisation, channel__is_on=True, due_at__lte=at
    )
    found = rows.select_related("channel", "recipient__preference").order_by("due_at", "pk").first()
    if found is None:
        return None
    same = Message.objects.filter(pk=found.pk, state=found.state, taken_at=found.taken_at)
    taken = same.update(state=Message.State.SENDING, taken_at=at)
    found.state, found.taken_at = Message.State.SENDING, at
    return found if taken else None


@transaction.atomic
def record_sent(*, message: Message, up_to: int, at: datetime) -> Message:
    """Record that a message left; it stands for all notices up to one."""
    message.up_to, message.why = up_to, ""
    return _finish(message, Message.State.SENT, "notices.message.sent", at)


@transaction.atomic
def drop(*, message: Message, at: datetime) -> Message:
    """Record that a message need not leave: all was seen, or nobody wants it any more."""
    message.up_to = newest_notice(message)
    return _finish(message, Message.State.DROPPED, "notices.message.dropped", at)


@transaction.atomic
def put_off(*, message: Message, reason: Reason, zone: ZoneInfo, at: datetime) -> Message:
    """Record that a message did not leave; it is tried again later, or given up."""
    message.tries, message.why = message.tries + 1, reason
    again = again_at(message.tries, at, zone, quiet_of(message))
    if again is None:
        message.up_to = newest_notice(message)
        return _finish(message, Message.State.FAILED, "notices.message.given_up", at)
    message.due_at = again
    message.state = Message.State.WAITING
    return _finish(message, Message.State.WAITING, "notices.message.put_off", at)


def _finish(message: Message, state: Message.State, action: str, at: datetime) -> Message:
    message.state = state
    message.finished_at = None if state == Message.State.WAITING else at
    message.save(update_fields=["state", "tries", "why", "up_to", "due_at", "finished_at"])
    audit.record(
        at=at,
        by=None,
        action=action,
        subject=message,
        organisation=message.channel.organisation,
        changes={"why": (None, message.why)} if message.why else None,
    )
    return message
