"""The public catalogue as its pages show it: three statements a page, whatever is published."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from lianfang.common.http import language_now
from lianfang.common.text import Language, Text
from lianfang.documents.drawing.flow import chart_of_steps
from lianfang.documents.drawing.geometry import Orientation
from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.svg import svg_of
from lianfang.org.queries.numbers import written_scheme
from lianfang.public.models import Publication, PublishedPower
from lianfang.public.rules.cards import Card, from_json
from lianfang.register.model import Role, Step, StepKind

PAGE = 25
_AT_ONCE = Text("即办", "at once")
_ONE_DAY = Text("1 个工作日", "1 working day")
_DAYS = Text("{days} 个工作日", "{days} working days")
# points; wider than this a chart would be unreadable were it made to fit the page
_WIDEST = 1000.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a visitor looks for; empty for everything."""

    words: str = ""
    unit: str = ""
    category: str = ""
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A unit or a category with how many powers of it there are."""

    code: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class PowerLine:
    """A power in the list."""

    code: str
    name: str
    unit: str
    unit_code: str
    category: str


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    """A page of the catalogue; `count` are all that were asked for, `total` all there are to find.

    `older` is the number of the next page, if any.
    """

    lines: tuple[PowerLine, ...]
    units: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    count: int
    total: int
    first: int
    page: int
    older: int | None

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None

    @property
    def last(self) -> int:
        """The place of the last power on the page."""
        return self.first + len(self.lines) - 1


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """Posts that have the same part in a power."""

    label: str
    posts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step as it is read: who, how long, what comes of it."""

    name: str
    kind: StepKind
    who: str
    limit: str
    output: str


@dataclass(frozen=True, kw_only=True)
class PowerPage:
    """All that the page of a power shows; `chart` is an SVG, empty where there is no flow."""

    card: Card
    name: str
    unit: str
    category: str
    parts: tuple[PartLine, ...]
    steps: tuple[StepLine, ...]
    chart: str
    is_wide: bool


def catalogue_page(rows: QuerySet[PublishedPower], scheme: str, asked: Asked) -> CataloguePage:
    """Return a page of the powers of a catalogue. Two statements."""
    for word in asked.words.lower().split():
        rows = rows.filter(words__contains=word)
    groups = list(
        rows.order_by()
        .values_list("unit_code", "unit_name", "unit_name_en", "category")
        .annotate(many=Count("pk"), first=Min("place"))
        .order_by("first")
    )
    narrowed = rows
    if asked.unit:
        narrowed = narrowed.filter(unit_code=asked.unit)
    if asked.category:
        narrowed = narrowed.filter(category=asked.category)
    count = sum(
        many
        for unit, _, _, category, many, _ in groups
        if asked.unit in ("", unit) and asked.category in ("", category)
    )
    labels = category_labels(scheme)
    start = (asked.page - 1) * PAGE
    shown = narrowed.order_by("place").defer("content", "words")[start : start + PAGE]
    return CataloguePage(
        lines=tuple(_line(row, labels) for row in shown),
        units=_units(groups, asked.unit),
        categories=_categories(groups, labels, asked.category),
        count=count,
        total=sum(group[4] for group in groups),
        first=start + 1,
        page=asked.page,
        older=asked.page + 1 if start + PAGE < count else None,
    )


def names_of(card: Card) -> tuple[str, str]:
    """Return the names of a power and of its unit in the language of the page. No statement."""
    return _in(card.name, card.name_en), _in(card.unit_name, card.unit_name_en)


def power_page(row: PublishedPower, scheme: str) -> PowerPage:
    """Return what the page of a power shows. No statement."""
    card = from_json(row.content)
    english = language_now() is Language.EN
    posts = {post.id: (english and post.name_en) or post.name for post in card.posts}
    chart = lay_out(
        chart_of_steps(card.steps, title=card.name, language=language_now(), posts=posts),
        Orientation.LANDSCAPE,
        framed=False,
    )
    return PowerPage(
        card=card,
        name=_in(card.name, card.name_en),
        unit=_in(card.unit_name, card.unit_name_en),
        category=category_labels(scheme).get(card.category, ""),
        parts=_parts(card, posts, scheme),
        steps=tuple(_step(step, posts) for step in card.steps),
        chart=svg_of(chart, "flow") if card.steps else "",
        is_wide=chart.width > _WIDEST,
    )


def all_cards(rows: QuerySet[PublishedPower]) -> list[Card]:
    """Return the powers of a catalogue in their order. One statement."""
    return [from_json(text) for text in rows.order_by("place").values_list("content", flat=True)]


def shown_organisation(publication: Publication) -> str:
    """Return the name of the organisation in the language of the page. No statement."""
    return publication.organisation.shown_name


def category_labels(scheme: str) -> dict[str, str]:
    """Return what the scheme calls the categories of powers. No statement."""
    return {one.code: one.label.in_(language_now()) for one in written_scheme(scheme).categories}


def role_labels(scheme: str) -> dict[str, str]:
    """Return what the scheme calls the parts of posts in powers. No statement."""
    return {one.code: one.label.in_(language_now()) for one in written_scheme(scheme).roles}


def limit_of(step: Step) -> str:
    """Return how long a step takes, in words; empty where nobody says."""
    if step.term or step.days is None:
        return step.term
    if step.days == 0:
        return _AT_ONCE.in_(language_now())
    words = _ONE_DAY if step.days == 1 else _DAYS.filled(days=step.days)
    return words.in_(language_now())


def _line(row: PublishedPower, labels: dict[str, str]) -> PowerLine:
    return PowerLine(
        code=row.code,
        name=_in(row.name, row.name_en),
        unit=_in(row.unit_name, row.unit_name_en),
        unit_code=row.unit_code,
        category=labels.get(row.category, ""),
    )


def _units(groups: Iterable[Sequence[object]], chosen: str) -> tuple[Choice, ...]:
    counts, names = Counter[str](), dict[str, str]()
    for code, name, name_en, _, many, _ in groups:
        counts[str(code)] += int(str(many))
        names.setdefault(str(code), _in(str(name), str(name_en)))
    return tuple(
        Choice(code=code, label=label, count=counts[code], is_chosen=code == chosen)
        for code, label in names.items()
    )


def _categories(
    groups: Iterable[Sequence[object]], labels: dict[str, str], chosen: str
) -> tuple[Choice, ...]:
    counts = Counter[str]()
    for _, _, _, category, many, _ in groups:
        counts[str(category)] += int(str(many))
    return tuple(
        Choice(code=code, label=label, count=counts[code], is_chosen=code == chosen)
        for code, label in labels.items()
        if counts[code]
    )


def _parts(card: Card, posts: dict[str, str], scheme: str) -> tuple[PartLine, ...]:
    labels = role_labels(scheme)
    by_role = {
        role: tuple(dict.fromkeys(posts[one.post] for one in card.parts if one.role == role))
        for role in Role
    }
    return tuple(
        PartLine(label=labels.get(role.value, role.value), posts=found)
        for role, found in by_role.items()
        if found
    )


def _step(step: Step, posts: dict[str, str]) -> StepLine:
    return StepLine(
        name=step.name,
        kind=step.kind,
        who=posts.get(step.post or "", step.lane),
        limit=limit_of(step),
        output=step.output,
    )


def _in(chinese: str, english: str) -> str:
    return english if english and language_now() is Language.EN else chinese
