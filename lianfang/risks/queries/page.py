"""A risk point as its page shows it, and the risks of a power in brief."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianfang.common.text import Text
from lianfang.org.models import Organisation, Person, Post
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import EditLock, Power
from lianfang.powers.queries.load import grouped
from lianfang.powers.queries.locks import Touched, lock_on
from lianfang.rating.opinion import Opinion
from lianfang.risks.models import Manifestation, Measure, RiskPoint, RiskPost
from lianfang.risks.queries.facts import facts_of
from lianfang.risks.rules.opinion import Cell, matrix_of, opinion_of
from lianfang.risks.rules.phases import phases_missing
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class PhaseShown:
    """The measures of a phase; `is_missing` where the level asks for one."""

    code: str
    label: Text
    measures: list[Measure]
    is_missing: bool


@dataclass(frozen=True, kw_only=True)
class RiskShown:
    """A risk point with its parts, and the scheme's words for its codes."""

    risk: RiskPoint
    carriers: list[Post]
    shown: list[Manifestation]
    phases: list[PhaseShown]
    unsorted: list[Measure]
    aspects: list[Text]
    focus: Text | None


@dataclass(frozen=True, kw_only=True)
class OpinionShown:
    """What the rules make of the answers, with the little matrix."""

    opinion: Opinion
    cells: tuple[Cell, ...]

    @property
    def here(self) -> Cell | None:
        """The field of this risk point."""
        return next((cell for cell in self.cells if cell.is_here), None)


def scheme_in_force(standing: Standing) -> Scheme:
    """Return the scheme as the asker's organisation has set it. One statement."""
    return scheme_of(Organisation(pk=standing.organisation_id, scheme=standing.scheme), standing.on)


def asker(standing: Standing) -> Person:
    """Return the person who asks. One statement."""
    return Person.objects.get(organisation=standing.organisation_id, login=standing.user_id)


def lock_of(risk: RiskPoint) -> EditLock | None:
    """Return what closes a risk point to changes, None where nothing does. See `lock_on`."""
    power = risk.power.code if risk.power else ""
    return lock_on(risk.organisation_id, [Touched(risk.unit_id, power)])


def risk_shown(risk: RiskPoint, scheme: Scheme) -> RiskShown:
    """Return one risk point with its parts. Three statements."""
    return _shown([risk], scheme)[0]


def risks_of_power(power: Power, standing: Standing, scheme: Scheme) -> list[RiskShown]:
    """Return the risk points in use on a power and its steps, highest first. Four statements."""
    rows = RiskPoint.objects.filter(in_use(standing.on), power=power).select_related("step")
    return _shown(list(rows.order_by("-rank", "code")), scheme)


def opinion_shown(
    risk: RiskPoint,
    scheme: Scheme,
    scores: Iterable[Sequence[object]] | None = None,
    after: Iterable[Sequence[object]] | None = None,
) -> OpinionShown:
    """Return the opinion on the answers kept, or on those given. Two statements."""
    opinion = opinion_of(
        risk.scores if scores is None else scores,
        risk.residual_scores if after is None else after,
        facts_of(risk),
        scheme,
    )
    return OpinionShown(opinion=opinion, cells=matrix_of(scheme, opinion.inherent))


def _shown(risks: Sequence[RiskPoint], scheme: Scheme) -> list[RiskShown]:
    keys = [risk.pk for risk in risks]
    if not keys:
        return []
    posts = RiskPost.objects.filter(risk__in=keys).select_related("post__unit").order_by("order")
    carriers = grouped(posts, "risk_id")
    shows = grouped(Manifestation.objects.filter(risk__in=keys).order_by("order"), "risk_id")
    rows = Measure.objects.filter(risk__in=keys).select_related("post__unit", "regulation")
    measures = grouped(rows.order_by("order"), "risk_id")
    return [
        _one(
            risk, [row.post for row in carriers[risk.pk]], shows[risk.pk], measures[risk.pk], scheme
        )
        for risk in risks
    ]


def _one(
    risk: RiskPoint,
    carriers: list[Post],
    shown: list[Manifestation],
    measures: list[Measure],
    scheme: Scheme,
) -> RiskShown:
    codes = [phase.code for phase in scheme.phases]
    unsorted = [measure for measure in measures if measure.phase not in codes]
    present = {measure.phase for measure in measures} & set(codes)
    missing = phases_missing(risk.level, present, len(unsorted), scheme)
    return RiskShown(
        risk=risk,
        carriers=carriers,
        shown=shown,
        phases=[
            PhaseShown(
                code=phase.code,
                label=phase.label,
                measures=[measure for measure in measures if measure.phase == phase.code],
                is_missing=phase.code in missing,
            )
            for phase in scheme.phases
        ],
        unsorted=unsorted,
        aspects=[aspect.label for aspect in scheme.aspects if aspect.code in risk.aspects],
        focus=next((area.label for area in scheme.focus_areas if area.code == risk.focus), None),
    )
