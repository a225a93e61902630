"""A browser, and the example institution served for it, for the tests of one module."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import served_example

CHROMIUM = "/usr/bin/chromium"
DAY = "2026-05-14"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the example institution, on a day in May."""
    with served_example(tmp_path_factory.mktemp("example"), DAY) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium; it ends with the module, for its loop is none for the database."""
    if not Path(CHROMIUM).exists():
        message = "There is no Chromium on this machine: no page was opened."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()
