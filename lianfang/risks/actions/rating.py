"""The level of a risk point: answered, proposed with a reason, endorsed by another (五（三）)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Person
from lianfang.rating.questions import criteria_of
from lianfang.risks.actions.writing import compute, differing, settled, taken_up
from lianfang.risks.models import RiskPoint
from lianfang.risks.rules.opinion import Facts, fitting, scales_of
from lianfang.scheme.model import Scheme

CLAUSE = "五（三）"
Scores = Iterable[Sequence[object]]
LEVEL_FIELDS = (
    "proposed",
    "reason",
    "proposed_by",
    "proposed_at",
    "endorsed",
    "endorsed_reason",
    "endorsed_by",
    "endorsed_at",
    "rank",
)
_TOLD = ("computed", "residual", "proposed", "reason", "endorsed")


class ReasonMissing(Refused):
    """A level that differs from the one before it needs a reason."""


class NotComputed(Refused):
    """The answers do not come to a level yet, and none was chosen."""


class NothingProposed(Refused):
    """Only a proposed level can be endorsed."""


class OwnProposal(Refused):
    """Nobody endorses what they proposed themself."""


@dataclass(frozen=True, kw_only=True)
class Rating:
    """Answers before and after measures; a `level` proposes it, an empty one the computed level."""

    scores: Scores
    after: Scores = ()
    level: str | None = None
    reason: str = ""
    proposer: Person | None = None


@transaction.atomic
def rate_risk(
    *,
    risk: RiskPoint,
    scores: Scores,
    after: Scores,
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
    level: str | None = None,
    reason: str = "",
    proposer: Person | None = None,
    version: int | None = None,
) -> RiskPoint:
    """Keep the answers before and after measures and, with a `level`, propose it.

    An empty level proposes the computed one. A proposal takes the place of the one before and of
    its endorsement; other answers without a proposal withdraw both, which rested on the old ones.
    Raises ReasonMissing for a level other than the computed one without a reason, NotComputed,
    Stale, Retired and RegisterLocked.
    """
    risk = taken_up(risk, version)
    before = told(risk, scheme)
    rating = Rating(scores=scores, after=after, level=level, reason=reason, proposer=proposer)
    computed = take_in(risk, rating, scheme, at)
    settled(risk, ("scores", "residual_scores", *computed, *LEVEL_FIELDS))
    changes = differing(before, told(risk, scheme))
    audit.record(
        at=at,
        by=by,
        action="risks.risk.rated" if level is None else "risks.level.proposed",
        subject=risk,
        organisation=risk.organisation_id,
        changes=changes,
        rule=CLAUSE,
    )
    return risk


@transaction.atomic
def endorse_level(
    *,
    risk: RiskPoint,
    level: str,
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
    endorser: Person | None,
    reason: str = "",
    version: int | None = None,
) -> RiskPoint:
    """Endorse the proposed level of a risk point, or another one with a reason.

    Raises NothingProposed, OwnProposal, ReasonMissing, Stale, Retired and RegisterLocked.
    """
    risk = taken_up(risk, version)
    if not risk.proposed:
        raise NothingProposed(
            Text(
                f"风险点“{risk.title}”还没有提出等级，请先由岗位人员评定并提出。",
                f"No level of {risk.title} is proposed yet; let the holder rate it first.",
            )
        )
    if endorser is not None and risk.proposed_by_id == endorser.pk:
        raise OwnProposal(
            Text(
                "这一等级由您本人提出，须由上一级防控责任人审核。",
                "You proposed this level yourself; the next one above you endorses it.",
            )
        )
    _require_reason(level, risk.proposed, reason, scheme)
    before = {"endorsed": risk.endorsed, "endorsed_reason": risk.endorsed_reason}
    risk.endorsed, risk.endorsed_reason = level, reason
    risk.endorsed_by, risk.endorsed_at = endorser, at
    risk.rank = scheme.rank(risk.level or None)
    settled(risk, ("endorsed", "endorsed_reason", "endorsed_by", "endorsed_at", "rank"))
    audit.record(
        at=at,
        by=by,
        action="risks.level.endorsed",
        subject=risk,
        organisation=risk.organisation_id,
        changes=differing(before, {"endorsed": level, "endorsed_reason": reason}),
        rule=CLAUSE,
    )
    return risk


def take_in(
    risk: RiskPoint, rating: Rating, scheme: Scheme, at: datetime, facts: Facts | None = None
) -> tuple[str, ...]:
    """Set the answers, the computed levels and the proposal of a risk point, without saving it.

    Returns the fields that hold the computed levels. Raises ReasonMissing and NotComputed.
    """
    kept = (list(risk.scores), list(risk.residual_scores))
    risk.scores = [list(pair) for pair in fitting(rating.scores, scheme)]
    risk.residual_scores = [list(pair) for pair in fitting(rating.after, scheme)]
    computed = compute(risk, scheme, facts)
    if rating.level is not None:
        level = rating.level or risk.computed
        _require_level(level)
        _require_reason(level, risk.computed, rating.reason, scheme)
        _propose(risk, level, rating.reason, rating.proposer, at)
    elif kept != (risk.scores, risk.residual_scores):
        _propose(risk, "", "", None, None)
    risk.rank = scheme.rank(risk.level or None)
    return computed


def told(risk: RiskPoint, scheme: Scheme) -> dict[str, object]:
    """Return what the log says of a rating."""
    return {"answers": _said(risk, scheme), **{name: getattr(risk, name) for name in _TOLD}}


def _propose(
    risk: RiskPoint, level: str, reason: str, proposer: Person | None, at: datetime | None
) -> None:
    risk.proposed, risk.reason = level, reason
    risk.proposed_by, risk.proposed_at = proposer, at
    risk.endorsed, risk.endorsed_reason = "", ""
    risk.endorsed_by, risk.endorsed_at = None, None


def _require_level(level: str) -> None:
    if not level:
        raise NotComputed(
            Text(
                "还有问题没有回答，算不出等级。请补齐回答，或选定等级并写明理由；也可以先存草稿。",
                "Answers are missing, so no level comes out. Give them, or choose a level with a "
                "reason; you may also keep a draft.",
            )
        )


def _require_reason(level: str, other: str, reason: str, scheme: Scheme) -> None:
    label = scheme.level(level).label
    if level == other or reason.strip():
        return
    was = scheme.level(other).label if other else scheme.unrated
    raise ReasonMissing(
        Text(
            f"所选等级“{label.zh}”与“{was.zh}”不一致，请写明理由。",
            f"The level {label.en} differs from {was.en}; give the reason.",
        )
    )


def _said(risk: RiskPoint, scheme: Scheme) -> list[str]:
    """Return the answers in words, those for the time after measures marked."""
    labels = {scale.code: scale.label.zh for scale in scales_of(scheme)}
    labels |= {criterion.code: criterion.question.zh for criterion in criteria_of(scheme)}
    return [
        *(f"{labels.get(code, code)} {value}" for code, value in risk.scores),
        *(f"{labels.get(code, code)}（措施后）{value}" for code, value in risk.residual_scores),
    ]
