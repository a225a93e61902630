"""The settings under which tests and type checks run: nothing is written outside the test."""

import os

os.environ.setdefault("LIANFANG_TESTING", "1")

from lianfang.config import settings
from lianfang.config.settings import *  # noqa: F403

# No files are collected for tests, so there are none to serve.
MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
