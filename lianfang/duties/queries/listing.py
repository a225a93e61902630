"""Duties one by one, soonest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.common.text import Text
from lianfang.duties.models import Duty
from lianfang.duties.queries.marks import LOOKS
from lianfang.duties.queries.narrowing import Days
from lianfang.duties.rules.looks import Look

PAGE = 60
# as many as one table to take away holds
MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Line:
    """A duty with what the scheme calls its rule, and how it stands."""

    duty: Duty
    label: Text | None
    look: Look

    @property
    def look_label(self) -> str:
        """How it stands, in words."""
        return str(LOOKS[self.look])


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A page of duties; `older` is the number of the next one, if any. `count` are all."""

    lines: tuple[Line, ...]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def list_page(rows: QuerySet[Duty], labels: Mapping[str, Text], days: Days, page: int) -> ListPage:
    """Return a page of duties. Two statements."""
    first = (page - 1) * PAGE
    count = rows.count()
    return ListPage(
        lines=tuple(_lines(_related(rows)[first : first + PAGE], labels, days)),
        page=page,
        older=page + 1 if first + PAGE < count else None,
        count=count,
    )


def all_lines(rows: QuerySet[Duty], labels: Mapping[str, Text], days: Days) -> list[Line]:
    """Return the first MOST duties. One statement."""
    return list(_lines(_related(rows)[:MOST], labels, days))


def _related(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    found = rows.select_related("person", "post", "unit", "actor", "measure")
    return found.order_by("due_on", "pk")


def _lines(rows: QuerySet[Duty], labels: Mapping[str, Text], days: Days) -> Iterator[Line]:
    for duty in rows:
        yield Line(duty=duty, label=labels.get(duty.rule), look=days.look_of(duty))
