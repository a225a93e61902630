"""The processes of one machine: the web server, the worker for long work, the nightly work.

One process starts the others as copies of itself, so that they share what is loaded, and stands by:
it starts a worker again that died, sweeps every night, and stops all of them together.
"""

import ctypes
import gc
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

from lianfang import __version__
from lianfang.common import clock
from lianfang.common.text import Text
from lianfang.duties.jobs import follow_changes
from lianfang.jobs.actions import fail_silent
from lianfang.jobs.rules import next_night
from lianfang.org.jobs import deliver
from lianfang.org.queries.numbers import written_scheme
from lianfang.shell.chips import USUAL_SCHEME
from lianfang.shell.sweep import sweep

logger = logging.getLogger(__name__)
Say = Callable[[Text], None]

_THREADS = 4
# seconds between two looks at the children, and between two looks for jobs of a dead worker
_LOOK = 0.2
_WATCH = 60
# seconds until duties follow a change
_FOLLOW = 5
# seconds: a worker that lives shorter is started again ever later
_SOON, _LATEST = 10.0, 60.0
_AGAIN = timedelta(hours=1)
_TO_FORCE = 5.0
_DIE_WITH_PARENT = 1


def collect_static() -> None:
    """Gather the files that browsers load, where they are not those of this release."""
    stamp = Path(settings.STATIC_ROOT) / "release"
    built = Path(settings.PACKAGE) / "static" / "dist" / "stamp"
    wanted = f"{__version__} {built.read_text() if built.exists() else ''}"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(wanted, encoding="utf-8")


def serve(*, host: str, port: int, workers: int, say: Say) -> int:
    """Answer requests and do the other work until interrupted; return the exit code.

    Ctrl-C or SIGTERM lets what runs come to its end; a second one ends it at once.
    """
    if sys.platform == "win32":
        return _serve_with_waitress(host=host, port=port, workers=workers)
    application = get_wsgi_application()
    # Every page and the method are loaded once, before the processes part.
    get_resolver().url_patterns  # noqa: B018
    written_scheme(USUAL_SCHEME)
    web = Child("web", lambda: _gunicorn(application, host=host, port=port, workers=workers))
    return Household(web=web, worker=Child("worker", work_through_jobs), say=say).run()


