"""Long and nightly work of the year: approved filings are published, drafted ones are counted."""

from contextlib import suppress
from datetime import date, datetime

from django.urls import reverse

from lianfang.common import clock
from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.progress import Report
from lianfang.common.text import Text
from lianfang.cycles.actions.counting import note_counts
from lianfang.cycles.actions.moving import NotNow
from lianfang.cycles.actions.publishing import publish
from lianfang.cycles.models import Filing
from lianfang.cycles.queries.counting import counts_of_drafts
from lianfang.jobs.models import Job
from lianfang.jobs.rules import Outcome
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.standing import standing_of
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing


class NoLongerOffice(Refused):
    """Whoever asked for the work does not belong to the office any more."""


def run(at: datetime) -> int:
    """Count what the checks find in filings that are drafted; return in how many.

    Safe to repeat: what was counted at that moment is not counted again. The cost grows with the
    registers of the units that draft.
    """
    return sum(_count(organisation, at) for organisation in Organisation.objects.order_by("pk"))


def publish_approved(job: Job, report: Report) -> Outcome:
    """Publish every approved filing of a year; what was published before a break stays so.

    Done twice, it publishes what is left. The cost grows with the units' registers.
    """
    at = clock.now()
    standing = _require_office(job)
    on, organisation = standing.on, Organisation.objects.get(pk=standing.organisation_id)
    scheme = scheme_of(organisation, on)
    waiting = Filing.objects.filter(
        organisation=organisation,
        cycle=int(job.arguments["cycle"]),
        state=Filing.State.APPROVED,
    )
    filings = list(waiting.order_by("unit__order", "unit__code"))
    done = 0
    for number, filing in enumerate(filings, 1):
        # somebody may have published it by hand meanwhile
        with suppress(NotNow):
            publish(
                filing=filing,
                effective_from=date.fromisoformat(str(job.arguments["effective_from"])),
                scheme=scheme,
                on=on,
                by=job.asked_by,
                at=at,
            )
            done += 1
        report(number, len(filings))
    return Outcome(code="cycles.published", values={"units": done}, url=reverse("cycles:editions"))


def _count(organisation: Organisation, at: datetime) -> int:
    on = day_in(organisation.time_zone, at)
    counts = list(counts_of_drafts(organisation, scheme_of(organisation, on), on, at))
    return note_counts(organisation=organisation, counts=counts, by=None, at=at)


def _require_office(job: Job) -> Standing:
    """Return who asked for the work, as they are today. Raises NoLongerOffice."""
    standing = standing_of(job.asked_by, clock.now()) if job.asked_by is not None else None
    is_own = standing is not None and standing.organisation_id == job.organisation
    if standing is None or not is_own or not standing.has(Role.LEADING_GROUP_OFFICE):
        raise NoLongerOffice(
            Text(
                "交办这项工作的人已不在办公室，没有发布任何版本。请由现在的办公室人员重新交办。",
                "Whoever asked for this is no longer of the office, so nothing was published. Let "
                "somebody of the office ask again.",
            )
        )
    return standing
