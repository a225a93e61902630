"""Codes of what is new: the number after the highest behind a prefix (CW-03, ZD-012)."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"(\d+)$")


def next_code(prefix: str, taken: Iterable[str], *, width: int) -> str:
    """Return the code after the highest number in use behind the prefix."""
    numbers = (_number(code, prefix) for code in taken if code.startswith(prefix))
    return f"{prefix}{max(numbers, default=0) + 1:0{width}}"


class Numbering:
    """Gives one new code after the other, each once, though thousands are asked for."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._highest: dict[str, int] = {}

    def is_free(self, code: str) -> bool:
        """Return whether nobody has a code yet."""
        return code not in self._taken

    def take(self, code: str) -> str:
        """Note that a code is given, and return it."""
        self._taken.add(code)
        return code

    def next(self, prefix: str, *, width: int) -> str:
        """Give the code after the highest number behind a prefix. Scans once for each prefix."""
        if prefix not in self._highest:
            numbers = (_number(code, prefix) for code in self._taken if code.startswith(prefix))
            self._highest[prefix] = max(numbers, default=0)
        self._highest[prefix] += 1
        return self.take(f"{prefix}{self._highest[prefix]:0{width}}")


def _number(code: str, prefix: str) -> int:
    rest = code.removeprefix(prefix)
    return int(rest) if _NUMBER.fullmatch(rest) else 0
