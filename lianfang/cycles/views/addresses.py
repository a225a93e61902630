"""Addresses of this room."""

from django.urls import reverse


def to(name: str, *arguments: object) -> str:
    """Return the address of a page of this room."""
    return reverse(f"cycles:{name}", args=arguments)
