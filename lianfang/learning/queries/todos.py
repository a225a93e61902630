"""What learning asks of somebody now: cases to read, activities that run, quizzes to take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import QuerySet

from lianfang.common.clock import day_in
from lianfang.learning.models import Activity, WarningCase
from lianfang.learning.queries.activities import coming_to, quizzes_to_take
from lianfang.learning.queries.cases import offers_to
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.standing import Standing

# how long somebody has to read a case that warns them, and to take a quiz after the activity
WITHIN = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class LearningDue:
    """Something to read, to come to or to answer, by a day, and the page of it."""

    what: Literal["case", "come", "quiz"]
    title: str
    due_on: date
    page: str
    key: int


def todos_for(
    standing: Standing, activities: QuerySet[Activity], cases: QuerySet[WarningCase]
) -> list[LearningDue]:
    """Return what learning asks of somebody, of the activities and cases they may see.

    Four statements where there is nothing; none for administrators.
    """
    if standing.person_id is None:
        return []
    return list(_dues(standing, standing.person_id, activities, cases))


def _dues(
    standing: Standing, me: int, activities: QuerySet[Activity], cases: QuerySet[WarningCase]
) -> Iterator[LearningDue]:
    def day(moment: datetime) -> date:
        return day_in(standing.time_zone, moment)

    scheme, organisation = written_scheme(standing.scheme), standing.organisation_id
    for offer in offers_to(
        me, cases, scheme, organisation=organisation, on=standing.on, unread_only=True
    ):
        published = offer.case.published_at
        if published is not None:
            yield LearningDue(
                what="case",
                title=offer.case.title,
                due_on=day(published) + WITHIN,
                page="learning:case",
                key=offer.case.pk,
            )
    for activity in coming_to(activities, me, organisation, standing.on, None):
        yield LearningDue(
            what="come",
            title=activity.title,
            due_on=day(activity.ends_at),
            page="learning:activity",
            key=activity.pk,
        )
    for activity in quizzes_to_take(activities, me):
        yield LearningDue(
            what="quiz",
            title=activity.title,
            due_on=day(activity.ends_at) + WITHIN,
            page="learning:quiz",
            key=activity.pk,
        )
