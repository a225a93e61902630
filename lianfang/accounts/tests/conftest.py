"""The clock of these tests stands still until it is moved."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from lianfang.accounts.models import User
from lianfang.accounts.tests.logins import Clock, Device, make_login
from lianfang.common import clock as real


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock that pages, middleware and authenticators ask."""
    stopped = Clock()
    monkeypatch.setattr(real, "now", lambda: stopped.at)
    phone = SimpleNamespace(time=lambda: stopped.at.timestamp())
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", phone)
    return stopped


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def user(db: None) -> User:
    """Return a login with the usual password."""
    del db
    return make_login()


@pytest.fixture
def device(user: User) -> Device:
    """Return a browser in which the login is signed in."""
    del user
    browser = Device()
    assert browser.try_in("zhang")
    return browser
