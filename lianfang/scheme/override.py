"""An organisation's own numbers and words: what may be set, and a scheme with it set.

The dates from which a setting holds are the organisation's records, not the scheme's.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from lianfang.scheme.adjusting import Adjustable, parts, places
from lianfang.scheme.crosscheck import cross_faults
from lianfang.scheme.describing import Described, described
from lianfang.scheme.faults import SchemeFault, SchemeRefused, refused
from lianfang.scheme.model import Factor, Scheme, Threshold
from lianfang.scheme.model.year import ScoreWeight
from lianfang.scheme.source import shown
from lianfang.scheme.vocabulary import choosable, with_words

__all__ = ["Adjustable", "Described", "adjustable", "choosable", "described", "overridden"]


def adjustable(scheme: Scheme) -> dict[str, Adjustable]:
    """Return every number and switch that an organisation may set, by its path."""
    return {place.path: place.value for place in places(scheme)}


def set_together(scheme: Scheme, path: str) -> tuple[str, ...]:
    """Return the paths that make up one sum with `path`, itself among them, in order.

    Weights make up 100: one of them can't be set without another. Any other number stands alone.
    """
    found = {place.path: place for place in places(scheme)}
    place = found.get(path)
    if place is None or not isinstance(place.inside[-1], Factor | ScoreWeight):
        return (path,)
    return tuple(
        other.path
        for other in found.values()
        if other.inside[:-1] == place.inside[:-1]
        and isinstance(other.inside[-1], type(place.inside[-1]))
        and other.field == place.field
    )


def overridden(
    scheme: Scheme, values: Mapping[str, float], choices: Mapping[str, str] | None = None
) -> Scheme:
    """Return the scheme with other numbers and words.

    Raises SchemeRefused when a path names no number or word that may be set, or when the scheme
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
    return with_words(changed, choices or {})


def _changed(value: Any, path: str, values: Mapping[str, float]) -> Any:
    if path in values:
        return _set(value, values[path])
    if not any(wanted.startswith(f"{path}." if path else "") for wanted in values):
        return value
    changed = {
        name: _changed(part, f"{path}.{name}" if path else name, values)
        for name, part in parts(value)
    }
    if isinstance(value, tuple):
        return tuple(changed.values())
    if isinstance(value, dict):
        return changed
    fields = dict(zip(value.__struct_fields__, changed.values(), strict=True))
    return msgspec.structs.replace(value, **fields)


def _set(value: Any, number: float) -> Any:
    if isinstance(value, bool):
        return bool(number)
    if isinstance(value, Threshold):
        return msgspec.structs.replace(value, at_least=number)
    return msgspec.structs.replace(value, value=number, default=False)
