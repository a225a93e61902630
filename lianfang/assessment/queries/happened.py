"""What happened in units in a year: filings, duties, learning, tasks, surveys, breaches."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from lianfang.alerts.models import Alert
from lianfang.alerts.queries.figures import handled
from lianfang.assessment.models import AssessmentTask
from lianfang.assessment.rules.figures.model import (
    About,
    AlertFact,
    BreachFact,
    DutyFact,
    FilingFact,
    LearningFact,
    SurveyFact,
    TaskFact,
)
from lianfang.cycles.models import CorrectiveTask, CycleStage, Filing, Submission
from lianfang.duties.models import Duty
from lianfang.inspections.models import Finding
from lianfang.learning.queries.hours import learning_duties, taken_in
from lianfang.learning.rules.hours import total
from lianfang.org.models import Organisation
from lianfang.risks.models import Breach, LevelOverride
from lianfang.surveys.models import Figure, Survey
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.rules.figures import of_subject, of_unit, overall

_AROUND = 1_000
_NOT_OWED = (Duty.State.LAPSED, Duty.State.WAIVED)


@dataclass(frozen=True)
class Happened:
    """A year of some units, read all at once."""

    organisation: Organisation
    year: int
    units: Collection[int]
    on: date

    def by_unit(self, people: Mapping[int, Mapping[int, str]]) -> dict[int, dict[str, Any]]:
        """Return for each unit what the figures count, by the names of `Facts`.

        `people` has those of each unit, with their names.
        """
        filings, duties, alerts = self._filings(), self._duties(), self._alerts()
        tasks, breaches = self._tasks(), self._breaches()
        learning, surveys = self._learning(people), self._surveys()
        return {
            unit: {
                "filings": tuple(filings[unit]),
                "duties": tuple(duties[unit]),
                "alerts": tuple(alerts[unit]),
                "tasks": tuple(tasks[unit]),
                "breaches": tuple(breaches[unit]),
                "learning": tuple(learning[unit]),
                "surveys": tuple(surveys[unit]),
            }
            for unit in self.units
        }

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.organisation.time_zone)

    def _within(self, path: str = "unit") -> Q:
        if len(self.units) > _AROUND:
            return Q(**{f"{path}__organisation": self.organisation})
        return Q(**{f"{path}__in": self.units})

    def _day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(self._zone).date() if moment is not None else None

    def _filings(self) -> dict[int, list[FilingFact]]:
        rows = list(
            Filing.objects.filter(self._within(), cycle__year=self.year, revision=None).exclude(
                state=Filing.State.DROPPED
            )
        )
        sent: dict[int, list[date]] = defaultdict(list)
        for filing, at in (
            Submission.objects.filter(filing__in=[row.pk for row in rows])
            .order_by("round")
            .values_list("filing", "submitted_at")
        ):
            sent[filing].append(self._day(at) or self.on)
        ends = dict(_first_stages(self.organisation, self.year))
        found: dict[int, list[FilingFact]] = defaultdict(list)
        for row in rows:
            days = sent[row.pk]
            found[row.unit_id].append(
                FilingFact(
                    key=row.pk,
                    label=f"{self.year}",
                    due_on=ends.get(row.cycle_id, self.on),
                    sent_on=days[0] if days else None,
                    again_due_on=row.due_on if days else None,
                    again_on=days[-1] if len(days) > 1 else None,
                )
            )
        return found

    def _duties(self) -> dict[int, list[DutyFact]]:
        return _grouped((unit, fact) for unit, _actor, fact in duties_in(self.year, self._within()))

    def _alerts(self) -> dict[int, list[AlertFact]]:
        return alerts_in(self.organisation.pk, self.year)

    def _learning(self, people: Mapping[int, Mapping[int, str]]) -> dict[int, list[LearningFact]]:
        every = {person for each in people.values() for person in each}
        asked = asked_hours(self.organisation.pk, self.year, every)
        done = taken_in(self.organisation.pk, self.year, list(asked) if _few(asked) else None)
        return _grouped(
            (
                unit,
                LearningFact(
                    key=person, label=name, done=total(done.get(person, ())), asked=asked[person]
                ),
            )
            for unit, own in people.items()
            for person, name in own.items()
            if person in asked
        )

    def _tasks(self) -> dict[int, list[TaskFact]]:
        return _grouped([*self._corrective(), *self._findings(), *self._own()])

    def _corrective(self) -> Iterator[tuple[int, TaskFact]]:
        rows = CorrectiveTask.objects.filter(self._within(), due_on__year=self.year)
        for key, unit, what, due_on, state, done_at in rows.order_by("due_on", "pk").values_list(
            "pk", "unit", "what", "due_on", "state", "done_at"
        ):
            is_done = state != CorrectiveTask.State.OPEN
            yield (
                unit,
                _task(About.TASK, key, what, due_on, self._day(done_at) if is_done else None),
            )

    def _findings(self) -> Iterator[tuple[int, TaskFact]]:
        rows = Finding.objects.filter(
            self._within(), due_on__year=self.year, record__state="confirmed"
        )
        for key, unit, what, due_on, closed_on in rows.order_by("due_on", "pk").values_list(
            "pk", "unit", "what", "due_on", "closed_on"
        ):
            yield unit, _task(About.FINDING, key, what, due_on, closed_on)

    def _own(self) -> Iterator[tuple[int, TaskFact]]:
        rows = AssessmentTask.objects.filter(self._within("sheet__unit"), due_on__year=self.year)
        for key, unit, what, due_on, state, done_on in rows.order_by("due_on", "pk").values_list(
            "pk", "sheet__unit", "what", "due_on", "state", "done_on"
        ):
            is_done = state != AssessmentTask.State.OPEN
            yield unit, _task(About.OWN_TASK, key, what, due_on, done_on if is_done else None)

    def _surveys(self) -> dict[int, list[SurveyFact]]:
        return _grouped(
            (unit, fact)
            for unit, fact in surveyed(self.organisation.pk, self.year, of_unit, self.units)
        )

    def _breaches(self) -> dict[int, list[BreachFact]]:
        rows = Breach.objects.filter(self._within("post__unit"), found_on__year=self.year)
        levels = dict(
            LevelOverride.objects.filter(
                organisation=self.organisation, breach__found_on__year=self.year
            )
            .order_by("-pk")
            .values_list("breach", "level")
        )
        return _grouped(
            (unit, BreachFact(key=key, label=label, on=day, level=levels.get(key, "")))
            for key, unit, label, day in rows.order_by("found_on", "pk").values_list(
                "pk", "post__unit", "post__name", "found_on"
            )
        )


def duties_in(year: int, wanted: Q) -> Iterator[tuple[int, int | None, DutyFact]]:
    """Yield the duties due in a year with their unit and who is to act. One statement.

    What alerts ask for is left out: it must not tell whom an alert is about.
    """
    rows = Duty.objects.filter(wanted, due_on__year=year).exclude(
        Q(state__in=_NOT_OWED) | Q(origin=Duty.Origin.ALERT)
    )
    columns = rows.order_by("due_on", "pk").values_list(
        "pk", "unit", "actor", "kind", "state", "due_on", "closed_on",
        "measure__text", "person__name", "unit__name",
    )  # fmt: skip
    for key, unit, actor, kind, state, due_on, closed_on, *labels in columns:
        yield (
            unit,
            actor,
            DutyFact(
                key=key,
                label=next((label for label in labels if label), ""),
                kind=kind,
                due_on=due_on,
                is_done=state == Duty.State.DONE,
                closed_on=closed_on,
            ),
        )


def alerts_in(
    organisation: int, year: int, among: QuerySet[Alert] | None = None
) -> dict[int, list[AlertFact]]:
    """Return the alerts of each unit that were to be dealt with in a year. Three statements.

    `among` are those that a reader's figures may count.
    """
    found = handled(organisation, date(year, 1, 1), date(year, 12, 31), among=among)
    marks = {
        alert.pk: alert.mark
        for alert in Alert.objects.filter(pk__in=[one.alert_id for one in found])
    }
    return _grouped(
        (
            one.unit_id,
            AlertFact(
                key=one.alert_id,
                label=marks[one.alert_id],
                due_on=one.due_on,
                closed_on=one.closed_on,
                in_time=one.in_time,
            ),
        )
        for one in found
        if one.unit_id is not None
    )


def asked_hours(organisation: int, year: int, people: Collection[int]) -> dict[int, float]:
    """Return the hours a year asks of people; nobody of whom none are asked. One statement."""
    rows = learning_duties(organisation, year).filter(hours__gt=0)
    if _few(people):
        rows = rows.filter(actor__in=people)
    return {
        actor: hours or 0.0
        for actor, hours in rows.filter(actor__isnull=False)
        .order_by("pk")
        .values_list("actor", "hours")
    }


def surveyed(
    organisation: int, year: int, group_of: Any, keys: Collection[int]
) -> Iterator[tuple[int, SurveyFact]]:
    """Yield what surveys that were published in a year came to, by the key of a group.

    Two statements. Figures of too few people don't exist.
    """
    surveys = {
        survey.pk: survey
        for survey in Survey.objects.filter(
            organisation=organisation, state=Survey.State.PUBLISHED, closed_on__year=year
        )
    }
    groups = {group_of(key): key for key in keys}
    rows: QuerySet[Figure] = Figure.objects.filter(survey__in=surveys).exclude(question="")
    means: dict[tuple[int, int], list[float]] = defaultdict(list)
    for survey, group, mean in rows.order_by("survey", "group").values_list(
        "survey", "group", "mean"
    ):
        if group in groups and mean is not None:
            means[groups[group], survey].append(mean)
    for (key, pk), found in means.items():
        steps, mean = len(asked_in(surveys[pk]).anchors), overall(found) or 1.0
        percent = round(100 * (mean - 1) / (steps - 1), 1)
        yield key, SurveyFact(key=pk, label=surveys[pk].title, percent=percent)


def surveyed_subjects(
    organisation: int, year: int, subjects: Mapping[int, int]
) -> Iterator[tuple[int, SurveyFact]]:
    """Yield what came out about people: `subjects` has the person of each. Two statements."""
    for subject, fact in surveyed(organisation, year, of_subject, subjects):
        yield (
            subjects[subject],
            SurveyFact(about=About.SUBJECT, key=subject, label=fact.label, percent=fact.percent),
        )


def _first_stages(organisation: Organisation, year: int) -> list[tuple[int, date]]:
    """Return the last day of each stage of a year, the first stage last: it is what counts."""
    rows = CycleStage.objects.filter(cycle__organisation=organisation, cycle__year=year)
    return list(rows.order_by("-order").values_list("cycle", "ends_on"))


def _few(people: Collection[int]) -> bool:
    return len(people) <= _AROUND


def _task(about: About, key: int, what: str, due_on: date, done_on: date | None) -> TaskFact:
    return TaskFact(about=about, key=key, label=what, due_on=due_on, done_on=done_on)


def _grouped(pairs: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, each in pairs:
        found[key].append(each)
    return found
