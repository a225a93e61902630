"""What a scheme asks and nobody has answered: one line a question."""

from lianfang.common.text import Text
from lianfang.rating.answers import Answers
from lianfang.rating.explanation import Kind, Line
from lianfang.rating.questions import (
    asks_breach,
    asks_matters,
    asks_roles,
    criteria_of,
    factors_of,
    impacts_of,
    likelihood_of,
)
from lianfang.scheme.model import Clause, Matters, Scale, Scheme

_MISSING = Text("未回答", "not answered")
_YES_OR_NO = Text("符合，还是不符合？", "Does it apply, yes or no?")


def gaps(answers: Answers, scheme: Scheme) -> tuple[Line, ...]:
    """Return a line for every question without an answer."""
    return (*scales_and_criteria(answers, scheme), *_facts(answers, scheme))


def scales_and_criteria(answers: Answers, scheme: Scheme) -> tuple[Line, ...]:
    """Return a line for every scale and criterion without an answer."""
    factors = {entry.code for entry in answers.factors}
    impacts = {entry.code for entry in answers.impacts}
    judged = {entry.code for entry in answers.criteria}
    likelihood = likelihood_of(scheme)
    open_scales = [
        *(factor for factor in factors_of(scheme) if factor.code not in factors),
        *([likelihood] if likelihood and answers.likelihood is None else []),
        *(impact for impact in impacts_of(scheme) if impact.code not in impacts),
    ]
    return (
        *map(_scale, open_scales),
        *(
            _line(criterion.question, _YES_OR_NO, criterion.clause, criterion.code)
            for criterion in criteria_of(scheme)
            if criterion.code not in judged
        ),
    )


def _scale(scale: Scale) -> Line:
    return _line(scale.label, scale.question, scale.clause, scale.code)


def _facts(answers: Answers, scheme: Scheme) -> tuple[Line, ...]:
    lines = []
    if asks_matters(scheme) and answers.matters is None:
        lines.append(
            _line(
                Text("涉及的事项", "Matters touched"),
                Text("这项职权涉及哪些重点事项？", "Which weighty matters does the power touch?"),
                _matters_clause(scheme),
                "matters",
            )
        )
    if asks_roles(scheme) and answers.roles is None:
        lines.append(
            _line(
                Text("岗位分工", "Roles of the posts"),
                Text("每个岗位在职权中决策、执行还是监督？", "Which roles does each post have?"),
                next(floor.clause for floor in scheme.floors if floor.roles),
                "roles",
            )
        )
    if asks_breach(scheme) and answers.breach is None:
        lines.append(
            _line(
                Text("违规违纪", "Breach"),
                Text("工作期内是否发生违规违纪？", "Was there a breach in the period?"),
                scheme.raises[0].clause,
                "breach",
            )
        )
    return tuple(lines)


def _matters_clause(scheme: Scheme) -> Clause:
    if isinstance(scheme.rating, Matters):
        return scheme.rating.clause
    return next(floor.clause for floor in scheme.floors if floor.matters)


def _line(what: Text, rule: Text, clause: Clause, about: str) -> Line:
    return Line(
        kind=Kind.MISSING,
        what=what,
        value=_MISSING,
        rule=rule,
        clause=clause,
        default=False,
        about=about,
    )
