"""What a survey comes to, for each subject, unit and the whole: nothing of a group too small.

A figure is made of answers by at least so many people (五（五）1). What is too small for a subject
joins what else is too small in its unit, and what is too small there joins the rest of the whole.
So every figure shown is a sum of parts that are each big enough, and no difference of two figures
tells of fewer people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from lianfang.surveys.rules.papers import CANNOT_SAY, Paper

WHOLE = "whole"
# of a figure that counts who said anything about the group
ANYTHING = ""
_PLACES = 2


@dataclass(frozen=True)
class Answer:
    """One answer: by which paper, about whom, which step; the papers are numbered at random."""

    paper: int
    subject: int
    step: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How many people answered a question about a group, their mean and its standard deviation.

    Both are None for `ANYTHING`.
    """

    group: str
    question: str
    people: int
    mean: float | None = None
    spread: float | None = None


def of_subject(subject: int) -> str:
    """Return the name of a subject's group."""
    return f"subject:{subject}"


def of_unit(unit: int) -> str:
    """Return the name of a unit's group."""
    return f"unit:{unit}"


def figures_of(
    papers: Sequence[Paper], units: Mapping[int, int], questions: Sequence[str], smallest: int
) -> list[Figure]:
    """Return every figure that may be shown; `units` has the unit of each subject.

    Source: 质检认纪〔2012〕1号 五（五）1, 五（五）2.
    """
    found = [
        Figure(group=group, question=ANYTHING, people=people_in(answers))
        for group, answers in shown_groups(_answers(papers, _anything), units, smallest).items()
    ]
    for place, question in enumerate(questions):
        given = _answers(papers, lambda sheet, place=place: sheet[place])  # type: ignore[misc]
        for group, answers in shown_groups(given, units, smallest).items():
            steps = [answer.step for answer in answers]
            mean = sum(steps) / len(steps)
            spread = sqrt(sum((step - mean) ** 2 for step in steps) / len(steps))
            found.append(
                Figure(
                    group=group,
                    question=question,
                    people=people_in(answers),
                    mean=round(mean, _PLACES),
                    spread=round(spread, _PLACES),
                )
            )
    return found


def shown_groups(
    answers: Iterable[Answer], units: Mapping[int, int], smallest: int
) -> dict[str, list[Answer]]:
    """Return the answers of every group that may be shown.

    Small leftovers are pooled upwards, and left out where even together they are too small: no
    group shown differs from the groups within it by fewer than `smallest` people.
    """
    by_subject: dict[int, list[Answer]] = {subject: [] for subject in units}
    for answer in answers:
        by_subject[answer.subject].append(answer)
    found: dict[str, list[Answer]] = {}
    counted: list[Answer] = []
    left: list[Answer] = []
    for unit in dict.fromkeys(units.values()):
        subjects = [subject for subject in units if units[subject] == unit]
        for subject in subjects:
            if people_in(by_subject[subject]) >= smallest:
                found[of_subject(subject)] = by_subject[subject]
        rest = [a for s in subjects if of_subject(s) not in found for a in by_subject[s]]
        within = [a for s in subjects if of_subject(s) in found for a in by_subject[s]]
        within, rest = _joined(within, rest, smallest)
        if within:
            found[of_unit(unit)] = within
        counted += within
        left += rest
    counted, _unseen = _joined(counted, left, smallest)
    if counted:
        found[WHOLE] = counted
    return found


def people_in(answers: Iterable[Answer]) -> int:
    """Return by how many people answers are."""
    return len({answer.paper for answer in answers})


def overall(means: Iterable[float]) -> float | None:
    """Return the mean of the means shown: it says nothing that they don't say already."""
    shown = list(means)
    return round(sum(shown) / len(shown), _PLACES) if shown else None


def _joined(
    counted: list[Answer], rest: list[Answer], smallest: int
) -> tuple[list[Answer], list[Answer]]:
    if people_in(rest) >= smallest:
        return [*counted, *rest], []
    return counted, rest


def _answers(papers: Sequence[Paper], step_of: Callable[[Sequence[int]], int]) -> list[Answer]:
    return [
        Answer(number, subject, step)
        for number, paper in enumerate(papers)
        for subject, sheet in paper.sheets.items()
        if (step := step_of(sheet)) != CANNOT_SAY
    ]


def _anything(sheet: Sequence[int]) -> int:
    return max(sheet, default=CANNOT_SAY)
