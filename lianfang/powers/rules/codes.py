"""Codes of what is new: the number after the highest behind a prefix (CW-03, ZD-012)."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"(\d+)$")


def next_code(prefix: str, taken: Iterable[str], *, width: int) -> str:
    """Return the code after the highest number in use behind the prefix."""
    numbers = (_number(code, prefix) for code in taken if code.startswith(prefix))
    return f"{prefix}{max(numbers, default=0) + 1:0{width}}"


def _number(code: str, prefix: str) -> int:
    rest = code.removeprefix(prefix)
    return int(rest) if _NUMBER.fullmatch(rest) else 0
