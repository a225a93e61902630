"""Compares a reading with what a table's `.expected.json` says should be found."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

Found = dict[str, Any]


class Miss(Struct, frozen=True):
    """One thing that was read otherwise than expected."""

    where: str
    wanted: str
    got: str


def expectations(folder: Path) -> list[Path]:
    """Return the expected files of a folder, in order."""
    return sorted(folder.glob("*.expected.json"))


def misses(expected_file: Path, reading: Found) -> list[Miss]:
    """Return every column, row and cell that differs; nothing when all is exact."""
    expected = json.loads(expected_file.read_text(encoding="utf-8"))
    wanted, got = expected["tables"], reading["tables"]
    if len(wanted) != len(got):
        return [Miss("tables", str(len(wanted)), str(len(got)))]
    return [
        miss
        for number, (want, have) in enumerate(zip(wanted, got, strict=True), 1)
        for miss in (*_columns(number, want, have), *_rows(number, want, have))
    ]


def _plain(value: object) -> str:
    if value is None:
        return ""
    text = unicodedata.normalize("NFKC", str(value)).replace("\u200b", "").replace("\ufeff", "")
    return re.sub(r"\s+", "", text)


def _measure(value: object) -> str:
    return _plain(value).rstrip(";,.。、")


def _columns(number: int, want: Found, have: Found) -> Iterator[Miss]:
    form = want.get("layout") == "form"
    key = "header" if form else "index"
    fields = {_plain(column[key]): column["field"] for column in have["columns"]}
    for column in want["columns"]:
        right = column.get("accept", [column["field"]])
        got = fields.get(_plain(column[key]))
        if got not in right:
            yield Miss(f"table {number} column {column['header']}", str(right), str(got))


def _rows(number: int, want: Found, have: Found) -> Iterator[Miss]:
    rows = {row["row"]: row for row in have["rows"]}
    expected = {row["row"] for row in want["rows"]}
    spare = expected | set(want.get("ignore_rows", []))
    for extra in sorted(rows.keys() - spare):
        yield Miss(f"table {number} row {extra}", "no row", "a row")
    other = {
        column["field"]: column["accept"] for column in want["columns"] if column.get("accept")
    }
    for row in want["rows"]:
        got = rows.get(row["row"])
        if got is None:
            yield Miss(f"table {number} row {row['row']}", "a row", "no row")
            continue
        yield from _cells(f"table {number} row {row['row']}", row, got, other)


def _cells(where: str, want: Found, got: Found, other: dict[str, list[str]]) -> Iterator[Miss]:
    for field, value in want.items():
        if field == "row":
            continue
        if field == "measures":
            yield from _measures(where, value, got.get("measures", []))
            continue
        right = _options(value)
        fields = [field, *(name for name in other.get(field, []) if name)]
        if right and not any(_plain(got.get(name)) in right for name in fields):
            yield Miss(f"{where} {field}", "|".join(sorted(right)), _plain(got.get(field)))


def _options(value: object) -> set[str]:
    if isinstance(value, dict):
        return {_plain(option) for option in value["any_of"]}
    return {_plain(value)}


def _measures(where: str, want: list[Found], got: list[Found]) -> Iterator[Miss]:
    wanted = [(_measure_options(entry["text"]), entry["phase"]) for entry in want]
    had = [(_measure(entry["text"]), entry["phase"]) for entry in got]
    same = len(wanted) == len(had) and all(
        text in options and (phase is None or phase == had_phase)
        for (options, phase), (text, had_phase) in zip(wanted, had, strict=True)
    )
    if not same:
        yield Miss(f"{where} measures", str(want), str(got))


def _measure_options(value: object) -> set[str]:
    if isinstance(value, dict):
        return {_measure(option) for option in value["any_of"]}
    return {_measure(value)}
