"""The example, loaded once for all tests of this folder at a moment: that takes a while."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lianfang.example.loading import load_example
from lianfang.org.models import Organisation


@pytest.fixture(scope="package")
def at(request: pytest.FixtureRequest) -> datetime:
    """The moment of the loading, of `moments.loaded_at`."""
    moment: datetime = request.param
    return moment


@pytest.fixture(scope="package")
def told() -> list[tuple[int, int]]:
    """What was told of the progress, of all loadings."""
    return []


@pytest.fixture(scope="package")
def organisation(
    at: datetime,
    told: list[tuple[int, int]],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Organisation]:
    """The example as it is at that moment; gone afterwards. What a test does to it is undone."""
    del django_db_setup
    told.clear()
    folder: Path = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_ROOT=folder),
        transaction.atomic(),
    ):
        yield load_example(at=at, report=lambda done, total: told.append((done, total)))
        transaction.set_rollback(True)
