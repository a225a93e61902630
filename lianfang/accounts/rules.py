"""What signing in is decided by, pure: delays, password rules, limits of a session, devices.

Source: OWASP ASVS 5.0, 6.2 (passwords), 6.3 (failures), 6.4 (first passwords), 7.3 (sessions).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

FREE_TRIES = 5
SHORTEST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
# A first password is known to somebody else: it opens the door only for so long (6.4.1).
FIRST_PASSWORD_LASTS = timedelta(days=14)


# failures -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Tries in a row without success, the last of them at `last_at`."""

    failures: int
    last_at: datetime


def delay_after(failures: int) -> timedelta:
    """Return how long nobody may try after so many failures: none, then 1, 2, 4, 8, 15 minutes."""
    if failures < FREE_TRIES:
        return timedelta()
    doubled = min(failures - FREE_TRIES, 10)
    return min(SHORTEST_DELAY * (1 << doubled), LONGEST_DELAY)


def wait_until(tally: Tally | None) -> datetime | None:
    """Return the moment from which one may try again, None where nothing stands in the way."""
    if tally is None or tally.failures < FREE_TRIES:
        return None
    return tally.last_at + delay_after(tally.failures)


def counted(tally: Tally | None, at: datetime) -> Tally:
    """Return the tally after one more try; what lies a day back is forgotten."""
    if tally is None or at - tally.last_at >= FORGOTTEN_AFTER:
        return Tally(failures=1, last_at=at)
    return Tally(failures=tally.failures + 1, last_at=at)


def is_worth_recording(failures: int) -> bool:
    """Return whether the log is told: when a delay begins, and when it becomes the longest."""
    if failures == FREE_TRIES:
        return True
    return delay_after(failures - 1) < delay_after(failures) == LONGEST_DELAY


def minutes_left(until: datetime, at: datetime) -> int:
    """Return whole minutes to wait, at least one."""
    return max(1, -(-(until - at) // timedelta(minutes=1)))


# passwords ----------------------------------------------------------------------------------


class Fault(StrEnum):
    """What is wrong with a password. There is no rule about kinds of characters (6.2.5)."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    NAMED = "named"
    PLAIN = "plain"


def faults_of(
    password: str, *, names: tuple[str, ...], is_common: Callable[[str], bool]
) -> tuple[Fault, ...]:
    """Return what is wrong with a new password.

    `names` are words anybody would try first: the login's name, the product's. `is_common` tells
    whether a text in lower case stands in the list of common passwords (6.2.4, 6.2.11).
    """
    lower = password.lower()
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", lower)
    found = {
        Fault.SHORT: len(password) < SHORTEST_PASSWORD,
        Fault.LONG: len(password) > LONGEST_PASSWORD,
        Fault.COMMON: is_common(lower) or (len(bare) >= 4 and is_common(bare)),
        Fault.NAMED: any(len(name) >= 3 and name.lower() in lower for name in names),
        Fault.PLAIN: _is_plain(lower),
    }
    return tuple(fault for fault, holds in found.items() if holds)


def _is_plain(text: str) -> bool:
    """Return whether a text is a short piece over and over, or characters in a row."""
    if re.fullmatch(r"(.{1,4}?)\1{2,}.{0,3}", text[:LONGEST_PASSWORD], re.DOTALL):
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def first_password_lapsed(*, set_at: datetime | None, at: datetime) -> bool:
    """Return whether a first password is too old to sign in with."""
    return set_at is not None and at - set_at >= FIRST_PASSWORD_LASTS


# sessions -----------------------------------------------------------------------------------


class Over(StrEnum):
    """Why a session has ended by itself."""

    IDLE = "idle"
    OLD = "old"


def over(
    *, began: datetime, seen: datetime, at: datetime, idle: timedelta, oldest: timedelta
) -> Over | None:
    """Return why a session is over at `at`, None while it goes on (ASVS 7.3.1, 7.3.2)."""
    if at - began >= oldest:
        return Over.OLD
    return Over.IDLE if at - seen >= idle else None


# devices ------------------------------------------------------------------------------------

# In this order: every one below also calls itself by names further down.
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("QQBrowser", "QQ Browser"),
    ("360", "360"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Return what a browser says it is, `Chrome · Windows`; empty where it says nothing known."""
    found = (
        next((name for mark, name in names if mark in user_agent), "")
        for names in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(filter(None, found))
