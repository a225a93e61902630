"""What the year's work asks of somebody: filings to draft, submit, check, publish (六)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.cycles.models import CorrectiveTask, CycleStage, Filing, Proposal
from lianfang.cycles.rules.improving import IMPROVE
from lianfang.org.models import Appointment, Body, Membership, holding
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

State = Filing.State
CHECKING = (State.SUBMITTED, State.IN_CHECK)
_STAGES = {
    State.SUBMITTED: "collect",
    State.IN_CHECK: "collect",
    State.CHECKED: "deliberate",
    State.APPROVED: "deliberate",
}


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
    """Return the filings that wait for the office to check them. Two statements.

    Those of units the asker belongs to, and those for which somebody was named, wait for others.
    """
    if not standing.has(Role.LEADING_GROUP_OFFICE):
        return []
    rows = Filing.objects.filter(state__in=CHECKING, checker_named_at=None)
    return _due(standing, rows.exclude(unit__in=standing.units | standing.headed))


def to_publish(standing: Standing) -> list[FilingDue]:
    """Return the filings that wait for the office to publish them. Two statements."""
    if not standing.has(Role.LEADING_GROUP_OFFICE):
        return []
    return _due(standing, Filing.objects.filter(state=State.APPROVED))


def to_check_by_name(standing: Standing) -> list[FilingDue]:
    """Return the filings that wait for the asker, who was named to check them. Two statements."""
    mine = Filing.objects.filter(checker=standing.person_id, checker_named_at__isnull=False)
    listed = Q(state=State.CHECKED, has_changes_listed=True)
    own = standing.units | standing.headed
    return _due(standing, mine.filter(Q(state__in=CHECKING) | listed).exclude(unit__in=own))


def to_name(standing: Standing) -> list[FilingDue]:
    """Return the filings that nobody of the office may check, and nobody was named for.

    Two statements, and one for each that is found.
    """
    if not standing.has(Role.LEADING_GROUP_OFFICE):
        return []
    rows = Filing.objects.filter(
        unit__in=standing.units | standing.headed, state=State.SUBMITTED, checker_named_at=None
    )
    return [due for due in _due(standing, rows) if not _has_checker(standing, due.filing)]


def _has_checker(standing: Standing, filing: Filing) -> bool:
    seats = Appointment.objects.filter(
        holding(standing.on), person=OuterRef("person"), post__unit=filing.unit_id
    )
    office = Membership.objects.filter(
        holding(standing.on),
        organisation=standing.organisation_id,
        body__kind=Body.Kind.LEADING_GROUP_OFFICE,
        body__retired_on=None,
    )
    return office.exclude(Exists(seats)).exists()


def to_revise(standing: Standing) -> list[Proposal]:
    """Return what asks for a revision of the units one heads, oldest first. One statement."""
    if not standing.headed:
        return []
    rows = Proposal.objects.filter(
        organisation=standing.organisation_id, unit__in=standing.headed, outcome=""
    )
    return list(rows.order_by("found_on", "pk"))


def tasks_to_do(standing: Standing) -> list[CorrectiveTask]:
    """Return the corrective tasks that wait for the asker, soonest first. One statement.

    Those of the units one heads, and those for which a post of one's own answers.
    """
    mine = Q(unit__in=standing.headed) | Q(post__in=standing.posts)
    rows = CorrectiveTask.objects.filter(mine, state=CorrectiveTask.State.OPEN)
    return list(rows.select_related("unit", "review__cycle").order_by("due_on", "pk"))


def tasks_to_confirm(standing: Standing) -> list[CorrectiveTask]:
    """Return the tasks that wait for the office's word, those of its own unit apart.

    One statement.
    """
    if not standing.has(Role.LEADING_GROUP_OFFICE):
        return []
    rows = CorrectiveTask.objects.filter(
        state=CorrectiveTask.State.DONE, review__cycle__organisation=standing.organisation_id
    ).exclude(unit__in=standing.units | standing.headed)
    return list(rows.select_related("unit", "review__cycle").order_by("done_at", "pk"))


def review_to_record(standing: Standing) -> CycleStage | None:
    """Return the last stage of a year that is open and has no running review yet.

    One statement, for the office alone.
    """
    if not standing.has(Role.LEADING_GROUP_OFFICE):
        return None
    rows = CycleStage.objects.filter(
        cycle__organisation=standing.organisation_id,
        cycle__review=None,
        code=IMPROVE,
        opened_on__isnull=False,
        closed_on=None,
    )
    return rows.select_related("cycle").order_by("ends_on").first()


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
    return [
        FilingDue(
            filing=filing,
            on=filing.due_on
            or ends.get(_STAGES.get(State(filing.state), "fill"), date(standing.on.year, 12, 31)),
        )
        for filing in filings
    ]
