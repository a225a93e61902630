"""All that the leadership's view shows, counted among what its reader may open."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from lianfang.cycles.models import Cycle
from lianfang.cycles.queries.board import current_cycle
from lianfang.duties.access import SEES_ALL, units_looked_at
from lianfang.duties.queries.narrowing import days_of
from lianfang.duties.rules.looks import Look
from lianfang.inspections.access import findings_visible_to
from lianfang.inspections.models import Finding
from lianfang.org.models import Person, Unit
from lianfang.org.queries.structure import structure_of
from lianfang.org.queries.tree import people_by_id, units_in_use
from lianfang.org.rules.chain import answering_leader
from lianfang.org.rules.structure import Structure
from lianfang.org.standing import Standing
from lianfang.overview.queries.alerts import Alerts, alerts_of
from lianfang.overview.queries.duties import (
    LIST,
    ChainGroup,
    KindLine,
    chain_groups,
    done_by_unit,
    head_of,
    kind_lines,
    late_duties,
    measures_by_unit,
)
from lianfang.overview.queries.figures import figure
from lianfang.overview.queries.levels import (
    REGISTER,
    LackFigure,
    LevelFigure,
    course_of_posts,
    lacks_of,
    level_figures,
    ranks_by_unit,
    risks_in_use,
)
from lianfang.overview.queries.results import Results, last_results
from lianfang.overview.queries.units import (
    Counted,
    UnitLine,
    filings_of,
    fill_stage_of,
    sent_count,
    unit_lines,
)
from lianfang.overview.rules.drawing import Course
from lianfang.overview.rules.figure import Figure
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What inspections found that its reader may read: open, overdue, waiting to be judged."""

    open: Figure
    late: Figure
    corrected: Figure


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The view on a day."""

    on: date
    cycle: Cycle | None
    sent: int
    filings: Figure
    levels: tuple[LevelFigure, ...]
    risks: Figure
    lacks: tuple[LackFigure, ...]
    course: Course
    lines: tuple[UnitLine, ...]
    kinds: tuple[KindLine, ...]
    late: Figure
    oldest: int
    chain: tuple[ChainGroup, ...]
    measures: Figure
    findings: Findings
    alerts: Alerts
    results: Results | None

    @property
    def has_own(self) -> bool:
        """Whether some of the units are in the reader's portfolio, but not all."""
        return len({line.is_own for line in self.lines}) > 1

    def figures(self) -> Iterator[Figure]:
        """Yield every number that leads to a list."""
        yield from (self.filings, self.risks, self.late, self.measures)
        yield from self.alerts.figures()
        yield from self.course.figures()
        if self.results is not None:
            yield from self.results.figures()
        yield from (self.findings.open, self.findings.late, self.findings.corrected)
        yield from (one.figure for one in self.levels)
        yield from (one.figure for one in self.lacks)
        for line in self.lines:
            yield from (line.risks, line.high, line.late, line.done, line.owed, line.measures)
        for kind in self.kinds:
            yield from (kind.done, kind.owed, kind.late)
        for group in self.chain:
            yield group.late
            yield from (line.late for line in group.lines)


def overview_of(standing: Standing, scheme: Scheme) -> Overview:
    """Return the view of somebody. Twenty-five statements, however many units there are."""
    on = standing.on
    units, structure = units_in_use(standing), structure_of(standing.organisation_id, on)
    cycle = current_cycle(standing)
    filings = filings_of(cycle)
    risks, days = risks_in_use(standing, scheme), days_of(standing)
    looked_at = _looked_at(standing)
    only = next(iter(looked_at)) if looked_at is not None and len(looked_at) == 1 else None
    late = late_duties(standing, days, only)
    counted = Counted(
        structure=structure,
        units=units,
        people=_people(structure, standing),
        filings=filings,
        fill=fill_stage_of(cycle),
        ranks=ranks_by_unit(risks, structure),
        done=done_by_unit(standing, days, only),
        late=late,
        measures=measures_by_unit(standing),
        looked_at=looked_at,
    )
    chain = chain_groups(late, structure, _by_key(units), counted.people, standing, looked_at)
    whole = _whole(counted, structure)
    top_asked: dict[str, object] = {"view": "list", "state": Look.LATE.value}
    if only is not None:
        top_asked["unit"] = only
    return Overview(
        on=on,
        cycle=cycle,
        sent=sent_count(filings),
        filings=figure(len(filings), "cycles:board"),
        levels=level_figures(whole, scheme),
        risks=figure(whole.total(), REGISTER),
        lacks=lacks_of(risks, scheme),
        course=course_of_posts(standing.organisation_id, on, scheme),
        lines=tuple(unit_lines(counted, standing, scheme)),
        kinds=tuple(kind_lines(counted.done, late, on.year, only)),
        late=figure(sum(one.count for one in late), LIST, **top_asked),
        oldest=max((group.days for group in chain), default=0),
        chain=tuple(chain),
        measures=figure(counted.measures.total(), "duties:measures"),
        findings=_findings(standing),
        alerts=alerts_of(standing, scheme),
        results=last_results(standing),
    )


def _looked_at(standing: Standing) -> frozenset[int] | None:
    """Return the units whose duties somebody may look through, None for all.

    With one alone, lists of duties narrow to it by themselves. No statement for those who see all.
    """
    if standing.has(*SEES_ALL):
        return None
    return frozenset(units_looked_at(standing).values_list("pk", flat=True))


def _people(structure: Structure, standing: Standing) -> Mapping[int, Person]:
    """Return the heads of units and leaders. One statement."""
    keys = {head_of(structure, unit) for unit in structure.units}
    keys |= {answering_leader(structure, unit) for unit in structure.units}
    keys.add(standing.person_id)
    return people_by_id({key for key in keys if key is not None})


def _whole(counted: Counted, structure: Structure) -> Counter[int]:
    """Return the ranks of the whole organisation: those of its roots, which hold all below."""
    found = Counter[int]()
    for unit, counts in counted.ranks.items():
        if unit not in structure.units or structure.units[unit].parent is None:
            found.update(counts)
    return found


def _by_key(units: list[Unit]) -> dict[int, Unit]:
    return {unit.pk: unit for unit in units}


def _findings(standing: Standing) -> Findings:
    state = Finding.State
    is_late = Q(state=state.OPEN, due_on__lt=standing.on)
    rows = findings_visible_to(standing).order_by()
    found = rows.aggregate(
        open=Count("pk", filter=Q(state=state.OPEN)),
        late=Count("pk", filter=is_late),
        corrected=Count("pk", filter=Q(state=state.CORRECTED)),
    )
    page = "inspections:findings"
    return Findings(
        open=figure(found["open"], page, state=state.OPEN.value),
        late=figure(found["late"], page, state="late"),
        corrected=figure(found["corrected"], page, state=state.CORRECTED.value),
    )
