"""A page of the register: its rows with what each column shows, from one key to the next.

A page costs the same wherever it lies: it begins behind a key of an index, never after so many
rows. What is counted is counted to COUNTED at most.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from lianfang.common.http import language_now
from lianfang.org.models import Post, Unit, reads_english
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.risks.models import Manifestation, Measure, RiskPoint, RiskPost
from lianfang.scheme.model import Phase, Scheme

PAGE = 25
COUNTED = 1_000
BETWEEN = "~"

# By what a list is sorted: columns of an index, and whether they fall.
Columns = tuple[tuple[str, bool], ...]
SORTS: Mapping[str, Columns] = {
    "level": (("rank", True), ("code", False)),
    "-level": (("rank", False), ("code", True)),
    "code": (("code", False),),
    "-code": (("code", True),),
    "new": (("pk", True),),
    "old": (("pk", False),),
}
_FIELDS = (
    "pk",
    "code",
    "title",
    "rank",
    "version",
    "aspects",
    "retired_on",
    "unit_id",
    "unit__name",
    "unit__name_en",
    "power_id",
    "power__name",
    "power__name_en",
    "step__order",
    "step__name",
    "post__name",
    "post__name_en",
    "regulation__title",
    "regulation__title_en",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A risk point as the list shows it; `about` is what it hangs on, empty for its unit.

    `phases` are the scheme's: a mark of one letter, the label, and whether there is a measure.
    """

    pk: int
    code: str
    title: str
    level: str
    version: int
    aspects: tuple[str, ...]
    retired_on: date | None
    unit_id: int
    unit: str
    posts: tuple[str, ...]
    power_id: int | None
    about: str
    step: str
    shows: str
    phases: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    """Rows from one key to the next; the keys are empty where there is no further page."""

    lines: tuple[Line, ...]
    newer: str
    older: str


def page_of(
    rows: QuerySet[RiskPoint],
    scheme: Scheme,
    *,
    sort: str = "level",
    after: str = "",
    before: str = "",
    size: int = PAGE,
) -> Page:
    """Return a page of the rows. Two statements, three where a page reaches over two levels.

    A key that is none begins at the beginning.
    """
    columns = SORTS[sort]
    backward = bool(before)
    key = _key_of(before or after, columns)
    order = tuple((name, falls != backward) for name, falls in columns)
    found = list(_from(_rows(rows, scheme), order, key, size + 1))
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    lines = tuple(_lines(found, scheme))
    first, last = (_key(found[at], columns) if found else "" for at in (0, -1))
    return Page(
        lines=lines,
        newer=first if (more if backward else key is not None) else "",
        older=last if (more or backward) else "",
    )


def all_lines(
    rows: QuerySet[RiskPoint], scheme: Scheme, *, sort: str, most: int
) -> tuple[Line, ...]:
    """Return the rows in their order, at most so many. Two statements."""
    order = SORTS[sort]
    return tuple(_lines(list(_from(_rows(rows, scheme), order, None, most)), scheme))


def count_of(rows: QuerySet[RiskPoint]) -> int:
    """Return how many rows there are, COUNTED + 1 for more than COUNTED. One statement."""
    return count_up_to(rows, COUNTED + 1)


def count_up_to(rows: QuerySet[RiskPoint], most: int) -> int:
    """Return how many rows there are, counting no further than so many. One statement."""
    return rows.order_by()[:most].count()


def units_of(standing: Standing) -> list[Unit]:
    """Return the units in use, in the order of the tree's siblings. One statement."""
    units = Unit.objects.filter(in_use(standing.on), organisation=standing.organisation_id)
    return list(units.order_by("order", "code").only("name", "name_en", "parent"))


def family_of(units: Sequence[Unit], unit: int) -> frozenset[int]:
    """Return a unit and those below it, by their keys."""
    below: defaultdict[int | None, list[int]] = defaultdict(list)
    for entry in units:
        below[entry.parent_id].append(entry.pk)
    found, waiting = {unit}, [unit]
    while waiting:
        children = below[waiting.pop()]
        found.update(children)
        waiting.extend(children)
    return frozenset(found)


def posts_of(standing: Standing, units: frozenset[int]) -> list[Post]:
    """Return the posts in use of some units. One statement."""
    posts = Post.objects.filter(
        in_use(standing.on), organisation=standing.organisation_id, unit__in=units
    )
    return list(posts.order_by("unit__order", "unit__code", "order", "code"))


# from key to key ----------------------------------------------------------------------------


