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
# days from the due day on which it is done; ahead it is some time between the two
_FROM_DUE = {
    Fate.IN_TIME: -11,
    Fate.LATE: 18,
    # somebody does it in the end; what fell due not long ago is still open
    Fate.LEFT: 55,
    Fate.WAIVED: -11,
}
_AHEAD, LONG_AHEAD = 20, 90


def fate_of(name: str) -> Fate:
    """Return how it goes with the duty of a name."""
    rest = _number(name) % _HUNDRED
    for fate, share in _SHARES:
        if rest < share:
            return fate
        rest -= share
    return Fate.IN_TIME


def closes_on(fate: Fate, name: str, due_on: date) -> date:
    """Return from which day on a duty of a name and a fate is closed."""
    if fate is Fate.AHEAD:
        days = -_AHEAD - _number(name) // _HUNDRED % (LONG_AHEAD - _AHEAD)
    else:
        days = _FROM_DUE[fate]
    return due_on + timedelta(days=days)


def _number(name: str) -> int:
    return crc32(name.encode())
