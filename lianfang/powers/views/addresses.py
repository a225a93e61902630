"""Addresses of this room."""

from django.http import HttpRequest
from django.urls import reverse


def to(name: str, *arguments: object) -> str:
    """Return the address of a page of this room."""
    return reverse(f"powers:{name}", args=arguments)


def without(request: HttpRequest, *names: str) -> str:
    """Return the query of an address without some of its parts, to put others behind it."""
    left = request.GET.copy()
    for name in names:
        left.pop(name, None)
    return left.urlencode()
