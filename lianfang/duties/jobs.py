"""The nightly work: duties follow what changed by itself or elsewhere, on every day (六（四）)."""

import logging
from datetime import date, datetime

from django.conf import settings

from lianfang.common.clock import day_in
from lianfang.duties.actions.judging import follow_reports
from lianfang.duties.actions.reconcile import reconcile
from lianfang.org.models import Organisation

logger = logging.getLogger(__name__)


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
