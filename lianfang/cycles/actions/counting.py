"""How many findings the checks hold against a filing, kept so that a board need not look again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.cycles.models import Filing
from lianfang.cycles.queries.counting import Counted
from lianfang.cycles.rules.states import DRAFTED
from lianfang.org.models import Organisation
from lianfang.risks.queries.checking import FindingGroup


def put_count(filing: Filing, groups: Iterable[FindingGroup], at: datetime) -> None:
    """Set on a filing what the checks found now; whoever moves it saves it."""
    found = list(groups)
    filing.errors_found = sum(group.errors for group in found)
    filing.warnings_found = sum(group.warnings for group in found)
    filing.counted_at = at


@transaction.atomic
def note_counts(
    *,
    organisation: Organisation,
    counts: Sequence[Counted],
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Keep what was found in filings that are still drafted; return in how many.

    One that was submitted meanwhile keeps the count of its submission.
    """
    wanted = {count.filing: count for count in counts}
    rows = Filing.objects.select_for_update().filter(
        organisation=organisation, pk__in=wanted, state__in=DRAFTED
    )
    filings = list(rows.order_by("pk"))
    if not filings:
        return 0
    told = list(_told(filings, wanted))
    for filing in filings:
        filing.errors_found = wanted[filing.pk].errors
        filing.warnings_found = wanted[filing.pk].warnings
        filing.counted_at = at
    Filing.objects.bulk_update(filings, ["errors_found", "warnings_found", "counted_at"])
    audit.record_bulk(
        at=at,
        by=by,
        action="cycles.filing.findings_counted",
        subject=organisation,
        organisation=organisation.pk,
        rows=told,
        rule="六（二）",
    )
    return len(filings)


def _told(filings: list[Filing], wanted: dict[int, Counted]) -> Iterator[audit.RowOfBulk]:
    for filing in filings:
        count = wanted[filing.pk]
        yield audit.RowOfBulk(
            subject=filing,
            changes={
                "errors_found": (filing.errors_found, count.errors),
                "warnings_found": (filing.warnings_found, count.warnings),
            },
        )
