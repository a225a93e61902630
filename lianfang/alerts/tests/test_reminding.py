"""Late alerts remind those who have them, and say no more (五（六）1)."""

from datetime import date

import pytest

from lianfang.alerts.actions.reminding import remind_of_alerts
from lianfang.alerts.jobs import remind_all
from lianfang.alerts.tests.making import (
    DAY,
    begun,
    closed,
    handed_over,
    kin,
    measured,
    noticed,
    talked,
    triaged,
)
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def reminded(cast: Cast, on: date) -> set[str]:
    """Return who is reminded on a day."""
    Notice.objects.all().delete()
    remind_of_alerts(organisation=cast.organisation, on=on, by=None, at=AT)
    told = Notice.objects.filter(kind="alerts.overdue")
    return set(told.values_list("recipient__person__name", flat=True))


def test_on_its_day_nobody_is_reminded_and_after_it_once(cast: Cast) -> None:
    alert = noticed(cast)
    assert reminded(cast, alert.triage_due_on) == set()
    assert reminded(cast, alert.triage_due_on + DAY) == {"head", "officer"}
    assert reminded(cast, alert.triage_due_on + 2 * DAY) == set()


def test_a_reminder_leads_to_the_page_and_says_no_more(cast: Cast) -> None:
    alert = noticed(cast)
    reminded(cast, LATER)
    notice = Notice.objects.filter(kind="alerts.overdue").first()
    assert notice is not None
    assert notice.url == f"/alerts/{alert.pk}/"


def test_whoever_is_concerned_or_kin_is_not_reminded(cast: Cast) -> None:
    alert = triaged(cast)
    kin(cast.people["officer"], cast.people["clerk"])
    assert alert.due_on is not None
    assert reminded(cast, alert.due_on + DAY) == {"head"}


def test_what_is_about_the_office_reminds_the_head_of_the_leadership_alone(cast: Cast) -> None:
    noticed(cast, "officer")
    assert reminded(cast, LATER) == {"secretary"}


def test_a_talk_still_owed_reminds_once_begun(cast: Cast) -> None:
    begun(cast)
    assert reminded(cast, LATER) == {"head", "officer"}


def test_a_follow_up_reminds_whoever_closed_it_alone(cast: Cast) -> None:
    alert = measured(cast, rung="caution")
    talked(cast, alert)
    closed(cast, alert, "caution")
    assert reminded(cast, date(2026, 8, 14)) == set()
    assert reminded(cast, date(2026, 8, 15)) == {"head"}


def test_what_the_office_keeps_as_a_lead_reminds_nobody_here(cast: Cast) -> None:
    handed_over(cast)
    assert reminded(cast, LATER) == set()


def test_a_missed_night_is_left_to_the_last(cast: Cast) -> None:
    noticed(cast)
    assert remind_all(ON - DAY, AT) == 0
