"""The example institution on a free port, in a folder of its own, for as long as a block lasts."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

PROGRAM = [sys.executable, "-m", "lianfang"]
_PATIENCE = 60
_TICK = 0.05


@contextmanager
def served_example(
    home: Path, day: str | None = None, *, adding: str = "", alone: bool = False
) -> Iterator[str]:
    """Load the example and serve it; yield its address. `day` is its today, as YYYY-MM-DD.

    `adding` names a module that is run in between, and finds the day in LIANFANG_TEST_DAY; `alone`,
    what it sets up stands in the place of the example.

    Raises RuntimeError when the server ends or does not answer within a minute.
    """
    port = _free_port()
    environment, dated = _environment(home), _dated(day)
    if alone:
        subprocess.run([*PROGRAM, "migrate"], env=environment, check=True, capture_output=True)
    else:
        shutil.copytree(_loaded(day), home, dirs_exist_ok=True)
    if adding:
        told = environment | {"LIANFANG_TEST_DAY": day or ""}
        subprocess.run([sys.executable, "-m", adding], env=told, check=True, capture_output=True)
    server = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port), "--workers", "1", *dated],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=_PATIENCE)


@cache
def _loaded(day: str | None) -> Path:
    """Return a folder with the example as it is that day, loaded once in this process."""
    home = Path(tempfile.mkdtemp(prefix="lianfang-example-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    loading = [*PROGRAM, "demo", *_dated(day)]
    subprocess.run(loading, env=_environment(home), check=True, capture_output=True)
    return home


def _environment(home: Path) -> dict[str, str]:
    environment = os.environ | {
        "LIANFANG_HOME": str(home),
        "LIANFANG_EXAMPLE": "1",
        "DJANGO_SETTINGS_MODULE": "lianfang.config.settings",
    }
    environment.pop("LIANFANG_TESTING", None)
    environment.pop("DATABASE_URL", None)
    return environment


def _dated(day: str | None) -> list[str]:
    return ["--day", day] if day else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(int(_PATIENCE / _TICK)):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            try:
                server.wait(_TICK)
            except subprocess.TimeoutExpired:
                continue
            errors = server.stderr.read().decode() if server.stderr else ""
            raise RuntimeError(f"The server ended: {errors}") from None
        else:
            return
    raise RuntimeError(f"The server did not answer within {_PATIENCE} s")
