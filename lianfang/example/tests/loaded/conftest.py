"""The example, loaded once for all tests of this folder at a moment: that takes a while."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lianfang.example.loading import load_example
from lianfang.example.tests.loaded.moments import MAY
from lianfang.org.models import Organisation

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Load it at one moment alone on the other database: a day changes nothing of that."""
    if not config.getoption("--other-database"):
        return
    other = [item for item in items if HERE in item.path.parents and _moment(item) is not MAY]
    config.hook.pytest_deselected(items=other)
    items[:] = [item for item in items if item not in set(other)]


def _moment(item: pytest.Item) -> object:
    return item.callspec.params["at"] if isinstance(item, pytest.Function) else None


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
