"""The pages of the yearly check: what they show to whom, what they do, how often they ask."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lianfang.assessment.tests.making import confirmed, matter, opened, sheet_of
from lianfang.org.tests.cast import AT, Cast, full_cast


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"assessment:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def test_smoke(cast: Cast) -> None:
    a = opened(cast)
    s = sheet_of(a, cast)
    for part in ("head", "officer", "secretary", "office"):
        c = client_of(cast, part)
        for u in (
            url("board"),
            url("sheet", s.pk),
            url("asked", a.pk, "units"),
            url("asked", a.pk, "persons"),
            url("people", a.pk),
            url("matters"),
            url("figure", s.pk, "owners"),
            url("figure", s.pk, "on_time"),
        ):
            r = c.get(u)
            assert r.status_code == 200, (part, u)
    assert client_of(cast, "head").get(url("score", s.pk, "self")).status_code == 200


def test_smoke2(cast: Cast) -> None:
    a = confirmed(cast)
    s = sheet_of(a, cast)
    c = client_of(cast, "office")
    for u in (
        url("board"),
        url("sheet", s.pk),
        url("results", a.pk),
        url("export", a.pk, "csv"),
        url("export", a.pk, "xlsx"),
        url("task-add", s.pk),
        url("use-add", s.pk),
        url("publish", a.pk),
    ):
        assert c.get(u).status_code == 200, u
    m = matter(cast)
    assert client_of(cast, "officer").get(url("matter", m.pk)).status_code == 200
