"""Tells somebody how far a long work has come, now and then."""

from collections.abc import Callable

# Told how much is done, and how much there is in all.
Report = Callable[[int, int], None]

_EVERY = 5_000


class Progress:
    """Counts what is done and reports it every few thousand steps; silent without a listener."""

    def __init__(self, report: Report | None, total: int) -> None:
        self._report = report
        self._total = total
        self._done = 0

    def step(self) -> None:
        """Count one more."""
        self._done += 1
        if self._report is not None and self._done % _EVERY == 0:
            self._report(min(self._done, self._total), self._total)
