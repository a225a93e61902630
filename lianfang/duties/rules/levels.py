"""The level of a post over time: what editions and overrides gave it, day by day.

Source: 质检认纪〔2012〕1号 五（三）, 五（七）2（2）.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

_DAY = timedelta(days=1)


class Given(NamedTuple):
    """A level that an edition or an override gave a post; `until_on` is its last day.

    `rank` says how high it stands: an override counts only above the edition's. A level that
    ended the day before it began held never.
    """

    level: str
    rank: int
    from_on: date
    until_on: date | None = None
    edition: str = ""
    override: int | None = None

    def holds(self, on: date) -> bool:
        """Return whether it holds on a day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


class Run(NamedTuple):
    """Levels in a row up to a day: the level on it, since when, and what gives it now."""

    level: str
    from_on: date
    edition: str
    override: int | None


def given_on(given: Sequence[Given], on: date) -> Given | None:
    """Return what gives a post its level on a day; None where it has none."""
    if len(given) == 1:
        return given[0] if given[0].holds(on) else None
    return max((each for each in given if each.holds(on)), key=_height, default=None)


def run_of(given: Sequence[Given], now: Given, levels: Sequence[str], on: date) -> Run:
    """Return since when a post has had one of `levels` without a break; `now` gives it on the day.

    An edition that gives the same level again goes on with the run, so does one that takes up
    the override before it: clocks start anew only where the level was another for a day.
    """
    since = now.from_on if len(given) == 1 else _since(given, levels, on)
    return Run(now.level, since, now.edition, now.override)


def _height(given: Given) -> tuple[int, bool, date]:
    """Return which counts first: of equally high ones the edition, then the latest."""
    return given.rank, given.override is None, given.from_on


def _since(given: Sequence[Given], levels: Sequence[str], on: date) -> date:
    """Return the first day of the run that reaches to `on`, going back from change to change."""
    changes = {each.from_on for each in given if each.from_on <= on} | {
        each.until_on + _DAY for each in given if each.until_on is not None and each.until_on < on
    }
    since = on
    for day in sorted(changes, reverse=True):
        there = given_on(given, day)
        if there is None or there.level not in levels:
            break
        since = day
    return since