def _from(
    rows: QuerySet[RiskPoint, dict[str, Any]],
    order: Columns,
    key: tuple[Any, ...] | None,
    most: int,
) -> Iterator[dict[str, Any]]:
    """Yield rows behind a key, as few statements as fill the page.

    What lies behind (rank, code) is the rest of that rank, then the ranks after it: each is one
    range of the index, where "either or" would be read row by row.
    """
    rows = rows.order_by(*(f"-{name}" if falls else name for name, falls in order))
    for condition in _ranges(order, key):
        for row in rows.filter(condition)[:most]:
            most -= 1
            yield row
        if most <= 0:
            return


def _ranges(order: Columns, key: tuple[Any, ...] | None) -> Iterator[Q]:
    if key is None:
        yield Q()
        return
    for place in reversed(range(len(order))):
        name, falls = order[place]
        same = {column: value for (column, _falls), value in zip(order[:place], key, strict=False)}
        yield Q(**same, **{f"{name}__{'lt' if falls else 'gt'}": key[place]})


def _key(row: Mapping[str, Any], columns: Columns) -> str:
    return BETWEEN.join(str(row[name]) for name, _falls in columns)


def _key_of(text: str, columns: Columns) -> tuple[Any, ...] | None:
    parts = text.split(BETWEEN, len(columns) - 1) if text else []
    if len(parts) != len(columns):
        return None
    key: list[Any] = []
    for part, (name, _falls) in zip(parts, columns, strict=True):
        if name == "code":
            key.append(part)
        elif part.isascii() and part.isdecimal() and len(part) <= 18:
            key.append(int(part))
        else:
            return None
    return tuple(key)


# rows ---------------------------------------------------------------------------------------


def _rows(rows: QuerySet[RiskPoint], scheme: Scheme) -> QuerySet[RiskPoint, dict[str, Any]]:
    shows = Manifestation.objects.filter(risk=OuterRef("pk")).order_by("order").values("text")
    phases = {
        f"phase_{place}": Exists(Measure.objects.filter(risk=OuterRef("pk"), phase=phase.code))
        for place, phase in enumerate(scheme.phases)
    }
    found: QuerySet[RiskPoint, dict[str, Any]] = rows.values(
        *_FIELDS, shows=Subquery(shows[:1]), **phases
    )
    return found


def _lines(rows: Sequence[dict[str, Any]], scheme: Scheme) -> Iterator[Line]:
    english = reads_english()
    posts = _carriers([row["pk"] for row in rows], english=english)
    levels = {level.rank: level.code for level in scheme.levels}
    aspects = {aspect.code: aspect.label.in_(language_now()) for aspect in scheme.aspects}
    phases = [(_mark(phase), phase.label.in_(language_now())) for phase in scheme.phases]
    step = _("环节 %d")
    for row in rows:
        order = row["step__order"]
        yield Line(
            pk=row["pk"],
            code=row["code"],
            title=row["title"],
            level=levels.get(row["rank"], ""),
            version=row["version"],
            aspects=tuple(aspects.get(code, code) for code in row["aspects"]),
            retired_on=row["retired_on"],
            unit_id=row["unit_id"],
            unit=_either(row["unit__name"], row["unit__name_en"], english=english),
            posts=tuple(posts[row["pk"]]),
            power_id=row["power_id"],
            about=_about(row, english=english),
            step="" if order is None else f"{step % (order + 1)} {row['step__name']}",
            shows=row["shows"] or "",
            phases=tuple(
                (mark, label, row[f"phase_{place}"]) for place, (mark, label) in enumerate(phases)
            ),
        )


def _mark(phase: Phase) -> str:
    """Return a phase in one letter: 前, E."""
    return phase.code[0].upper() if reads_english() else phase.label.zh[0]


def _carriers(keys: Sequence[int], *, english: bool) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = RiskPost.objects.filter(risk__in=keys).order_by("order")
    for risk, zh, en in rows.values_list("risk", "post__name", "post__name_en"):
        found[risk].append(_either(zh, en, english=english))
    return found


def _about(row: Mapping[str, Any], *, english: bool) -> str:
    if row["power__name"]:
        return _either(row["power__name"], row["power__name_en"], english=english)
    if row["post__name"]:
        return _either(row["post__name"], row["post__name_en"], english=english)
    if row["regulation__title"]:
        return _either(row["regulation__title"], row["regulation__title_en"], english=english)
    return ""


def _either(zh: str, en: str | None, *, english: bool) -> str:
    return en if english and en else zh
