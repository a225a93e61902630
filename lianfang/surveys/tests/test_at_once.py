"""Two people answer at the same moment: both papers are in the box, and nobody answers twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from lianfang.org.tests.cast import Cast, full_cast
from lianfang.surveys import box as boxes
from lianfang.surveys.actions.answering import AnsweredAlready
from lianfang.surveys.models import SealedBox, Survey
from lianfang.surveys.tests.making import COLLEAGUES, answered, opened

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write at a time"
)


def at_once(cast: Cast, survey: Survey, parts: list[str]) -> int:
    """Let these answer together; return how many had answered already."""
    start = Barrier(len(parts))

    def answer(part: str) -> bool:
        try:
            start.wait(10)
            answered(cast, survey, part)
        except AnsweredAlready:
            return True
        finally:
            connections.close_all()
        return False

    with ThreadPoolExecutor(len(parts)) as pool:
        return sum(pool.map(answer, parts))


@pytest.mark.django_db(transaction=True)
def test_nobodys_paper_is_lost() -> None:
    cast = full_cast()
    survey = opened(cast)
    assert at_once(cast, survey, list(COLLEAGUES)) == 0
    box = SealedBox.objects.get()
    assert len(boxes.papers_in(box)) == len(boxes.people_in(box)) == len(COLLEAGUES)


@pytest.mark.django_db(transaction=True)
def test_whoever_sends_twice_at_once_has_answered_once() -> None:
    cast = full_cast()
    survey = opened(cast)
    assert at_once(cast, survey, ["head"] * 4) == 3
    assert len(boxes.papers_in(SealedBox.objects.get())) == 1
