"""At which moments the example is loaded for the tests of this folder, and how a module asks."""

from datetime import UTC, datetime

import pytest

# ten o'clock in Shanghai, on a day in May; the day after New Year's Eve there; a leap day
MAY = datetime(2026, 5, 14, 2, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
LEAP_DAY = datetime(2028, 2, 29, 2, tzinfo=UTC)
# always in this order: pytest gathers the tests of a loading by its place in the list
MOMENTS = (MAY, NEW_YEAR, LEAP_DAY)


def loaded_at(*moments: datetime) -> list[pytest.MarkDecorator]:
    """Return the marks of a module whose tests run at each of these first moments of the list.

    One process runs them all, or each would load the example for itself.
    """
    return [
        pytest.mark.django_db,
        pytest.mark.xdist_group("example"),
        pytest.mark.usefixtures("organisation"),
        pytest.mark.parametrize(
            "at",
            moments,
            ids=lambda at: at.date().isoformat(),
            indirect=True,
            scope="package",
        ),
    ]
