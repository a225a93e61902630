"""An organisation's own numbers: what may be overridden, and a scheme with it overridden.

A number is named by a path of codes, such as `duties.talk_regular_high.interval`; the dates from
which an override holds are the organisation's records, not the scheme's.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from lianfang.scheme.crosscheck import cross_faults
from lianfang.scheme.faults import SchemeFault, SchemeRefused, refused
from lianfang.scheme.model import Limit, Quantity, Scheme, Threshold
from lianfang.scheme.source import shown

# A duty's switch is a bool.
Adjustable = Quantity | Limit | Threshold | bool


def adjustable(scheme: Scheme) -> dict[str, Adjustable]:
    """Return every number and switch that an organisation may set, by its path."""
    return dict(_found(scheme, ""))


def overridden(scheme: Scheme, values: Mapping[str, float]) -> Scheme:
    """Return the scheme with other numbers.

    Raises SchemeRefused when a path names no number that may be overridden, or when the scheme
    would no longer fit together.
    """
    known = adjustable(scheme)
    for path in values:
        if path not in known:
            raise refused(
                scheme.name,
                path,
                "没有可以调整的这一数值，请按方案页所列路径填写。",
                "No number here may be overridden; use a path listed on the scheme's page.",
            )
    changed: Scheme = _changed(scheme, "", values)
    faults = [
        SchemeFault(file=scheme.name, line=0, path=shown(path), text=text)
        for path, text in cross_faults(changed)
    ]
    if faults:
        raise SchemeRefused(faults)
    return changed


def _found(value: object, path: str) -> Iterator[tuple[str, Adjustable]]:
    match value:
        case Quantity(overridable=False):
            return
        case Quantity() | Limit() | Threshold():
            yield path, value
        case bool() if path.endswith(".on"):
            yield path, value
        case _:
            for name, part in _parts(value):
                yield from _found(part, f"{path}.{name}" if path else name)


def _parts(value: object) -> Iterator[tuple[str, Any]]:
    if isinstance(value, tuple):
        yield from ((_name(item, place), item) for place, item in enumerate(value))
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, Struct):
        names = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        yield from ((shown_name, getattr(value, name)) for shown_name, name in names)


def _name(item: object, place: int) -> str:
    for field in ("code", "level", "by"):
        code = getattr(item, field, None)
        if code is not None:
            return str(code)
    return "unrated" if hasattr(item, "level") else str(place)


def _changed(value: Any, path: str, values: Mapping[str, float]) -> Any:
    if path in values:
        return _set(value, values[path])
    if not any(wanted.startswith(f"{path}." if path else "") for wanted in values):
        return value
    parts = {
        name: _changed(part, f"{path}.{name}" if path else name, values)
        for name, part in _parts(value)
    }
    if isinstance(value, tuple):
        return tuple(parts.values())
    if isinstance(value, dict):
        return parts
    changes = dict(zip(value.__struct_fields__, parts.values(), strict=True))
    return msgspec.structs.replace(value, **changes)


def _set(value: Any, number: float) -> Any:
    if isinstance(value, bool):
        return bool(number)
    if isinstance(value, Threshold):
        return msgspec.structs.replace(value, at_least=number)
    return msgspec.structs.replace(value, value=number, default=False)
