"""The questions of a scheme as a person reads them before answering."""

from lianfang.common.text import Language
from lianfang.scheme.model import Clause, Criterion, Factor, Scale, Scheme
from lianfang.scheme.wording import clause, mark, quantity


def source(cited: Clause, default: bool, scheme: Scheme) -> str:
    """Return `[五（三）] ◇`."""
    return f"[{clause(cited, scheme)}] {mark(default)}".rstrip()


def scale_lines(scale: Scale, scheme: Scheme, language: Language) -> list[str]:
    """Return the question with its weight, if it has one, and what each step means."""
    question = scale.question.in_(language)
    weight = f"  {quantity(scale.weight, language)}" if isinstance(scale, Factor) else ""
    return [
        f"{question}{weight}  {source(scale.clause, scale.default, scheme)}",
        *(f"{anchor.step}  {anchor.text.in_(language)}" for anchor in scale.anchors),
    ]


def criterion_line(criterion: Criterion, scheme: Scheme, language: Language) -> str:
    """Return the question with its clause."""
    cited = source(criterion.clause, scheme.rating.default, scheme)
    return f"{criterion.question.in_(language)}  {cited}"
