"""What the public learns of what was held: nothing about anybody."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from lianfang.common.clock import day_in
from lianfang.learning.models import Activity

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was held: by which organisation, what, of which kind, when, with how many people."""

    organisation: str
    title: str
    kind: str
    on: date
    people: int


@dataclass(frozen=True, kw_only=True)
class ShownPage:
    """A page of what was held; `older` is the number of the next, if any."""

    lines: tuple[Shown, ...]
    page: int
    older: int | None

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def shown_page(rows: QuerySet[Activity], page: int) -> ShownPage:
    """Return a page of what was held, the latest first. One statement."""
    first = (page - 1) * PAGE
    came = Count("attendances", filter=Q(attendances__undone_at=None))
    found = list(
        rows.select_related("organisation")
        .annotate(came=came)
        .order_by("-starts_at", "-pk")[first : first + PAGE + 1]
    )
    return ShownPage(
        lines=tuple(
            Shown(
                organisation=each.organisation.shown_name,
                title=each.title,
                kind=str(each.get_kind_display()),
                on=day_in(each.organisation.time_zone, each.starts_at),
                people=each.came,
            )
            for each in found[:PAGE]
        ),
        page=page,
        older=page + 1 if len(found) > PAGE else None,
    )
