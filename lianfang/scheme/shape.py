"""Finds every place where plain values differ from the model's shape, once one is known to."""

import re
from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from lianfang.common.text import Text
from lianfang.scheme.source import Place

Found = Iterator[tuple[Place, Text]]

_EXPECTED = re.compile(r"Expected `(.+?)`, got `(.+?)`")
_KINDS = {
    "array": "列表",
    "bool": "true 或 false",
    "float": "数",
    "int": "整数",
    "null": "空",
    "object": "“键: 值”",
    "str": "文字",
}


def shape_faults(value: object, kind: Any, path: Place) -> Found:
    """Yield each fault of `value` against the type `kind`, at the deepest path that shows it."""
    try:
        msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        below = tuple(_below(value, kind, path))
        if below:
            yield from below
        else:
            yield path, _worded(str(error))


def _below(value: object, kind: Any, path: Place) -> Found:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        member = _member(value, arguments)
        if member is not None:
            yield from _below(value, member, path)
    elif isinstance(value, list) and origin is tuple and arguments[-1] is Ellipsis:
        for place, item in enumerate(value):
            yield from shape_faults(item, arguments[0], (*path, place))
    elif isinstance(value, dict) and origin is dict:
        for key, item in value.items():
            yield from shape_faults(item, arguments[1], (*path, key))
    elif isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _fields(value, kind, path)


def _fields(value: dict[str, Any], kind: type[msgspec.Struct], path: Place) -> Found:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    tag = kind.__struct_config__.tag_field
    for name in value:
        if name not in fields and name != tag:
            yield (*path, name), Text(f"不认识“{name}”。", f"`{name}` is not known here.")
    for name, field in fields.items():
        if name in value:
            yield from shape_faults(value[name], field.type, (*path, name))
        elif field.required:
            yield (*path, name), Text(f"缺少“{name}”。", f"`{name}` is missing.")


def _member(value: object, members: tuple[Any, ...]) -> Any | None:
    real = [member for member in members if member is not type(None)]
    if len(real) == 1:
        return real[0]
    if not isinstance(value, dict):
        return None
    for member in real:
        config = member.__struct_config__
        if value.get(config.tag_field) == config.tag:
            return member
    return None


def _worded(said: str) -> Text:
    said = said.split(" - at `")[0]
    match = _EXPECTED.fullmatch(said)
    if match:
        wanted, got = (
            "或".join(_KINDS.get(word, word) for word in part.split(" | "))
            for part in match.groups()
        )
        return Text(f"应为{wanted}，实为{got}。", f"{said}.")
    return Text(f"内容不符合要求（{said}）。", f"{said}.")
