"""Small numbers in statistics are hidden, so that nobody is found among few or by subtracting.

Source: 质检认纪〔2012〕1号 五（六）2（2）; three is the default of the house.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# ◇ fewer than this are not told
LEAST = 3


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Numbers of a table by code; None for one that is hidden, for the total too."""

    cells: Mapping[str, int | None]
    total: int | None


def protected(counts: Mapping[str, int], least: int = LEAST) -> Figures:
    """Return the numbers that may be told.

    Nought is told. What is smaller than `least` is hidden; so are others, the smallest first,
    until the hidden ones can't be found from the total. Where that is not possible, the total is
    hidden as well.
    """
    total = sum(counts.values())
    hidden = {code for code, count in counts.items() if 0 < count < least}
    shown = sorted(
        (code for code, count in counts.items() if count and code not in hidden),
        key=lambda code: (counts[code], code),
    )
    while hidden and not _are_safe([counts[code] for code in hidden]) and shown:
        hidden.add(shown.pop(0))
    is_safe = not hidden or _are_safe([counts[code] for code in hidden])
    return Figures(
        cells={code: None if code in hidden else count for code, count in counts.items()},
        total=total if is_safe else None,
    )


def side_by_side(tables: Sequence[Figures]) -> list[Figures]:
    """Return tables about the same things: where one can't tell the total, none does."""
    if all(table.total is not None for table in tables):
        return list(tables)
    return [Figures(cells=table.cells, total=None) for table in tables]


def middle(days: Sequence[int], least: int = LEAST) -> int | None:
    """Return the middle one of some spans in days, None of too few."""
    if len(days) < least:
        return None
    ordered = sorted(days)
    return ordered[(len(ordered) - 1) // 2]


def _are_safe(hidden: Sequence[int]) -> bool:
    """Return whether a sum of hidden numbers, each one or more, leaves each of them open."""
    return len(hidden) > 1 and sum(hidden) > len(hidden)
