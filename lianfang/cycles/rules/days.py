"""The days of a year's stages, and what opening or closing one off the plan needs (六)."""

from calendar import monthrange
from datetime import date


def day_of(year: int, month_and_day: str) -> date:
    """Return a day of a year from MM-DD; the end of the month where it has not so many days."""
    month, day = map(int, month_and_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def opens_off_plan(begins: date, ends: date, on: date) -> bool:
    """Return whether opening a stage on a day needs a reason: before it begins or after its end."""
    return not begins <= on <= ends


def end_proposed(begins: date, ends: date, on: date) -> date:
    """Return the last day of a stage that is opened: as planned, or as long as planned if past."""
    return ends if on <= ends else on + (ends - begins)


def closes_off_plan(ends: date, on: date) -> bool:
    """Return whether closing a stage on a day needs a reason: any other day than its last."""
    return on != ends


def edition_number(year: int, serial: int) -> str:
    """Return how an edition is called: 2026-1."""
    return f"{year}-{serial}"
