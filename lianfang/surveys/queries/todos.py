"""What surveys ask of somebody now: to answer, to close, to publish."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lianfang.org.standing import Standing
from lianfang.surveys.models import Survey
from lianfang.surveys.queries.answering import waiting_for


@dataclass(frozen=True, kw_only=True)
class SurveyDue:
    """A survey that waits for somebody, and until when."""

    survey: Survey
    due_on: date


def to_answer(standing: Standing, rows: QuerySet[Survey]) -> list[SurveyDue]:
    """Return those of the surveys somebody is still to answer. At most two statements."""
    found = waiting_for(standing, rows)
    return [SurveyDue(survey=each, due_on=each.closes_on or standing.on) for each in found]


def to_move_on(standing: Standing, rows: QuerySet[Survey]) -> list[SurveyDue]:
    """Return those of the surveys that are to be closed, or published. One statement."""
    over = Q(state=Survey.State.OPEN, closes_on__lt=standing.on) | Q(state=Survey.State.CLOSED)
    found = rows.filter(over).order_by("closes_on", "pk")
    return [SurveyDue(survey=each, due_on=each.closes_on or standing.on) for each in found]
