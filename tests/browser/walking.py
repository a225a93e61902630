"""Walks every page that somebody can reach by links, once for each address by name."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

# What ends the walk, or is a file and no page.
_NOT_WALKED = {"account_logout"}
# so many links from the start
NEAR = 1


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A page that was reached: the name of its address, its path, and the status it answered."""

    name: str
    path: str
    status: int


def enter(page: Page, base: str, login: str) -> None:
    """Sign in as an example person through the page for it."""
    page.goto(f"{base}/enter/")
    page.locator(f'button[name=login][value="{login}"]').click()
    page.wait_for_url(f"{base}/")


def logins(page: Page, base: str) -> list[str]:
    """Return the example people one may enter as."""
    page.goto(f"{base}/enter/")
    buttons = page.locator("button[name=login]")
    return [str(value) for value in buttons.evaluate_all("all => all.map(b => b.value)")]


def walk(page: Page, base: str, start: str = "/", known: Collection[str] = ()) -> Iterator[Visit]:
    """Yield every page reached from `start`, while it is on the screen; the nearest first.

    Pages whose names are `known` from an earlier walk are opened only as long as they are near.
    """
    waiting, seen = [(start, 0)], {view_name(start)}
    while waiting:
        path, far = waiting.pop(0)
        status = _opened(page, base + path)
        if status is None:
            continue
        yield Visit(name=view_name(path), path=path, status=status)
        for link in _links(page, base):
            name = view_name(link)
            if name and name not in seen:
                seen.add(name)
                if far < NEAR or name not in known:
                    waiting.append((link, far + 1))


def view_name(path: str) -> str:
    """Return the name of the address, empty for none of ours and for what is not walked."""
    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
    return "" if name in _NOT_WALKED else name


def _opened(page: Page, url: str) -> int | None:
    """Return the status of a page, None for what is a file to be saved."""
    try:
        response = page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise
    return response.status if response else 0


def _links(page: Page, base: str) -> list[str]:
    links: list[str] = page.eval_on_selector_all(
        "a[href]:not([download])",
        "all => all.map(a => new URL(a.getAttribute('href'), location.href).href)",
    )
    own = (link.removeprefix(base) for link in links if link.startswith(f"{base}/"))
    return [link.split("#")[0] for link in own]
