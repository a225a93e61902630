"""When a risk point has to be gone over again (六（五）)."""

from calendar import monthrange
from datetime import date

from lianfang.scheme.model import Scheme

PROVISION = "risk_review"


def months_between_reviews(scheme: Scheme) -> int:
    """Return after how many months a risk point is gone over again ◇."""
    return int(next(one.amount.value for one in scheme.provisions if one.code == PROVISION))


def lapsed_by(on: date, months: int) -> date:
    """Return the last day on which a review counts no more `on` that day.

    Months are calendar months; a 31st falls back to the end of the month.
    """
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(years, month + 1, min(on.day, monthrange(years, month + 1)[1]))
