"""Reads a scheme's YAML files into plain values and remembers where each value stands.

Only plain YAML is taken: no anchors, aliases or tags, no key twice, nothing empty. The values
are built from parser events, because composing a deeply nested file overruns the C stack.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from lianfang.common.text import Text
from lianfang.scheme.faults import SchemeFault

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML built without libyaml reads the same, only slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

LARGEST_FILE = 400_000
MOST_FILES = 40
DEEPEST = 12
# A file that holds one section alone: its top-level keys belong to that section.
WHOLE = {"checks.yaml": "checks"}

Key = str | int
Place = tuple[Key, ...]

_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMERIC = frozenset("-0123456789")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")


def shown(path: Place) -> str:
    """Return a path as people write it: `duties[3].deadline.value`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return text.removeprefix(".")


class Source:
    """The plain values of a scheme's files: `sections` by name, `faults` found on the way."""

    def __init__(self) -> None:
        self.sections: dict[str, Any] = {}
        self.faults: list[SchemeFault] = []
        # a file that can't be read leaves gaps that are not worth telling
        self.unread = False
        self.clauses: list[tuple[dict[str, Any], Place]] = []
        self._file: dict[str, str] = {}
        self._begins: dict[str, int] = {}
        # by the identity of a mapping or list, which `sections` keeps alive
        self._lines: dict[int, dict[Key, int]] = {}

    def put(self, section: str, value: object, file: str, line: int) -> None:
        """Add a top-level section; one that another file already has is a fault."""
        if section in self.sections:
            other = self._file[section]
            self.fault_at(
                file,
                line,
                section,
                Text(
                    f"“{section}”已写在 {other} 中，只保留一处。",
                    f"`{section}` is already in {other}; keep it in one place.",
                ),
            )
            return
        self.sections[section] = value
        self._file[section] = file
        self._begins[section] = line

    def remember(self, container: object, lines: dict[Key, int]) -> None:
        """Keep the line of every entry of a mapping or list."""
        self._lines[id(container)] = lines

    def give_up(self, file: str, line: int, text: Text, path: str = "-") -> None:
        """Record the fault for which the rest of a file stays unread."""
        self.unread = True
        self.fault_at(file, line, path, text)

    def fault_at(self, file: str, line: int, path: str, text: Text) -> None:
        """Record a fault at a known line."""
        self.faults.append(SchemeFault(file=file, line=line, path=path, text=text))

    def fault(self, path: Place, zh: str, en: str) -> None:
        """Record a fault at a path."""
        file, line = self.where(path)
        self.fault_at(file, line, shown(path), Text(zh, en))

    def where(self, path: Place) -> tuple[str, int]:
        """Return file and line of a path, or of the nearest part of it that exists."""
        section = str(path[0]) if path else ""
        if section not in self.sections:
            return "scheme.yaml", 0
        line, value = self._begins[section], self.sections[section]
        for key in path[1:]:
            found = self._lines.get(id(value), {}).get(key)
            if found is None:
                break
            line, value = found, value[key]
        return self._file[section], line


def read_folder(folder: Path) -> Source:
    """Return everything the YAML files of a folder say; nothing is raised for what is wrong."""
    source = Source()
    files = sorted(folder.glob("*.yaml"))
    if len(files) > MOST_FILES:
        text = Text(
            f"文件有 {len(files)} 个，最多 {MOST_FILES} 个。",
            f"There are {len(files)} files; at most {MOST_FILES} are read.",
        )
        source.give_up(folder.name, 0, text)
        return source
    for file in files:
        _read_file(file, source)
    return source


