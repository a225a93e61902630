"""Work by the clock: who has an alert that is late is reminded (五（六）1)."""

import logging
from datetime import date, datetime

from django.conf import settings

from lianfang.alerts.actions.reminding import remind_of_alerts
from lianfang.common.clock import day_in
from lianfang.org.models import Organisation

logger = logging.getLogger(__name__)


def remind_all(day: date, at: datetime) -> int:
    """Remind of late alerts in every organisation; returns of how many.

    After missed nights once, on the last. Safe to repeat; each organisation is a transaction.
    """
    if day < day_in(settings.TIME_ZONE, at):
        return 0
    reminded = 0
    for organisation in Organisation.objects.order_by("pk"):
        on = day_in(organisation.time_zone, at)
        reminded += remind_of_alerts(organisation=organisation, on=on, by=None, at=at)
    logger.info("reminded of %s alerts", reminded)
    return reminded
