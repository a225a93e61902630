"""What a search gives: sections of hits."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from lianfang.org.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something found: what it is called, a line about it, and where it is."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one room found; `icon` as in icons.py.

    `more` is where the rest is listed, empty where all of it is here.
    """

    label: Promise | str
    icon: str
    hits: tuple[Hit, ...]
    more: str = ""


Search = Callable[[Standing, str], tuple[Section, ...]]


def section(
    label: Promise | str, icon: str, hits: tuple[Hit, ...], *, limit: int, page: str, **asked: str
) -> Section:
    """Return a section that leads to the list `page`, as asked, where it holds `limit` hits."""
    is_cut = len(hits) >= limit
    query = f"?{urlencode(asked)}" if asked else ""
    return Section(label=label, icon=icon, hits=hits, more=reverse(page) + query if is_cut else "")
