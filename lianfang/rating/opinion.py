"""Both ratings of a risk point, before measures and with them, and the level duties follow."""

from msgspec import Struct

from lianfang.rating.answers import Answers
from lianfang.rating.explanation import Rated
from lianfang.rating.levels import duty_level
from lianfang.rating.rate import rate, residual
from lianfang.scheme.model import Scheme


class Opinion(Struct, frozen=True, kw_only=True):
    """What the rules make of a risk point; `residual` None where it was not asked for."""

    inherent: Rated
    residual: Rated | None
    duty_level: str | None

    @property
    def rated(self) -> bool:
        """Whether every rating that was asked for came to a level."""
        asked = (self.inherent, self.residual)
        return all(rating.level is not None for rating in asked if rating is not None)


def opinion_on(answers: Answers, after: Answers | None, scheme: Scheme) -> Opinion:
    """Rate once or, with answers for the time after measures, twice. Raises AnswersRefused."""
    inherent = rate(answers, scheme)
    left = None if after is None else residual(answers, after, scheme)
    follows = duty_level(inherent.level, left.level if left else None, scheme)
    return Opinion(inherent=inherent, residual=left, duty_level=follows)
