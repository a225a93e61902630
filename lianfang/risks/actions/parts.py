"""Risk points with all their parts, written in bulk: a fixed number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.org.models import Organisation
from lianfang.powers.actions.parts import BATCH, key_of, rows_by_code, save_all
from lianfang.powers.models import Power, Step
from lianfang.register import model
from lianfang.risks.models import Manifestation, Measure, RiskPoint, RiskPost
from lianfang.scheme.model import Scheme

RISK_FIELDS = (
    "unit",
    "title",
    "power",
    "step",
    "post",
    "regulation",
    "aspects",
    "focus",
    "found_on",
    "scores",
    "residual_scores",
    "scheme_version",
    "computed",
    "proposed",
    "endorsed",
    "confirmed",
    "reason",
    "rank",
    "extras",
    "version",
)
MEASURE_FIELDS = (
    "order",
    "phase",
    "text",
    "post",
    "responsible",
    "frequency",
    "due_on",
    "evidence",
    "method",
    "indicator",
    "regulation",
    "asks_rule",
)


class RiskParts:
    """Stores risk points with posts, manifestations and measures as the Register has them."""

    def __init__(
        self,
        organisation: Organisation,
        units: Mapping[str, int],
        posts: Mapping[str, int],
        regulations: Mapping[str, int],
        scheme: Scheme,
        by: AbstractBaseUser | None,
        at: datetime,
    ) -> None:
        self._organisation = organisation
        self._units, self._posts, self._regulations = units, posts, regulations
        self._scheme, self._by, self._at = scheme, by, at

    def store(self, wanted: Sequence[model.RiskPoint]) -> None:
        """Write the risk points."""
        if not wanted:
            return
        rows = self._risks(wanted)
        keys = [row.pk for row in rows.values()]
        RiskPost.objects.filter(risk__in=keys).delete()
        Manifestation.objects.filter(risk__in=keys).delete()
        RiskPost.objects.bulk_create(
            (
                RiskPost(risk=rows[risk.id], post_id=self._posts[post], order=place)
                for risk in wanted
                for place, post in enumerate(risk.posts)
            ),
            batch_size=BATCH,
        )
        Manifestation.objects.bulk_create(
            (
                Manifestation(
                    risk=rows[risk.id],
                    order=place,
                    text=shown.text,
                    level=shown.level or "",
                )
                for risk in wanted
                for place, shown in enumerate(risk.manifestations)
            ),
            batch_size=BATCH,
        )
        self._measures(wanted, rows)

    def _risks(self, wanted: Sequence[model.RiskPoint]) -> dict[str, RiskPoint]:
        known = rows_by_code(RiskPoint, self._organisation, [risk.id for risk in wanted])
        about = self._subjects(wanted)
        written: list[RiskPoint] = []
        for risk in wanted:
            row = known.get(risk.id)
            if row is None:
                row = RiskPoint(
                    organisation=self._organisation,
                    code=risk.id,
                    created_by=self._by,  # type: ignore[misc]
                    created_at=self._at,
                    version=0,
                )
                known[risk.id] = row
            self._fill(row, risk, about)
            written.append(row)
        save_all(RiskPoint, written, RISK_FIELDS)
        return known

    def _fill(
        self,
        row: RiskPoint,
        risk: model.RiskPoint,
        about: Mapping[model.Subject, dict[str, int]],
    ) -> None:
        row.unit_id, row.title = self._units[risk.unit], risk.title
        row.power_id = row.step_id = row.post_id = row.regulation_id = None
        for field, key in about[risk.about].items():
            setattr(row, field, key)
        row.aspects, row.focus, row.found_on = (
            list(risk.aspects),
            risk.focus or "",
            risk.found_on,
        )
        row.scores = [[score.factor, score.value] for score in risk.scores]
        row.residual_scores = [[score.factor, score.value] for score in risk.residual]
        row.scheme_version = self._scheme.version
        row.computed, row.confirmed = risk.computed or "", risk.confirmed or ""
        if (risk.level or "") != row.level:
            # Another level is a new proposal: what was endorsed was the old one.
            row.proposed, row.endorsed, row.endorsed_reason = risk.level or "", "", ""
            row.endorsed_by, row.endorsed_at = None, None
        row.reason = risk.reason
        row.rank = self._scheme.rank(risk.level)
        row.extras = [[extra.label, extra.text] for extra in risk.extras]
        row.version += 1

    def _subjects(self, wanted: Iterable[model.RiskPoint]) -> dict[model.Subject, dict[str, int]]:
        """Return the columns of what each risk point hangs on. Two statements."""
        powers = dict(
            Power.objects.filter(organisation=self._organisation).values_list("code", "pk")
        )
        steps = {
            code: (power, pk)
            for code, power, pk in Step.objects.filter(
                power__organisation=self._organisation
            ).values_list("code", "power", "pk")
        }
        kinds = model.SubjectKind
        found: dict[model.Subject, dict[str, int]] = {}
        for risk in wanted:
            subject = risk.about
            if subject.kind is kinds.STEP:
                power, step = steps[subject.id]
                found[subject] = {"power_id": power, "step_id": step}
            elif subject.kind is kinds.POWER:
                found[subject] = {"power_id": powers[subject.id]}
            elif subject.kind is kinds.POST:
                found[subject] = {"post_id": self._posts[subject.id]}
            elif subject.kind is kinds.REGULATION:
                found[subject] = {"regulation_id": self._regulations[subject.id]}
            else:
                found[subject] = {}
        return found

    def _measures(self, wanted: Sequence[model.RiskPoint], rows: Mapping[str, RiskPoint]) -> None:
        known = {
            (measure.risk_id, measure.code): measure
            for measure in Measure.objects.filter(risk__in=[row.pk for row in rows.values()])
        }
        written: list[Measure] = []
        kept = set()
        for risk in wanted:
            for place, measure in enumerate(risk.measures):
                key = (rows[risk.id].pk, measure.id)
                kept.add(key)
                row = known.get(key) or Measure(risk=rows[risk.id], code=measure.id)
                self._fill_measure(row, measure, place)
                written.append(row)
        gone = [row.pk for key, row in known.items() if key not in kept]
        Measure.objects.filter(pk__in=gone).delete()
        save_all(Measure, written, MEASURE_FIELDS)

    def _fill_measure(self, row: Measure, measure: model.Measure, place: int) -> None:
        row.order, row.phase, row.text = place, measure.phase or "", measure.text
        row.post_id, row.responsible = (
            key_of(self._posts, measure.post),
            measure.responsible,
        )
        row.frequency, row.due_on, row.evidence = (
            measure.frequency,
            measure.due_on,
            measure.evidence,
        )
        row.method, row.indicator = measure.method, measure.indicator
        row.regulation_id = key_of(self._regulations, measure.regulation)
        row.asks_rule = measure.asks_rule
