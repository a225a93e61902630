"""When things happened in the example: hours of the days before the one it is loaded on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lianfang.common import clock
from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.example.dates import day_of

ZONE = "Asia/Shanghai"
# how many days ago the institution was founded and its staff list imported
FOUNDED, LISTED = 420, 419
# how many days ago everybody took part in the finding of risks, this year and the year before
TOOK_PART, TOOK_PART_BEFORE = 32, 397


class WrittenWrongly(Refused):
    """What was typed is no day."""


@dataclass(frozen=True)
class Calendar:
    """The day on which the example is loaded, and what is counted from it."""

    on: date

    def day(self, text: str) -> date:
        """Return the day that a text such as `-12d` stands for. Raises NoDay."""
        return day_of(text, self.on)

    def moment(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """Return a time of the day so many days ago, by the clock of the institution."""
        day = self.on - timedelta(days=days_ago)
        return datetime.combine(day, time(hour, minute), ZoneInfo(ZONE))


def counted_on(at: datetime, year: int) -> date:
    """Return the day of a moment as it counts for a year's work, which may begin before the year.

    What is gone over and found for the year is dated in it: its first day, then.
    """
    return max(at.date(), date(year, 1, 1))


def working_hour(day: date) -> datetime:
    """Return ten in the morning of a day, by the clock of the institution."""
    return datetime.combine(day, time(10), ZoneInfo(ZONE))


def calendar_at(at: datetime) -> Calendar:
    """Return the calendar of an example loaded at a moment."""
    return Calendar(day_in(ZONE, at))


def chosen_moment(day: str | None) -> datetime:
    """Return ten in the morning of a day typed as YYYY-MM-DD, this moment for none.

    Raises WrittenWrongly for what is no day.
    """
    if day is None:
        return clock.now()
    try:
        return working_hour(date.fromisoformat(day))
    except ValueError as error:
        raise WrittenWrongly(
            Text(
                f"“{day}”不是日期，请写成 2026-05-14 的样子。",
                f"“{day}” is no day; write it like 2026-05-14.",
            )
        ) from error
