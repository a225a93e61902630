"""Risk points with all their parts, written in bulk: a fixed number of statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.common.bulk import insert
from lianfang.org.models import Organisation
from lianfang.powers.actions.parts import (
    BATCH,
    attribute_of,
    batches,
    key_of,
    keys_by_code,
    rows_by_code,
)
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
    "confirmed",
    "reason",
    "rank",
    "extras",
)
ENDORSED_FIELDS = ("proposed", "endorsed", "endorsed_reason", "endorsed_by", "endorsed_at")
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

# what a risk point hangs on -> the columns that say so
_About = Mapping[model.Subject, dict[str, int]]


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
        about = self._subjects(wanted)
        known = rows_by_code(RiskPoint, self._organisation, [risk.id for risk in wanted])
        self._change([risk for risk in wanted if risk.id in known], known, about)
        self._add([risk for risk in wanted if risk.id not in known], about)
        keys = keys_by_code(RiskPoint, self._organisation, [risk.id for risk in wanted])
        old = [row.pk for row in known.values()]
        for some in batches(old):
            RiskPost.objects.filter(risk__in=some).delete()
            Manifestation.objects.filter(risk__in=some).delete()
        insert(
            RiskPost,
            ("risk", "post", "order"),
            (
                (keys[risk.id], self._posts[post], place)
                for risk in wanted
                for place, post in enumerate(risk.posts)
            ),
        )
        insert(
            Manifestation,
            ("risk", "order", "text", "level"),
            (
                (keys[risk.id], place, shown.text, shown.level or "")
                for risk in wanted
                for place, shown in enumerate(risk.manifestations)
            ),
        )
        self._measures(wanted, keys, old)

    def _add(self, risks: Iterable[model.RiskPoint], about: _About) -> None:
        by = self._by.pk if self._by else None
        insert(
            RiskPoint,
            ("organisation", "code", "created_by", "created_at", "proposed", *RISK_FIELDS),
            (
                (
                    *(self._organisation.pk, risk.id, by, self._at, risk.level or ""),
                    *self._values(risk, about),
                )
                for risk in risks
            ),
        )

    def _change(
        self, risks: Iterable[model.RiskPoint], known: Mapping[str, RiskPoint], about: _About
    ) -> None:
        for risk in risks:
            row = known[risk.id]
            for field, value in zip(RISK_FIELDS, self._values(risk, about), strict=True):
                setattr(row, attribute_of(RiskPoint, field), value)
            if (risk.level or "") != row.level:
                # Another level is a new proposal: what was endorsed was the old one.
                row.proposed, row.endorsed, row.endorsed_reason = risk.level or "", "", ""
                row.endorsed_by, row.endorsed_at = None, None
            row.version += 1
        fields = (*RISK_FIELDS, *ENDORSED_FIELDS, "version")
        RiskPoint.objects.bulk_update(known.values(), fields, batch_size=BATCH)

    def _values(self, risk: model.RiskPoint, about: _About) -> tuple[object, ...]:
        """Return the columns of RISK_FIELDS."""
        hangs = about[risk.about]
        return (
            self._units[risk.unit],
            risk.title,
            *(hangs.get(field) for field in ("power_id", "step_id", "post_id", "regulation_id")),
            list(risk.aspects),
            risk.focus or "",
            risk.found_on,
            [[score.factor, score.value] for score in risk.scores],
            [[score.factor, score.value] for score in risk.residual],
            self._scheme.version,
            risk.computed or "",
            risk.confirmed or "",
            risk.reason,
            self._scheme.rank(risk.level),
            [[extra.label, extra.text] for extra in risk.extras],
        )

    def _subjects(self, wanted: Iterable[model.RiskPoint]) -> dict[model.Subject, dict[str, int]]:
        """Return the columns of what each risk point hangs on: two statements a batch."""
        about = list({risk.about.id for risk in wanted})
        powers: dict[str, int] = {}
        steps: dict[str, tuple[int, int]] = {}
        for some in batches(about):
            of_power = Power.objects.filter(organisation=self._organisation, code__in=some)
            powers.update(of_power.values_list("code", "pk"))
            of_step = Step.objects.filter(
                power__organisation=self._organisation, code__in=some
            ).values_list("code", "power", "pk")
            steps |= {code: (power, pk) for code, power, pk in of_step}
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

    def _measures(
        self, wanted: Sequence[model.RiskPoint], keys: Mapping[str, int], old: Sequence[int]
    ) -> None:
        known = {
            (measure.risk_id, measure.code): measure
            for some in batches(old)
            for measure in Measure.objects.filter(risk__in=some)
        }
        kept: set[tuple[int, str]] = set()
        insert(
            Measure,
            ("risk", "code", *MEASURE_FIELDS),
            self._new_measures(wanted, keys, known, kept),
        )
        for some in batches([row.pk for key, row in known.items() if key not in kept]):
            Measure.objects.filter(pk__in=some).delete()
        Measure.objects.bulk_update(
            [row for key, row in known.items() if key in kept], MEASURE_FIELDS, batch_size=BATCH
        )

    def _new_measures(
        self,
        wanted: Iterable[model.RiskPoint],
        keys: Mapping[str, int],
        known: Mapping[tuple[int, str], Measure],
        kept: set[tuple[int, str]],
    ) -> Iterator[tuple[object, ...]]:
        """Yield the rows of new measures; known ones are filled and noted in `kept`."""
        for risk in wanted:
            for place, measure in enumerate(risk.measures):
                key = (keys[risk.id], measure.id)
                values = self._values_of_measure(measure, place)
                row = known.get(key)
                if row is None:
                    yield *key, *values
                    continue
                kept.add(key)
                for field, value in zip(MEASURE_FIELDS, values, strict=True):
                    setattr(row, attribute_of(Measure, field), value)

    def _values_of_measure(self, measure: model.Measure, place: int) -> tuple[object, ...]:
        """Return the columns of MEASURE_FIELDS."""
        return (
            place,
            measure.phase or "",
            measure.text,
            key_of(self._posts, measure.post),
            measure.responsible,
            measure.frequency,
            measure.due_on,
            measure.evidence,
            measure.method,
            measure.indicator,
            key_of(self._regulations, measure.regulation),
            measure.asks_rule,
        )
