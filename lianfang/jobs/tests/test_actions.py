"""Long work: asked for, worked through, ended whatever happens."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.jobs import actions, jobs, pulse
from lianfang.jobs.access import get_job_for, jobs_visible_to
from lianfang.jobs.actions.running import work
from lianfang.jobs.models import Job, Sweep
from lianfang.jobs.pulse import Pulse
from lianfang.jobs.queries import last_of_kind, last_swept, page_of_jobs, with_pulse
from lianfang.jobs.rules import Outcome
from lianfang.jobs.tests.work import KINDS

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kinds(settings: Settings, tmp_path: Path) -> None:
    settings.JOBS = KINDS
    settings.JOBS_ROOT = tmp_path


@pytest.fixture
def chen() -> AbstractBaseUser:
    """Return somebody with a login."""
    return login("chen")


def login(name: str) -> AbstractBaseUser:
    """Return a login without a password."""
    return get_user_model().objects.create(username=name, created_at=AT)


def asked(by: AbstractBaseUser, kind: str = "test.good", many: int = 3) -> Job:
    """Ask for work."""
    return actions.start(kind=kind, by=by, organisation=7, arguments={"many": many}, at=AT)


def worked(job: Job) -> Job:
    """Work through a job as the worker does."""
    work.call(job.pk)
    job.refresh_from_db()
    return job


def logged() -> list[str]:
    """Return the actions in the log, oldest first."""
    return list(Event.objects.order_by("position").values_list("action", flat=True))


def test_asking_stores_the_job_its_place_in_the_queue_and_an_event(chen: AbstractBaseUser) -> None:
    job = asked(chen)
    assert (job.state, job.organisation, job.asked_by_id) == (Job.State.WAITING, 7, chen.pk)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]
    event = Event.objects.get()
    assert (event.action, event.subject, event.organisation) == (
        "jobs.job.asked",
        f"jobs.job:{job.pk}",
        7,
    )


def test_a_kind_that_nobody_does_is_refused(chen: AbstractBaseUser) -> None:
    with pytest.raises(KeyError):
        asked(chen, kind="test.unknown")
    assert not Job.objects.exists()


def test_work_that_is_done_keeps_its_outcome(chen: AbstractBaseUser) -> None:
    job = worked(asked(chen, many=3))
    assert job.state == Job.State.DONE
    assert job.outcome == {
        "code": "test.counted",
        "values": {"many": 3},
        "url": "/somewhere/",
        "is_bad": False,
    }
    assert job.started_at is not None
    assert job.finished_at is not None
    assert logged() == ["jobs.job.asked", "jobs.job.finished"]


def test_work_without_an_outcome_is_done_all_the_same(chen: AbstractBaseUser) -> None:
    assert worked(asked(chen, kind="test.silent")).outcome["code"] == "jobs.done"


def test_a_refusal_ends_a_job_with_its_sentence(chen: AbstractBaseUser) -> None:
    job = worked(asked(chen, kind="test.refused"))
    assert job.state == Job.State.FAILED
    assert job.outcome["values"]["zh"] == "表格没有行，请核对。"
    assert job.outcome["values"]["en"] == "The table has no rows; check it."
    assert logged()[-1] == "jobs.job.failed"


@pytest.mark.parametrize("kind", ["test.broken", "test.missing"])
def test_an_error_ends_a_job_with_a_number_to_quote_that_stands_in_the_operators_log(
    chen: AbstractBaseUser, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        job = worked(asked(chen, kind=kind))
    assert (job.state, job.outcome["code"]) == (Job.State.FAILED, "jobs.broken")
    assert job.outcome["values"]["number"] in caplog.text
    assert "secret text" not in str(job.outcome)


def test_a_job_that_is_stopped_says_so_and_the_worker_ends(chen: AbstractBaseUser) -> None:
    job = asked(chen, kind="test.stopped")
    with pytest.raises(SystemExit):
        work.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.outcome["code"]) == (Job.State.FAILED, "jobs.stopped")


def test_a_job_is_worked_through_once_however_often_it_is_queued(chen: AbstractBaseUser) -> None:
    job = asked(chen)
    actions.wake(job=job)
    worked(job)
    assert worked(job).state == Job.State.DONE
    assert logged().count("jobs.job.finished") == 1


def test_what_has_not_begun_can_be_cancelled(chen: AbstractBaseUser) -> None:
    job = actions.cancel(job=asked(chen), by=chen, at=AT)
    assert (job.state, job.outcome["code"]) == (Job.State.FAILED, "jobs.cancelled")
    assert worked(job).outcome["code"] == "jobs.cancelled"
    with pytest.raises(actions.NotNow) as refused:
        actions.cancel(job=job, by=chen, at=AT)
    assert refused.value.text.en.endswith(".")
    assert logged() == ["jobs.job.asked", "jobs.job.cancelled"]


def test_what_failed_can_be_asked_for_again(chen: AbstractBaseUser) -> None:
    failed = worked(asked(chen, kind="test.refused"))
    again = actions.retry(job=failed, by=chen, at=AT)
    assert (again.kind, again.arguments) == (failed.kind, failed.arguments)
    assert again.state == Job.State.WAITING
    with pytest.raises(actions.NotNow):
        actions.retry(job=again, by=chen, at=AT)


def test_a_job_that_was_given_up_meanwhile_stays_as_it_is(chen: AbstractBaseUser) -> None:
    job = asked(chen)
    actions.claim(job_id=job.pk, at=AT)
    actions.fail_silent(at=AT + timedelta(minutes=5))
    actions.finish(job=job, outcome=Outcome(code="jobs.done"), at=AT)
    job.refresh_from_db()
    assert job.outcome["code"] == "jobs.stopped"


def test_a_running_job_is_given_up_after_its_last_sign_of_life(chen: AbstractBaseUser) -> None:
    job = asked(chen)
    actions.claim(job_id=job.pk, at=AT)
    pulse.write(job.pk, Pulse(done=1, total=4, at=AT + timedelta(minutes=10)))
    assert actions.fail_silent(at=AT + timedelta(minutes=11)) == 0
    assert actions.fail_silent(at=AT + timedelta(minutes=13)) == 1
    assert actions.fail_silent(at=AT + timedelta(minutes=13)) == 0
    job.refresh_from_db()
    assert (job.state, job.outcome["code"]) == (Job.State.FAILED, "jobs.stopped")


def test_progress_is_read_from_where_it_was_told(chen: AbstractBaseUser) -> None:
    job = asked(chen)
    actions.claim(job_id=job.pk, at=AT)
    (shown,) = with_pulse(Job.objects.all())
    assert shown.percent is None
    pulse.write(job.pk, Pulse(done=1, total=4, at=AT))
    (shown,) = with_pulse(Job.objects.all())
    assert (shown.percent, shown.done, shown.total) == (25, 1, 4)


def test_the_heart_tells_progress_beside_the_transaction(
    chen: AbstractBaseUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: SimpleQueue[tuple[int, int]] = SimpleQueue()
    monkeypatch.setattr(pulse, "LOOK", 0.01)
    monkeypatch.setattr(pulse, "write", lambda _, beat: told.put((beat.done, beat.total)))
    with pulse.beating(asked(chen).pk) as report:
        report(2, 8)
        assert told.get(timeout=10) == (2, 8)


def test_the_heart_goes_on_when_it_can_not_write(
    chen: AbstractBaseUser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: SimpleQueue[int] = SimpleQueue()

    def full(job_id: int, _: Pulse) -> None:
        tried.put(job_id)
        raise OSError("no space left")

    monkeypatch.setattr(pulse, "LOOK", 0.01)
    monkeypatch.setattr(pulse, "write", full)
    with pulse.beating(asked(chen).pk) as report:
        report(1, 2)
        tried.get(timeout=10)
        report(2, 2)
        tried.get(timeout=10)
    assert "could not tell the progress" in caplog.text


def test_the_night_wakes_what_was_forgotten_and_clears_the_queue(chen: AbstractBaseUser) -> None:
    job = asked(chen)
    DBTaskResult.objects.update(enqueued_at=AT - timedelta(days=40))
    jobs.run(AT + timedelta(hours=1))
    (fresh,) = DBTaskResult.objects.all()
    assert fresh.args_kwargs["args"] == [job.pk]
    assert Job.objects.get().state == Job.State.WAITING


def test_a_night_is_recorded_once() -> None:
    on = AT.date()
    assert last_swept() is None
    actions.record_sweep(day=on, at=AT)
    actions.record_sweep(day=on, at=AT + timedelta(hours=1))
    assert Sweep.objects.get().finished_at == AT
    assert last_swept() == on
    assert logged() == ["jobs.sweep.finished"]


def test_nobody_sees_what_somebody_else_asked_for(chen: AbstractBaseUser) -> None:
    job, wu = asked(chen), login("wu")
    assert get_job_for(chen, job.pk) == job
    assert not jobs_visible_to(wu).exists()
    with pytest.raises(Http404):
        get_job_for(wu, job.pk)


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_of_jobs_costs_one_statement(
    chen: AbstractBaseUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        asked(chen)
    # jobs
    with django_assert_num_queries(1):
        page = page_of_jobs(jobs_visible_to(chen))
    assert len(page.jobs) == count
    assert page.older is None
    # job
    with django_assert_num_queries(1):
        assert last_of_kind(jobs_visible_to(chen), "test.good") == page.jobs[0]


def test_pages_of_jobs_follow_each_other(chen: AbstractBaseUser) -> None:
    numbers = [asked(chen).pk for _ in range(30)]
    first = page_of_jobs(jobs_visible_to(chen))
    second = page_of_jobs(jobs_visible_to(chen), before=first.older)
    assert [job.pk for job in [*first.jobs, *second.jobs]] == numbers[::-1]
    assert second.older is None


def test_asking_costs_eight_statements(
    chen: AbstractBaseUser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # savepoint; job; log's head, event, details, head; place in the queue; savepoint released
    with django_assert_num_queries(8):
        asked(chen)


def test_the_moment_of_work_is_the_clock_of_the_house(
    chen: AbstractBaseUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=1))
    assert worked(asked(chen)).finished_at == AT + timedelta(days=1)