@dataclass
class Child:
    """A process that does one thing; `pid` is 0 while there is none."""

    name: str
    does: Callable[[], object]
    pid: int = 0
    began: float = 0.0

    def start(self) -> None:
        """Begin in a copy of this process, which ends when the work ends."""
        sys.stdout.flush()
        sys.stderr.flush()
        connections.close_all()
        self.began = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            _live(self.does)

    def tell(self, number: int) -> None:
        """Send a signal to the process, where there is one."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process and all it started, at once."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


def _live(does: Callable[[], object]) -> NoReturn:
    """Do the work of a child and leave; its signals are its own, Ctrl-C goes to the parent."""
    code = 1
    try:
        parent = os.getppid()
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
        if os.getppid() == parent:
            does()
            code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except Exception:
        logger.exception("a process broke down")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@dataclass
class Household:
    """All processes together: started, watched, stopped."""

    web: Child
    worker: Child
    say: Say
    night: Child = field(default_factory=lambda: Child("night", sweep_or_fail))
    stopping: int = 0
    code: int = 0
    _next_sweep: datetime = field(default_factory=clock.now)
    _next_worker: float = 0.0
    _pause: float = 1.0
    _force_at: float = 0.0

    def run(self) -> int:
        """Start everything, and stand by until all have ended. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        # What is loaded by now stays: let no collection touch, and so copy, it in a child.
        gc.collect()
        gc.freeze()
        gc.enable()
        self.web.start()
        while not self.stopping or any(child.pid for child in self.children):
            self._reap()
            if self.stopping:
                self._press()
            else:
                self._keep_going()
            time.sleep(_LOOK)
        return self.code

    @property
    def children(self) -> tuple[Child, Child, Child]:
        """The processes, alive or not."""
        return (self.web, self.worker, self.night)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.stopping += 1
        if self.stopping == 1:
            self._tell_all(signal.SIGTERM)
        else:
            self._tell_all(signal.SIGQUIT)
            self._force_at = self._force_at or time.monotonic() + _TO_FORCE
        if self.worker.pid and self.stopping == 1:
            self.say(
                Text("正在停止；再按一次 Ctrl-C 立即停止。", "Stopping; Ctrl-C again forces it.")
            )

    def _tell_all(self, number: int) -> None:
        for child in self.children:
            child.tell(number)

    def _press(self) -> None:
        """End at once what has not ended some seconds after it was forced to."""
        if self._force_at and time.monotonic() > self._force_at:
            for child in self.children:
                child.kill()

    def _reap(self) -> None:
        for child in self.children:
            if child.pid:
                ended, status = os.waitpid(child.pid, os.WNOHANG)
                if ended:
                    child.pid = 0
                    self._ended(child, os.waitstatus_to_exitcode(status))

    def _ended(self, child: Child, code: int) -> None:
        if self.stopping:
            return
        if child is self.web:
            logger.error("the web server ended by itself (%s)", code)
            self.code, self.stopping = 1, 1
            self._tell_all(signal.SIGTERM)
        elif child is self.worker:
            logger.error("the worker ended by itself (%s) and is started again", code)
            lived = time.monotonic() - child.began
            self._pause = 1.0 if lived > _SOON else min(self._pause * 2, _LATEST)
            self._next_worker = time.monotonic() + self._pause
        elif code:
            self._next_sweep = clock.now() + _AGAIN

    def _keep_going(self) -> None:
        if not self.worker.pid and time.monotonic() >= self._next_worker:
            self.worker.start()
        if not self.night.pid and clock.now() >= self._next_sweep:
            self._next_sweep = next_night(at=clock.now(), zone=ZoneInfo(settings.TIME_ZONE))
            self.night.start()


def work_through_jobs() -> None:
    """Work through long work as it comes, and do what comes round beside it."""
    for name, does in (("watch", _watch), ("post", _post), ("follow", _follow)):
        threading.Thread(target=does, name=name, daemon=True).start()
    call_command("db_worker", queue_name="*", reload=False, verbosity=0)


def _watch() -> None:
    """Look after jobs whose worker died."""
    _again_and_again(
        _WATCH,
        lambda: fail_silent(at=clock.now()),
        "could not look for jobs whose worker died",
    )


def _post() -> None:
    """Send what is due; a thread of its own, since a mail server may take its time."""
    _again_and_again(
        _WATCH, lambda: deliver(clock.now()), "could not send the messages that are due"
    )


def _follow() -> None:
    """Let duties follow what changed; in a thread of its own, as large ones take a while."""
    _again_and_again(
        _FOLLOW, lambda: follow_changes(clock.now()), "duties could not follow what changed"
    )


def _again_and_again(pause: float, does: Callable[[], object], failing: str) -> None:
    while True:
        try:
            does()
        except Exception:
            logger.exception(failing)
        finally:
            connections.close_all()
        time.sleep(pause)


def sweep_or_fail() -> None:
    """Do the nightly work; leave with 1 where a part of it failed."""
    if sweep(clock.now()).failed:
        sys.exit(1)


def _serve_with_waitress(*, host: str, port: int, workers: int) -> int:
    """Answer requests where processes can't be copied; the nightly work needs a timer there."""
    from waitress import serve as serve_by_waitress

    worker = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--queue-name", "*"])
    try:
        serve_by_waitress(get_wsgi_application(), host=host, port=port, threads=_THREADS * workers)
    finally:
        worker.terminate()
        worker.wait()
    return 0


def _gunicorn(application: WSGIHandler, *, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our settings instead of a file of its own."""

        def load_config(self) -> None:
            chosen: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": _THREADS,
                "worker_class": "gthread",
                "preload_app": True,
                "accesslog": None,
                "loglevel": "warning",
                "proc_name": "lianfang",
                "control_socket_disable": True,
            }
            for name, value in chosen.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> object:
            return application

    Server().run()
