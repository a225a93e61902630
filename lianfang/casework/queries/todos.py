"""What sealed reports ask of somebody now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lianfang.casework.models import IdentityAsk
from lianfang.casework.queries.lists import ReportLine


@dataclass(frozen=True, kw_only=True)
class ReportDue:
    """A report that waits for an officer: for which clock, and until when."""

    report: UUID
    mark: str
    what: str
    due_on: date


def reports_due(lines: Iterable[ReportLine]) -> list[ReportDue]:
    """Return each clock that runs, and each report whose time of keeping is over."""
    found = []
    for line in lines:
        found += [
            ReportDue(report=line.pk, mark=line.mark, what=each.code, due_on=each.due_on)
            for each in line.deadlines
        ]
        if line.is_settled:
            found.append(
                ReportDue(report=line.pk, mark=line.mark, what="completion", due_on=line.on)
            )
        if line.is_over and line.case is not None and line.case.kept_until is not None:
            found.append(
                ReportDue(
                    report=line.pk, mark=line.mark, what="keeping", due_on=line.case.kept_until
                )
            )
    return found


def asks_listed(rows: QuerySet[IdentityAsk]) -> list[IdentityAsk]:
    """Return what a witness is asked, unanswered first, then the newest. One statement."""
    found = rows.select_related("person", "witness").order_by("-pk")
    return sorted(found, key=lambda ask: ask.state != IdentityAsk.State.ASKED)


def asks_waiting(rows: QuerySet[IdentityAsk]) -> list[IdentityAsk]:
    """Return what a witness has not answered yet. One statement."""
    return list(rows.filter(state=IdentityAsk.State.ASKED).order_by("pk"))
