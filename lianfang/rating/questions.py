"""What a scheme asks before it can rate."""

from lianfang.scheme.model import Count, Criterion, Factor, Matrix, Matters, Scale, Scheme, Weighted


def factors_of(scheme: Scheme) -> tuple[Factor, ...]:
    """Return the factors that have to be answered."""
    rating = scheme.rating
    asked = isinstance(rating, Weighted) or (isinstance(rating, Matrix) and rating.factors_first)
    return scheme.factors if asked else ()


def impacts_of(scheme: Scheme) -> tuple[Scale, ...]:
    """Return the scales of impact that have to be answered."""
    return scheme.impacts if isinstance(scheme.rating, Matrix) else ()


def likelihood_of(scheme: Scheme) -> Scale | None:
    """Return the scale of likelihood, None where it isn't asked."""
    return scheme.likelihood if isinstance(scheme.rating, Matrix) else None


def criteria_of(scheme: Scheme) -> tuple[Criterion, ...]:
    """Return the yes-or-no questions, triggers last."""
    rating = scheme.rating
    return (*rating.criteria, *rating.triggers) if isinstance(rating, Count) else ()


def asks_matters(scheme: Scheme) -> bool:
    """Return whether it has to be known which matters the power touches."""
    return isinstance(scheme.rating, Matters) or any(floor.matters for floor in scheme.floors)


def asks_roles(scheme: Scheme) -> bool:
    """Return whether it has to be known which roles the power's posts have."""
    return any(floor.roles for floor in scheme.floors)


def asks_breach(scheme: Scheme) -> bool:
    """Return whether it has to be known if there was a breach in the period."""
    return bool(scheme.raises)
