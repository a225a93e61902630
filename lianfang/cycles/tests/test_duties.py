"""Publishing an edition starts the duties of its unit (六（四）)."""

import pytest

from lianfang.cycles.tests.year import brought_to, powered
from lianfang.duties.models import Duty, MeasureInForce
from lianfang.org.tests.cast import ON, full_cast

pytestmark = pytest.mark.django_db


def test_an_edition_puts_its_measures_in_force_and_opens_the_duties_of_its_unit() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "approved")
    assert not Duty.objects.exists()
    brought_to(cast, "published")
    measures = MeasureInForce.objects.filter(unit=cast.units["CW"], from_on=ON)
    assert set(measures.values_list("kind", "post")) == {("recurring", cast.posts["CWC"].pk)}
    opened = Duty.objects.filter(unit=cast.units["CW"]).values_list("rule", "person__name")
    assert sorted(opened, key=str) == [
        ("measure_recurring", None),
        ("measure_recurring", None),
        ("measure_recurring", None),
        ("report_medium", "clerk"),
        ("supervision_visit", None),
        ("talk_before_medium", "clerk"),
        ("unit_report", None),
    ]
