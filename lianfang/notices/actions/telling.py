"""Every write to notices: told, and seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils.http import url_has_allowed_host_and_scheme

from lianfang.accounts.models import User
from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.notices.models import Notice
from lianfang.notices.words import KINDS


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What one login is told: the kind of notice, and the page of ours that it leads to."""

    recipient: int
    kind: str
    url: str

    def __post_init__(self) -> None:
        """Raise KeyError for a kind without words, ValueError for the address of another host."""
        KINDS[self.kind]
        url = self.url
        if url and not (url.startswith("/") and url_has_allowed_host_and_scheme(url, None)):
            raise ValueError(f"A notice leads to a page of ours, not to {url}")


@transaction.atomic
def tell(
    *,
    recipient: User,
    kind: str,
    url: str,
    at: datetime,
    by: AbstractBaseUser | None = None,
) -> Notice:
    """Tell a login that there is something on a page of ours.

    Raises KeyError for a kind without words, ValueError for the address of another host.
    """
    telling = Telling(recipient=recipient.pk, kind=kind, url=url)
    notice = Notice.objects.create(
        recipient_id=telling.recipient, kind=telling.kind, url=telling.url, created_at=at
    )
    audit.record(
        at=at,
        by=by,
        action="notices.notice.told",
        subject=notice,
        organisation=recipient.organisation,
        changes={"kind": (None, kind)},
    )
    return notice


@transaction.atomic
def tell_all(
    *,
    tellings: Sequence[Telling],
    subject: models.Model,
    organisation: int,
    at: datetime,
    by: AbstractBaseUser | None = None,
) -> list[Notice]:
    """Tell many logins something, in one event of the log about `subject`; notices in that order.

    The statements don't grow with the notices, but for one of each thousand.
    """
    notices = Notice.objects.bulk_create(
        Notice(recipient_id=each.recipient, kind=each.kind, url=each.url, created_at=at)
        for each in tellings
    )
    if notices:
        audit.record_bulk(
            at=at,
            by=by,
            action="notices.notice.told",
            subject=subject,
            organisation=organisation,
            rows=[
                RowOfBulk(subject=notice, changes={"kind": (None, notice.kind)})
                for notice in notices
            ],
        )
    return notices


@transaction.atomic
def mark_seen(*, notice: Notice, by: User, at: datetime) -> Notice:
    """Note that the recipient opened a notice; a second time changes nothing."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.seen_at is None:
        notice.seen_at = at
        notice.save(update_fields=["seen_at"])
        audit.record(
            at=at,
            by=by,
            action="notices.notice.seen",
            subject=notice,
            organisation=by.organisation,
        )
    return notice


@transaction.atomic
def mark_all_seen(*, by: User, at: datetime) -> int:
    """Note that somebody has seen everything told so far; return how many notices that was."""
    unseen = Notice.objects.select_for_update().filter(recipient=by, seen_at=None)
    notices = list(unseen.order_by("pk"))
    if notices:
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(seen_at=at)
        audit.record_bulk(
            at=at,
            by=by,
            action="notices.notice.seen",
            subject=by,
            organisation=by.organisation,
            rows=[RowOfBulk(subject=notice) for notice in notices],
        )
    return len(notices)
