"""What the year's work asks of somebody: filings to draft, submit, check, publish (六)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lianfang.cycles.models import CycleStage, Filing, Proposal
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

State = Filing.State


@dataclass(frozen=True, kw_only=True)
class FilingDue:
    """A filing that waits for the asker, and by when."""

    filing: Filing
    on: date


def to_file(standing: Standing) -> list[FilingDue]:
    """Return the filings of the units one heads that are not sent yet. Two statements."""
    if not standing.headed:
        return []
    waiting = (State.NOT_STARTED, State.DRAFTING, State.RETURNED)
    return _due(standing, Filing.objects.filter(unit__in=standing.headed, state__in=waiting))


def to_check(standing: Standing) -> list[FilingDue]:
    """Return the filings that wait for the office, those of its own unit apart. Two statements."""
    if not standing.has(Role.LEADING_GROUP_OFFICE):
        return []
    waiting = (State.SUBMITTED, State.IN_CHECK, State.APPROVED)
    rows = Filing.objects.filter(state__in=waiting).exclude(unit__in=standing.units)
    return _due(standing, rows)


def to_revise(standing: Standing) -> list[Proposal]:
    """Return what asks for a revision of the units one heads, oldest first. One statement."""
    if not standing.headed:
        return []
    rows = Proposal.objects.filter(
        organisation=standing.organisation_id, unit__in=standing.headed, outcome=""
    )
    return list(rows.order_by("found_on", "pk"))


def _due(standing: Standing, rows: QuerySet[Filing]) -> list[FilingDue]:
    filings = list(
        rows.filter(
            Q(cycle__year=standing.on.year) | Q(revision__isnull=False),
            organisation=standing.organisation_id,
        )
        .select_related("unit", "cycle", "revision")
        .order_by("unit__order", "unit__code")
    )
    if not filings:
        return []
    ends = dict(CycleStage.objects.filter(cycle=filings[0].cycle_id).values_list("code", "ends_on"))
    stage = {State.SUBMITTED: "collect", State.IN_CHECK: "collect", State.APPROVED: "deliberate"}
    return [
        FilingDue(
            filing=filing,
            on=filing.due_on
            or ends.get(stage.get(State(filing.state), "fill"), date(standing.on.year, 12, 31)),
        )
        for filing in filings
    ]
