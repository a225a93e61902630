"""What people of the example learn, in the years of what is planned."""

from lianfang.example.tests.loaded.moments import MAY, NEW_YEAR, loaded_at
from lianfang.learning.models import Activity, LearningPlan, WarningCase
from lianfang.org.models import Organisation

pytestmark = loaded_at(MAY, NEW_YEAR)


def test_people_learn_in_the_years_of_what_is_planned(organisation: Organisation) -> None:
    activities = Activity.objects.filter(organisation=organisation)
    assert sorted(activities.values_list("state", flat=True)) == [
        "held", "held", "open", "planned", "planned",
    ]  # fmt: skip
    years = set(activities.values_list("plan__year", flat=True))
    assert years == set(LearningPlan.objects.values_list("year", flat=True))
    assert WarningCase.objects.filter(published_at__isnull=False).count() == 2
    assert activities.get(is_public=True).attendances.count() == 31
