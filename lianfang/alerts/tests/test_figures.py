"""What is counted: handled in time, colours, months (五（六）1)."""

from datetime import date, timedelta

import pytest

from lianfang.alerts import access
from lianfang.alerts.actions.moving import strike_alert
from lianfang.alerts.models import Alert
from lianfang.alerts.queries.figures import by_month, handled, unit_colours
from lianfang.alerts.tests.making import DAY, SCHEME, begun, measured, noticed, talked, triaged
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def in_time(cast: Cast, until: date = END) -> list[bool]:
    rows = handled(cast.organisation.pk, date(2026, 1, 1), until)
    return [row.in_time for row in rows]


def test_not_triaged_by_its_day_is_not_in_time(cast: Cast) -> None:
    alert = noticed(cast)
    assert in_time(cast, alert.triage_due_on) == [True]
    assert in_time(cast, alert.triage_due_on + DAY) == [False]


def test_triaged_late_stays_late(cast: Cast) -> None:
    alert = triaged(cast, noticed(cast, noticed_on=ON - 30 * DAY))
    begun(cast, alert)
    assert in_time(cast) == [False]


def test_begun_in_time_but_not_talked_by_the_day_is_late(cast: Cast) -> None:
    alert = begun(cast)
    assert alert.due_on is not None
    assert in_time(cast, alert.due_on) == [True]
    assert in_time(cast) == [False]


def test_talked_about_in_time_is_in_time(cast: Cast) -> None:
    talked(cast, measured(cast))
    assert in_time(cast) == [True]


def test_what_was_struck_out_counts_nowhere(cast: Cast) -> None:
    strike_alert(alert=noticed(cast), reason="重复", on=ON, by=None, at=AT)
    assert in_time(cast) == []
    assert unit_colours(cast.organisation.pk, ON, SCHEME) == {}
    assert by_month(cast.organisation.pk, date(2026, 1, 1), END) == []


def test_a_unit_has_the_colour_of_its_open_alerts(cast: Cast) -> None:
    noticed(cast)
    noticed(cast, "colleague", gravity="grave")
    found = unit_colours(cast.organisation.pk, ON, SCHEME)
    colours = {unit: (each.colour.code, each.open) for unit, each in found.items()}
    assert colours == {cast.units["CW"].pk: ("yellow", 1), cast.units["PS"].pk: ("red", 1)}


def test_a_colour_tells_nobody_of_an_alert_about_themself(cast: Cast) -> None:
    noticed(cast, "head", by="deputy", gravity="grave")
    among = access.alerts_counted_for(cast.standing("head"))
    assert unit_colours(cast.organisation.pk, ON, SCHEME, among=among) == {}
    assert in_time(cast) == [False]
    assert handled(cast.organisation.pk, date(2026, 1, 1), END, among=among) == []


def test_months_count_what_was_triaged_late(cast: Cast) -> None:
    alert = noticed(cast)
    due = alert.triage_due_on
    month = (cast.organisation.pk, date(2026, 5, 1))
    for day, late in ((due, 0), (due + timedelta(days=1), 1)):
        assert [row.late for row in by_month(*month, day)] == [late]
    for day, late in ((due, 0), (due + timedelta(days=1), 1)):
        Alert.objects.filter(pk=alert.pk).update(triaged_on=day)
        assert [row.late for row in by_month(*month, END)] == [late]


def test_months_count_by_channel(cast: Cast) -> None:
    noticed(cast)
    noticed(cast, noticed_on=date(2026, 4, 2), channel="opinion")
    noticed(cast, noticed_on=date(2026, 4, 9), channel="opinion")
    rows = by_month(cast.organisation.pk, date(2026, 1, 1), END, among=Alert.objects.all())
    assert [(row.month, row.channel, row.count) for row in rows] == [
        (date(2026, 4, 1), "opinion", 2),
        (date(2026, 5, 1), "daily", 1),
    ]
