"""What inspections ask of somebody beyond their duties: to draw, to put right, to judge."""

from datetime import date

from django.db.models import QuerySet

from lianfang.inspections.models import Draw, Record


def draws_to_draw(rows: QuerySet[Draw], on: date) -> list[Draw]:
    """Return the frozen draws whose public value is known by now. One statement."""
    return list(rows.filter(state=Draw.State.FROZEN, public_on__lte=on).order_by("public_on", "pk"))


def records_to_confirm(rows: QuerySet[Record], person: int | None) -> list[Record]:
    """Return the drafts of visits that somebody made. One statement."""
    found = rows.filter(state=Record.State.DRAFT, inspectors=person)
    return list(found.select_related("person", "duty").order_by("duty__due_on", "pk"))
