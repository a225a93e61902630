"""Eight people report at once, and processes die meanwhile: nothing lost, nothing twice.

Prints what it measured; docs/reports.md has the figures.
"""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.reporting import Sender, asked, home_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        sys.platform != "linux" or "DATABASE_URL" in os.environ,
        reason="looks at processes by /proc, on a SQLite file of its own",
    ),
]
SENDERS = 8
EACH, EACH_WHILE_KILLED = 25, 5
LIANFANG = [sys.executable, "-m", "lianfang"]


class House:
    """An installation that takes reports; it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = home_of(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for command in ([*LIANFANG, "migrate"], [sys.executable, "-m", "tests.reporting"]):
            subprocess.run(command, env=self.environment, check=True, capture_output=True)
        self.leader = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Serve, and wait until a page comes."""
        command = [*LIANFANG, "serve", "--port", str(self.port), "--workers", "2"]
        leader = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(600):
            try:
                asked(self.port, "GET", "keys")
            except (OSError, HTTPException):
                time.sleep(0.1)
            else:
                return leader
        raise AssertionError("The server did not answer")

    def below(self, pid: int, *, deep: bool = True) -> list[int]:
        """Return every process that descends from one, or its children alone."""
        told = Path(f"/proc/{pid}/task/{pid}/children")
        children = [int(one) for one in told.read_text().split()] if told.exists() else []
        if not deep:
            return children
        return [other for child in children for other in (child, *self.below(child))]

    def kill_a_web_process(self) -> None:
        """Kill a process that answers requests, without a word."""
        for child in self.below(self.leader.pid):
            answering = self.below(child)
            if answering:
                with suppress(ProcessLookupError):
                    os.kill(answering[0], signal.SIGKILL)
                return

    def kill_everything(self) -> None:
        """Kill the house and all its processes, and start it again."""
        for pid in self.stopped(self.leader.pid):
            os.kill(pid, signal.SIGKILL)
        self.leader.wait()
        self.leader = self.start()

    def stopped(self, pid: int) -> list[int]:
        """Stop a process and all below it, parents first: none of them starts another."""
        os.kill(pid, signal.SIGSTOP)
        children = self.below(pid, deep=False)
        return [pid, *(other for child in children for other in self.stopped(child))]

    def seconds(self) -> float:
        """Return the CPU time that all processes of the house have taken."""
        ticks = 0
        for pid in [self.leader.pid, *self.below(self.leader.pid)]:
            told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(told[11]) + int(told[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def reports(self) -> list[str]:
        """Return the identifiers of what is stored, in hex."""
        with sqlite3.connect(self.folder / "lianfang.sqlite3") as database:
            whole = (
                "SELECT id FROM portal_sealedreport r WHERE length(body) > 4096 AND 1 = "
                "(SELECT count(*) FROM portal_envelope WHERE report_id = r.id) AND 1 = "
                "(SELECT count(*) FROM portal_sealedfile WHERE report_id = r.id)"
            )
            found = [str(row[0]) for row in database.execute(whole)]
            (stored,) = database.execute("SELECT count(*) FROM portal_sealedreport").fetchone()
        assert len(found) == stored, "something was stored half"
        return found


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Return a house of its own."""
    made = House(tmp_path)
    yield made
    made.leader.terminate()
    made.leader.wait(60)


def prepared(house: House, many: int) -> list[Sender]:
    """Return reports that are sealed and ready to be sent."""
    found = [Sender(house.port, f"情况 {number}") for number in range(many)]
    for one in found:
        one.prepare()
    return found


def test_of_eight_at_once_none_is_lost(house: House) -> None:
    waiting = prepared(house, SENDERS * EACH)
    times: list[float] = []
    used = house.seconds()
    start = threading.Barrier(SENDERS)

    def send(number: int) -> None:
        start.wait(60)
        for one in waiting[number::SENDERS]:
            began = time.perf_counter()
            assert one.send()["report"] == str(one.report)
            times.append(time.perf_counter() - began)

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(send, range(SENDERS)))
    print(  # noqa: T201
        f"\n{len(times)} reports of 270 kB, {SENDERS} senders: "
        f"median {median(times):.3f} s, p95 {quantiles(times, n=20)[-1]:.3f} s, "
        f"CPU of the server {(house.seconds() - used) / len(times) * 1000:.0f} ms each"
    )
    assert sorted(house.reports()) == sorted(one.report.hex for one in waiting)


def persistent(one: Sender) -> int:
    """Send a report until it is acknowledged; return how many answers were lost before."""
    for lost in range(2000):
        try:
            assert one.send()["report"] == str(one.report)
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return lost
    raise AssertionError("The report was never acknowledged")


def test_killed_while_they_send_every_acknowledged_report_is_there_once(house: House) -> None:
    waiting = prepared(house, SENDERS * EACH_WHILE_KILLED)
    over = threading.Event()

    def send(number: int) -> int:
        return sum(persistent(one) for one in waiting[number::SENDERS])

    def kill() -> None:
        for turn in range(100):
            if over.wait(0.5):
                return
            if turn % 6 == 5:
                house.kill_everything()
            else:
                house.kill_a_web_process()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with ThreadPoolExecutor(SENDERS) as pool:
            lost = sum(pool.map(send, range(SENDERS)))
    finally:
        over.set()
        killer.join()
    print(f"\n{lost} answers were lost on the way and asked for again")  # noqa: T201
    assert lost > 0
    before = sorted(house.reports())
    assert before == sorted(one.report.hex for one in waiting)
    for one in waiting[:SENDERS]:
        assert one.send()["report"] == str(one.report)
    assert sorted(house.reports()) == before
