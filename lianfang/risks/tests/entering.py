"""Browsers of the parts of the cast, on its day."""

from collections.abc import Callable

import pytest
from django.test import Client

from lianfang.common import clock
from lianfang.org.tests.cast import AT, Cast

Entered = Callable[[str], Client]


def browsers_of(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    """Return a function that gives a browser in which a part has signed in."""
    monkeypatch.setattr(clock, "now", lambda: AT)

    def enter(part: str) -> Client:
        client = Client()
        client.force_login(cast.logins[part])
        return client

    return enter


def shown(client: Client, path: str, status: int = 200) -> str:
    """Return a page as text."""
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()
