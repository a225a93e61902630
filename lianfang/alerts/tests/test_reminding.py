"""Late alerts remind those who have them; the desk says what waits (五（六）1)."""

from dataclasses import replace
from datetime import date

import pytest

from lianfang.alerts.actions.letters import answer_notice, send_letter
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
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.shell.alert_todos import alerts_to_act_on, answers_to_judge, notices_to_answer

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


def waiting(cast: Cast, part: str, on: date = ON) -> list[tuple[str, date]]:
    """Return what the desk asks of somebody."""
    standing = replace(cast.standing(part), on=on)
    found = (*alerts_to_act_on(standing), *notices_to_answer(standing), *answers_to_judge(standing))
    return [(todo.title, todo.due) for todo in found]


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


def test_the_desk_asks_whoever_has_it(cast: Cast) -> None:
    alert = noticed(cast)
    assert waiting(cast, "head") == [(f"分流预警 {alert.mark}", alert.triage_due_on)]
    triaged(cast, alert)
    alert.refresh_from_db()
    assert waiting(cast, "head") == [(f"办理预警 {alert.mark}", alert.due_on)]
    assert waiting(cast, "clerk") == []
    assert waiting(cast, "officer") == []


def test_the_desk_asks_to_come_back_to_a_caution(cast: Cast) -> None:
    alert = measured(cast, rung="caution")
    talked(cast, alert)
    closed(cast, alert, "caution")
    assert waiting(cast, "head") == [(f"回访预警 {alert.mark}", date(2026, 8, 14))]


def test_the_desk_asks_a_unit_to_answer_and_the_sender_to_judge(cast: Cast) -> None:
    letter = send_letter(
        alert=begun(cast, triaged(cast, noticed(cast, people=[]), way="office", by="officer"),
                    by="officer"),
        kind="notice", body="请整改。", unit=cast.units["CW"], scheme=SCHEME, on=ON,
        by=cast.logins["officer"], at=AT,
    )  # fmt: skip
    title = f"预警通知书 {letter.document.mark}"
    assert (f"整改：{title}", date(2026, 6, 14)) in waiting(cast, "head")
    told = Notice.objects.get(kind="alerts.correction")
    assert told.recipient == cast.logins["head"]
    answer_notice(letter=letter, text="已整改。", on=ON, by=cast.logins["head"], at=AT)
    assert (f"复核整改：{title}", date(2026, 6, 14)) in waiting(cast, "officer")
    assert AlertLetter.objects.get().state == "answered"
