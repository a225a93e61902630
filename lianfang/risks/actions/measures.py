"""The measures against a risk point: added, changed, dropped, sorted into phases (五（四）)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import plain, require_one_organisation
from lianfang.org.models import Organisation, Post
from lianfang.powers.actions.locks import require_open
from lianfang.powers.models import Regulation
from lianfang.powers.queries.locks import Touched
from lianfang.powers.rules.codes import next_code
from lianfang.risks.actions.index import reindex
from lianfang.risks.actions.writing import differing, settled, taken_up
from lianfang.risks.models import Measure, RiskPoint
from lianfang.scheme.model import Scheme

CLAUSE = "五（四）"


class Confirmed(Refused):
    """A measure of a confirmed risk point is not dropped any more."""


class NoPhase(Refused):
    """A phase that the scheme does not have."""


@dataclass(frozen=True, kw_only=True)
class MeasureValues:
    """What is said of a measure; `phase` empty is not yet sorted."""

    text: str
    phase: str = ""
    post: Post | None = None
    responsible: str = ""
    frequency: str = ""
    due_on: date | None = None
    evidence: str = ""
    method: str = ""
    indicator: str = ""
    regulation: Regulation | None = None
    asks_rule: bool = False


@transaction.atomic
def add_measure(
    *,
    risk: RiskPoint,
    values: MeasureValues,
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Measure:
    """Add a measure to a risk point. Raises Stale, Retired and RegisterLocked."""
    risk = taken_up(risk, version)
    taken = list(risk.measures.values_list("code", "order"))
    measure = Measure(
        risk=risk,
        code=next_code(f"{risk.code}-", [code for code, _ in taken], width=1),
        order=max((order for _, order in taken), default=-1) + 1,
    )
    _fill(measure, values)
    measure.save(force_insert=True)
    _tell(risk, measure, "added", {}, _told(measure), by, at)
    return measure


@transaction.atomic
def change_measure(
    *,
    measure: Measure,
    values: MeasureValues,
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Measure:
    """Change a measure; `version` is that of its risk point. Nothing differs: nothing written."""
    risk = taken_up(measure.risk, version)
    measure = Measure.objects.select_related("post", "regulation").get(pk=measure.pk)
    before = _told(measure)
    _fill(measure, values)
    if before == _told(measure):
        return measure
    measure.save()
    _tell(risk, measure, "changed", before, _told(measure), by, at)
    return measure


@transaction.atomic
def drop_measure(*, measure: Measure, by: AbstractBaseUser | None, at: datetime) -> RiskPoint:
    """Drop a measure of a risk point that no edition has confirmed. Raises Confirmed."""
    risk = taken_up(measure.risk, None)
    if risk.confirmed:
        raise Confirmed(
            Text(
                f"“{risk.title}”的等级已经确认，其措施不能删去。请改写这一措施，或停用该风险点。",
                f"The level of {risk.title} is confirmed: its measures stay. Change the measure, "
                "or retire the risk point.",
            )
        )
    before = _told(measure)
    gone = {name: "" for name in before if name != "measure"}
    _tell(risk, measure, "dropped", before, {**gone, "measure": measure.code}, by, at)
    measure.delete()
    return risk


@transaction.atomic
def sort_measures(
    *,
    organisation: Organisation,
    phases: Mapping[int, str],
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Sort measures, by key, into phases; one bulk event tells it. Returns how many.

    One that is sorted already stays as it is. Raises NoPhase and RegisterLocked.
    """
    known = {phase.code for phase in scheme.phases}
    if not known.issuperset(phases.values()):
        raise NoPhase(Text("方案没有这一阶段，请重新选择。", "No such phase; choose again."))
    measures = list(
        Measure.objects.select_for_update(of=("self",))
        .filter(pk__in=phases, risk__organisation=organisation, risk__retired_on=None, phase="")
        .select_related("risk__power")
        .order_by("pk")
    )
    risks = {measure.risk_id: measure.risk for measure in measures}
    require_open(
        organisation=organisation.pk,
        touched=[
            Touched(risk.unit_id, risk.power.code if risk.power else "") for risk in risks.values()
        ],
    )
    for measure in measures:
        measure.phase = phases[measure.pk]
    Measure.objects.bulk_update(measures, ["phase"])
    RiskPoint.objects.filter(pk__in=risks).update(version=models.F("version") + 1)
    reindex(risks)
    if measures:
        audit.record_bulk(
            at=at,
            by=by,
            action="risks.measures.sorted",
            subject=organisation,
            organisation=organisation.pk,
            rows=[_row(measure) for measure in measures],
            rule=CLAUSE,
        )
    return len(measures)


def values_of(measure: Measure) -> MeasureValues:
    """Return what is said of a stored measure."""
    names = [field.name for field in fields(MeasureValues)]
    return MeasureValues(**{name: getattr(measure, name) for name in names})


def _fill(measure: Measure, values: MeasureValues) -> None:
    rows = [row for row in (values.post, values.regulation) if row is not None]
    require_one_organisation(measure.risk.organisation_id, *rows)
    for field in fields(values):
        setattr(measure, field.name, getattr(values, field.name))


def _told(measure: Measure) -> dict[str, object]:
    values = {field.name: getattr(measure, field.name) for field in fields(MeasureValues)}
    return {"measure": measure.code, **{name: plain(value) for name, value in values.items()}}


def _tell(
    risk: RiskPoint,
    measure: Measure,
    deed: str,
    before: Mapping[str, object],
    now: Mapping[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    settled(risk, ())
    empty = ("", None, False)
    changes = {
        name: pair
        for name, pair in differing(before, now).items()
        if not (pair[0] in empty and pair[1] in empty)
    }
    audit.record(
        at=at,
        by=by,
        action=f"risks.measure.{deed}",
        subject=risk,
        organisation=risk.organisation_id,
        changes={"measure": (measure.code, measure.code), **changes},
        rule=CLAUSE,
    )


def _row(measure: Measure) -> RowOfBulk:
    return RowOfBulk(
        subject=measure.risk,
        changes={"measure": (measure.code, measure.text), "phase": ("", measure.phase)},
    )
