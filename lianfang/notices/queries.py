"""Reads of notices: those not seen yet for the desk, and pages of all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lianfang.notices.models import Notice

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
