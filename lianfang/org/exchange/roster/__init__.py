"""The staff list to and from files: one workbook of six sheets, or the simple list of an office."""

from lianfang.org.exchange.roster.looking import plan_roster, roster_of
from lianfang.org.exchange.roster.reading import read_roster, roster_from_rows
from lianfang.org.exchange.roster.writing import roster_rows, roster_workbook

__all__ = [
    "plan_roster",
    "read_roster",
    "roster_from_rows",
    "roster_of",
    "roster_rows",
    "roster_workbook",
]
