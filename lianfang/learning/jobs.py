"""The nightly work: hours that were there before their duty do it (二)."""

import logging
from datetime import date, datetime

from django.conf import settings

from lianfang.common.clock import day_in
from lianfang.learning.actions.counting import catch_up
from lianfang.org.models import Organisation

logger = logging.getLogger(__name__)


def run(day: date, at: datetime) -> int:
    """Do the duties to learn whose hours are reached already; returns how many.

    On a missed day nothing is done. Safe to repeat; each organisation is a transaction of its own.
    """
    if day < day_in(settings.TIME_ZONE, at):
        return 0
    done = 0
    for organisation in Organisation.objects.order_by("pk"):
        on = day_in(organisation.time_zone, at)
        caught = catch_up(organisation=organisation, on=on, by=None, at=at)
        logger.info("hours did %s duties of organisation %s", caught, organisation.pk)
        done += caught
    return done
