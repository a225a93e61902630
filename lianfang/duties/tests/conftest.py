"""Fonts of what is printed, and the rules that stories written by hand know of."""

import pytest
from msgspec.structs import replace

from lianfang.documents.conftest import fonts_folder
from lianfang.duties.queries import facts
from lianfang.org.queries.numbers import scheme_of, written_scheme
from lianfang.scheme.model import Scheme

__all__ = ["fonts_folder"]
KNOWN = {
    *("talk_before_medium", "talk_before_high", "talk_regular_high", "talk_on_adverse_report"),
    *("check_low", "check_medium", "check_high", "survey_low", "survey_medium", "rotation_high"),
    *("report_medium", "report_high", "statement_high", "disclosure_high", "learning"),
    *("measure_dated", "measure_recurring", "measure_rule", "supervision_visit", "unit_report"),
}


@pytest.fixture
def known_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out of duties.yaml what a story could not know: a new rule has tests of its own."""

    def known(scheme: Scheme) -> Scheme:
        return replace(scheme, duties=tuple(rule for rule in scheme.duties if rule.code in KNOWN))

    monkeypatch.setattr(facts, "scheme_of", lambda *asked: known(scheme_of(*asked)))
    monkeypatch.setattr(facts, "written_scheme", lambda name: known(written_scheme(name)))
