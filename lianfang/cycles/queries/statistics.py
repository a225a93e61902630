"""The figures of a year over all units: what each has filed, how far it is (六（二）)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Q, QuerySet

from lianfang.cycles.models import Cycle, Edition, Filing, Remark
from lianfang.documents.writing.statistics import Line
from lianfang.jobs.models import Job
from lianfang.org.models import Appointment, Post, holding
from lianfang.org.queries.tree import in_use
from lianfang.powers.models import Power
from lianfang.risks.models import Measure, Participation, RiskPoint
from lianfang.scheme.model import Scheme

COLLECTING = "cycles.collect"
Tallies = Mapping[int, Counter[Any]]
_OPEN = (Remark.State.OPEN, Remark.State.ANSWERED)


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """A unit's filing with its figures."""

    filing: Filing
    line: Line


def statistics_of(cycle: Cycle, scheme: Scheme, on: date) -> list[UnitFigures]:
    """Return the figures of every unit that files in a year, in the order of the units.

    Ten statements, whatever is stored. The register is counted as it stands on the day.
    """
    rows = cycle.filings.filter(revision=None).select_related("unit")
    filings = list(rows.order_by("unit__order", "unit__code"))
    return figures_of(filings, cycle.year, scheme, on)


def figures_of(filings: Sequence[Filing], year: int, scheme: Scheme, on: date) -> list[UnitFigures]:
    """Return the figures of some filings' units, as `statistics_of` does. Nine statements."""
    units = [filing.unit_id for filing in filings]
    own = Q(unit__in=units)
    risks = RiskPoint.objects.filter(own, in_use(on))
    measures = Measure.objects.filter(in_use(on, "risk__"), risk__unit__in=units)
    seats = Appointment.objects.filter(holding(on), post__unit__in=units)
    taken = Participation.objects.filter(year=year, post__unit__in=units)
    remarks = Remark.objects.filter(filing__in=[one.pk for one in filings], state__in=_OPEN)
    found = _Found(
        categories=_tallied(Power.objects.filter(own, in_use(on)), "unit", "category"),
        posts=_counted(Post.objects.filter(own, in_use(on)), "unit"),
        ranks=_tallied(risks, "unit", "rank"),
        aspects=_spread(risks),
        phases=_tallied(measures, "risk__unit", "phase"),
        asked=_counted(seats, "post__unit"),
        taken=_counted(taken, "post__unit"),
        remarks=_counted(remarks, "filing__unit"),
        editions=_numbers(units),
    )
    return [UnitFigures(filing=one, line=found.line(one, scheme)) for one in filings]


def risks_filed(cycle: Cycle, on: date) -> int:
    """Return how many risk points the units that file in a year have. One statement."""
    return RiskPoint.objects.filter(in_use(on), unit__filings__cycle=cycle).count()


def collecting_job(by: AbstractBaseUser, arguments: Mapping[str, object]) -> Job | None:
    """Return unfinished work on the same file for the same asker. One statement."""
    rows = Job.objects.filter(kind=COLLECTING, asked_by=by.pk, arguments=dict(arguments))
    return rows.filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).first()


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What was counted, by unit."""

    categories: Tallies
    posts: Mapping[int, int]
    ranks: Tallies
    aspects: Tallies
    phases: Tallies
    asked: Mapping[int, int]
    taken: Mapping[int, int]
    remarks: Mapping[int, int]
    editions: Mapping[int, str]

    def line(self, filing: Filing, scheme: Scheme) -> Line:
        """Return the figures of a filing's unit, in the order of the scheme."""
        unit = filing.unit_id
        asked = self.asked.get(unit, 0)
        aspects = self.aspects.get(unit, Counter())
        return Line(
            unit=filing.unit.shown_name,
            state=str(filing.get_state_display()),
            edition=self.editions.get(unit, ""),
            categories=_in_order(self.categories, unit, (one.code for one in scheme.categories)),
            posts=self.posts.get(unit, 0),
            levels=_in_order(self.ranks, unit, (one.rank for one in scheme.levels)),
            aspects=tuple(aspects[one.code] for one in scheme.aspects),
            phases=_in_order(self.phases, unit, (one.code for one in scheme.phases)),
            asked=asked,
            taken=min(self.taken.get(unit, 0), asked),
            remarks=self.remarks.get(unit, 0),
        )


def _in_order(tallies: Tallies, unit: int, codes: Iterable[object]) -> tuple[int, ...]:
    """Return the counts of some codes; at the end how many have none of them."""
    tally = tallies.get(unit, Counter())
    counts = [tally[code] for code in codes]
    return (*counts, tally.total() - sum(counts))


def _counted(rows: QuerySet[Any], unit: str) -> dict[int, int]:
    return dict(rows.values_list(unit).annotate(Count("pk")).order_by())


def _tallied(rows: QuerySet[Any], unit: str, code: str) -> Tallies:
    found: defaultdict[int, Counter[Any]] = defaultdict(Counter)
    for key, value, count in rows.values_list(unit, code).annotate(Count("pk")).order_by():
        found[key][value] += count
    return found


def _spread(risks: QuerySet[RiskPoint]) -> Tallies:
    """Return how many have each aspect; what has two of them counts in both."""
    found: defaultdict[int, Counter[Any]] = defaultdict(Counter)
    grouped = risks.order_by().values_list("unit", "aspects").annotate(Count("pk"))
    for unit, aspects, count in grouped:
        for aspect in aspects:
            found[unit][aspect] += count
    return found


def _numbers(units: Sequence[int]) -> dict[int, str]:
    """Return the number of the edition in force, by unit."""
    rows = Edition.objects.filter(unit__in=units, superseded_on=None).defer("content")
    return {edition.unit_id: edition.number for edition in rows}
