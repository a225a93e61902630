"""The nightly work of this room: counts and sessions of which nothing is left to decide."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from lianfang.accounts.models import FailureCount
from lianfang.accounts.rules import FORGOTTEN_AFTER


@transaction.atomic
def run(at: datetime) -> int:
    """Take away what is over; return how many rows it was. Safe to repeat.

    No event is written: nobody's rights change by it.
    """
    over = Q(created_at__lte=at - settings.SESSION_ABSOLUTE_LIMIT) | Q(
        last_seen_at__lte=at - settings.SESSION_IDLE_LIMIT
    )
    gone = 0
    for rows in (
        FailureCount.objects.filter(last_at__lte=at - FORGOTTEN_AFTER),
        UserSession.objects.filter(over),
        Session.objects.filter(expire_date__lte=at),
    ):
        count, _ = rows.delete()
        gone += count
    return gone
