"""The processes of `lianfang serve` as they really run: stopped, killed, started again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or "DATABASE_URL" in os.environ,
    reason="looks at processes by /proc, on a SQLite file of its own",
)
LIANFANG = [sys.executable, "-c", "from lianfang.shell.cli.main import run; run()"]
SETTINGS = """
from lianfang.config.testing import *
JOBS = {"test.slow": "lianfang.shell.tests.slow.never_ending"}
"""
# asks for a slow job, as a page would
ASK = """
import django; django.setup()
from lianfang.accounts.models import User
from lianfang.common import clock
from lianfang.jobs import actions
user, _ = User.objects.get_or_create(username="wu", defaults={"created_at": clock.now()})
print(actions.start(kind="test.slow", by=user, organisation=None, at=clock.now()).pk)
"""
TELL = """
import sys, django; django.setup()
from datetime import timedelta
from lianfang.common import clock
from lianfang.jobs import actions
from lianfang.jobs.models import Job
from lianfang.jobs.queries import with_pulse
if sys.argv[2:]:
    actions.fail_silent(at=clock.now() + timedelta(minutes=int(sys.argv[2])))
(job,) = with_pulse(Job.objects.filter(pk=sys.argv[1]))
print(job.state, job.percent, job.outcome.get("code", ""))
"""


class Running:
    """A server on a port of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.leader = subprocess.Popen(
            [*LIANFANG, "serve", "--port", str(self.port)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        until(self.answers)

    def answers(self) -> bool:
        """Return whether a page comes."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/account/login/"):
                return True
        except OSError:
            return False

    def children(self) -> list[int]:
        """Return the processes that the leader started: the web server, the worker, the night."""
        return children_of(self.leader.pid)

    def all(self) -> list[int]:
        """Return every process that belongs to the server."""
        found = [self.leader.pid]
        for pid in found:
            found.extend(children_of(pid))
        return found

    def web(self) -> int:
        """Return the process of the web server: the one that has children of its own."""
        until(lambda: any(map(children_of, self.children())))
        return next(pid for pid in self.children() if children_of(pid))

    def worker(self) -> int:
        """Return the process of the worker: the other one with more than one thread."""
        web = self.web()
        until(lambda: any(threads_of(pid) > 1 for pid in self.children() if pid != web))
        return next(pid for pid in self.children() if pid != web and threads_of(pid) > 1)

    def python(self, text: str, *arguments: object) -> str:
        """Run a program on the server's database, and return what it prints."""
        return subprocess.run(
            [sys.executable, "-c", text, *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()


def children_of(pid: int) -> list[int]:
    """Return the living children of a process."""
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(child) for child in told.split()]


def threads_of(pid: int) -> int:
    """Return how many threads a process has, none for one that has ended."""
    try:
        return len(list(Path(f"/proc/{pid}/task").iterdir()))
    except FileNotFoundError:
        return 0


def is_gone(pid: int) -> bool:
    """Return whether a process has ended, and is no zombie."""
    return not Path(f"/proc/{pid}").exists()


def until(holds: Callable[[], object], seconds: int = 60) -> None:
    """Wait until something holds. Fails where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment with an installation that is up to date."""
    home = tmp_path_factory.mktemp("home")
    (home / "slow_settings.py").write_text(SETTINGS, encoding="ascii")
    environment = os.environ | {
        "LIANFANG_HOME": str(home),
        "PYTHONPATH": str(home),
        "DJANGO_SETTINGS_MODULE": "slow_settings",
    }
    subprocess.run([*LIANFANG, "migrate"], env=environment, check=True, capture_output=True)
    return environment


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[Running]:
    """Return a running server, and leave nothing of it behind."""
    running = Running(environment)
    yield running
    for pid in running.all():
        if pid != running.leader.pid:
            os.kill(pid, signal.SIGKILL)
    running.leader.kill()
    running.leader.communicate()


def test_ctrl_c_stops_every_process(running: Running) -> None:
    until(lambda: len(running.children()) >= 2)
    everybody = running.all()
    running.leader.send_signal(signal.SIGINT)
    assert running.leader.wait(60) == 0
    assert all(is_gone(pid) for pid in everybody)


def test_a_worker_that_dies_is_started_again_and_pages_still_come(running: Running) -> None:
    worker = running.worker()
    os.kill(worker, signal.SIGKILL)
    until(lambda: is_gone(worker))
    assert running.worker() != worker
    assert running.answers()


def test_without_its_web_server_the_rest_ends_as_well(running: Running) -> None:
    everybody = running.all()
    os.kill(running.web(), signal.SIGKILL)
    assert running.leader.wait(60) == 1
    until(lambda: all(is_gone(pid) for pid in everybody))


def test_when_the_leader_is_killed_nobody_is_left_alone(running: Running) -> None:
    everybody = running.all()
    running.leader.kill()
    running.leader.wait()
    until(lambda: all(is_gone(pid) for pid in everybody))


def test_a_second_ctrl_c_ends_a_job_at_once_and_says_so(running: Running) -> None:
    job = running.python(ASK)
    until(lambda: running.python(TELL, job).startswith("running 50"))
    everybody = running.all()
    running.leader.send_signal(signal.SIGINT)
    until(lambda: not running.answers())
    assert not is_gone(running.leader.pid)
    running.leader.send_signal(signal.SIGINT)
    assert running.leader.wait(30) == 0
    assert all(is_gone(pid) for pid in everybody)
    assert running.python(TELL, job) == "failed None jobs.stopped"


def test_a_job_whose_worker_was_killed_is_given_up(running: Running) -> None:
    job = running.python(ASK)
    until(lambda: running.python(TELL, job).startswith("running 50"))
    os.kill(running.worker(), signal.SIGKILL)
    assert running.python(TELL, job, 0) == "running 50"
    assert running.python(TELL, job, 3) == "failed None jobs.stopped"
