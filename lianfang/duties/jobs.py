"""Work by the clock: duties follow what changed, and people are reminded of them (六（四）)."""

import logging
from datetime import date, datetime

from django.conf import settings

from lianfang.common.clock import day_in
from lianfang.duties.actions.following import follow
from lianfang.duties.actions.judging import follow_reports
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.actions.reminding import remind
from lianfang.duties.queries.following import last_to_follow
from lianfang.org.models import Organisation

logger = logging.getLogger(__name__)


def follow_changes(at: datetime) -> int:
    """Let duties follow what the log tells of since they last did; returns for how many it did.

    Pages that record an appointment or a breach do so by themselves; this is for any other change.
    Safe to repeat, and next to nothing where nothing changed; each organisation is a transaction
    of its own.
    """
    followed = 0
    for organisation in Organisation.objects.order_by("pk"):
        if last_to_follow(organisation.pk) is not None:
            on = day_in(organisation.time_zone, at)
            done = follow(organisation=organisation, on=on, by=None, at=at)
            logger.info("duties followed changes of organisation %s: %s", organisation.pk, done)
            followed += 1
    return followed


def run(day: date, at: datetime) -> int:
    """Reconcile the duties of every organisation as of today, then move its reports on.

    Returns how many organisations had changes.

    Today's duties include those of nights that were missed, so on a missed day nothing is done.
    Safe to repeat; both are a transaction of their own in each organisation.
    """
    if day < day_in(settings.TIME_ZONE, at):
        return 0
    changed = 0
    for organisation in Organisation.objects.order_by("pk"):
        on = day_in(organisation.time_zone, at)
        done = reconcile(organisation=organisation, on=on, by=None, at=at)
        moved = follow_reports(organisation=organisation, on=on, by=None, at=at)
        logger.info("reconciled duties of organisation %s: %s", organisation.pk, done)
        logger.info("reports passed on or filed in organisation %s: %s", organisation.pk, moved)
        changed += done.wrote or moved > 0
    return changed


def remind_all(day: date, at: datetime) -> int:
    """Remind people of their duties in every organisation; returns how many were told.

    After missed nights they are told once, on the last. Safe to repeat; each organisation is a
    transaction of its own.
    """
    if day < day_in(settings.TIME_ZONE, at):
        return 0
    told = 0
    for organisation in Organisation.objects.order_by("pk"):
        on = day_in(organisation.time_zone, at)
        reminded = remind(organisation=organisation, on=on, by=None, at=at)
        logger.info("reminded %s people of organisation %s", reminded, organisation.pk)
        told += reminded
    return told
