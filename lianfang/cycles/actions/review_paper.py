"""The running review is issued as a notice: numbered, kept by digest, once (六（五）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.clock import day_in
from lianfang.cycles.actions.papers import house_of, issue, require_none
from lianfang.cycles.models import RunningReview
from lianfang.cycles.queries.improving import figures_in, tasks_of
from lianfang.cycles.rules.review_paper import Charged, review_notice
from lianfang.documents.writing.official import OfficialPaper
from lianfang.files.models import OutgoingDocument
from lianfang.org.queries.numbers import written_scheme

REVIEW = "review"
_UNRATED = "未评级"


@transaction.atomic
def issue_review(
    *, review: RunningReview, on: date, by: AbstractBaseUser | None, at: datetime
) -> OutgoingDocument:
    """Issue the review of a year with its tasks. Raises IssuedAlready."""
    require_none(review, REVIEW)
    organisation, year = review.cycle.organisation, review.cycle.year
    words = {level.code: level.label.zh for level in written_scheme(organisation.scheme).levels}
    figures, house = figures_in(review), house_of(organisation)
    tasks = [
        Charged(
            unit=task.unit.name,
            post=task.post.name if task.post else "",
            what=task.what,
            due_on=task.due_on,
        )
        for task in tasks_of(review)
    ]
    recorded_on = day_in(organisation.time_zone, review.recorded_at)

    def paper(mark: str) -> OfficialPaper:
        return review_notice(
            house,
            mark,
            year=year,
            ran=review.ran,
            adjust=review.adjust,
            figures=figures,
            levels=[(words.get(one.level, _UNRATED), one.count) for one in figures.risks],
            recorded_on=recorded_on,
            tasks=tasks,
            on=on,
        )

    title = f"{year} 年度运行评价和整改任务通知"
    return issue(organisation, REVIEW, title, review, paper, on, by, at)
