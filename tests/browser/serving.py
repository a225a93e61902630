"""The example institution on a free port, in a folder of its own, for as long as a block lasts."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    environment = os.environ | {
        "LIANFANG_HOME": str(home),
        "LIANFANG_EXAMPLE": "1",
        "DJANGO_SETTINGS_MODULE": "lianfang.config.settings",
    }
    environment.pop("LIANFANG_TESTING", None)
    environment.pop("DATABASE_URL", None)
    dated = ["--day", day] if day else []
    loading = ["migrate"] if alone else ["demo", *dated]
    subprocess.run([*PROGRAM, *loading], env=environment, check=True, capture_output=True)
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
