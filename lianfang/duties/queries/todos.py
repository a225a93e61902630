"""What duties ask of somebody now, those of a rule together where there are many."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet

from lianfang.duties.models import Duty

# so many duties of a rule are told one by one; more of them as one thing to do
FEW = 3


@dataclass(frozen=True, kw_only=True)
class DutiesDue:
    """A duty that waits, or several of one rule; `due_on` is when the first of them is due."""

    rule: str
    kind: str
    clause: str
    due_on: date
    count: int = 1
    duty: Duty | None = None


def due_of(rows: QuerySet[Duty], on: date, until: date | None = None) -> list[DutiesDue]:
    """Return what has been opened and is due by a day, or whenever; soonest first.

    Two statements, one where no rule has just a few.
    """
    rows = rows.filter(opens_on__lte=on)
    if until is not None:
        rows = rows.filter(due_on__lte=until)
    counted = list(
        rows.order_by().values_list("rule", "kind", "clause").annotate(Count("pk"), Min("due_on"))
    )
    several = [
        DutiesDue(rule=rule, kind=kind, clause=clause, count=count, due_on=first)
        for rule, kind, clause, count, first in counted
        if count > FEW
    ]
    few = {rule for rule, _kind, _clause, count, _first in counted if count <= FEW}
    return sorted([*several, *_one_by_one(rows, few)], key=lambda each: each.due_on)


def _one_by_one(rows: QuerySet[Duty], rules: Collection[str]) -> list[DutiesDue]:
    if not rules:
        return []
    found = rows.filter(rule__in=rules).select_related("person", "post", "unit", "measure")
    return [
        DutiesDue(rule=duty.rule, kind=duty.kind, clause=duty.clause, due_on=duty.due_on, duty=duty)
        for duty in found.order_by("due_on", "pk")
    ]
