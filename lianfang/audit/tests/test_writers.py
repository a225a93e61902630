"""Many writers at once keep one chain: on SQLite as it is run, and on PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

WRITERS, EACH = 6, 20


@pytest.fixture
def apart(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """Return the environment in which the writers find a database of their own."""
    del db
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = kept | {
        "LIANFANG_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lianfang.config.testing",
    }
    if connection.vendor != "postgresql":
        yield environment
        return
    name = f"{connection.settings_dict['NAME']}_writers"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    server = settings.DATABASES["default"]
    address = f"{server['USER']}@{server['HOST']}:{server['PORT']}"
    yield environment | {"DATABASE_URL": f"postgresql://{address}/{name}"}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


def test_many_writers_keep_one_chain(apart: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lianfang.audit.tests.writers", str(WRITERS), str(EACH)],
        env=apart,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"size": WRITERS * EACH * 2, "fault": None, "errors": []}
