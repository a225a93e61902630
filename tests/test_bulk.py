"""Rows written without models: defaults, replacement, batches, and what the database refuses."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from pytest_django import DjangoAssertNumQueries

from lianfang.common import bulk
from lianfang.files.models import Attachment
from lianfang.jobs.models import Job, Sweep

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 14, 2, tzinfo=UTC)
COLUMNS = ("kind", "created_at")


def rows(number: int) -> Iterator[tuple[object, ...]]:
    for place in range(number):
        yield f"kind {place}", NOW


def test_columns_that_are_not_named_get_their_defaults() -> None:
    bulk.insert(Job, COLUMNS, rows(1))
    job = Job.objects.get()
    assert (job.kind, job.state, job.arguments, job.done) == ("kind 0", "waiting", {}, 0)
    assert (job.created_at, job.asked_by_id, job.finished_at) == (NOW, None, None)


def test_rows_are_sent_in_batches(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    with django_assert_num_queries(3):
        bulk.insert(Job, COLUMNS, rows(5))
    assert list(Job.objects.order_by("pk").values_list("kind", flat=True)) == [
        f"kind {place}" for place in range(5)
    ]


def test_no_rows_ask_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        bulk.insert(Job, COLUMNS, iter(()))


def test_values_of_json_and_keys_arrive_as_they_are() -> None:
    bulk.insert(
        Job, (*COLUMNS, "arguments", "outcome"), [("k", NOW, {"import": 7}, {"code": "值"})]
    )
    assert Job.objects.get(arguments__import=7).outcome == {"code": "值"}


def test_a_row_takes_the_place_of_one_with_the_same_key() -> None:
    day = NOW.date()
    bulk.insert(Sweep, ("day", "finished_at"), [(day, NOW)])
    later = NOW.replace(hour=5)
    bulk.insert(Sweep, ("day", "finished_at"), [(day, later)], on="day")
    assert Sweep.objects.get().finished_at == later


def test_the_same_key_twice_is_refused_where_nothing_is_replaced() -> None:
    day = NOW.date()
    with pytest.raises(IntegrityError):
        bulk.insert(Sweep, ("day", "finished_at"), [(day, NOW), (day, NOW)])


def test_a_missing_column_without_default_is_refused() -> None:
    with pytest.raises(IntegrityError):
        bulk.insert(Attachment, ("name", "digest"), [("a", "b")])


def test_what_a_savepoint_may_take_back_is_not_kept_in_memory() -> None:
    # 2 is memory: there it is walked through from its start at the end of every statement
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA temp_store")
        assert cursor.fetchone() == (0,)
