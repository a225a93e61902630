"""Who may read and write reports (三, 五（五）).

Whoever is to do the duty writes; nobody else sees a draft. What was sent is read by whom it was
sent to, the unit's head, its portfolio leader, the discipline office and the head of the
leadership. Reports of units and records of visits are open to the office and the leadership too,
disclosures to the people of the unit. Nobody judges what they wrote themself.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.duties.access import BODIES, duties_of, may_do
from lianfang.duties.models import DisclosureComment, Duty, Report, ReportSection, ReportSending
from lianfang.duties.rules.reports import COURSES, WRITTEN
from lianfang.org.models import Person
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

To = Literal["view", "write", "judge", "comment"]
READS_ALL = (Role.DISCIPLINE_OFFICE, Role.LEADERSHIP_HEAD)
READS_UNITS = (Role.LEADING_GROUP_OFFICE, Role.LEADERSHIP)
OF_UNITS = (Duty.Kind.UNIT_REPORT, Duty.Kind.VISIT)


def reports_visible_to(standing: Standing) -> QuerySet[Report]:
    """Return the reports somebody may read; none for administrators."""
    rows = Report.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    return rows.filter(_written_by(standing) | _read_by(standing) | _open_to(standing))


def reports_to_read(standing: Standing) -> QuerySet[Report]:
    """Return the reports that wait for the asker's word."""
    rows = Report.objects.filter(
        organisation=standing.organisation_id, state=Report.State.SUBMITTED
    )
    return rows.filter(_read_by(standing)) if standing.is_staff else rows.none()


def reports_waiting_for(standing: Standing) -> QuerySet[Report]:
    """Return the reports that the asker has to mend, and those that wait for their word."""
    if not standing.is_staff:
        return Report.objects.none()
    is_back = Q(state=Report.State.RETURNED, duty__state=Duty.State.OPEN)
    returned = is_back & _to_be_done_by(standing)
    to_read = Q(state=Report.State.SUBMITTED) & _read_by(standing)
    return Report.objects.filter(returned | to_read, organisation=standing.organisation_id)


def disclosures_open_to(standing: Standing) -> QuerySet[Report]:
    """Return the disclosures that run today in the units to which the asker belongs."""
    rows = Report.objects.filter(
        organisation=standing.organisation_id,
        state=Report.State.PUBLISHED,
        public_from__lte=standing.on,
        public_until__gte=standing.on,
        unit__in=standing.units | standing.headed,
    )
    return rows if standing.is_staff else rows.none()


def duties_to_write(standing: Standing) -> QuerySet[Duty]:
    """Return the open duties of the asker that ask for words, with the report begun, if any."""
    return duties_of(standing).filter(kind__in=COURSES).select_related("report")


def get_report_for(standing: Standing, report_id: int, *, to: To = "view") -> Report:
    """Return a report with all it holds. Raises Http404, PermissionDenied to those who may not.

    Four statements.
    """
    sendings = ReportSending.objects.select_related("sent_by__person", "judged_by__person")
    comments = DisclosureComment.objects.select_related("person")
    rows = reports_visible_to(standing).select_related(
        "organisation", "unit", "post", "author", "recipient", "duty__actor", "duty__person"
    )
    rows = rows.prefetch_related(
        Prefetch("sections", ReportSection.objects.order_by("order")),
        Prefetch("sendings", sendings.order_by("-round")),
        Prefetch("comments", comments.order_by("said_at", "pk")),
    )
    found = get_object_or_404(rows, pk=report_id)
    if not may(standing, found, to):
        raise PermissionDenied
    return found


def report_of(standing: Standing, duty: Duty) -> Report | None:
    """Return the report of a duty, if one was begun that the asker may see. One statement."""
    return reports_visible_to(standing).filter(duty=duty).first()


def may(standing: Standing, report: Report, to: To) -> bool:
    """Return whether the asker may do that with a report they see, whatever its state."""
    return to == "view" or _MAY[to](standing, report)


def asker(standing: Standing) -> Person:
    """Return the asker as a person. One statement; raises Http404 for administrators."""
    return get_object_or_404(Person, pk=standing.person_id or 0)


def _may_write(standing: Standing, report: Report) -> bool:
    return may_do(standing, report.duty)


def _may_judge(standing: Standing, report: Report) -> bool:
    if not standing.is_staff or report.author_id == standing.person_id:
        return False
    if report.recipient_id is not None:
        return report.recipient_id == standing.person_id
    return report.recipient_role in _bodies(standing)


def _may_comment(standing: Standing, report: Report) -> bool:
    return (
        report.kind == Duty.Kind.DISCLOSURE
        and report.unit_id in standing.units | standing.headed
        and report.author_id != standing.person_id
    )


def _bodies(standing: Standing) -> list[str]:
    return [code.value for code, role in BODIES.items() if standing.has(role)]


def _written_by(standing: Standing) -> Q:
    return Q(author=standing.person_id) | _to_be_done_by(standing)


def _to_be_done_by(standing: Standing) -> Q:
    of_body = Q(duty__actor=None, duty__actor_role__in=_bodies(standing))
    return Q(duty__actor=standing.person_id) | of_body


def _read_by(standing: Standing) -> Q:
    of_body = Q(recipient=None, recipient_role__in=_bodies(standing))
    mine = Q(recipient=standing.person_id) | of_body
    return mine & ~Q(state=Report.State.DRAFT) & ~Q(author=standing.person_id)


def _open_to(standing: Standing) -> Q:
    sent = ~Q(state__in=WRITTEN)
    if standing.has(*READS_ALL):
        return sent
    open_to = Q(unit__in=standing.headed | standing.portfolio)
    open_to |= Q(kind=Duty.Kind.DISCLOSURE, unit__in=standing.units)
    if standing.has(*READS_UNITS):
        open_to |= Q(kind__in=OF_UNITS)
    return sent & open_to


_MAY: Mapping[To, Callable[[Standing, Report], bool]] = {
    "write": _may_write,
    "judge": _may_judge,
    "comment": _may_comment,
}
