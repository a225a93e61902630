"""Hours of learning: what counts, and how far somebody is in a year (二)."""

from collections.abc import Iterable
from dataclasses import dataclass

# hours come in halves, which binary numbers add without loss
STEP = 0.5
MOST = 40.0


@dataclass(frozen=True, kw_only=True)
class Taken:
    """That somebody took part in an activity; `passed` is None where it has no quiz."""

    activity: int
    hours: float
    passed: bool | None = None

    @property
    def counts(self) -> float:
        """The hours it gives: all of them, none while its quiz isn't passed."""
        return 0.0 if self.passed is False else self.hours


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Hours done in a year, and those asked for; None where nothing is asked."""

    done: float
    asked: float | None

    @property
    def is_reached(self) -> bool:
        """Whether nothing is missing of what is asked."""
        return self.asked is not None and self.done >= self.asked

    @property
    def missing(self) -> float:
        """The hours that are missing."""
        return max(0.0, (self.asked or 0.0) - self.done)

    @property
    def percent(self) -> int:
        """The share that is done, 0 to 100; 100 only when all is."""
        if not self.asked:
            return 100 if self.asked == 0 else 0
        return min(100, int(self.done * 100 / self.asked))


def is_amount(hours: float) -> bool:
    """Return whether an activity may have so many hours: halves, from one half up to MOST."""
    return STEP <= hours <= MOST and hours / STEP == int(hours / STEP)


def total(taken: Iterable[Taken]) -> float:
    """Return the hours of a person in a year; each activity counts once, by its best entry."""
    best: dict[int, float] = {}
    for each in taken:
        best[each.activity] = max(each.counts, best.get(each.activity, 0.0))
    return sum(best.values())
