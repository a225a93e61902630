"""The rows behind a figure, as far as the reader may open what they are about."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from lianfang.alerts.access import alerts_visible_to
from lianfang.assessment.models import AssessmentTask
from lianfang.assessment.rules.figures.model import About, Row
from lianfang.assessment.words import ABOUT, WHYS
from lianfang.cycles.access import filings_visible_to
from lianfang.duties.access import duties_visible_to
from lianfang.duties.models import Duty
from lianfang.inspections.access import findings_visible_to
from lianfang.org.standing import Standing
from lianfang.risks.words import VALUES

PAGES: Mapping[About, str] = {
    About.POST: "org:post",
    About.PERSON: "org:person",
    About.FILING: "cycles:filing",
    About.POWER: "powers:power",
    About.RISK: "risks:risk",
    About.DUTY: "duties:duty",
    About.OWN_TASK: "assessment:task",
    About.FINDING: "inspections:finding",
    About.ALERT: "alerts:alert",
}


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """A row with its words, and the page of what it is about, empty where there is none."""

    row: Row
    kind: Promise | str
    why: Promise | str
    url: str


@dataclass(frozen=True, kw_only=True)
class ShownRows:
    """Rows as somebody may see them; `hidden` is how many are about what they may not open."""

    rows: list[ShownRow]
    hidden: int


def shown_rows(
    standing: Standing, rows: Sequence[Row], own_tasks: QuerySet[AssessmentTask]
) -> ShownRows:
    """Return rows with links, without those that are about what the reader may not know.

    `own_tasks` are those of this room that the reader may open. One statement for each kind of
    thing that is not open to all staff.
    """
    visible = {about: rows_of(standing) for about, rows_of in _VISIBLE.items()}
    visible[About.OWN_TASK] = own_tasks
    seen = {about: _seen(about, rows, found) for about, found in visible.items()}
    shown = [row for row in rows if row.about not in seen or row.key in seen[row.about]]
    return ShownRows(rows=[_told(row) for row in shown], hidden=len(rows) - len(shown))


def _seen(about: About, rows: Sequence[Row], visible: QuerySet[Any]) -> Collection[int]:
    keys = {row.key for row in rows if row.about is about}
    if not keys:
        return frozenset()
    return frozenset(visible.filter(pk__in=keys).values_list("pk", flat=True))


def _told(row: Row) -> ShownRow:
    page = PAGES.get(row.about)
    return ShownRow(
        row=row,
        kind=_kind(row),
        why=WHYS.get(row.why, ""),
        url=reverse(page, args=[row.key]) if page else "",
    )


def _kind(row: Row) -> Promise | str:
    if row.about is About.DUTY and row.kind:
        return Duty.Kind(row.kind).label
    if row.about is About.BREACH and row.kind:
        return VALUES["level"].get(row.kind, row.kind)
    return ABOUT[row.about]


_VISIBLE: Mapping[About, Callable[[Standing], QuerySet[Any]]] = {
    About.FILING: filings_visible_to,
    About.DUTY: duties_visible_to,
    About.ALERT: alerts_visible_to,
    About.FINDING: findings_visible_to,
}
