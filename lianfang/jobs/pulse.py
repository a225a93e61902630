"""Signs of life of a running job: progress and a moment, told beside the job's own transaction.

A job may do all its work in one transaction. On PostgreSQL its progress goes through a second
connection; SQLite has one writer at a time, so there it goes through a small file.
"""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from lianfang.common import clock
from lianfang.common.progress import Report
from lianfang.jobs.models import Job

logger = logging.getLogger(__name__)

# seconds between two looks at the progress, and between two signs of life without any
LOOK = 1.0
_BEAT = 10


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """How far a job was at a moment."""

    done: int
    total: int
    at: datetime


@contextmanager
def beating(job_id: int) -> Iterator[Report]:
    """Give signs of life until the end of the block; the function inside tells the progress."""
    heart = _Heart(job_id)
    heart.start()
    try:
        yield heart.report
    finally:
        heart.stop()
        _file(job_id).unlink(missing_ok=True)


def read(job_id: int) -> Pulse | None:
    """Return the last sign of life that lies beside the database, None where the row has it."""
    if not _beside():
        return None
    try:
        told = json.loads(_file(job_id).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    return Pulse(done=told["done"], total=told["total"], at=datetime.fromisoformat(told["at"]))


def write(job_id: int, pulse: Pulse) -> None:
    """Leave a sign of life: beside the database, or in the job's row."""
    if not _beside():
        Job.objects.filter(pk=job_id).update(done=pulse.done, total=pulse.total, beat_at=pulse.at)
        return
    file = _file(job_id)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    told = {"done": pulse.done, "total": pulse.total, "at": pulse.at.isoformat()}
    fresh.write_text(json.dumps(told), encoding="ascii")
    fresh.replace(file)


class _Heart(threading.Thread):
    """Looks at the progress now and then, and writes it down in a connection of its own."""

    def __init__(self, job_id: int) -> None:
        super().__init__(name=f"job {job_id}", daemon=True)
        self._job_id = job_id
        self._told = (0, 0)
        self._ended = threading.Event()

    def report(self, done: int, total: int) -> None:
        """Take note of the progress; costs next to nothing."""
        self._told = (done, total)

    def stop(self) -> None:
        """End without another beat."""
        self._ended.set()
        self.join()

    def run(self) -> None:
        written, turns = (0, 0), 0
        try:
            while not self._ended.wait(LOOK):
                turns += 1
                if self._told != written or turns % _BEAT == 0:
                    written = self._told
                    self._write()
        finally:
            connection.close()

    def _write(self) -> None:
        done, total = self._told
        try:
            write(self._job_id, Pulse(done=done, total=total, at=clock.now()))
        except (DatabaseError, OSError):
            logger.warning("could not tell the progress of job %s", self._job_id, exc_info=True)


def _beside() -> bool:
    return connection.vendor == "sqlite"


def _file(job_id: int) -> Path:
    return Path(settings.JOBS_ROOT) / f"{job_id}.json"
