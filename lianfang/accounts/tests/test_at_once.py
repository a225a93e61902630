"""Many tries sent at the same moment, where the database lets many write at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from lianfang.accounts import actions
from lianfang.accounts.models import FailureCount
from lianfang.accounts.naming import Proof
from lianfang.accounts.rules import FREE_TRIES
from lianfang.accounts.tests.logins import AT

pytestmark = pytest.mark.django_db


def _apart(deed: Callable[[], bool]) -> bool:
    """Do it on a connection of its own, outside the test's transaction."""
    try:
        return deed()
    finally:
        connections.close_all()


def _try() -> bool:
    try:
        actions.begin_attempt(username="zhang", device="", at=AT, proof=Proof.PASSWORD)
    except actions.MustWait:
        return False
    return True


def _forget() -> bool:
    return bool(FailureCount.objects.all().delete())


def test_of_many_tries_at_once_only_the_free_ones_are_checked() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    with ThreadPoolExecutor(12) as pool:
        taken = list(pool.map(_apart, [_try] * 24))
        pool.submit(_apart, _forget).result()
    assert sum(taken) == FREE_TRIES
