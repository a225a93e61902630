"""The example is not loaded beside anything else, and whole or not at all."""

from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.common.errors import Refused
from lianfang.example.entering import Kind, example_logins
from lianfang.example.guard import HoldsSomethingElse, example, require_example_only
from lianfang.example.loading import load_example
from lianfang.example.tests.loaded.moments import MAY
from lianfang.org import actions
from lianfang.org.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def test_a_database_with_another_organisation_is_refused() -> None:
    actions.create_organisation(code="real", name="某中心", at=MAY)
    for attempt in (require_example_only, lambda: load_example(at=MAY)):
        with pytest.raises(HoldsSomethingElse, match="某中心"):
            attempt()
    assert example() is None


def test_a_failure_on_the_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop(Refused):
        """Raised in the last step."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lianfang.example.loading.deeds_since", stop)
    with pytest.raises(KeyboardInterrupt):
        load_example(at=MAY)
    assert not Organisation.objects.exists()
    assert {login.kind for login in example_logins()} == set(Kind)
