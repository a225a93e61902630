"""Finds the numbers and switches of a scheme that an organisation may set, with their paths.

A path names a number by codes, such as `duties.talk_regular_high.interval`.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from lianfang.scheme.model import Limit, Quantity, Scheme, Threshold

# A duty's switch is a bool, and whether leads are kept without content.
_SWITCHES = ("on", "register_only")
Adjustable = Quantity | Limit | Threshold | bool


class Place(Struct, frozen=True, kw_only=True):
    """A number in its place: its path, the rules it is part of from the scheme down, its field."""

    path: str
    inside: tuple[Struct, ...]
    field: str
    value: Adjustable


def places(scheme: Scheme) -> Iterator[Place]:
    """Yield every number and switch that may be set, in the scheme's order."""
    yield from _places(scheme, "", (), "")


def parts(value: object) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a value by the names that a path has for them; nothing for a plain one."""
    if isinstance(value, tuple):
        yield from ((_name(item, place), item) for place, item in enumerate(value))
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, Struct):
        names = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        yield from ((shown_name, getattr(value, name)) for shown_name, name in names)


def _places(value: object, path: str, inside: tuple[Struct, ...], field: str) -> Iterator[Place]:
    match value:
        case Quantity(overridable=False):
            return
        case Quantity() | Limit() | Threshold():
            yield Place(path=path, inside=inside, field=field, value=value)
        case bool() if field in _SWITCHES:
            yield Place(path=path, inside=inside, field=field, value=value)
        case _:
            within = (*inside, value) if isinstance(value, Struct) else inside
            for name, part in parts(value):
                yield from _places(part, f"{path}.{name}" if path else name, within, name)


def _name(item: object, place: int) -> str:
    for field in ("code", "level", "by"):
        code = getattr(item, field, None)
        if code is not None:
            return str(code)
    return "unrated" if hasattr(item, "level") else str(place)
