"""Surveys of the example: what came out of one, and how far the other is."""

from lianfang.example.tests.loaded.moments import MAY, loaded_at
from lianfang.surveys.models import Remark, Survey
from lianfang.surveys.queries.answering import progress_of
from lianfang.surveys.queries.results import results_of

pytestmark = loaded_at(MAY)


def test_one_was_published_with_somebody_too_few_answered_about_and_one_is_open() -> None:
    done, running = Survey.objects.order_by("pk")
    shown = {
        each.subject.person.code: each.result is not None
        for unit in results_of(done).units
        for each in unit.subjects
    }
    assert (done.state, done.answered) == (Survey.State.PUBLISHED, 7)
    assert shown == {"1901": True, "1604": True, "2101": False}
    assert Remark.objects.count() == 3
    progress = progress_of(running)
    assert (running.state, progress.invited, progress.answered) == (Survey.State.OPEN, 9, 2)
