"""The nightly work: once a day, caught up, each room for itself; and the banner when it is late."""

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.module_loading import import_string
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event
from lianfang.audit.tests.triggers import undone
from lianfang.common import clock
from lianfang.common.text import Language
from lianfang.jobs import actions as jobs
from lianfang.jobs.models import Sweep
from lianfang.notices.models import Notice
from lianfang.org import actions
from lianfang.org.tests.cast import AT, full_cast
from lianfang.shell.cli.main import execute
from lianfang.shell.cli.terminal import Exit, Terminal
from lianfang.shell.sweep import STEPS, late_days, sweep
from lianfang.shell.tests.entering import Entered, browsers_of, shown

pytestmark = pytest.mark.django_db
ON = date(2026, 5, 14)
NOVEMBER = datetime(2026, 11, 1, 1, tzinfo=UTC)
Typed = Callable[..., tuple[Exit, str, str]]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Return a function that runs a command line on the day of the cast."""
    monkeypatch.setattr(clock, "now", lambda: AT)

    def type_in(*words: str, language: Language = Language.ZH) -> tuple[Exit, str, str]:
        out, err = io.StringIO(), io.StringIO()
        code = execute(list(words), Terminal(language, out, err, {}))
        return code, out.getvalue(), err.getvalue()

    return type_in


def test_a_fresh_installation_sweeps_today_and_is_not_late() -> None:
    assert late_days(AT) == 0
    assert sweep(AT).days == (ON,)
    assert sweep(AT).days == ()
    assert list(Sweep.objects.values_list("day", flat=True)) == [ON]


def test_missed_days_are_caught_up_in_order() -> None:
    sweep(AT)
    done: list[date] = []
    later = AT + timedelta(days=3)
    assert late_days(later) == 2
    swept = sweep(later, (("room", lambda day, at: done.append(day)),))
    assert done == list(swept.days) == [ON + timedelta(days=n) for n in (1, 2, 3)]
    assert late_days(later) == 0


def test_what_fails_in_one_room_keeps_no_other_from_its_work_and_is_done_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []

    def fails(day: date, at: datetime) -> None:
        raise ZeroDivisionError

    steps = (("bad", fails), ("good", lambda day, at: done.append("good")))
    swept = sweep(AT, steps)
    assert (swept.days, swept.failed) == ((), ("bad",))
    assert done == ["good"]
    assert "the nightly work of bad failed" in caplog.text
    assert not Sweep.objects.exists()
    assert sweep(AT, steps[1:]).days == (ON,)


def test_the_night_before_the_day_begins_elsewhere_is_swept_in_local_days() -> None:
    # half past midnight in Shanghai, still the day before in UTC
    assert sweep(datetime(2026, 5, 13, 16, 30, tzinfo=UTC)).days == (ON,)


def test_every_room_takes_part_and_twice_changes_nothing() -> None:
    full_cast()
    names = [
        "accounts", "files", "jobs", "org", "cycles", "surveys", "portal", "casework", "duties",
        "learning", "reminders", "alerts",
    ]  # fmt: skip
    assert [name for name, _ in STEPS] == names
    sweep(NOVEMBER)
    events = Event.objects.count()
    for _, step in STEPS:
        step(ON, NOVEMBER)
    assert Event.objects.count() == events


def test_late_nights_are_told_on_every_page(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = full_cast()
    entered: Entered = browsers_of(cast, monkeypatch)
    jobs.record_sweep(day=ON - timedelta(days=1), at=AT)
    assert "夜间任务已有" not in shown(entered("clerk"), "/")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=3))
    client = entered("clerk")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=3))
    client.force_login(cast.logins["clerk"])
    assert "夜间任务已有 3 天没有运行" in shown(client, "/help/")
    with django_assert_num_queries(1):
        late_days(AT)


def test_from_the_schemes_day_on_the_missing_calendar_is_told_once_a_year() -> None:
    cast = full_cast()
    sweep(datetime(2026, 10, 31, 1, tzinfo=UTC))
    assert not Notice.objects.exists()
    sweep(NOVEMBER)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (cast.logins["system"], "org.calendar_missing")
    assert notice.url == "/org/calendar/"
    sweep(NOVEMBER + timedelta(days=2))
    assert Notice.objects.count() == 1
    sweep(datetime(2027, 11, 1, 1, tzinfo=UTC))
    assert Notice.objects.count() == 2


def test_nobody_is_told_of_a_calendar_that_is_loaded() -> None:
    cast = full_cast()
    actions.load_calendar(
        organisation=cast.organisation, year=2027, departures={}, source="x", by=None, at=AT
    )
    sweep(NOVEMBER)
    assert not Notice.objects.exists()


def test_sweeping_on_the_command_line(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed("sweep") == (Exit.DONE, "2026-05-14 已完成。\n", "")
    assert typed("sweep") == (Exit.DONE, "今天的已经完成。\n", "")
    assert typed("sweep", language=Language.EN)[1] == "Today's is done already.\n"

    def fails(at: datetime) -> None:
        raise ZeroDivisionError

    Sweep.objects.all().delete()
    monkeypatch.setattr("lianfang.accounts.jobs.run", fails)
    code, out, err = typed("sweep", language=Language.EN)
    assert (code, out) == (Exit.FOUND, "")
    assert err == "Failed: accounts. It will be done again.\n"


def test_verifying_on_the_command_line(typed: Typed) -> None:
    full_cast()
    code, out, _ = typed("audit", "verify")
    size = Event.objects.count()
    assert code == Exit.DONE
    assert f"已核对 {size} 条" in out
    assert out.endswith("日志完整。\n")
    with undone():
        Event.objects.filter(position=3).update(actor="user:1")
        code, out, _ = typed("audit", "verify", language=Language.EN)
        assert code == Exit.FOUND
        assert "The log is not whole. Event 3: its content does not match its digest" in out
        code, out, _ = typed("audit", "verify", "--json")
        assert code == Exit.FOUND
        found = json.loads(out)
        assert found["fault"] == {"kind": "leaf", "position": 3, "part": ""}
        assert (found["whole"], found["events"]) == (False, 3)


def test_every_kind_of_work_in_the_settings_is_somewhere(settings: Settings) -> None:
    assert all(callable(import_string(path)) for path in settings.JOBS.values())
