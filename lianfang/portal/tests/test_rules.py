"""What may be sent together, and what a sender is told of how far a report has come."""

from datetime import date

import pytest

from lianfang.portal.models import SealedReport
from lianfang.portal.queries.conversation import steps_of
from lianfang.portal.rules.limits import fit_together

MB = 1000 * 1000


@pytest.mark.parametrize(
    ("sizes", "fits"),
    [
        ([], True),
        ([16 * MB] * 3, True),
        ([16 * MB] * 4, False),
        # sealed, 5 MB take as much room as 16
        ([5 * MB] * 4, False),
        ([4 * MB] * 5, True),
    ],
)
def test_files_fit_together_by_the_classes_they_fill(sizes: list[int], fits: bool) -> None:
    assert fit_together(sizes) is fits


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("received", ["received", "looked_at", "accepted", "closed"]),
        ("accepted", ["received", "looked_at", "accepted", "closed"]),
        # it may have been declined
        ("closed", ["received", "looked_at", "closed"]),
        ("transferred", ["received", "looked_at", "transferred"]),
    ],
)
def test_a_sender_is_told_no_step_that_is_not_known(status: str, told: list[str]) -> None:
    report = SealedReport(status=status, arrived_on=date(2026, 5, 14), status_on=date(2026, 5, 15))
    assert [step.code for step in steps_of(report)] == told
