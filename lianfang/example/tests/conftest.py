"""The example, loaded once for the tests of a module: that takes a while."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lianfang.duties.tests.conftest import known_rules
from lianfang.example.loading import load_example
from lianfang.org.models import Organisation

__all__ = ["known_rules"]

# ten o'clock in Shanghai, on a day in May
AT = datetime(2026, 5, 14, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def at(request: pytest.FixtureRequest) -> datetime:
    """The moment of the loading; a module may ask for several."""
    moment: datetime = getattr(request, "param", AT)
    return moment


@pytest.fixture(scope="module")
def told() -> list[tuple[int, int]]:
    """What was told of the progress."""
    return []


@pytest.fixture(scope="module")
def organisation(
    at: datetime,
    told: list[tuple[int, int]],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Organisation]:
    """The example as it is at that moment; gone afterwards."""
    del django_db_setup
    folder: Path = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_ROOT=folder),
        transaction.atomic(),
    ):
        yield load_example(at=at, report=lambda done, total: told.append((done, total)))
        transaction.set_rollback(True)
