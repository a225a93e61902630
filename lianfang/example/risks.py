"""Risk points and measures of the example, each point rated with the facts of its power."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from lianfang.example.dates import NoDay, day_of
from lianfang.example.entries import MeasureEntry, RiskEntry, unit_files, unit_of
from lianfang.rating.answers import answers_of
from lianfang.rating.rate import rate
from lianfang.register.model import (
    Manifestation,
    Measure,
    Power,
    Regulation,
    RegulationState,
    RiskPoint,
    Score,
    Subject,
    SubjectKind,
)
from lianfang.scheme.model import PowerRole, Scheme

_NOT_YET = (RegulationState.TO_BE_MADE, RegulationState.DRAFTING)


class Assessing:
    """Turns the entries of risk points into risk points, as they are on a day."""

    def __init__(
        self,
        scheme: Scheme,
        powers: Sequence[Power],
        regulations: Sequence[Regulation],
        on: date,
    ) -> None:
        self._scheme = scheme
        self._on = on
        self._powers = {power.id: power for power in powers}
        self._steps = {step.id: power for power in powers for step in power.steps}
        self._regulations = {rule.id: rule for rule in regulations}
        self._questions = (
            *(factor.code for factor in scheme.factors),
            scheme.likelihood.code,
            *(impact.code for impact in scheme.impacts),
        )

    def risks(self) -> Iterator[RiskPoint]:
        """Yield the risk points of all units. Raises NoDay, AnswersRefused."""
        for file in unit_files().values():
            for code, entry in file.risks.items():
                yield self._risk(code, entry)

    def _risk(self, code: str, entry: RiskEntry) -> RiskPoint:
        computed = self._computed(entry) if entry.scores else None
        return RiskPoint(
            id=code,
            unit=unit_of(code),
            about=Subject(kind=self._kind(entry.about), id=entry.about),
            title=entry.title,
            posts=entry.posts,
            aspects=entry.aspects,
            focus=entry.focus,
            manifestations=tuple(Manifestation(text=text) for text in entry.shows),
            found_on=day_of(entry.found, self._on),
            scores=self._scores(entry.scores),
            residual=self._scores(entry.residual),
            computed=computed,
            level=entry.level or computed,
            confirmed=entry.confirmed,
            reason=entry.reason,
            measures=tuple(self._measures(code, entry)),
        )

    def _kind(self, code: str) -> SubjectKind:
        if code in self._powers:
            return SubjectKind.POWER
        if code in self._steps:
            return SubjectKind.STEP
        return SubjectKind.REGULATION if code in self._regulations else SubjectKind.POST

    def _scores(self, steps: tuple[int, ...]) -> tuple[Score, ...]:
        answered = zip(self._questions, steps, strict=False)
        return tuple(Score(factor=question, value=step) for question, step in answered)

    def _computed(self, entry: RiskEntry) -> str | None:
        answers = answers_of(
            ((score.factor, score.value) for score in self._scores(entry.scores)), self._scheme
        )
        power = self._powers.get(entry.about) or self._steps.get(entry.about)
        facts = replace(
            answers,
            matters=power.matters if power else (),
            roles=_roles(power) if power else (),
            breach=False,
        )
        return rate(facts, self._scheme).level

    def _measures(self, risk: str, entry: RiskEntry) -> Iterator[Measure]:
        phases = (
            ("early", entry.early),
            ("during", entry.during),
            ("after", entry.after),
            (None, entry.unsorted),
        )
        rows = ((phase, row) for phase, rows in phases for row in rows)
        for number, (phase, row) in enumerate(rows, start=1):
            yield self._measure(f"{risk}-{number}", phase, row)

    def _measure(self, code: str, phase: str | None, row: MeasureEntry) -> Measure:
        due_on = _day(row.when, self._on)
        rule = self._regulations[row.regulation] if row.regulation else None
        return Measure(
            id=code,
            text=row.text,
            phase=phase,
            post=row.post,
            frequency="" if due_on else row.when,
            due_on=due_on,
            evidence=row.evidence,
            regulation=row.regulation,
            asks_rule=rule is not None and rule.state in _NOT_YET,
        )


def _roles(power: Power) -> tuple[tuple[PowerRole, ...], ...]:
    """Return for each post of a power what it does there."""
    posts: dict[str, list[PowerRole]] = {}
    for part in power.posts:
        posts.setdefault(part.post, []).append(PowerRole(part.role))
    return tuple(map(tuple, posts.values()))


def _day(text: str, on: date) -> date | None:
    """Return the day a text stands for, None where it is words."""
    try:
        return day_of(text, on)
    except NoDay:
        return None
