"""A database of its own for a benchmark: importing this module sets Django up on it.

`DATABASE_URL` names another one to measure on; it must be empty, and is not emptied afterwards.
"""

import os
import tempfile
from pathlib import Path
from unittest import mock

import django

HOME = tempfile.TemporaryDirectory(prefix="lianfang-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.testing")
os.environ.setdefault("DATABASE_URL", f"sqlite://{Path(HOME.name) / 'bench.sqlite3'}")
os.environ["LIANFANG_HOME"] = HOME.name
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from lianfang.common import clock  # noqa: E402
from lianfang.org.tests.cast import AT, Cast, full_cast  # noqa: E402


def set_up() -> Cast:
    """Make the tables and a small organisation; the clock stands on its day from now on."""
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    mock.patch.object(clock, "now", return_value=AT).start()
    return full_cast()
