"""Nothing tells of a lead to those who may not know: every page, file and to-do, for every login.

The pages are found as a browser finds them: every address without arguments, and every link on
what was shown, one of each kind.
"""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.urls.exceptions import NoReverseMatch
from pytest_django import Settings

from lianfang.alerts.tests.making import triaged
from lianfang.leads.actions.letters import issue_letter
from lianfang.leads.models import Lead
from lianfang.leads.tests.making import (
    ABOUT,
    DAY,
    OPEN,
    asked,
    closed,
    disposed,
    opened,
    punished,
    related,
    second_officer,
)
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from tests.test_access_matrix import named_urls

EACH = 1
_LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)"')
_LEAVES = {"account_logout", "accounts:logout"}
# pages on which whoever decides sees what they are to decide
DECIDES = "leads:decide"


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    cast = full_cast()
    second_officer(cast)
    return cast


def started() -> Iterator[str]:
    """Yield every address that takes no arguments."""
    for name in named_urls(get_resolver()):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def named(path: str) -> str:
    try:
        return str(resolve(path.split("?")[0]).view_name)
    except Resolver404:
        return ""


def said(response: object) -> str:
    """Return what an answer says; of a workbook or a Word file what its parts say."""
    streamed = getattr(response, "streaming_content", None)
    content = b"".join(streamed) if streamed else response.content  # type: ignore[attr-defined]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
    return str(content.decode("utf-8", "ignore"))


def crawled(cast: Cast, part: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each page a part gets, and what it says."""
    client = Client()
    client.force_login(cast.logins[part])
    waiting, seen = deque(started()), set[str]()
    visits: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        name = named(path)
        if path in seen or not name or name in _LEAVES or visits[name] >= EACH:
            continue
        seen.add(path)
        visits[name] += 1
        response = client.get(path)
        if response.status_code != 200:
            continue
        text = said(response)
        yield name, text
        waiting.extend(link.replace("&amp;", "&") for link in _LINK.findall(text))


def marks(leads: list[Lead]) -> list[str]:
    return [word for lead in leads for word in (lead.mark, f"〕{lead.number}号")]


@pytest.mark.usefixtures("fonts_folder")
def test_no_page_of_any_login_tells_of_a_lead_to_who_may_not_know(cast: Cast) -> None:
    related(cast, "officer", "colleague")
    with_letter = disposed(cast, opened(cast, people=[], origin="alert", alert=triaged(cast)))
    issue_letter(
        lead=with_letter,
        kind="inquiry",
        person=cast.people["clerk"],
        until_on=ON + DAY,
        said=ABOUT,
        scheme=OPEN,
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )
    ended = closed(cast, punished(cast), breach="CWG")
    waiting = opened(cast, about=ABOUT, scheme=OPEN)
    asked(cast, waiting, "inquiry", said=ABOUT, scheme=OPEN)
    of_office = [with_letter, ended, waiting]
    about_second = opened(cast, "second", about=ABOUT, scheme=OPEN)
    about_kin = opened(
        cast, "colleague", by="second", handlers=[cast.people["second"]], scheme=OPEN, about=ABOUT
    )
    # whom each part may know of; the secretary what they are to decide, on its page alone
    knows: dict[str, list[Lead]] = {
        "officer": of_office,
        "second": [about_kin],
        "overseer": [about_second],
    }
    everything = [*of_office, about_second, about_kin]
    for part in cast.logins:
        hidden = [lead for lead in everything if lead not in knows.get(part, [])]
        pages = 0
        for name, text in crawled(cast, part):
            pages += 1
            if part == "secretary" and name == DECIDES:
                assert waiting.mark in text
                continue
            found = [word for word in marks(hidden) if word in text]
            assert found == [], (part, name)
            if part != "audit":
                assert [lead for lead in hidden if str(lead.pk) in text] == [], (part, name)
            if part not in knows:
                assert ABOUT not in text, (part, name)
        assert pages > 10, part


def test_the_crawl_finds_a_lead_where_it_is_known(cast: Cast) -> None:
    lead = opened(cast, about=ABOUT, scheme=OPEN)
    found = {name for name, text in crawled(cast, "officer") if lead.mark in text}
    assert {"leads:leads", "leads:lead", "leads:leads-export", "shell:desk"} <= found