def _read_file(file: Path, source: Source) -> None:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise _Stop(
                0,
                f"文件大于 {LARGEST_FILE} 字节，请分成几个文件。",
                f"The file is larger than {LARGEST_FILE} bytes; split it.",
            )
        reader = _Reader(file.name, file.read_text(encoding="utf-8-sig"), source)
        whole = WHOLE.get(file.name)
        value, lines = reader.document((whole,) if whole else ())
        if whole:
            source.put(whole, value, file.name, 1)
            return
        for section, content in value.items():
            source.put(section, content, file.name, lines[section])
    except _Stop as stop:
        source.give_up(file.name, stop.line, stop.text, stop.path)
    except OSError as error:
        text = Text(f"文件无法读取（{error}）。", f"The file can't be read ({error}).")
        source.give_up(file.name, 0, text)
    except UnicodeDecodeError:
        text = Text(
            "文件不是 UTF-8 编码，请另存为 UTF-8。", "The file is not UTF-8; save it as UTF-8."
        )
        source.give_up(file.name, 0, text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        text = Text(f"不是正确的 YAML（{said}）。", f"This is not correct YAML ({said}).")
        source.give_up(file.name, mark.line + 1 if mark else 0, text)


class _Stop(Exception):
    """A file that can't be read any further."""

    def __init__(self, line: int, zh: str, en: str, path: str = "-") -> None:
        super().__init__(en)
        self.line, self.path, self.text = line, path, Text(zh, en)


class _Reader:
    """Builds plain values from the parser events of one file."""

    def __init__(self, file: str, text: str, source: Source) -> None:
        self._file = file
        self._source = source
        self._next: Callable[[], Any] = Loader(text).get_event

    def document(self, path: Place) -> tuple[dict[str, Any], dict[Key, int]]:
        """Return the file's one mapping with its lines."""
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise _Stop(1, "文件是空的。", "The file is empty.")
        event = self._next()
        if not isinstance(event, yaml.MappingStartEvent):
            raise _Stop(1, "文件应当是“键: 值”的形式。", "The file must consist of `key: value`.")
        self._refuse_marked(event, path)
        found, lines = self._mapping(path)
        self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            raise _Stop(1, "一个文件只能有一份文档。", "A file may hold one document only.")
        return found, lines

    def _value(self, event: Any, path: Place) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            self._refuse_marked(event, path)
        if kind is yaml.ScalarEvent:
            return self._scalar(event, path)
        if len(path) > DEEPEST:
            raise _Stop(
                event.start_mark.line + 1,
                f"层次超过 {DEEPEST} 层。",
                f"This is nested more than {DEEPEST} deep.",
                shown(path),
            )
        if kind is yaml.MappingStartEvent:
            return self._mapping(path)[0]
        return self._list(path) if kind is yaml.SequenceStartEvent else None

    def _mapping(self, path: Place) -> tuple[dict[str, Any], dict[Key, int]]:
        found: dict[str, Any] = {}
        lines: dict[Key, int] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            line = event.start_mark.line + 1
            if type(event) is not yaml.ScalarEvent:
                raise _Stop(line, "键应当是一个词。", "A key must be a single word.", shown(path))
            key = event.value
            inside = (*path, key)
            if key in found:
                self._fault(line, inside, f"“{key}”写了两次。", f"`{key}` is written twice.")
            if event.anchor is not None or event.tag is not None:
                self._refuse_marked(event, inside)
            found[key], lines[key] = self._value(self._next(), inside), line
        if "clause" in found:
            self._source.clauses.append((found, (*path, "clause")))
        self._source.remember(found, lines)
        return found, lines

    def _list(self, path: Place) -> list[Any]:
        found: list[Any] = []
        lines: dict[Key, int] = {}
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            lines[len(found)] = event.start_mark.line + 1
            found.append(self._value(event, (*path, len(found))))
        self._source.remember(found, lines)
        return found

    def _scalar(self, event: Any, path: Place) -> str | int | float | bool | None:
        """Return what a scalar stands for: quoted, it is text; `yes` and `on` are text, too."""
        text: str = event.value
        if not event.implicit[0]:
            if not text.strip():
                self._fault(event.start_mark.line + 1, path, "内容是空的。", "This is empty.")
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMERIC or not _NUMBER.fullmatch(text):
            return text
        return float(text) if "." in text else int(text)

    def _refuse_marked(self, event: Any, path: Place) -> None:
        """Record a fault for an anchor, an alias or a tag."""
        line = event.start_mark.line + 1
        if event.anchor is not None:
            self._fault(
                line,
                path,
                "不允许使用锚点或引用（& *），请写出全文。",
                "Anchors and aliases (& *) are not allowed; write it out.",
            )
        if getattr(event, "tag", None) is not None:
            self._fault(line, path, "不允许使用类型标签（!）。", "Tags (!) are not allowed.")

    def _fault(self, line: int, path: Place, zh: str, en: str) -> None:
        self._source.fault_at(self._file, line, shown(path), Text(zh, en))
