"""A number with the list it was counted from."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How many, and the address of the list that shows just these; empty for a sum without one."""

    count: int
    url: str = ""


def figure(count: int, page: str, **asked: object) -> Figure:
    """Return a number that leads to a page, narrowed by what is asked."""
    return Figure(count=count, url=address(page, asked))


def address(page: str, asked: Mapping[str, object]) -> str:
    """Return the address of a page, narrowed."""
    return f"{reverse(page)}?{urlencode(asked)}" if asked else reverse(page)
