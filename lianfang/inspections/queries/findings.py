"""Findings as pages list them, and what they ask of somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from lianfang.inspections.models import Finding
from lianfang.inspections.rules.records import is_overdue
from lianfang.org.models import Post

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """A finding, and whether the unit should have put it right by now."""

    finding: Finding
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class FindingPage:
    """A page of findings; `older` is the number of the next one, if any. `count` are all."""

    lines: tuple[FindingLine, ...]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def finding_page(
    rows: QuerySet[Finding], on: date, *, state: str = "", page: int = 1
) -> FindingPage:
    """Return a page of findings, soonest due first; closed ones at the end. Two statements."""
    if state == "late":
        rows = rows.filter(state=Finding.State.OPEN, due_on__lt=on)
    elif state:
        rows = rows.filter(state=state)
    first, count = (page - 1) * PAGE, rows.count()
    found = rows.select_related("record__person", "unit", "post", "measure")
    shown = found.order_by(F("closed_on").asc(nulls_first=True), "due_on", "pk")[
        first : first + PAGE
    ]
    return FindingPage(
        lines=tuple(_lines(shown, on)),
        page=page,
        older=page + 1 if first + PAGE < count else None,
        count=count,
    )


def findings_waiting(rows: QuerySet[Finding]) -> list[Finding]:
    """Return findings that wait for somebody, soonest due first, at most PAGE. One statement."""
    found = rows.select_related("record", "unit", "post")
    return list(found.order_by("due_on", "pk")[:PAGE])


def _lines(rows: QuerySet[Finding], on: date) -> Iterator[FindingLine]:
    for finding in rows:
        is_late = is_overdue(finding.state, finding.due_on, on)
        yield FindingLine(finding=finding, is_late=is_late)


def open_at(post: Post, findings: QuerySet[Finding]) -> list[str]:
    """Return what was found at a post, or is its to put right, and is still open. One statement."""
    about = Q(record__post=post) | Q(post=post)
    rows = findings.filter(about, state=Finding.State.OPEN).order_by("due_on", "pk")
    return list(rows.values_list("what", flat=True).distinct())
