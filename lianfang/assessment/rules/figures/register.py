"""Figures of posts, powers, risk points and measures in the register (三, 五（一）–（四）)."""

from lianfang.assessment.rules.figures.model import (
    About,
    Facts,
    Figure,
    MeasureFact,
    PowerFact,
    RiskFact,
    Row,
    Why,
    share_of,
)

ROLES = frozenset({"decides", "executes", "supervises"})


def owners_named(facts: Facts) -> Figure:
    """Return of how many posts a control owner is known (三)."""
    return share_of(
        Row(
            about=About.POST,
            key=post.key,
            label=post.label,
            counts=post.has_owner,
            why=Why.NONE if post.has_owner else Why.NO_OWNER,
        )
        for post in facts.posts
    )


def powers_complete(facts: Facts) -> Figure:
    """Return how many powers have name, category, basis and process (五（一）1)."""
    return share_of(_of_power(power, _lacks(power)) for power in facts.powers)


def posts_definite(facts: Facts) -> Figure:
    """Return in how many powers posts decide, execute and supervise and don't clash (五（一）2)."""
    return share_of(_of_power(power, _unclear(power)) for power in facts.powers)


def powers_with_risks(facts: Facts) -> Figure:
    """Return on how many powers a risk point hangs (五（二）)."""
    return share_of(
        _of_power(power, Why.NONE if power.risks else Why.NO_RISK) for power in facts.powers
    )


def risks_rated(facts: Facts) -> Figure:
    """Return how many risk points have a level, with a reason where it departs (五（三）)."""
    return share_of(_of_risk(risk, _rating(risk)) for risk in facts.risks)


def reviews_done(facts: Facts) -> Figure:
    """Return how many risk points were gone over in the year (六（五）)."""
    return share_of(
        _of_risk(risk, Why.NONE if risk.is_reviewed else Why.NOT_REVIEWED) for risk in facts.risks
    )


def measures_complete(facts: Facts) -> Figure:
    """Return how many measures say who, when and by what evidence (五（四）)."""
    return share_of(
        Row(
            about=About.RISK,
            key=measure.risk,
            label=measure.label,
            counts=why is Why.NONE,
            why=why,
        )
        for measure in facts.measures
        for why in (_missing(measure),)
    )


def _of_power(power: PowerFact, why: Why) -> Row:
    return Row(about=About.POWER, key=power.key, label=power.label, counts=why is Why.NONE, why=why)


def _of_risk(risk: RiskFact, why: Why) -> Row:
    return Row(about=About.RISK, key=risk.key, label=risk.label, counts=why is Why.NONE, why=why)


def _lacks(power: PowerFact) -> Why:
    if not power.category:
        return Why.NO_CATEGORY
    if not power.bases:
        return Why.NO_BASIS
    return Why.NONE if power.steps else Why.NO_FLOW


def _unclear(power: PowerFact) -> Why:
    if not power.roles >= ROLES:
        return Why.ROLE_MISSING
    return Why.ROLES_CLASH if power.clashes else Why.NONE


def _rating(risk: RiskFact) -> Why:
    if not risk.level:
        return Why.UNRATED
    departs = risk.computed not in ("", risk.level)
    return Why.NO_REASON if departs and not risk.reason else Why.NONE


def _missing(measure: MeasureFact) -> Why:
    if not measure.who:
        return Why.NOBODY
    if not measure.when:
        return Why.NO_TIME
    return Why.NONE if measure.evidence else Why.NO_EVIDENCE
