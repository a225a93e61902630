"""What somebody opened lately: known to their browser alone, told anew through access each time.

The browser keeps marks such as `org:unit/5` in the session of its tab (decision 0031). Here a mark
becomes a title again, if its reader may still know of it; else it is absent. Pages about talks,
reports, signs and leads have no mark.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from lianfang.cycles.access import editions_visible_to, filings_visible_to
from lianfang.inspections.access import draws_visible_to, findings_visible_to
from lianfang.learning.access import activities_visible_to, cases_visible_to
from lianfang.org.access import people_visible_to, posts_visible_to, units_visible_to
from lianfang.org.standing import Standing
from lianfang.powers.access import powers_visible_to, regulations_visible_to
from lianfang.risks.access import risks_visible_to
from lianfang.shell.archive.access import papers_visible_to
from lianfang.shell.hits import Hit

MOST = 10
Rows = Callable[[Standing], QuerySet[Any]]
Told = Callable[[Any], tuple[str, str]]


def _named(row: Any) -> tuple[str, str]:
    return row.shown_name, row.code


def _in_unit(row: Any) -> tuple[str, str]:
    return row.shown_name, f"{row.unit.shown_name}  {row.code}"


def _titled(row: Any) -> tuple[str, str]:
    return row.title, ""


# the name of a page that shows one thing -> the rows one may know of, and how a row is told
KINDS: Mapping[str, tuple[Rows, Told]] = {
    "org:unit": (units_visible_to, _named),
    "org:post": (lambda standing: posts_visible_to(standing).select_related("unit"), _in_unit),
    "org:person": (people_visible_to, _named),
    "powers:power": (lambda standing: powers_visible_to(standing).select_related("unit"), _in_unit),
    "powers:regulation": (regulations_visible_to, _named),
    "risks:risk": (
        lambda standing: risks_visible_to(standing).select_related("unit"),
        lambda row: (row.title, f"{row.unit.shown_name}  {row.code}"),
    ),
    "cycles:filing": (
        lambda standing: filings_visible_to(standing).select_related("unit", "cycle", "revision"),
        lambda row: (f"{row.unit.shown_name}  {row.cycle.year}", str(row.get_state_display())),
    ),
    "cycles:edition": (
        lambda standing: editions_visible_to(standing).select_related("unit").defer("content"),
        lambda row: (f"{row.unit.shown_name}  {row.number}", ""),
    ),
    "inspections:draw": (draws_visible_to, _titled),
    "inspections:finding": (
        lambda standing: findings_visible_to(standing).select_related("unit"),
        lambda row: (row.what, row.unit.shown_name),
    ),
    "learning:activity": (activities_visible_to, _titled),
    "learning:case": (cases_visible_to, _titled),
    "shell:paper": (papers_visible_to, lambda row: (row.title, row.mark)),
}


def mark_of(request: HttpRequest) -> str:
    """Return the mark of the thing a page shows, empty where it shows none that is kept."""
    match = request.resolver_match
    if match is None or match.view_name not in KINDS or len(match.kwargs) != 1:
        return ""
    (key,) = match.kwargs.values()
    return f"{match.view_name}/{key}"


def recent_for(standing: Standing, marks: Iterable[str]) -> tuple[Hit, ...]:
    """Return the marked things that somebody may know of, in that order.

    A statement for each kind of thing, MOST at most.
    """
    asked = [found for mark in list(marks)[:MOST] if (found := _parsed(mark)) is not None]
    hits: dict[tuple[str, int], Hit] = {}
    for kind in dict.fromkeys(kind for kind, _key in asked):
        rows, told = KINDS[kind]
        for row in rows(standing).filter(pk__in=[key for name, key in asked if name == kind]):
            title, detail = told(row)
            hits[kind, row.pk] = Hit(title=title, detail=detail, url=reverse(kind, args=[row.pk]))
    return tuple(hits[one] for one in dict.fromkeys(asked) if one in hits)


def _parsed(mark: str) -> tuple[str, int] | None:
    kind, _slash, key = mark.partition("/")
    if kind not in KINDS or not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return kind, int(key)
