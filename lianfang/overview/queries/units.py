"""The units in a table: how far each is, its levels, duties and measures (六（二）)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from lianfang.cycles.models import Cycle, CycleStage, Filing
from lianfang.duties.queries.narrowing import OWED
from lianfang.duties.rules.looks import Look
from lianfang.org.models import Person, Unit
from lianfang.org.rules.structure import Structure
from lianfang.org.standing import Standing
from lianfang.overview.queries.duties import Done, Late, duties_in, head_of
from lianfang.overview.queries.figures import figure
from lianfang.overview.queries.levels import REGISTER
from lianfang.overview.rules.figure import Figure
from lianfang.overview.rules.progress import STAGES, Mark, is_sent, marks_of
from lianfang.risks.rules.drawing import Segment, segments
from lianfang.scheme.model import Scheme

_WORDS: tuple[Mapping[Mark, Promise | str], ...] = (
    {Mark.DONE: _("已报送"), Mark.RUNNING: _("填报中"), Mark.WAITING: _("未开始")},
    {
        Mark.DONE: pgettext_lazy("stage", "审核通过"),
        Mark.RUNNING: _("审核中"),
        Mark.TO_MEND: _("退回待改"),
        Mark.WAITING: pgettext_lazy("stage", "待审核"),
    },
    {
        Mark.DONE: _("已发布"),
        Mark.RUNNING: _("审议通过"),
        Mark.WAITING: pgettext_lazy("stage", "待审议"),
    },
)


@dataclass(frozen=True, kw_only=True)
class StageMark:
    """How a stage stands for a unit, as a mark and in words."""

    mark: Mark
    words: str


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """A unit; risk points are counted with the units below it, everything else without.

    `stages` is empty and `filing_url` too where the unit files nothing this year.
    """

    unit: Unit
    depth: int
    is_own: bool
    head: Person | None
    filing_url: str
    stages: tuple[StageMark, ...]
    ranks: tuple[int, ...]
    parts: tuple[Segment, ...]
    risks: Figure
    high: Figure
    late: Figure
    done: Figure
    owed: Figure
    measures: Figure


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted for the table."""

    structure: Structure
    units: Sequence[Unit]
    people: Mapping[int, Person]
    filings: Mapping[int, Filing]
    fill: CycleStage | None
    ranks: Mapping[int, Counter[int]]
    done: Mapping[tuple[int, str], Done]
    late: Sequence[Late]
    measures: Counter[int]
    looked_at: Collection[int] | None

    @cached_property
    def done_of(self) -> dict[int, Done]:
        """What is done of the duties of each unit, whatever their kind."""
        found: dict[int, Done] = {}
        for (unit, _kind), one in self.done.items():
            found[unit] = found.get(unit, Done()) + one
        return found

    @cached_property
    def late_of(self) -> Counter[int]:
        """How many duties are overdue in each unit."""
        found = Counter[int]()
        for one in self.late:
            found[one.unit] += one.count
        return found


def filings_of(cycle: Cycle | None) -> dict[int, Filing]:
    """Return the filings of a year by unit. One statement, none without a year."""
    if cycle is None:
        return {}
    rows = Filing.objects.filter(cycle=cycle, revision=None).defer("statement", "returned_for")
    return {filing.unit_id: filing for filing in rows}


def fill_stage_of(cycle: Cycle | None) -> CycleStage | None:
    """Return the stage in which units file. One statement, none without a year."""
    return cycle.stages.filter(code=STAGES[0]).first() if cycle is not None else None


def unit_lines(counted: Counted, standing: Standing, scheme: Scheme) -> list[UnitLine]:
    """Return a line for each unit, the asker's own portfolio first. No statement."""
    shown = [unit for unit in in_tree(counted.units) if unit.kind != Unit.Kind.ORGANISATION]
    totals = [counted.ranks[unit.pk].total() for unit in shown if unit.pk in counted.ranks]
    most = max(totals, default=0)
    lines = [_line(unit, counted, standing, scheme, most) for unit in shown]
    return sorted(lines, key=lambda line: not line.is_own)


def in_tree(units: Sequence[Unit]) -> list[Unit]:
    """Return units with those below each right behind it, otherwise in their order. Linear."""
    known = {unit.pk for unit in units}
    below: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    found, waiting = list[Unit](), below[None][::-1]
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting += below[unit.pk][::-1]
    return found


def sent_count(filings: Mapping[int, Filing]) -> int:
    """Return how many units have sent their filing."""
    return sum(is_sent(filing.state) for filing in filings.values())


def _line(unit: Unit, counted: Counted, standing: Standing, scheme: Scheme, most: int) -> UnitLine:
    key, filing = unit.pk, counted.filings.get(unit.pk)
    head = head_of(counted.structure, key)
    counts = counted.ranks.get(key, Counter())
    ranks = (*(counts[level.rank] for level in scheme.levels), counts[0])
    year, top = standing.on.year, scheme.levels[0]
    of_unit = counted.done_of.get(key, Done())
    return UnitLine(
        unit=unit,
        depth=max(len(counted.structure.upwards(key)) - 1, 1),
        is_own=key in standing.portfolio,
        head=counted.people.get(head) if head is not None else None,
        filing_url=reverse("cycles:filing", args=[filing.pk]) if filing else "",
        stages=_stages(filing, counted.fill, standing.on),
        ranks=ranks,
        parts=segments(ranks, most),
        risks=figure(sum(ranks), REGISTER, unit=key),
        high=figure(ranks[0], REGISTER, unit=key, level=top.code),
        late=duties_in(key, counted.late_of[key], counted.looked_at, state=Look.LATE.value),
        done=duties_in(key, of_unit.done, counted.looked_at, year=year, state=Look.DONE.value),
        owed=duties_in(key, of_unit.owed, counted.looked_at, year=year, state=OWED),
        measures=figure(counted.measures[key], "duties:measures", unit=key),
    )


def _stages(filing: Filing | None, fill: CycleStage | None, on: date) -> tuple[StageMark, ...]:
    if filing is None:
        return ()
    overdue = (on - fill.ends_on).days if fill is not None else 0
    marks = marks_of(filing.state, is_late=overdue > 0)
    return tuple(
        StageMark(mark=mark, words=str(words[mark]) if mark in words else _not_sent(overdue))
        for mark, words in zip(marks, _WORDS, strict=True)
    )


def _not_sent(days: int) -> str:
    return ngettext("未报送，逾期 %(days)s 天", "未报送，逾期 %(days)s 天", days) % {"days": days}
