"""Days on which a course of figures is looked at: the ends of quarters, and today."""

from datetime import date, timedelta

_MONTHS = 3


def quarter_ends(on: date, many: int) -> tuple[date, ...]:
    """Return the last days of so many quarters before a day, and the day itself, in order."""
    year, month = on.year, (on.month - 1) // _MONTHS * _MONTHS + 1
    found = [on]
    for _ in range(many):
        end = date(year, month, 1) - timedelta(days=1)
        found.append(end)
        year, month = end.year, end.month - _MONTHS + 1
    return tuple(reversed(found))
