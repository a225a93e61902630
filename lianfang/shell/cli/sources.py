"""Options and steps that several commands share: files in, a scheme, a Register of each."""

import argparse
from pathlib import Path

from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text, squeezed
from lianfang.documents.model import Direction, Field, Reading
from lianfang.documents.reading import read_file
from lianfang.documents.registering import Registered, register_of
from lianfang.scheme.home import DEFAULT
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme
from lianfang.shell.cli.terminal import Terminal


class ColumnRefused(Refused):
    """A correction of a column names no field."""


class Source(Struct, frozen=True):
    """A file as read, and the Register made of it."""

    reading: Reading
    registered: Registered

    @property
    def doubts(self) -> int:
        """How many doubts there were in reading."""
        in_tables = sum(len(table.problems) for table in self.reading.tables)
        return in_tables + len(self.reading.problems) + len(self.registered.problems)


def add_scheme(parser: argparse.ArgumentParser, language: Language) -> None:
    """Add the option that chooses a scheme."""
    parser.add_argument(
        "--scheme",
        default=DEFAULT,
        metavar=Text("方案", "SCHEME").in_(language),
        help=Text(
            f"方案的名称或文件夹（默认 {DEFAULT}）", f"name or folder of a scheme ({DEFAULT})"
        ).in_(language),
    )


def add_reading(parser: argparse.ArgumentParser, language: Language) -> None:
    """Add the options that say how tables are to be read."""
    add_scheme(parser, language)
    parser.add_argument(
        "--levels",
        choices=[direction.value for direction in Direction],
        default=Direction.HIGH_FIRST.value,
        help=Text(
            "编号等级（一级、Ⅰ）哪头高：high-first 第一级最高（默认），low-first 第一级最低",
            "which end of numbered levels (一级, Ⅰ) is the worst: high-first (default), low-first",
        ).in_(language),
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar=Text("表头=字段", "HEADING=FIELD").in_(language),
        help=Text(
            "纠正一列的含义，如 --column 审查内容=risk；字段留空表示不归入。可多次使用",
            "say what a column means, as in --column 审查内容=risk; no field: none. Repeatable",
        ).in_(language),
    )
    parser.add_argument(
        "--unit",
        metavar=Text("单位", "UNIT").in_(language),
        help=Text(
            "表中没有注明单位时，算哪个单位的", "whose table it is, where it does not say"
        ).in_(language),
    )


def corrections(written: list[str]) -> dict[str, Field | None]:
    """Return `--column` options as heading and field. Raises ColumnRefused."""
    columns: dict[str, Field | None] = {}
    for option in written:
        heading, _, field = option.partition("=")
        known = {entry.value: entry for entry in Field}
        if field and field not in known:
            names = " ".join(known)
            raise ColumnRefused(
                Text(
                    f"--column {option}：没有字段“{field}”。可用的字段：{names}。",
                    f"--column {option}: there is no field {field}. Fields: {names}.",
                )
            )
        columns[squeezed(heading)] = known[field] if field else None
    return columns


def read(path: Path, arguments: argparse.Namespace, terminal: Terminal) -> Reading:
    """Read one file as the options say."""
    try:
        return read_file(
            path,
            load_scheme(arguments.scheme),
            direction=Direction(arguments.levels),
            columns=corrections(arguments.column),
            progress=terminal.progress,
        )
    finally:
        terminal.clear_progress()


def source(path: Path, scheme: Scheme, arguments: argparse.Namespace, terminal: Terminal) -> Source:
    """Read one file and make its Register."""
    reading = read(path, arguments, terminal)
    registered = register_of(reading, scheme, unit=arguments.unit, progress=terminal.progress)
    terminal.clear_progress()
    return Source(reading, registered)
