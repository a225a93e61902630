"""How the risk points of a list spread: over units, levels, aspects, phases and the heatmap.

Each figure is one statement that groups; what is drawn leads to the list behind it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, QuerySet

from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.org.models import Unit
from lianfang.rating.thresholds import level_from
from lianfang.risks.models import Measure, RiskPoint
from lianfang.risks.queries.narrowing import UNRATED
from lianfang.risks.rules.drawing import (
    BELOW,
    LEFT,
    Segment,
    Square,
    segments,
    size_of,
    squares,
)
from lianfang.scheme.model import Level, Scheme
from lianfang.scheme.model.rating import Matrix

# The classes of the levels in drawings, from the highest down; the unrated have the last one.
LETTERS = "hml"
UNRATED_LETTER = "n"

Counts = Mapping[int, int]
_IMPACT = Text("影响程度", "Impact")


@dataclass(frozen=True, kw_only=True)
class LevelSum:
    """How many of a level; `code` is UNRATED for those without one."""

    code: str
    label: str
    letter: str
    shape: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A line of a distribution: what it is about, where it leads, and its parts by level."""

    label: str
    narrows: tuple[str, str]
    total: int
    parts: tuple[Segment, ...]


@dataclass(frozen=True, kw_only=True)
class HeatCell:
    """A cell with how many stand in it, and the level the rule finds there."""

    square: Square
    count: int
    level: str
    letter: str
    shape: str


@dataclass(frozen=True, kw_only=True)
class Heat:
    """The heatmap; `outside` are those without all answers."""

    cells: tuple[HeatCell, ...]
    likelihood: str
    impact: str
    likelihoods: tuple[tuple[int, int], ...]
    impacts: tuple[tuple[int, int], ...]
    width: int
    height: int
    outside: int

    @property
    def steps_y(self) -> int:
        """On what the steps of the likelihood stand."""
        return self.height - 22

    @property
    def label_y(self) -> int:
        """On what the likelihood's name stands."""
        return self.height - 5

    @property
    def middle_x(self) -> int:
        """Where the middle of the cells is, across."""
        return (self.width + LEFT) // 2

    @property
    def middle_y(self) -> int:
        """Where the middle of the cells is, up."""
        return (self.height - BELOW) // 2


@dataclass(frozen=True, kw_only=True)
class Lack:
    """How many lack a measure of a phase, by level, beside how many there are."""

    code: str
    label: str
    count: int
    total: int


def level_sums(counts: Counts, scheme: Scheme) -> tuple[LevelSum, ...]:
    """Return the sums from the highest level down, the unrated last."""
    rated = [
        LevelSum(
            code=level.code,
            label=level.label.in_(language_now()),
            letter=letter_of(level, scheme),
            shape=level.shape,
            count=counts.get(level.rank, 0),
        )
        for level in scheme.levels
    ]
    unrated = LevelSum(
        code=UNRATED,
        label=scheme.unrated.in_(language_now()),
        letter=UNRATED_LETTER,
        shape="○",
        count=counts.get(0, 0),
    )
    return (*rated, unrated)


def counts_by_unit(rows: QuerySet[RiskPoint]) -> dict[int, Counter[int]]:
    """Return how many of each rank every unit has. One statement."""
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    grouped = rows.order_by().values_list("unit", "rank").annotate(Count("pk"))
    for unit, rank, count in grouped:
        found[unit][rank] = count
    return dict(found)


def by_unit(
    counts: Mapping[int, Counter[int]], units: Sequence[Unit], scheme: Scheme
) -> tuple[Bar, ...]:
    """Return a bar for every unit in use, those without any among them."""
    none = Counter[int]()
    named = [(("unit", str(unit.pk)), unit.shown_name, counts.get(unit.pk, none)) for unit in units]
    return _bars(named, scheme)


def by_aspect(rows: QuerySet[RiskPoint], scheme: Scheme) -> tuple[Bar, ...]:
    """Return a bar for every aspect; what has two of them counts in both. One statement."""
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    grouped = rows.order_by().values_list("aspects", "rank").annotate(Count("pk"))
    for aspects, rank, count in grouped:
        for aspect in aspects:
            found[aspect][rank] += count
    named = [
        (("aspect", aspect.code), aspect.label.in_(language_now()), found[aspect.code])
        for aspect in scheme.aspects
    ]
    return _bars(named, scheme)


def lacks_of(rows: QuerySet[RiskPoint], scheme: Scheme) -> tuple[Lack, ...]:
    """Return how many have no measure of a phase. One statement a phase."""
    total = rows.order_by().count()
    return tuple(
        Lack(
            code=phase.code,
            label=phase.label.in_(language_now()),
            count=rows.order_by()
            .exclude(Exists(Measure.objects.filter(risk=OuterRef("pk"), phase=phase.code)))
            .count(),
            total=total,
        )
        for phase in scheme.phases
    )


def heat_of(rows: QuerySet[RiskPoint], scheme: Scheme) -> Heat | None:
    """Return the heatmap, None where the scheme's rule has no matrix. One statement."""
    if not isinstance(scheme.rating, Matrix):
        return None
    grouped = rows.order_by().values_list("index__likelihood", "index__impact")
    counts = {(across, up): count for across, up, count in grouped.annotate(Count("pk"))}
    across = len(scheme.likelihood.anchors)
    up = max(len(scale.anchors) for scale in scheme.impacts)
    drawn = squares(across, up)
    width, height = size_of(across, up)
    cells = tuple(_cell(square, counts, scheme.rating, scheme) for square in drawn)
    return Heat(
        cells=cells,
        likelihood=scheme.likelihood.label.in_(language_now()),
        impact=_IMPACT.in_(language_now()),
        likelihoods=tuple((cell.likelihood, cell.x + 23) for cell in drawn[:across]),
        impacts=tuple((cell.impact, cell.y + 22) for cell in drawn[::across]),
        width=width,
        height=height,
        outside=sum(counts.values()) - sum(cell.count for cell in cells),
    )


def letter_of(level: Level, scheme: Scheme) -> str:
    """Return the letter of a level's class, the last one for a level lower than there are."""
    place = scheme.levels.index(level)
    return LETTERS[min(place, len(LETTERS) - 1)]


def _cell(
    square: Square, counts: Mapping[tuple[int, int], int], rating: Matrix, scheme: Scheme
) -> HeatCell:
    code = level_from(Fraction(square.likelihood * square.impact), rating.thresholds)
    level = scheme.level(code) if code else scheme.levels[-1]
    return HeatCell(
        square=square,
        count=counts.get((square.likelihood, square.impact), 0),
        level=level.label.in_(language_now()),
        letter=letter_of(level, scheme),
        shape=level.shape,
    )


def _bars(rows: Iterable[tuple[tuple[str, str], str, Counts]], scheme: Scheme) -> tuple[Bar, ...]:
    named = [(narrows, label, level_sums(counts, scheme)) for narrows, label, counts in rows]
    most = max((sum(one.count for one in sums) for _, _, sums in named), default=0)
    return tuple(
        Bar(
            label=label,
            narrows=narrows,
            total=sum(one.count for one in sums),
            parts=segments([one.count for one in sums], most),
        )
        for narrows, label, sums in named
    )
