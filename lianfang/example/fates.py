"""When the people of the example do what they owe: most in time, some ahead or late, a few never.

Worked out from the name of a duty alone, so that it is the same whenever the example is loaded.
"""

from datetime import date, timedelta
from enum import StrEnum
from zlib import crc32


class Fate(StrEnum):
    """How it goes with a duty."""

    AHEAD = "ahead"
    IN_TIME = "in_time"
    LATE = "late"
    LEFT = "left"
    WAIVED = "waived"


# of a hundred duties so many, the rest in time
_SHARES = ((Fate.LEFT, 2), (Fate.WAIVED, 1), (Fate.LATE, 6), (Fate.AHEAD, 45))
_HUNDRED = 100
_FROM_DUE = {
    Fate.AHEAD: timedelta(days=-45),
    Fate.IN_TIME: timedelta(days=-11),
    Fate.LATE: timedelta(days=18),
    # somebody does it in the end; what fell due not long ago is still open
    Fate.LEFT: timedelta(days=55),
    Fate.WAIVED: timedelta(days=-11),
}


def fate_of(name: str) -> Fate:
    """Return how it goes with the duty of a name."""
    rest = crc32(name.encode()) % _HUNDRED
    for fate, share in _SHARES:
        if rest < share:
            return fate
        rest -= share
    return Fate.IN_TIME


def is_time(fate: Fate, due_on: date, on: date) -> bool:
    """Return whether a duty of such a fate, still open, is closed on a day."""
    return due_on + _FROM_DUE[fate] <= on
