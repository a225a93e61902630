"""How far a year's work is: its stages, and every unit's filing with what it holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from lianfang.cycles.models import Cycle, CycleStage, Filing, Remark
from lianfang.jobs.models import Job
from lianfang.org.models import Appointment, Post, holding
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import Power
from lianfang.risks.models import Measure, Participation, RiskPoint
from lianfang.risks.queries.reviewing import due_for, waiting_by_unit
from lianfang.scheme.model import Scheme, Stage

PUBLISHING = "cycles.publish"
FILLING = "fill"


@dataclass(frozen=True, kw_only=True)
class BoardStage:
    """A stage as it runs, beside the scheme's words for it."""

    stage: CycleStage
    rule: Stage | None


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """A unit's filing in figures.

    `asked` are its seats, `taken` those who looked for risks; `to_review` its risk points that
    wait for their yearly review; `open_remarks` are not closed. What the checks found stands on the
    filing itself.
    """

    filing: Filing
    posts: int
    powers: int
    risks: int
    rated: int
    measures: int
    asked: int
    taken: int
    to_review: int
    open_remarks: int

    @property
    def is_late(self) -> bool:
        """Whether nothing was sent yet."""
        return self.filing.state in (Filing.State.NOT_STARTED, Filing.State.DRAFTING)


def stages_of(cycle: Cycle, scheme: Scheme) -> list[BoardStage]:
    """Return the stages of a year in their order. One statement."""
    rules = {stage.code: stage for stage in scheme.stages}
    return [
        BoardStage(stage=stage, rule=rules.get(stage.code))
        for stage in cycle.stages.order_by("order")
    ]


def board_of(cycle: Cycle, standing: Standing, scheme: Scheme) -> list[BoardRow]:
    """Return every unit's filing with its figures. Ten statements, whatever is stored."""
    rows = cycle.filings.filter(revision=None).select_related("unit", "checker")
    rows = rows.order_by("unit__order", "unit__code")
    return figures_of(list(rows), cycle.year, standing, scheme)


def figures_of(
    filings: Sequence[Filing], year: int, standing: Standing, scheme: Scheme
) -> list[BoardRow]:
    """Return filings with the figures of their units. Seven statements; costs what these hold."""
    units = [filing.unit_id for filing in filings]
    living = in_use(standing.on) & Q(unit__in=units)
    of_risk = in_use(standing.on, "risk__") & Q(risk__unit__in=units)
    posts = _by(Post.objects.filter(living), "unit")
    powers = _by(Power.objects.filter(living), "unit")
    risks = _by(RiskPoint.objects.filter(living), "unit")
    rated = _by(RiskPoint.objects.filter(living, rank__gt=0), "unit")
    measures = _by(Measure.objects.filter(of_risk), "risk__unit")
    seats = _seats(
        Appointment.objects.filter(
            holding(standing.on), in_use(standing.on, "post__"), post__unit__in=units
        )
    )
    taken = _seats(Participation.objects.filter(year=year, post__unit__in=units))
    waiting = waiting_by_unit(due_for(standing, scheme).filter(unit__in=units))
    remarks = _by(Remark.objects.filter(filing__in=filings, closed_at=None), "filing")
    return [
        BoardRow(
            filing=filing,
            posts=posts.get(filing.unit_id, 0),
            powers=powers.get(filing.unit_id, 0),
            risks=risks.get(filing.unit_id, 0),
            rated=rated.get(filing.unit_id, 0),
            measures=measures.get(filing.unit_id, 0),
            asked=len(seats[filing.unit_id]),
            taken=sum(seat in taken[filing.unit_id] for seat in seats[filing.unit_id]),
            to_review=waiting.get(filing.unit_id, 0),
            open_remarks=remarks.get(filing.pk, 0),
        )
        for filing in filings
    ]


def current_cycle(standing: Standing) -> Cycle | None:
    """Return the work of this year, None where it was not opened. One statement."""
    rows = Cycle.objects.filter(organisation=standing.organisation_id, year=standing.on.year)
    return rows.select_related("organisation").first()


def end_of_filling(standing: Standing) -> date | None:
    """Return the last day on which units fill in this year, None before the year is opened.

    One statement. Source: 六（一）.
    """
    rows = CycleStage.objects.filter(
        cycle__organisation=standing.organisation_id, cycle__year=standing.on.year, code=FILLING
    )
    return rows.values_list("ends_on", flat=True).first()


def is_publishing(cycle: Cycle) -> bool:
    """Return whether work that publishes a year's filings waits or runs. One statement."""
    rows = Job.objects.filter(kind=PUBLISHING, arguments__cycle=cycle.pk)
    return rows.filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).exists()


def _seats(rows: QuerySet[Any]) -> Mapping[int, list[tuple[int, int]]]:
    """Return who stands in which post, by unit: (post, person) of each row."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for unit, post, person in rows.values_list("post__unit", "post", "person"):
        found[unit].append((post, person))
    return found


def _by(rows: QuerySet[Any], unit: str) -> Mapping[int, int]:
    return dict(rows.values_list(unit).annotate(n=Count("pk")).order_by())
