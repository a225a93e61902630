"""What a survey came to, for a page, a file and a paper: by subject, unit and the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianfang.common.text import Text
from lianfang.org.models import Unit
from lianfang.scheme.model import SurveyRules
from lianfang.surveys.models import Figure, Remark, Survey, SurveySubject
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.rules.figures import ANYTHING, WHOLE, of_subject, of_unit, overall


@dataclass(frozen=True, kw_only=True)
class Line:
    """A question with its figure in a group, and the mean of the whole; None: not shown."""

    text: Text
    part: Text
    figure: Figure | None
    whole: float | None
    steps: int

    @property
    def percent(self) -> float:
        """How far the bar goes, of 100."""
        return _percent(self.figure.mean if self.figure else None, self.steps)

    @property
    def mark(self) -> float:
        """Where the whole stands, of 100."""
        return _percent(self.whole, self.steps)

    @property
    def apart(self) -> float | None:
        """How far the mean is from that of the whole."""
        if self.figure is None or self.figure.mean is None or self.whole is None:
            return None
        return round(self.figure.mean - self.whole, 2)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a group came to: by how many people, each question, and all of them."""

    people: int
    lines: list[Line]
    overall: float | None
    whole: float | None
    steps: int

    @property
    def percent(self) -> float:
        """How far the bar goes, of 100."""
        return _percent(self.overall, self.steps)

    @property
    def mark(self) -> float:
        """Where the whole stands, of 100."""
        return _percent(self.whole, self.steps)


@dataclass(frozen=True, kw_only=True)
class SubjectResult:
    """A subject, and what came out: None where too few answered."""

    subject: SurveySubject
    result: Result | None


@dataclass(frozen=True, kw_only=True)
class UnitResult:
    """A unit, what came out of it, and its subjects."""

    unit: Unit
    result: Result | None
    subjects: list[SubjectResult]


@dataclass(frozen=True, kw_only=True)
class Results:
    """Everything that may be shown of a survey to those who hold it."""

    whole: Result | None
    units: list[UnitResult]


def results_of(survey: Survey) -> Results:
    """Return what a survey came to. Two statements."""
    asked, figures = asked_in(survey), _figures(survey)
    units: dict[int, UnitResult] = {}
    subjects = survey.subjects.select_related("person", "post", "unit")
    for subject in subjects.order_by("unit__order", "unit__code", "post__order", "pk"):
        if subject.unit_id not in units:
            result = _result(figures, of_unit(subject.unit_id), asked)
            units[subject.unit_id] = UnitResult(unit=subject.unit, result=result, subjects=[])
        units[subject.unit_id].subjects.append(
            SubjectResult(subject=subject, result=_result(figures, of_subject(subject.pk), asked))
        )
    return Results(whole=_result(figures, WHOLE, asked), units=list(units.values()))


def result_of(subject: SurveySubject) -> Result | None:
    """Return what came out about a subject, None where too few answered. One statement."""
    figures = _figures(subject.survey)
    return _result(figures, of_subject(subject.pk), asked_in(subject.survey))


def remarks_about(subject: SurveySubject) -> Sequence[Remark]:
    """Return the free words about a subject, in an order that tells nothing. One statement."""
    return list(Remark.objects.filter(subject=subject).order_by("pk"))


def _figures(survey: Survey) -> Mapping[tuple[str, str], Figure]:
    rows = Figure.objects.filter(survey=survey)
    return {(figure.group, figure.question): figure for figure in rows}


def _result(
    figures: Mapping[tuple[str, str], Figure], group: str, asked: SurveyRules
) -> Result | None:
    counted = figures.get((group, ANYTHING))
    if counted is None:
        return None
    parts = {part.code: part.label for part in asked.parts}
    lines = [
        Line(
            text=question.text,
            part=parts[question.part],
            figure=figures.get((group, question.code)),
            whole=_mean(figures.get((WHOLE, question.code))),
            steps=len(asked.anchors),
        )
        for question in asked.questions
    ]
    return Result(
        people=counted.people,
        lines=lines,
        overall=overall(m for line in lines if (m := _mean(line.figure)) is not None),
        whole=overall(line.whole for line in lines if line.whole is not None),
        steps=len(asked.anchors),
    )


def _mean(figure: Figure | None) -> float | None:
    return figure.mean if figure is not None else None


def _percent(mean: float | None, steps: int) -> float:
    """Return where a mean stands between the lowest step and the highest, of 100."""
    return 0.0 if mean is None else round(100 * (mean - 1) / (steps - 1), 1)
