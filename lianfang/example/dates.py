"""Days of the example, written relative to the day on which it is loaded.

`-3y2m` is three years and two months before, `+40d` forty days after. `@15` moves to the 15th of
that month, or its last day where it has none; what follows counts on from there, in days:
`-2y@1-1d` is the last day of the month before the one two years ago. `2026-05-14` is that day.
"""

import calendar
import re
from datetime import date, timedelta

from lianfang.common.errors import Refused
from lianfang.common.text import Text

_RELATIVE = re.compile(
    r"(?P<sign>[+-])(?:(?P<years>\d{1,2})y)?(?:(?P<months>\d{1,3})m)?(?:(?P<days>\d{1,5})d)?"
    r"(?:@(?P<at>[1-9]|[12]\d|3[01]))?(?P<rest>[+-]\d{1,5}d)?"
)
_MONTHS = 12


class NoDay(Refused):
    """A text that stands for no day."""


def day_of(text: str, on: date) -> date:
    """Return the day a text stands for when the example is loaded on `on`. Raises NoDay."""
    found = _RELATIVE.fullmatch(text.replace(" ", ""))
    if found is None or not any(found[part] for part in ("years", "months", "days", "at")):
        return _absolute(text)
    sign = -1 if found["sign"] == "-" else 1
    months = int(found["years"] or 0) * _MONTHS + int(found["months"] or 0)
    day = months_from(on, sign * months) + timedelta(days=sign * int(found["days"] or 0))
    if found["at"]:
        day = _in_month(day.year, day.month, int(found["at"]))
    return day + timedelta(days=int((found["rest"] or "0d").removesuffix("d")))


def months_from(day: date, months: int) -> date:
    """Return the same day of the month so many months away, or that month's last day."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return _in_month(year, month + 1, day.day)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _absolute(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NoDay(
            Text(
                f"“{text}”不是日期。请写成 -3y2m、+40d、-2y@1 或 2026-05-14 的样子。",
                f"“{text}” is no day; write it like -3y2m, +40d, -2y@1 or 2026-05-14.",
            )
        ) from error
