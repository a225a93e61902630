"""What people of the example learn, in the years of what is planned."""

from datetime import UTC, datetime

import pytest

from lianfang.learning.models import Activity, LearningPlan, WarningCase
from lianfang.org.models import Organisation

MOMENTS = [datetime(2026, 5, 14, 2, tzinfo=UTC), datetime(2026, 12, 31, 16, 30, tzinfo=UTC)]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize(
        "at", MOMENTS, ids=lambda at: at.date().isoformat(), indirect=True, scope="module"
    ),
]


def test_people_learn_in_the_years_of_what_is_planned(organisation: Organisation) -> None:
    activities = Activity.objects.filter(organisation=organisation)
    assert sorted(activities.values_list("state", flat=True)) == [
        "held", "held", "open", "planned", "planned",
    ]  # fmt: skip
    years = set(activities.values_list("plan__year", flat=True))
    assert years == set(LearningPlan.objects.values_list("year", flat=True))
    assert WarningCase.objects.filter(published_at__isnull=False).count() == 2
    assert activities.get(is_public=True).attendances.count() == 31
