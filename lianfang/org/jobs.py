"""Long and repeated work: a staff list; a calendar that will be missed (六); messages due."""

import logging
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.urls import reverse

from lianfang.common import clock
from lianfang.common.clock import day_in
from lianfang.common.progress import Report
from lianfang.files.models import Import
from lianfang.jobs.models import Job
from lianfang.jobs.rules import Outcome
from lianfang.notices import actions as notices
from lianfang.notices.jobs import Delivered
from lianfang.notices.jobs import deliver as deliver_notices
from lianfang.notices.queries import told_since
from lianfang.org.actions.roster import apply_roster, counted
from lianfang.org.exchange.roster import roster_of
from lianfang.org.models import Administrator, CalendarYear, Organisation
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.rules.calendar import WorkCalendar, years_to_load

logger = logging.getLogger(__name__)
CALENDAR_MISSING = "org.calendar_missing"


def run(at: datetime) -> int:
    """Tell system administrators, once a year, that next year's calendar is not loaded.

    From the day on that the scheme names. Returns how many were told. Safe to repeat.
    """
    return sum(_warn(organisation, at) for organisation in Organisation.objects.order_by("pk"))


def deliver(at: datetime) -> Delivered:
    """Send every organisation's messages that are due; one's trouble keeps no other from theirs."""
    all_done = Delivered()
    for organisation in Organisation.objects.order_by("pk"):
        try:
            done = deliver_notices(
                organisation=organisation.pk, zone=ZoneInfo(organisation.time_zone), at=at
            )
        except Exception:
            logger.exception("could not send the messages of organisation %s", organisation.pk)
            done = Delivered(failed=1)
        if done != Delivered():
            logger.info("messages of organisation %s: %s", organisation.pk, done)
        all_done += done
    return all_done


def import_roster(job: Job, report: Report) -> Outcome:
    """Apply the import that the job names, as `org.actions.roster` does; the page starts it."""
    source = Import.objects.select_related("attachment").get(pk=job.arguments["import"])
    plan = apply_roster(
        organisation=Organisation.objects.get(pk=source.organisation),
        roster=roster_of(source),
        seen=job.arguments["seen"],
        skip_refused=job.arguments["skip"],
        may_seat=False,
        source=source,
        by=job.asked_by,
        at=clock.now(),
    )
    report(len(plan.writes), len(plan.writes))
    counts = counted(plan)
    return Outcome(
        code="org.roster_applied",
        values={"added": counts.get("added", 0), "changed": counts.get("changed", 0)},
        url=reverse("org:import", args=[source.pk]),
    )


def _warn(organisation: Organisation, at: datetime) -> int:
    on = day_in(organisation.time_zone, at)
    warn_from = written_scheme(organisation.scheme).calendar.warn_from
    loaded = CalendarYear.objects.filter(organisation=organisation).values_list("year", flat=True)
    known = WorkCalendar(years=frozenset(loaded))
    if on.year + 1 not in years_to_load(known, on, warn_from):
        return 0
    administrators = Administrator.objects.filter(
        organisation=organisation, kind=Administrator.Kind.SYSTEM, login__is_active=True
    ).select_related("login")
    logins = {administrator.login_id: administrator.login for administrator in administrators}
    month, day = map(int, warn_from.split("-"))
    since = datetime.combine(date(on.year, month, day), time(), ZoneInfo(organisation.time_zone))
    untold = logins.keys() - told_since(CALENDAR_MISSING, since, [*logins])
    for login in untold:
        notices.tell(
            recipient=logins[login], kind=CALENDAR_MISSING, url=reverse("org:calendar"), at=at
        )
    return len(untold)
