"""The stored register of an organisation, or of some of its units, as a Register value.

The id of every part is its code. Persons stand in the optional part: who holds a post on the day,
and how many risks each member of staff has found.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from lianfang.org.models import Appointment, Organisation, holding
from lianfang.org.queries.tree import in_use
from lianfang.powers.models import Power
from lianfang.powers.queries.load import PowersLoading, extras_of, grouped
from lianfang.register import model
from lianfang.risks.models import (
    Manifestation,
    Measure,
    Participation,
    RiskPoint,
    RiskPost,
)

AnyModel = TypeVar("AnyModel", bound=Model)


def load(
    organisation: Organisation,
    on: date,
    units: Collection[int] | None = None,
    risks: QuerySet[RiskPoint] | None = None,
) -> model.Register:
    """Return what is in use on a day, of these units or of all. Fourteen statements.

    Units, posts and regulations of the whole organisation are there in either case: powers and
    risks mention them. `risks` restricts it to some risk points and the powers they are about.
    """
    loading = _Loading(organisation, on, None if units is None else set(units), risks)
    return model.Register(
        scheme=organisation.scheme,
        organisation=organisation.name,
        units=loading.units(),
        posts=loading.posts(),
        regulations=loading.regulations(),
        powers=loading.powers(),
        risks=loading.risks(),
        holders=loading.holders(),
        finders=loading.finders(),
    )


class _Loading(PowersLoading):
    """One pass over the tables, with the codes that stand for their keys."""

    def __init__(
        self,
        organisation: Organisation,
        on: date,
        units: Collection[int] | None,
        risks: QuerySet[RiskPoint] | None,
    ) -> None:
        self._only = risks
        super().__init__(organisation, on, units)

    def risks(self) -> tuple[model.RiskPoint, ...]:
        rows = self.scoped(RiskPoint.objects.all())
        if self._only is not None:
            rows = rows.filter(pk__in=self._only.values("pk"))
        risks = list(rows.order_by("unit__order", "unit__code", "code"))
        carriers = grouped(RiskPost.objects.filter(risk__in=rows).order_by("order"), "risk_id")
        shows = grouped(Manifestation.objects.filter(risk__in=rows).order_by("order"), "risk_id")
        measures = grouped(Measure.objects.filter(risk__in=rows).order_by("order"), "risk_id")
        return tuple(
            model.RiskPoint(
                id=risk.code,
                unit=self.unit_code[risk.unit_id],
                about=self._about(risk),
                title=risk.title,
                posts=tuple(self.post_code[row.post_id] for row in carriers[risk.pk]),
                aspects=tuple(risk.aspects),
                focus=risk.focus or None,
                manifestations=tuple(
                    model.Manifestation(text=row.text, level=row.level or None)
                    for row in shows[risk.pk]
                ),
                found_on=risk.found_on,
                scores=_scores(risk.scores),
                residual=_scores(risk.residual_scores),
                computed=risk.computed or None,
                level=risk.level or None,
                confirmed=risk.confirmed or None,
                reason=risk.reason,
                measures=tuple(self._measure(measure) for measure in measures[risk.pk]),
                extras=extras_of(risk.extras),
            )
            for risk in risks
        )

    def finders(self) -> tuple[model.Finder, ...]:
        """Return the staff of each unit with what they found this year; nobody is left out."""
        found = dict(
            Participation.objects.filter(
                organisation=self.organisation, year=self.on.year
            ).values_list("person", "found")
        )
        seats = (
            Appointment.objects.filter(holding(self.on), post__in=self.seats)
            .order_by("post__unit__order", "post__unit__code", "person__code")
            .values_list("post__unit", "person", "person__name")
            .distinct()
        )
        return tuple(
            model.Finder(unit=self.unit_code[unit], person=name, found=found.get(person, 0))
            for unit, person, name in seats
            if unit in self.unit_code and (self.wanted is None or unit in self.wanted)
        )

    def _powers_wanted(self) -> QuerySet[Power]:
        rows = super()._powers_wanted()
        if self._only is None:
            return rows
        return rows.filter(pk__in=self._only.values("power"))

    def _seat(self) -> Q:
        """Return the condition on posts: those that a risk point still names are there, too."""
        carries = RiskPost.objects.filter(in_use(self.on, "risk__"), post=OuterRef("pk"))
        answers = Measure.objects.filter(in_use(self.on, "risk__"), post=OuterRef("pk"))
        about = RiskPoint.objects.filter(in_use(self.on), post=OuterRef("pk"))
        return super()._seat() | Q(Exists(carries)) | Q(Exists(answers)) | Q(Exists(about))

    def _rule(self) -> Q:
        """Return the condition on regulations: those a risk point still names are there, too."""
        rests = Measure.objects.filter(in_use(self.on, "risk__"), regulation=OuterRef("pk"))
        about = RiskPoint.objects.filter(in_use(self.on), regulation=OuterRef("pk"))
        return super()._rule() | Q(Exists(rests)) | Q(Exists(about))

    def _about(self, risk: RiskPoint) -> model.Subject:
        kinds = model.SubjectKind
        if risk.step_id is not None:
            return model.Subject(kind=kinds.STEP, id=self.step_code[risk.step_id])
        if risk.power_id is not None:
            return model.Subject(kind=kinds.POWER, id=self.power_code[risk.power_id])
        if risk.post_id is not None:
            return model.Subject(kind=kinds.POST, id=self.post_code[risk.post_id])
        if risk.regulation_id is not None:
            return model.Subject(kind=kinds.REGULATION, id=self.regulation_code[risk.regulation_id])
        return model.Subject(kind=kinds.UNIT, id=self.unit_code[risk.unit_id])

    def _measure(self, measure: Measure) -> model.Measure:
        return model.Measure(
            id=measure.code,
            text=measure.text,
            phase=measure.phase or None,
            post=self.post(measure.post_id),
            responsible=measure.responsible,
            frequency=measure.frequency,
            due_on=measure.due_on,
            evidence=measure.evidence,
            method=measure.method,
            indicator=measure.indicator,
            regulation=self.regulation(measure.regulation_id),
            asks_rule=measure.asks_rule,
        )


def _scores(scores: Iterable[tuple[str, int]]) -> tuple[model.Score, ...]:
    return tuple(model.Score(factor=code, value=value) for code, value in scores)
