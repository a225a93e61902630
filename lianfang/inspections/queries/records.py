"""What a record of a visit is written from, and what it holds."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from lianfang.duties.models import Duty, MeasureInForce
from lianfang.inspections.models import Correction, DrawnPost, Finding, Record, RecordLine
from lianfang.org.models import Appointment, Membership, Person, Post, holding
from lianfang.org.queries.tree import in_use


def drawn_inspectors(duty: Duty) -> tuple[int, ...]:
    """Return the keys of who was drawn to inspect; none for a regular check. One statement."""
    rows = DrawnPost.inspectors.through._default_manager.filter(drawnpost__duty=duty)
    return tuple(rows.order_by("person").values_list("person", flat=True))


def measures_of(duty: Duty, record: Record | None) -> list[MeasureInForce]:
    """Return the measures a visit looks at: those in force that the post answers for.

    A record that was begun keeps those it has. One statement.
    """
    rows = MeasureInForce.objects.filter(organisation=duty.organisation_id)
    if record is not None and record.state == Record.State.CONFIRMED:
        rows = rows.filter(pk__in=record.lines.values("measure"))
    else:
        rows = rows.filter(post=duty.post_id, until_on=None)
    return list(rows.order_by("risk_code", "code"))


def lines_of(record: Record) -> list[RecordLine]:
    """Return the measures as they were found. One statement."""
    return list(record.lines.select_related("measure").order_by("place"))


def findings_of(record: Record) -> list[Finding]:
    """Return what was found, with what was put right. Two statements."""
    rows = record.findings.select_related("measure", "post", "unit")
    return list(rows.prefetch_related("corrections").order_by("place"))


def corrections_of(finding: Finding) -> list[Correction]:
    """Return what the unit put right, the last first. One statement."""
    rows = finding.corrections.select_related("evidence", "said_by__person", "judged_by__person")
    return list(rows.order_by("-pk"))


def inspectors_for(duty: Duty, on: date) -> QuerySet[Person]:
    """Return who sits in the body that inspects, but for the person and those of their unit.

    No statement.
    """
    sits = Membership.objects.filter(
        holding(on), person=OuterRef("pk"), body__kind=duty.actor_role, body__retired_on=None
    )
    own = Appointment.objects.filter(holding(on), person=OuterRef("pk"), post__unit=duty.unit_id)
    rows = Person.objects.filter(Exists(sits), organisation=duty.organisation_id)
    return rows.exclude(Exists(own)).exclude(pk=duty.person_id or 0).order_by("code")


def posts_of(duty: Duty, on: date) -> QuerySet[Post]:
    """Return the posts of the unit that may answer for a finding. No statement."""
    return Post.objects.filter(in_use(on), unit=duty.unit_id).order_by("order", "code")


def inspectors_of(record: Record) -> list[Person]:
    """Return who inspected. One statement."""
    return list(record.inspectors.order_by("code"))
