"""Reports as officers list them: days, state, clocks, size class; never content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Length

from lianfang.casework.models import ReportCase
from lianfang.casework.models.cases import mark_of
from lianfang.casework.rules.clocks import Course, Deadline, deadlines_of, may_be_destroyed
from lianfang.casework.rules.states import OPEN, State
from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.portal.models import Envelope, OfficerKey, SealedFile, SealedReport
from lianfang.scheme.model import Scheme

FILTERS = ("open", "late", "completed", "destroyed")


@dataclass(frozen=True, kw_only=True)
class ShownDeadline(Deadline):
    """A clock with its label."""

    label: Text

    @property
    def shown(self) -> str:
        """The label in the language of the page."""
        return self.label.in_(language_now())


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """A report with where it stands, and the clock that ends first."""

    report: SealedReport
    case: ReportCase | None
    deadlines: tuple[ShownDeadline, ...]
    on: date
    can_open: bool
    size: int

    @property
    def pk(self) -> UUID:
        """The id of the report."""
        return self.report.pk

    @property
    def mark(self) -> str:
        """How officers call it."""
        return mark_of(self.report.pk)

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.case.state if self.case else State.RECEIVED.value

    @property
    def shown_state(self) -> str:
        """Where it stands, in words."""
        return str(ReportCase.State(self.state).label)

    @property
    def next(self) -> ShownDeadline | None:
        """The clock that ends first."""
        return self.deadlines[0] if self.deadlines else None

    @property
    def is_late(self) -> bool:
        """Whether a clock has run out."""
        return any(deadline.is_late(self.on) for deadline in self.deadlines)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be made of it."""
        return State(self.state) in OPEN

    @property
    def is_settled(self) -> bool:
        """Whether the alert or the lead that came of it is at its end, and it is not."""
        case = self.case
        if case is None or case.state != State.ACCEPTED:
            return False
        ends = [case.alert and case.alert.closed_on, case.lead and case.lead.closed_on]
        return any(end is not None for end in ends)

    @property
    def is_over(self) -> bool:
        """Whether it may be destroyed by now."""
        case = self.case
        return (
            case is not None
            and case.state == State.COMPLETED
            and case.kept_until is not None
            and may_be_destroyed(kept_until=case.kept_until, held_until=case.held_until, on=self.on)
        )


def course_of(report: SealedReport, case: ReportCase | None) -> Course:
    """Return the days of a report that its clocks ask about."""
    return Course(
        state=case.state if case else State.RECEIVED.value,
        is_signed=report.signed,
        arrived_on=report.arrived_on,
        completed_on=case.completed_on if case else None,
        acceptance_told_on=case.acceptance_told_on if case else None,
        result_told_on=case.result_told_on if case else None,
    )


def shown_deadlines(
    report: SealedReport, case: ReportCase | None, scheme: Scheme, calendar: WorkCalendar
) -> tuple[ShownDeadline, ...]:
    """Return the clocks of a report that run, with the labels of the scheme."""
    labels = {clock.code: clock.label for clock in scheme.clocks}
    return tuple(
        ShownDeadline(code=each.code, due_on=each.due_on, label=labels[each.code])
        for each in deadlines_of(course_of(report, case), scheme, calendar)
    )


def reports_listed(
    rows: QuerySet[SealedReport], *, person: int, scheme: Scheme, calendar: WorkCalendar, on: date
) -> list[ReportLine]:
    """Return reports, those that are late or due first. Three statements."""
    of_files = (
        SealedFile.objects.filter(report=OuterRef("pk"))
        .order_by()
        .values("report")
        .annotate(sum=Sum(Length("sealed"), output_field=IntegerField()))
        .values("sum")
    )
    found = list(
        rows.annotate(
            body_size=Length("body", output_field=IntegerField()),
            file_size=Coalesce(Subquery(of_files, output_field=IntegerField()), 0),
        ).defer("body", "identity")
    )
    rows_of_cases = ReportCase.objects.select_related("alert", "lead")
    cases = {case.pk: case for case in rows_of_cases.filter(report__in=[r.pk for r in found])}
    own = set(
        Envelope.objects.filter(
            key__person=person,
            key__ended_on=None,
            kind=Envelope.Kind.CONTENT,
            withdrawn_on=None,
        ).values_list("report", flat=True)
    )
    lines = [
        ReportLine(
            report=report,
            case=cases.get(report.pk),
            deadlines=shown_deadlines(report, cases.get(report.pk), scheme, calendar),
            on=on,
            can_open=report.pk in own,
            size=report.body_size + report.file_size,
        )
        for report in found
    ]
    return sorted(lines, key=_urgency)


def narrowed(lines: Iterable[ReportLine], only: str) -> list[ReportLine]:
    """Return those of the lines that a filter asks for; all for none."""
    tests = {
        "open": lambda line: line.is_open,
        "late": lambda line: line.is_late,
        "completed": lambda line: line.state == State.COMPLETED,
        "destroyed": lambda line: line.state == State.DESTROYED,
    }
    test = tests.get(only)
    return [line for line in lines if test is None or test(line)]


def has_reader(organisation: int) -> bool:
    """Return whether anybody has a reader's key in use: else nothing is taken. One statement."""
    return OfficerKey.objects.filter(
        organisation=organisation, ended_on=None, kind=OfficerKey.Kind.READER
    ).exists()


def _urgency(line: ReportLine) -> tuple[bool, date, date, str]:
    due = line.next.due_on if line.next else date.max
    return (not line.is_open and not line.deadlines, due, line.report.arrived_on, str(line.pk))
