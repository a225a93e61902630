"""The register as it was a year before: sound enough to be published, and not as it is now."""

from datetime import date, timedelta
from functools import lru_cache

import pytest

from lianfang.checks.engine import run
from lianfang.checks.finding import Severity
from lianfang.cycles.rules.changes import powers_changed, risks_changed
from lianfang.example.earlier import FIRST_UNITS, UNDATED, earlier
from lianfang.example.governed import example_register
from lianfang.register.model import Register
from lianfang.scheme.load import load_scheme

ON = date(2026, 5, 14)
THEN = ON - timedelta(days=398)


@lru_cache
def _registers() -> tuple[Register, Register]:
    now = example_register(ON, load_scheme("cnas-2012")).register
    return earlier(now, THEN), now


def test_it_holds_the_first_units_and_what_was_found_by_then() -> None:
    before, _ = _registers()
    assert {power.unit for power in before.powers} == set(FIRST_UNITS)
    assert {risk.unit for risk in before.risks} == set(FIRST_UNITS)
    assert all(risk.found_on and risk.found_on <= THEN for risk in before.risks)
    assert all(risk.confirmed == risk.level for risk in before.risks)


def test_the_checks_find_no_error_in_it() -> None:
    before, _ = _registers()
    found = run(before, load_scheme("cnas-2012"))
    # the others had not begun
    assert {
        (each.code, each.subject.id in FIRST_UNITS)
        for each in found
        if each.severity is Severity.ERROR
    } == {("C101", False)}


@pytest.mark.parametrize("unit", ["ZLC", "ZLC-TS", "JSC", "PDC", "FZC-GJ", "JGC", "SLC"])
def test_what_was_filed_again_since_is_otherwise_now(unit: str) -> None:
    before, now = _registers()
    changed = risks_changed(before, now)
    own = [code for code in changed.changed if code.startswith(f"R-{unit}-")]
    assert own, unit
    assert any(risk.unit == unit for risk in now.risks if risk.id in changed.added)
    assert changed.removed == frozenset()


def test_powers_were_exercised_less_often() -> None:
    assert powers_changed(*_registers()).changed == {"PDC-01", "ZLC-02", "JSC-01", "SLC-01"}


@pytest.mark.parametrize(("unit", "codes"), UNDATED.items())
def test_what_is_mended_later_was_there_without_its_time(unit: str, codes: tuple[str, ...]) -> None:
    before, now = _registers()
    for code in codes:
        (then,), (today,) = (
            [risk for risk in register.risks if risk.id == code] for register in (before, now)
        )
        assert then.unit == unit
        pairs = zip(then.measures, today.measures, strict=True)
        assert [a.phase for a, b in pairs if a.frequency != b.frequency] == ["after"]
