"""What templates of editions ask for."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(names: Mapping[str, str], code: str) -> str:
    """Return what a code is called, the code itself where nothing says so."""
    return names.get(code, code)
