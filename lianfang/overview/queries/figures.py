"""Where the lists are to which numbers lead."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from lianfang.overview.rules.figure import Figure


def figure(count: int, page: str, **asked: object) -> Figure:
    """Return a number that leads to a page, narrowed by what is asked."""
    return Figure(count=count, url=address(page, asked))


def address(page: str, asked: Mapping[str, object]) -> str:
    """Return the address of a page, narrowed."""
    return f"{reverse(page)}?{urlencode(asked)}" if asked else reverse(page)
