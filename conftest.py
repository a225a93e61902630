"""Rules that hold for every test."""

from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from lianfang.audit.models import Head
from lianfang.audit.tests.triggers import without_triggers

# A busy machine is no fault of a test; everything else stays as where it runs has it.
hypothesis.register_profile(
    "patient", parent=hypothesis(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("patient")


def _refuse(execute: object, sql: str, *rest: object) -> NoReturn:
    raise AssertionError(f"A template ran a query; fetch it in queries.py instead: {sql}")


_OF_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--other-database",
        action="store_true",
        help="leave out what touches no database: it passed on the first one already",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--other-database"):
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _touches_database(item)])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked & _OF_DATABASE)


@pytest.fixture(autouse=True)
def _no_queries_while_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    render = Template.render

    def guarded(self: Template, *args: Any, **kwargs: Any) -> str:
        with connection.execute_wrapper(_refuse):
            return str(render(self, *args, **kwargs))

    monkeypatch.setattr(Template, "render", guarded)


@pytest.fixture(autouse=True, scope="session")
def _the_log_can_be_emptied_after_a_test() -> Iterator[None]:
    """Let a test that can't roll back end with an empty log; its triggers forbid that elsewhere."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied(self: TransactionTestCase) -> None:
        with transaction.atomic(), without_triggers():
            empty(self)
            Head.objects.create(pk=1, size=0, frontier=[])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture(autouse=True, scope="session")
def _keys_of_surveys_lie_in_a_folder_of_the_tests(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "BOX_KEYS_ROOT", tmp_path_factory.mktemp("survey-keys"))
        yield


@pytest.fixture(autouse=True, scope="session")
def _the_pepper_lies_in_a_folder_of_the_tests(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "REPORT_PEPPER", tmp_path_factory.mktemp("pepper") / "pepper")
        yield


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with Argon2 as ever, but without its cost."""
    for name, value in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        monkeypatch.setattr(Argon2PasswordHasher, name, value)
