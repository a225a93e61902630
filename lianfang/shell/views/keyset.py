"""Where a page of a list begins: a number in the address."""

from lianfang.common.http import AppRequest

# what a database's whole number can hold
_DIGITS = 18


def number_in(request: AppRequest, name: str) -> int | None:
    """Return a number of the address, None for none or for what is no such number."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None
