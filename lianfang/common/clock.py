"""The one place that asks what time it is; everything below gets the moment passed in."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_offset = timedelta()


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC) + _offset


def set_now(moment: datetime) -> None:
    """Let time go on from `moment`: for the example institution, to come back a year later."""
    global _offset
    _offset = moment - datetime.now(UTC)


def day_here() -> date:
    """Return today by the calendar of this machine: for commands that know no organisation."""
    return now().astimezone().date()


def day_in(zone: str, at: datetime) -> date:
    """Return the calendar day of a moment in a time zone such as `Asia/Shanghai`."""
    return at.astimezone(ZoneInfo(zone)).date()
