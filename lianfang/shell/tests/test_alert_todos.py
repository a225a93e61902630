"""The desk says what early warning asks of somebody (五（六）)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.alerts.actions.letters import answer_notice, send_letter
from lianfang.alerts.models import AlertLetter
from lianfang.alerts.tests.making import (
    SCHEME,
    begun,
    closed,
    measured,
    noticed,
    talked,
    triaged,
)
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.shell.alert_todos import alerts_to_act_on, answers_to_judge, notices_to_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def waiting(cast: Cast, part: str, on: date = ON) -> list[tuple[str, date]]:
    """Return what the desk asks of somebody."""
    standing = replace(cast.standing(part), on=on)
    found = (*alerts_to_act_on(standing), *notices_to_answer(standing), *answers_to_judge(standing))
    return [(todo.title, todo.due) for todo in found]


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


def test_the_desk_asks_a_unit_to_answer_and_the_sender_to_judge(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
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
