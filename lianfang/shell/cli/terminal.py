"""What the commands say and where: language, colour, progress, exit codes."""

import locale
import os
import sys
import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from typing import TextIO

from msgspec import Struct

from lianfang.common.text import Language, Text


class Exit(IntEnum):
    """Exit codes, the same for every command; docs/commands.md tells them."""

    DONE = 0
    FOUND = 1
    REFUSED = 2


class Style(Struct, frozen=True):
    """Escape codes, or nothing where colour is not wanted."""

    error: str = ""
    warning: str = ""
    note: str = ""
    strong: str = ""
    faint: str = ""
    off: str = ""


_COLOURS = Style("\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[1m", "\x1b[2m", "\x1b[0m")
_PLAIN = Style()
_BAR = 30


class Terminal:
    """The way out: standard output for results, standard error for progress and refusals."""

    def __init__(
        self, language: Language, out: TextIO, err: TextIO, environment: Mapping[str, str]
    ) -> None:
        self.language = language
        self.style = _COLOURS if _wants_colour(out, environment) else _PLAIN
        self._out = out
        self._err = err
        self._drawn = False

    def say(self, line: str = "") -> None:
        """Print a line of the result."""
        self._out.write(line + "\n")

    def say_text(self, text: Text) -> None:
        """Print a text in the language of the terminal."""
        self.say(text.in_(self.language))

    def write(self, content: bytes) -> None:
        """Write bytes of the result as they are."""
        self._out.flush()
        buffer = getattr(self._out, "buffer", None)
        if buffer is None:
            self._out.write(content.decode())
        else:
            buffer.write(content)

    def complain(self, text: Text) -> None:
        """Say on standard error what was refused."""
        self.clear_progress()
        self._err.write(f"{text.in_(self.language)}\n")

    def progress(self, done: int, total: int) -> None:
        """Draw a bar on standard error, where that is a terminal."""
        if not self._err.isatty() or total == 0:
            return
        filled = _BAR * done // total
        self._err.write(f"\r{'█' * filled}{'░' * (_BAR - filled)} {done:,}/{total:,}")
        self._err.flush()
        self._drawn = True

    def clear_progress(self) -> None:
        """Take the bar away again."""
        if self._drawn:
            self._err.write("\r\x1b[K")
            self._drawn = False


def terminal_for(language: Language | None) -> Terminal:
    """Return the terminal this program runs in; without a language, by the locale."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    chosen = language or language_of(os.environ)
    return Terminal(chosen, sys.stdout, sys.stderr, os.environ)


def language_of(environment: Mapping[str, str]) -> Language:
    """Return English where the locale says so, else Chinese, the language of the product."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return Language.EN if value.lower().startswith("en") else Language.ZH
    system = locale.getlocale()[0] or ""
    return Language.EN if system.lower().startswith("en") else Language.ZH


def _wants_colour(out: TextIO, environment: Mapping[str, str]) -> bool:
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return out.isatty() and environment.get("TERM") != "dumb"


def padded(text: str, width: int) -> str:
    """Return `text` filled up to `width` columns."""
    return text + " " * max(0, width - width_of(text))


def width_of(text: str) -> int:
    """Return how many columns a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
