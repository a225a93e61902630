"""`lianfang demo` loads the example once, and only where nothing else is."""

import io
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.audit.models import Event
from lianfang.common.text import Language
from lianfang.org import actions
from lianfang.org.models import Organisation
from lianfang.org.tests.cast import AT
from lianfang.shell.cli.main import execute
from lianfang.shell.cli.terminal import Exit, Terminal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _example(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FILES_ROOT = tmp_path
    settings.EXAMPLE = False
    monkeypatch.setattr("lianfang.shell.database.migrate", lambda: None)


def typed(*words: str, language: Language = Language.ZH) -> tuple[Exit, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = execute(["demo", *words], Terminal(language, out, err, {}))
    return code, out.getvalue(), err.getvalue()


def test_it_loads_the_example_of_a_day_and_says_who_can_be_entered_as() -> None:
    code, out, _ = typed("--day", "2026-05-14")
    assert code == Exit.DONE
    assert "已装入示例数据：示范评价中心。" in out
    assert "clerk        出纳岗经办人" in out
    assert "audit        审计管理员" in out
    assert Organisation.objects.get().created_at.date().isoformat() == "2025-03-20"


def test_a_second_time_changes_nothing() -> None:
    typed("--day", "2026-05-14")
    before = Event.objects.count()
    code, out, _ = typed(language=Language.EN)
    assert code == Exit.DONE
    assert "nothing was changed" in out
    assert Event.objects.count() == before


def test_in_example_mode_the_server_says_who_can_be_entered_as(settings: Settings) -> None:
    settings.EXAMPLE = True
    _, out, _ = typed("--day", "2026-05-14")
    assert "clerk" not in out


def test_a_database_with_something_else_is_refused() -> None:
    actions.create_organisation(code="real", name="某中心", at=AT)
    code, out, err = typed()
    assert (code, out) == (Exit.REFUSED, "")
    assert "某中心" in err


def test_what_is_no_day_is_refused() -> None:
    code, _, err = typed("--day", "14.5.2026", language=Language.EN)
    assert code == Exit.REFUSED
    assert "“14.5.2026” is no day" in err
    assert not Organisation.objects.exists()
