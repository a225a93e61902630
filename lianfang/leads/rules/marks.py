"""How leads are numbered: drawn, not counted, so that no gap tells of another one.

Whoever keeps the leads of a year and may not know of one that is about themself would see a number
missing between two. A drawn number has none before and none after it.
"""

from collections.abc import Collection

FIRST, LAST = 1000, 9999


def mark_of(year: int, number: int) -> str:
    """Return a lead's number as it is written: 线索〔2026〕7316号."""
    return f"线索〔{year}〕{number}号"


def free_numbers(taken: Collection[int]) -> list[int]:
    """Return the numbers of a year that may still be drawn."""
    gone = set(taken)
    return [number for number in range(FIRST, LAST + 1) if number not in gone]
