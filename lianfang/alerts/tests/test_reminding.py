"""Late alerts remind those who have them, and say no more (五（六）1)."""

from datetime import date

import pytest

from lianfang.alerts.actions.letters import answer_notice, send_letter
from lianfang.alerts.actions.moving import strike_alert
from lianfang.alerts.actions.reminding import remind_of_alerts
from lianfang.alerts.jobs import remind_all
from lianfang.alerts.models import AlertLetter
from lianfang.alerts.tests.making import (
    DAY,
    SCHEME,
    begun,
    closed,
    handed_over,
    kin,
    measured,
    noticed,
    talked,
    triaged,
)
from lianfang.audit.models import Detail, Event
from lianfang.notices.models import Notice
from lianfang.org.rules.calendar import WorkCalendar, add_working_days
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


def later(due_on: date, days: int) -> date:
    """Return so many working days after a day."""
    return add_working_days(WorkCalendar(years=frozenset({2026})), due_on, days)


def test_what_stays_late_goes_up_the_chain_rung_by_rung(cast: Cast) -> None:
    alert = noticed(cast)
    due_on = alert.triage_due_on
    assert reminded(cast, due_on + DAY) == {"head", "officer"}
    assert reminded(cast, later(due_on, 9)) == set()
    assert reminded(cast, later(due_on, 10)) == {"head", "deputy"}
    assert reminded(cast, later(due_on, 19)) == set()
    assert reminded(cast, later(due_on, 20)) == {"head", "secretary"}
    assert reminded(cast, later(due_on, 60)) == set()


def test_after_missed_nights_every_rung_is_told_at_once(cast: Cast) -> None:
    alert = noticed(cast)
    assert reminded(cast, later(alert.triage_due_on, 21)) == {
        "head",
        "officer",
        "deputy",
        "secretary",
    }
    event = Event.objects.filter(action="alerts.alert.reminded").get()
    said = " ".join(Detail.objects.filter(event=event).values_list("text", flat=True))
    assert "逾期告知分管领导" in said
    assert "逾期告知班子主要负责人" in said


def test_whoever_is_told_that_it_is_late_may_know_of_it_from_then_on(cast: Cast) -> None:
    alert = noticed(cast)
    told = alert.told.filter(person=cast.people["deputy"])
    assert not told.exists()
    reminded(cast, later(alert.triage_due_on, 10))
    made = told.get()
    assert (made.role, made.to_act) == ("portfolio_leader", False)


def test_kin_on_the_rung_are_passed_over_for_the_next_one_up(cast: Cast) -> None:
    alert = noticed(cast)
    kin(cast.people["deputy"], cast.people["clerk"])
    reminded(cast, alert.triage_due_on + DAY)
    assert reminded(cast, later(alert.triage_due_on, 10)) == {"head", "secretary"}
    assert not alert.told.filter(person=cast.people["deputy"]).exists()


def test_once_it_moved_on_nobody_above_is_told(cast: Cast) -> None:
    alert = noticed(cast)
    due_on = alert.triage_due_on
    reminded(cast, due_on + DAY)
    strike_alert(alert=alert, reason="记错人。", on=ON, by=cast.logins["head"], at=AT)
    assert reminded(cast, later(due_on, 30)) == set()


def notice_to_finance(cast: Cast) -> AlertLetter:
    """Return a notice to finance about a sign that the office deals with."""
    alert = begun(cast, triaged(cast, way="office"), by="officer")
    return send_letter(
        alert=alert,
        kind="notice",
        unit=cast.units["CW"],
        body="请查找漏洞。",
        scheme=SCHEME,
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def test_a_notice_that_a_unit_let_pass_reminds_its_head_and_the_office_once(cast: Cast) -> None:
    letter = notice_to_finance(cast)
    assert letter.due_on is not None
    assert reminded(cast, letter.due_on) == set()
    assert reminded(cast, letter.due_on + DAY) >= {"head", "officer"}
    notice = Notice.objects.filter(kind="alerts.overdue", url=f"/alerts/letters/{letter.pk}/")
    assert set(notice.values_list("recipient__person__name", flat=True)) == {"head", "officer"}
    reminded(cast, letter.due_on + 2 * DAY)
    assert not Notice.objects.filter(url=f"/alerts/letters/{letter.pk}/").exists()


def test_an_answered_notice_reminds_nobody(cast: Cast) -> None:
    letter = notice_to_finance(cast)
    assert letter.due_on is not None
    answer_notice(letter=letter, text="已改。", on=ON, by=cast.logins["head"], at=AT)
    reminded(cast, letter.due_on + DAY)
    assert not Notice.objects.filter(url=f"/alerts/letters/{letter.pk}/").exists()


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
    alert = begun(cast)
    talk = alert.duties.get()
    assert reminded(cast, talk.due_on) == set()
    assert reminded(cast, talk.due_on + DAY) == {"head", "officer"}


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
