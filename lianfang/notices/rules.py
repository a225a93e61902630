"""When a message may leave, how often it is tried again, and what a bot's address holds."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Choice(StrEnum):
    """When somebody wants messages about what they were told."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


class Reason(StrEnum):
    """Why a message did not leave."""

    UNREACHABLE = "unreachable"
    LOGIN = "login"
    CERTIFICATE = "certificate"
    KEY = "key"
    REFUSED = "refused"


@dataclass(frozen=True)
class Quiet:
    """Hours of the day in which nothing is sent; over midnight where they begin after they end."""

    begins: time
    ends: time

    def holds(self, moment: time) -> bool:
        """Return whether that time of the day is quiet."""
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


_DAY = timedelta(days=1)
# after the first, second … try that failed; then it is given up
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 4 * 60, 12 * 60))
_BOTS = {
    "wecom": re.compile(
        r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([A-Za-z0-9-]{8,64})"
    ),
    "dingtalk": re.compile(
        r"https://oapi\.dingtalk\.com/robot/send\?access_token=([A-Za-z0-9]{8,128})"
    ),
    "feishu": re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([A-Za-z0-9-]{8,64})/?"),
}
# The error itself: what else the library logs holds times, hosts and addresses, which say anything.
_ERROR = re.compile(r"Socket Exception: (.*)")
_SIGNS = (
    (
        Reason.CERTIFICATE,
        re.compile(r"certificate verify|\[SSL|SSLError|SSL routines|STARTTLS", re.IGNORECASE),
    ),
    (Reason.LOGIN, re.compile(r"\(53[045], |authentication|SMTP AUTH", re.IGNORECASE)),
    (
        Reason.UNREACHABLE,
        re.compile(
            r"timed out|timeout|refused|unreachable|not known|no address|name resolution"
            r"|connection error|closed|reset by",
            re.IGNORECASE,
        ),
    ),
)


def leaves_at(
    choice: Choice, at: datetime, zone: ZoneInfo, daily_at: time, quiet: Quiet | None
) -> datetime | None:
    """Return when a message about something told at `at` leaves; None where nobody wants one.

    A digest leaves at its time of the day in the organisation's zone, the next that comes.
    """
    if choice is Choice.NONE:
        return None
    if choice is Choice.AT_ONCE:
        return past_quiet(at, zone, quiet)
    return past_quiet(_next(at, zone, daily_at), zone, quiet)


def past_quiet(at: datetime, zone: ZoneInfo, quiet: Quiet | None) -> datetime:
    """Return the moment itself, or the end of the quiet hours it lies in."""
    if quiet is None or not quiet.holds(at.astimezone(zone).time()):
        return at
    return _next(at, zone, quiet.ends)


def again_at(tries: int, at: datetime, zone: ZoneInfo, quiet: Quiet | None) -> datetime | None:
    """Return when a message that failed so many times is tried again; None: given up."""
    if tries > len(PAUSES):
        return None
    return past_quiet(at + PAUSES[tries - 1], zone, quiet)


def bot_key(kind: str, address: str) -> str | None:
    """Return the key in the address of a group's bot, as its service shows it; else None."""
    pattern = _BOTS.get(kind)
    found = pattern.fullmatch(address.strip()) if pattern else None
    return found[1] if found else None


def reason_of(told: str) -> Reason:
    """Return why a message did not leave, from the errors among what the library logs of it."""
    errors = "\n".join(_ERROR.findall(told))
    return next((reason for reason, sign in _SIGNS if sign.search(errors)), Reason.REFUSED)


def _next(at: datetime, zone: ZoneInfo, when: time) -> datetime:
    """Return the next moment at which clocks in the zone show that time; `at` itself counts."""
    day = at.astimezone(zone).date()
    moments = (
        datetime.combine(day + days * _DAY, when, zone).astimezone(at.tzinfo) for days in (0, 1, 2)
    )
    return next(moment for moment in moments if moment >= at)
