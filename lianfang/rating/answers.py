"""What was answered about a risk point: the input of a rating, checked against the scheme."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.rating.questions import criteria_of
from lianfang.scheme.model import PowerRole, Scale, Scheme


class AnswersRefused(Refused):
    """An answer is off its scale, given twice, or to no question of the scheme."""


class Scored(Struct, frozen=True, kw_only=True):
    """The step chosen on a scale, from 1 to the scale's last."""

    code: str
    step: int


class Judged(Struct, frozen=True, kw_only=True):
    """Whether a criterion applies."""

    code: str
    applies: bool


Entry = TypeVar("Entry", bound=Scored | Judged)


class Answers(Struct, frozen=True, kw_only=True):
    """Everything a rating may ask; None, or no entry for a code, is "not answered".

    `matters` are those the power touches, () for none. `roles` are, for each post of the power,
    the roles it has there. `breach` is whether there was a breach in the period.
    """

    factors: tuple[Scored, ...] = ()
    likelihood: int | None = None
    impacts: tuple[Scored, ...] = ()
    criteria: tuple[Judged, ...] = ()
    matters: tuple[str, ...] | None = None
    roles: tuple[tuple[PowerRole, ...], ...] | None = None
    breach: bool | None = None


def answers_of(scores: Iterable[tuple[str, int]], scheme: Scheme) -> Answers:
    """Return scores, kept flat by code, as answers; of a criterion 1 is yes and 0 is no.

    Raises AnswersRefused for a code without a question and for a step off its scale.
    """
    given = tuple(scores)
    factors = [factor.code for factor in scheme.factors]
    impacts = [impact.code for impact in scheme.impacts]
    criteria = [criterion.code for criterion in criteria_of(scheme)]
    likelihood = scheme.likelihood.code
    known = [*factors, likelihood, *impacts, *criteria]
    _require_known(Text("评分项", "score"), [code for code, _ in given], known)
    for code, value in given:
        if code in criteria and value not in (0, 1):
            raise AnswersRefused(
                Text(
                    f"标准“{code}”不能是 {value}，只能是 0（否）或 1（是）。",
                    f"The criterion `{code}` can't be {value}; it is 0 (no) or 1 (yes).",
                )
            )
    answers = Answers(
        factors=tuple(Scored(code=c, step=v) for c, v in given if c in factors),
        likelihood=next((v for c, v in given if c == likelihood), None),
        impacts=tuple(Scored(code=c, step=v) for c, v in given if c in impacts),
        criteria=tuple(Judged(code=c, applies=v == 1) for c, v in given if c in criteria),
    )
    require_fitting(answers, scheme)
    return answers


def require_fitting(answers: Answers, scheme: Scheme) -> None:
    """Raise AnswersRefused unless every answer is to a question, once, and on its scale."""
    _require_on_scales(Text("因素", "factor"), answers.factors, scheme.factors)
    _require_on_scales(Text("影响", "impact"), answers.impacts, scheme.impacts)
    if answers.likelihood is not None:
        _require_step(scheme.likelihood, answers.likelihood)
    criteria = [criterion.code for criterion in criteria_of(scheme)]
    _require_known(Text("标准", "criterion"), [entry.code for entry in answers.criteria], criteria)
    matters = [matter.code for matter in scheme.matters]
    _require_known(Text("事项", "matter"), sorted(set(answers.matters or ())), matters)


def after_measures(inherent: Answers, after: Answers) -> Answers:
    """Return the answers with the measures in place: what isn't answered anew stays."""
    return Answers(
        factors=_renewed(inherent.factors, after.factors),
        likelihood=inherent.likelihood if after.likelihood is None else after.likelihood,
        impacts=_renewed(inherent.impacts, after.impacts),
        criteria=_renewed(inherent.criteria, after.criteria),
        matters=inherent.matters if after.matters is None else after.matters,
        roles=inherent.roles if after.roles is None else after.roles,
        breach=inherent.breach if after.breach is None else after.breach,
    )


def _renewed(before: tuple[Entry, ...], after: tuple[Entry, ...]) -> tuple[Entry, ...]:
    anew = {entry.code for entry in after}
    return (*(entry for entry in before if entry.code not in anew), *after)


def _require_on_scales(kind: Text, given: Sequence[Scored], scales: Sequence[Scale]) -> None:
    known = {scale.code: scale for scale in scales}
    _require_known(kind, [entry.code for entry in given], known)
    for entry in given:
        _require_step(known[entry.code], entry.step)


def _require_known(kind: Text, codes: Sequence[str], known: Iterable[str]) -> None:
    possible = tuple(known)
    for code, times in Counter(codes).items():
        if code not in possible:
            raise AnswersRefused(
                Text(
                    f"没有{kind.zh}“{code}”。可用的：{'、'.join(possible) or '（无）'}。",
                    f"There is no {kind.en} `{code}`; known: {', '.join(possible) or '(none)'}.",
                )
            )
        if times > 1:
            raise AnswersRefused(
                Text(
                    f"{kind.zh}“{code}”回答了 {times} 次，只能回答一次。",
                    f"The {kind.en} `{code}` is answered {times} times; answer it once.",
                )
            )


def _require_step(scale: Scale, step: int) -> None:
    last = len(scale.anchors)
    if not 1 <= step <= last:
        raise AnswersRefused(
            Text(
                f"“{scale.label.zh}”（{scale.code}）不能是 {step}，只能是 1 至 {last}。",
                f"“{scale.label.en}” ({scale.code}) can't be {step}; it is 1 to {last}.",
            )
        )
