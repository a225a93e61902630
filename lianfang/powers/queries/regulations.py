"""The library of regulations, and who depends on each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import Basis, Regulation

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class AskedRules:
    """How the library was narrowed; `after` is the code of the last one shown."""

    words: str = ""
    state: str = ""
    unused: bool = False
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class LibraryRow:
    """A regulation, and how many powers, measures and risk points in use depend on it."""

    rule: Regulation
    powers: int
    measures: int
    risks: int


@dataclass(frozen=True, kw_only=True)
class LibraryPage:
    """A page of regulations."""

    rows: tuple[LibraryRow, ...]
    more: str


def find_regulations(
    rules: QuerySet[Regulation], standing: Standing, asked: AskedRules
) -> LibraryPage:
    """Return a page of the library in the order of the codes. Two statements."""
    rows = rules.filter(in_use(standing.on))
    if asked.words:
        rows = rows.filter(
            Q(title__icontains=asked.words)
            | Q(title_en__icontains=asked.words)
            | Q(number__icontains=asked.words)
            | Q(code__iexact=asked.words)
        )
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.unused:
        rows = rows.filter(~Exists(Basis.objects.filter(regulation=OuterRef("pk"))))
    if asked.after:
        rows = rows.filter(code__gt=asked.after)
    found = list(rows.select_related("owner", "attachment").order_by("code")[: PAGE + 1])
    more = found[PAGE - 1].code if len(found) > PAGE else ""
    return LibraryPage(rows=_counted(found[:PAGE], standing.on), more=more)


def _counted(rows: list[Regulation], on: date) -> tuple[LibraryRow, ...]:
    counts = {
        key: (powers, measures, risks)
        for key, powers, measures, risks in Regulation.objects.filter(
            pk__in=[row.pk for row in rows]
        )
        .annotate(
            resting=Count("bases__power", filter=in_use(on, "bases__power__"), distinct=True),
            measured=Count("measures", filter=Q(measures__risk__retired_on=None), distinct=True),
            hanging=Count("risks", filter=Q(risks__retired_on=None), distinct=True),
        )
        .values_list("pk", "resting", "measured", "hanging")
    }
    return tuple(
        LibraryRow(rule=row, powers=powers, measures=measures, risks=risks)
        for row in rows
        for powers, measures, risks in [counts.get(row.pk, (0, 0, 0))]
    )


def bases_on(regulation: Regulation, on: date) -> list[Basis]:
    """Return the bases of powers in use that name a regulation, unit by unit. One statement."""
    return list(
        Basis.objects.filter(in_use(on, "power__"), regulation=regulation)
        .select_related("power__unit")
        .order_by("power__unit__order", "power__unit__code", "power__code", "order")
    )


@dataclass(frozen=True, kw_only=True)
class OnRule:
    """A measure or a risk point that rests on a regulation, as far as this room may tell."""

    code: str
    title: str
    key: int
    asks_rule: bool = False


def measures_on(regulation: Regulation) -> list[OnRule]:
    """Return the measures in use that rest on a regulation or ask for it. One statement.

    By the relation that the room above set up; nothing is imported from there.
    """
    rows = regulation.measures.filter(risk__retired_on=None).order_by("risk__code", "order")
    return [
        OnRule(code=code, title=text, key=key, asks_rule=asks)
        for code, text, key, asks in rows.values_list("risk__code", "text", "risk", "asks_rule")
    ]


def risks_on(regulation: Regulation) -> list[OnRule]:
    """Return the risk points in use that hang on a regulation. One statement."""
    rows = regulation.risks.filter(retired_on=None).order_by("code")
    return [
        OnRule(code=code, title=title, key=key)
        for code, title, key in rows.values_list("code", "title", "pk")
    ]
