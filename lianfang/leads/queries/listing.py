"""Leads as a list: narrowed, sorted, page by page, or all of them to take away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from lianfang.leads.models import Lead, LeadAccess, LeadProposal
from lianfang.leads.queries.keeping import having
from lianfang.leads.rules.states import is_late

PAGE = 50
MOST = 5_000
_ORDERS: Mapping[str, tuple[str, ...]] = {
    "due": ("due_on", "pk"),
    "received": ("-received_on", "pk"),
    "state": ("state", "due_on", "pk"),
}
_OPEN = tuple(set(Lead.State) - {Lead.State.CLOSED, Lead.State.STRUCK})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the list was narrowed by; empty for not at all. `state` may be `open` or `late`."""

    year: int | None = None
    state: str = ""
    origin: str = ""
    sort: str = "due"
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Line:
    """A lead, whether it is late, who handles it by name, whether something waits to be decided."""

    lead: Lead
    is_late: bool
    handlers: tuple[str, ...]
    waits: bool


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A page of leads; `older` is the number of the next one, if any. `count` are all."""

    lines: tuple[Line, ...]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def narrowed(rows: QuerySet[Lead], asked: Asked, on: date) -> QuerySet[Lead]:
    """Return the leads that are asked for, sorted. No statement."""
    if asked.year is not None:
        rows = rows.filter(year=asked.year)
    if asked.state == "open":
        rows = rows.filter(state__in=_OPEN)
    elif asked.state == "late":
        rows = rows.filter(state=Lead.State.REGISTERED, due_on__lt=on)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    if asked.origin:
        rows = rows.filter(origin=asked.origin)
    return rows.order_by(*_ORDERS[asked.sort])


def list_page(rows: QuerySet[Lead], page: int, on: date) -> ListPage:
    """Return a page of leads. Three statements."""
    first = (page - 1) * PAGE
    count = rows.count()
    return ListPage(
        lines=tuple(lines_of(rows[first : first + PAGE], on)),
        page=page,
        older=page + 1 if first + PAGE < count else None,
        count=count,
    )


def lines_of(rows: QuerySet[Lead], on: date) -> list[Line]:
    """Return leads with who handles them. Two statements."""
    waiting = LeadProposal.objects.filter(lead=OuterRef("pk"), state=LeadProposal.State.WAITING)
    found = list(rows.annotate(waits=Exists(waiting)))
    names = _handlers(found, on)
    return [
        Line(
            lead=lead,
            is_late=is_late(lead.state, lead.due_on, on, is_disposed=lead.disposed_on is not None),
            handlers=tuple(names.get(lead.pk, ())),
            waits=lead.waits,
        )
        for lead in found
    ]


def years_of(rows: QuerySet[Lead]) -> list[int]:
    """Return the years in which there are leads, newest first. One statement."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def _handlers(leads: Iterable[Lead], on: date) -> dict[object, list[str]]:
    rows = LeadAccess.objects.filter(
        having(on), lead__in=[lead.pk for lead in leads], part=LeadAccess.Part.HANDLES
    )
    found: dict[object, list[str]] = {}
    for access in rows.select_related("person").order_by("from_on", "pk"):
        found.setdefault(access.lead_id, []).append(access.person.shown_name)
    return found
