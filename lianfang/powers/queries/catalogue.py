"""The catalogue: powers of an organisation, narrowed, in order, a page at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lianfang.common.text import Text
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import Basis, Power, PowerPost, Step
from lianfang.powers.queries.levels import LevelCount, codes_by_rank, level_counts, with_top
from lianfang.powers.queries.load import grouped
from lianfang.powers.rules.keys import is_key
from lianfang.scheme.model import Named, Scheme

PAGE = 25
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How the catalogue was narrowed and sorted; `after` is the code of the last one shown."""

    words: str = ""
    unit: int | None = None
    category: str = ""
    matter: str = ""
    level: str = ""
    by_level: bool = False
    retired: bool = False
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class CatalogueRow:
    """A power in the list, with what hangs on it."""

    power: Power
    category: Text | None
    matters: tuple[Text, ...]
    deciding: tuple[PowerPost, ...]
    parts: tuple[PowerPost, ...]
    bases: tuple[Basis, ...]
    steps: int
    key_steps: int
    levels: tuple[LevelCount, ...]


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    """A page of the catalogue; `more` is the code after which the next one begins."""

    rows: tuple[CatalogueRow, ...]
    more: str


def find_powers(
    powers: QuerySet[Power], standing: Standing, asked: Asked, scheme: Scheme
) -> CataloguePage:
    """Return a page of the catalogue. Five statements, one more after the first page."""
    rows = _narrowed(powers, standing, asked, scheme)
    if asked.after:
        rows = _after(rows, asked)
    order = ["unit__order", "unit__code", "code"]
    if asked.by_level:
        order.insert(0, "-top")
    found = list(rows.select_related("unit").order_by(*order)[: PAGE + 1])
    more = found[PAGE - 1].code if len(found) > PAGE else ""
    return CataloguePage(rows=_rows(found[:PAGE], scheme), more=more)


def _narrowed(
    powers: QuerySet[Power], standing: Standing, asked: Asked, scheme: Scheme
) -> QuerySet[Power]:
    living = in_use(standing.on)
    rows = powers.filter(~living if asked.retired else living)
    if asked.words:
        rows = rows.filter(
            Q(name__icontains=asked.words)
            | Q(name_en__icontains=asked.words)
            | Q(code__icontains=asked.words)
        )
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    if asked.category:
        rows = rows.filter(category="" if asked.category == NONE else asked.category)
    if asked.matter:
        # JSON text: SQLite has no look-up for what a list contains
        rows = rows.filter(matters__icontains=f'"{asked.matter}"')
    if asked.level or asked.by_level:
        rows = with_top(rows)
    if asked.level:
        ranks = {code: rank for rank, code in codes_by_rank(scheme).items()}
        rows = rows.filter(Q(top=ranks.get(asked.level, 0), points__gt=0))
    return rows


def _after(rows: QuerySet[Power], asked: Asked) -> QuerySet[Power]:
    last = rows.select_related("unit").filter(code=asked.after).first()
    if last is None:
        return rows
    unit = last.unit
    later = (
        Q(unit__order__gt=unit.order)
        | Q(unit__order=unit.order, unit__code__gt=unit.code)
        | Q(unit__order=unit.order, unit__code=unit.code, code__gt=last.code)
    )
    if not asked.by_level:
        return rows.filter(later)
    top = getattr(last, "top", 0)
    return rows.filter(Q(top__lt=top) | (Q(top=top) & later))


def _rows(powers: list[Power], scheme: Scheme) -> tuple[CatalogueRow, ...]:
    keys = [power.pk for power in powers]
    parts = grouped(
        PowerPost.objects.filter(power__in=keys).select_related("post").order_by("order"),
        "power_id",
    )
    steps = grouped(Step.objects.filter(power__in=keys), "power_id")
    bases = grouped(
        Basis.objects.filter(power__in=keys).select_related("regulation").order_by("order"),
        "power_id",
    )
    levels = level_counts(keys, scheme)
    categories, matters = labels_of(scheme.categories), labels_of(scheme.matters)
    return tuple(
        CatalogueRow(
            power=power,
            category=categories.get(power.category),
            matters=tuple(matters[code] for code in power.matters if code in matters),
            deciding=tuple(p for p in parts[power.pk] if p.role == PowerPost.Role.DECIDES),
            parts=tuple(parts[power.pk]),
            bases=tuple(bases[power.pk]),
            steps=len(steps[power.pk]),
            key_steps=sum(is_key(step.name, step.kind, scheme) for step in steps[power.pk]),
            levels=levels.get(power.pk, ()),
        )
        for power in powers
    )


def labels_of(terms: Iterable[Named]) -> Mapping[str, Text]:
    """Return the words of a scheme's list by code."""
    return {term.code: term.label for term in terms}
