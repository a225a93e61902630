"""What the checks find in filings that are still drafted (六（二）)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from lianfang.cycles.models import Filing
from lianfang.cycles.queries.covering import findings_of, stored
from lianfang.cycles.rules.states import DRAFTED
from lianfang.org.models import Organisation
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many errors and warnings the checks found in a filing, by its key."""

    filing: int
    errors: int
    warnings: int


def counts_of_drafts(
    organisation: Organisation, scheme: Scheme, on: date, since: datetime
) -> Iterator[Counted]:
    """Yield the findings of drafted filings that were not counted since a moment.

    Nineteen statements for each; the cost grows with the registers of their units.
    """
    rows = Filing.objects.filter(
        Q(counted_at=None) | Q(counted_at__lt=since), organisation=organisation, state__in=DRAFTED
    ).select_related("unit", "organisation", "revision")
    for filing in list(rows.order_by("pk")):
        groups = findings_of(filing, stored(filing, on), scheme)
        yield Counted(
            filing=filing.pk,
            errors=sum(group.errors for group in groups),
            warnings=sum(group.warnings for group in groups),
        )
