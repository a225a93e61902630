"""The sheets of a year's check as values, and the numbers of the scheme that it goes by."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from lianfang.assessment.models import Assessment
from lianfang.scheme.model import Scheme, Sheet


def sheets_in(assessment: Assessment) -> tuple[Sheet, ...]:
    """Return the sheets of a year, for units and for persons."""
    return msgspec.convert(assessment.sheets, tuple[Sheet, ...])


def sheet_in(assessment: Assessment, kind: str) -> Sheet:
    """Return the sheet of that code."""
    return next(sheet for sheet in sheets_in(assessment) if sheet.code == kind)


def stored(sheets: Iterable[Sheet]) -> Any:
    """Return sheets as they are stored."""
    return msgspec.to_builtins(list(sheets))


def provided(scheme: Scheme, code: str) -> Decimal:
    """Return a number that the scheme provides for a step of the year."""
    return next(Decimal(str(p.amount.value)) for p in scheme.provisions if p.code == code)
