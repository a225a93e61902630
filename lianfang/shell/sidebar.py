"""The sidebar and the tabs of a phone, as one person sees them on one page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from lianfang.common.http import language_now
from lianfang.common.text import Language
from lianfang.org.standing import Standing
from lianfang.shell.navigation import GROUPS, TAB_ICONS, TABS
from lianfang.shell.places import Entry, Group

_WITHOUT_COOKIES = "public:"


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry as it is shown on one page to one person."""

    label: Promise | str
    url: str
    is_current: bool
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenGroup:
    """A group as it is shown; `is_page` when its own page is the one on the screen."""

    label: Promise | str
    icon: str
    url: str
    is_current: bool
    is_page: bool
    entries: tuple[Link, ...]


def groups_for(
    standing: Standing, page: str, groups: tuple[Group, ...] = GROUPS
) -> tuple[OpenGroup, ...]:
    """Return the groups somebody may open, while `page` (such as `org:unit`) is shown."""
    return tuple(
        shown
        for group in groups
        if group.may(standing) and (shown := _open(group, standing, page)) is not None
    )


def tabs_for(standing: Standing, page: str) -> tuple[Link, ...]:
    """Return the four tabs at the foot of a phone."""
    return tuple(_links(TABS, standing, page))[:4]


def _open(group: Group, standing: Standing, page: str) -> OpenGroup | None:
    entries = tuple(_links(group.entries, standing, page))
    url = address(group.page) if group.page else None
    if url is None and not entries:
        return None
    is_page = bool(group.page) and page == group.page
    return OpenGroup(
        label=group.label,
        icon=group.icon,
        url=url or entries[0].url,
        is_current=is_page
        or page.startswith(group.covers or ("\0",))
        or any(entry.is_current for entry in entries),
        is_page=is_page,
        entries=entries,
    )


def _links(entries: tuple[Entry, ...], standing: Standing, page: str) -> Iterator[Link]:
    offered = [
        (entry, url) for entry in entries if entry.may(standing) and (url := address(entry.page))
    ]
    nearest = max((_nearness(entry, page) for entry, _ in offered), default=0)
    for entry, url in offered:
        yield Link(
            label=entry.label,
            url=url,
            is_current=0 < _nearness(entry, page) == nearest,
            icon=TAB_ICONS.get(entry.page, ""),
        )


def _nearness(entry: Entry, page: str) -> int:
    """Return how much of a page's name an entry covers: all of it, the start, nothing."""
    if page == entry.page:
        return len(page) + 1
    return max((len(start) for start in entry.covers if page.startswith(start)), default=0)


def address(page: str) -> str | None:
    """Return the address of a page without arguments, None where no room answers to it.

    Public pages see no cookie: English stands in their address.
    """
    try:
        url = reverse(page)
    except NoReverseMatch:
        return None
    in_english = page.startswith(_WITHOUT_COOKIES) and language_now() is Language.EN
    return f"{url}?lang=en" if in_english else url
