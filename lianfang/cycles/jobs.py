"""Long and nightly work of the year: publishing, collecting, counting, proposing revisions."""

from contextlib import suppress
from datetime import date, datetime

from django.urls import reverse

from lianfang.common import clock
from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.progress import Report
from lianfang.common.text import Language, Text
from lianfang.cycles.access import get_cycle_for, may_collect
from lianfang.cycles.actions.collecting import keep_collected
from lianfang.cycles.actions.counting import note_counts
from lianfang.cycles.actions.cycle import add_filings
from lianfang.cycles.actions.moving import NotNow
from lianfang.cycles.actions.proposing import propose_revisions, retire_editions
from lianfang.cycles.actions.publishing import publish
from lianfang.cycles.exchange import Collecting, collect
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


class NoLongerCollects(Refused):
    """Whoever asked for a collected file may not have it any more."""


def run(at: datetime) -> int:
    """Do the nightly work of the year for every organisation; return how much changed.

    Units founded since get their filing, editions of dissolved ones are retired, revisions are
    proposed, findings of drafts are counted. Safe to repeat: what was counted at that moment is not
    counted again. The cost grows with the registers of the units that draft, and with what editions
    in force hold. Source: 质检认纪〔2012〕1号 六.
    """
    return sum(_night(organisation, at) for organisation in Organisation.objects.order_by("pk"))


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


def collect_year(job: Job, report: Report) -> Outcome:
    """Make the collected file that the job names, and keep it for whoever asked. Safe to repeat."""
    at = clock.now()
    standing = _asker(job)
    if standing is None or not may_collect(standing):
        raise NoLongerCollects(
            Text(
                "交办这项工作的人现在不能取得汇总，没有生成文件。请由办公室或领导重新交办。",
                "Whoever asked for this may not take the collected file any more, so none was "
                "made. Let somebody of the office or the leadership ask again.",
            )
        )
    cycle = get_cycle_for(standing, int(job.arguments["year"]))
    made = collect(
        Collecting(
            cycle=cycle,
            scheme=scheme_of(cycle.organisation, standing.on),
            on=standing.on,
            language=Language(job.arguments["language"]),
            kind=str(job.arguments["kind"]),
        ),
        report,
    )
    kept = keep_collected(
        cycle=cycle,
        content=made.content,
        name=made.name,
        kind=str(job.arguments["kind"]),
        units=made.units,
        risks=made.risks,
        by=job.asked_by,
        at=at,
    )
    return Outcome(
        code="cycles.collected",
        values={"units": made.units, "risks": made.risks, "name": made.name},
        url=reverse("cycles:collected", args=[kept.pk]),
    )


def _night(organisation: Organisation, at: datetime) -> int:
    on = day_in(organisation.time_zone, at)
    scheme = scheme_of(organisation, on)
    counts = list(counts_of_drafts(organisation, scheme, on, at))
    return (
        add_filings(organisation=organisation, on=on, by=None, at=at)
        + retire_editions(organisation=organisation, on=on, by=None, at=at)
        + propose_revisions(organisation=organisation, scheme=scheme, on=on, by=None, at=at)
        + note_counts(organisation=organisation, counts=counts, by=None, at=at)
    )


def _asker(job: Job) -> Standing | None:
    """Return who asked for the work, as they are today; None for somebody who left."""
    standing = standing_of(job.asked_by, clock.now()) if job.asked_by is not None else None
    is_own = standing is not None and standing.organisation_id == job.organisation
    return standing if is_own else None


def _require_office(job: Job) -> Standing:
    """Return who asked for the work, as they are today. Raises NoLongerOffice."""
    standing = _asker(job)
    if standing is None or not standing.has(Role.LEADING_GROUP_OFFICE):
        raise NoLongerOffice(
            Text(
                "交办这项工作的人已不在办公室，没有发布任何版本。请由现在的办公室人员重新交办。",
                "Whoever asked for this is no longer of the office, so nothing was published. Let "
                "somebody of the office ask again.",
            )
        )
    return standing
