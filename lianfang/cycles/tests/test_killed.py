"""Publishing is killed and begun again until every unit has its edition: exactly one, and whole."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        sys.platform != "linux" or "DATABASE_URL" in os.environ,
        reason="kills processes as Linux does, on a SQLite file of its own",
    ),
]
UNITS, RISKS = 12, 1_200
# after how many editions the worker is killed, the first of which it may just have begun
KILLED_AT = (1, 3, 6, 10)
PREPARE = """
import django; django.setup()
from lianfang.cycles.tests.many import approved
from lianfang.jobs import actions
from lianfang.org.tests.cast import AT, ON, full_cast
cast = full_cast()
cycle = approved(cast, {units}, {risks})
actions.start(
    kind="cycles.publish", by=cast.logins["office"], organisation=cast.organisation.pk, at=AT,
    arguments={{"cycle": cycle.pk, "effective_from": ON.isoformat()}},
)
"""
WORK = """
import django; django.setup()
from django.core.management import call_command
from lianfang.common import clock
from lianfang.org.tests.cast import AT
clock.set_now(AT)
call_command("db_worker", queue_name="*", reload=False, verbosity=0)
"""
# gives up the job of the worker that died, and asks for the same once more
ASK_AGAIN = """
import django; django.setup()
from datetime import timedelta
from lianfang.jobs import actions
from lianfang.jobs.models import Job
from lianfang.org.tests.cast import AT
assert actions.fail_silent(at=AT + timedelta(hours=1)) == 1
job = Job.objects.latest("pk")
actions.retry(job=job, by=job.asked_by, at=AT)
"""
# fails where anything is half done
CHECK = """
import django; django.setup()
from lianfang.audit.models import Event
from lianfang.audit.verify import verify
from lianfang.cycles.models import Edition, Filing
from lianfang.powers.models import EditLock
from lianfang.register.edition import digest_of
from lianfang.risks.models import PostLevel, RiskPoint, RiskReview
verdict = verify(lambda done, total: None)
assert verdict.fault is None, verdict.fault
editions = list(Edition.objects.select_related("filing"))
units = {edition.unit_id for edition in editions}
assert len(units) == len(editions)
assert {edition.number for edition in editions} <= {"2026-1"}
assert all(edition.filing.state == "published" for edition in editions)
assert all(digest_of(edition.content.encode()) == edition.digest for edition in editions)
assert Filing.objects.filter(state="published").count() == len(editions)
closed = EditLock.objects.filter(released_at=None).values_list("unit", "kind")
waiting = Filing.objects.filter(state="approved").values_list("unit", flat=True)
assert set(closed) == {(u, "deciding") for u in waiting} | {(u, "in_force") for u in units}
published = Event.objects.filter(action="cycles.edition.published")
assert published.count() == len(set(published.values_list("subject", flat=True))) == len(editions)
assert set(PostLevel.objects.values_list("unit", flat=True)) == units
risks = RiskPoint.objects.filter(unit__in=units)
assert RiskReview.objects.count() == risks.count()
assert not risks.exclude(proposed="").filter(confirmed="").exists()
assert not RiskPoint.objects.exclude(unit__in=units).exclude(confirmed="").exists()
print(len(editions))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which a year waits to be published."""
    home = tmp_path_factory.mktemp("home")
    environment = os.environ | {
        "LIANFANG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "lianfang.config.testing",
    }
    run(environment, "from lianfang.shell.cli.main import run; run()", "migrate")
    run(environment, PREPARE.format(units=UNITS, risks=RISKS))
    return environment


def run(environment: dict[str, str], text: str, *arguments: str) -> str:
    """Run a program on the database, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", text, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def stored(environment: dict[str, str], query: str) -> int:
    """Return a number from the database, without waiting for whoever writes."""
    (file,) = Path(environment["LIANFANG_HOME"]).glob("*.sqlite3")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        (number,) = database.execute(query).fetchone()
    return int(number)


EDITIONS = "SELECT count(*) FROM cycles_edition"
DONE = "SELECT count(*) FROM jobs_job WHERE state = 'done'"


def worked(environment: dict[str, str], query: str, wanted: int) -> None:
    """Let a worker work until the database says so many, then kill it."""
    worker = subprocess.Popen([sys.executable, "-c", WORK], env=environment)
    end = time.monotonic() + 300
    try:
        while stored(environment, query) < wanted:
            assert worker.poll() is None, "the worker ended by itself"
            assert time.monotonic() < end, "it did not come about in time"
            time.sleep(0.01)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()


def test_killed_at_any_moment_publishing_leaves_nothing_half_done(
    environment: dict[str, str],
) -> None:
    for wanted in KILLED_AT:
        worked(environment, EDITIONS, wanted)
        found = int(run(environment, CHECK))
        assert wanted <= found < UNITS
        run(environment, ASK_AGAIN)
    worked(environment, DONE, 1)
    assert run(environment, CHECK) == str(UNITS)
