"""What the rules make of a risk point: its answers, the facts of its power, how it shows.

Source: 质检认纪〔2012〕1号 五（三）.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from lianfang.common.text import Text
from lianfang.rating.answers import answers_of
from lianfang.rating.explanation import UNCHANGED, Kind, Line, Rated, level_label
from lianfang.rating.levels import highest
from lianfang.rating.opinion import Opinion, opinion_on
from lianfang.rating.questions import criteria_of, factors_of, impacts_of, likelihood_of
from lianfang.scheme.model import Matrix, PowerRole, Scale, Scheme

Scores = Iterable[Sequence[object]]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known without being asked.

    The matters its power touches; the roles of each post in it; the levels its manifestations bear;
    whether there was a breach in the period.
    """

    matters: tuple[str, ...] = ()
    roles: tuple[tuple[PowerRole, ...], ...] = ()
    shown: tuple[str, ...] = ()
    breach: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A field of the little matrix: where it is drawn, its figure, and its level's letter."""

    x: int
    y: int
    figure: int
    letter: str
    is_here: bool

    @property
    def middle(self) -> float:
        """Where its figure stands."""
        return self.x + 24.5


def opinion_of(scores: Scores, after: Scores, facts: Facts, scheme: Scheme) -> Opinion:
    """Return the opinion; nothing answered for the time after measures: no residual level.

    Answers that the scheme no longer asks, or that are off its scales, are left out.
    """
    known, anew = fitting(scores, scheme), fitting(after, scheme)
    answers = replace(
        answers_of(known, scheme),
        matters=tuple(code for code in facts.matters if code in _matters(scheme)),
        roles=facts.roles,
        breach=facts.breach,
    )
    opinion = opinion_on(answers, answers_of(anew, scheme) if anew else None, scheme)
    return replace(opinion, inherent=_at_least_shown(opinion.inherent, facts, scheme))


def fitting(scores: Scores, scheme: Scheme) -> tuple[tuple[str, int], ...]:
    """Return the scores that the scheme asks for, each on its scale, each once."""
    allowed = steps_of(scheme)
    found: dict[str, int] = {}
    for code, value in scores:
        if isinstance(value, int) and value in allowed.get(str(code), ()):
            found[str(code)] = value
    return tuple(found.items())


def steps_of(scheme: Scheme) -> dict[str, tuple[int, ...]]:
    """Return what may be answered to each question by its code."""
    steps = {scale.code: tuple(a.step for a in scale.anchors) for scale in scales_of(scheme)}
    return steps | {criterion.code: (0, 1) for criterion in criteria_of(scheme)}


def scales_of(scheme: Scheme) -> tuple[Scale, ...]:
    """Return every scale that is asked: factors, likelihood, impacts."""
    likelihood = likelihood_of(scheme)
    asked = (likelihood,) if likelihood is not None else ()
    return (*factors_of(scheme), *asked, *impacts_of(scheme))


def matrix_of(scheme: Scheme, rated: Rated) -> tuple[Cell, ...]:
    """Return the fields of the matrix, the point's own marked; none for another rule family."""
    rating = scheme.rating
    if not isinstance(rating, Matrix):
        return ()
    here = rated.cell
    return tuple(
        Cell(
            x=36 + 52 * (likelihood - 1),
            y=94 - 23 * (impact - 1),
            figure=likelihood * impact,
            letter=_letter(likelihood * impact, rating, scheme),
            is_here=here is not None and (here.likelihood, here.impact) == (likelihood, impact),
        )
        for impact in range(1, 6)
        for likelihood in range(1, 6)
    )


def _letter(figure: int, rating: Matrix, scheme: Scheme) -> str:
    found = highest(scheme, *(t.level for t in rating.thresholds if figure >= t.at_least))
    return {"high": "h", "medium": "m"}.get(found or "", "l")


def _at_least_shown(rated: Rated, facts: Facts, scheme: Scheme) -> Rated:
    """Return the rating with the highest level of the manifestations as its floor."""
    if rated.level is None or not facts.shown:
        return rated
    level = highest(scheme, rated.level, *facts.shown)
    label = level_label(level, scheme)
    *before, last = rated.lines
    shown = Line(
        kind=Kind.FLOOR,
        what=Text("表现形式", "Manifestations"),
        value=UNCHANGED if level == rated.level else label,
        rule=Text("各表现形式的等级中取最高的", "the highest level of the manifestations counts"),
        clause=last.clause,
        default=True,
        level=level,
        changed=level != rated.level,
        about="manifestations",
    )
    last = replace(last, value=label, level=level)
    return replace(rated, level=level, lines=(*before, shown, last))


def _matters(scheme: Scheme) -> set[str]:
    return {matter.code for matter in scheme.matters}
