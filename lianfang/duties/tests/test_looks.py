"""How a duty stands, by the rule and by the conditions that the database takes for it."""

from datetime import timedelta

import pytest

from lianfang.duties.models import Duty
from lianfang.duties.queries.narrowing import Days, days_of
from lianfang.duties.rules.looks import Look
from lianfang.duties.tests.making import owed
from lianfang.org.tests.cast import ON, full_cast

pytestmark = pytest.mark.django_db
DAYS = Days(on=ON, soon_until=ON + timedelta(days=7))


@pytest.mark.parametrize(
    ("state", "opens", "due", "look"),
    [
        ("open", -9, -1, Look.LATE),
        ("open", -9, 0, Look.SOON),
        ("open", 0, 7, Look.SOON),
        ("open", 0, 8, Look.OPEN),
        ("open", 1, 3, Look.PLANNED),
        ("done", -9, -1, Look.DONE),
        ("waived", -9, 3, Look.WAIVED),
    ],
)
def test_a_duty_stands_alike_by_the_rule_and_in_the_database(
    state: str, opens: int, due: int, look: Look
) -> None:
    made = owed(
        full_cast(),
        state=state,
        opens_on=ON + timedelta(days=opens),
        due_on=ON + timedelta(days=due),
        closed_on=None if state == "open" else ON,
        waived_reason="已谈" if state == "waived" else "",
    )
    assert DAYS.look_of(made) is look
    found = [each for each, said in DAYS.looks.items() if Duty.objects.filter(said).exists()]
    assert found == [look]


def test_soon_is_five_working_days_and_skips_the_weekend() -> None:
    # ON is a Thursday
    days = days_of(full_cast().standing("head"))
    assert days.soon_until == ON + timedelta(days=7)
