"""What holds of the records of visits: their numbers, whom they are for, when they are whole.

Source: 质检认纪〔2012〕1号 五（五）.
"""

from collections.abc import Collection, Iterable
from datetime import date

_DIGITS = 4


def mark_of(year: int, number: int) -> str:
    """Return a record's number as it is printed: 检〔2026〕0003."""
    return f"检〔{year}〕{number:0{_DIGITS}}"


def unanswered(answers: Iterable[str]) -> int:
    """Return how many measures have no answer yet."""
    return sum(not answer for answer in answers)


def are_others(inspected: Collection[int], drawn: Collection[int]) -> bool:
    """Return whether others inspected than those who were drawn; nobody drawn, nobody differs."""
    return bool(drawn) and set(inspected) != set(drawn)


def is_overdue(state: str, due_on: date, on: date) -> bool:
    """Return whether the unit should have put a finding right by now."""
    return state == "open" and due_on < on
