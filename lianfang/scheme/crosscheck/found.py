"""Small questions that every cross-check asks."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Protocol

from lianfang.common.text import Text
from lianfang.scheme.source import Place

Found = Iterator[tuple[Place, Text]]

_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
# A leap year, so that 02-29 is a day.
_ANY_YEAR = 2012


class Coded(Protocol):
    @property
    def code(self) -> str: ...


def codes(items: Iterable[Coded]) -> frozenset[str]:
    """Return the codes of a list of rules."""
    return frozenset(item.code for item in items)


def unknown(path: Place, given: Iterable[str], known: Collection[str], section: str) -> Found:
    """Yield a fault for each of several references that leads nowhere."""
    for place, code in enumerate(given):
        yield from unknown_one((*path, place), code, known, section)


def unknown_one(path: Place, code: str | None, known: Collection[str], section: str) -> Found:
    """Yield a fault when a reference leads nowhere; None refers to nothing."""
    if code is None or code in known:
        return
    all_known = "、".join(sorted(known))
    yield (
        path,
        Text(
            f"{section} 中没有“{code}”，只有：{all_known}。",
            f"There is no `{code}` in {section}; it has: {', '.join(sorted(known))}.",
        ),
    )


def not_in_sum(path: Place, got: float, wanted: float) -> Found:
    """Yield a fault when numbers don't make up what they should."""
    if abs(got - wanted) > 1e-9:
        yield (
            path,
            Text(
                f"合计应为 {wanted:g}，实为 {got:g}。",
                f"These must make up {wanted:g}; they make up {got:g}.",
            ),
        )


def missing(path: Place, zh: str, en: str) -> tuple[Place, Text]:
    """Return the fault that something is not there."""
    return path, Text(zh, en)


def day_faults(path: Place, day: str) -> Found:
    """Yield a fault when `day` is no day of a year written MM-DD."""
    try:
        if not _DAY.fullmatch(day):
            raise ValueError
        date(_ANY_YEAR, int(day[:2]), int(day[3:]))
    except ValueError:
        yield path, Text(f"“{day}”不是“月-日”（如 06-30）。", f"`{day}` is no MM-DD such as 06-30.")
