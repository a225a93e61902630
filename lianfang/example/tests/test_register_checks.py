"""What the checks find in the example's register: the planted faults, and what is known."""

from datetime import date
from functools import lru_cache

import pytest
from msgspec.structs import replace

from lianfang.checks.engine import run
from lianfang.checks.finding import Finding, Severity
from lianfang.example.dates import day_of
from lianfang.example.governed import example_register
from lianfang.example.reading import rows_of
from lianfang.register.model import Holder, HolderKind
from lianfang.scheme.load import load_scheme

DAYS = [date(2026, 5, 14), date(2028, 2, 29)]

# Put in so that every check of these kinds has something to find.
UNRATED = {"R-BGS-XX-16", "R-GS-JS-04", "R-PSC-21", "R-SY2-22"}
PLANTED_ERRORS = {
    ("C201", "NLC-06-5"),
    ("C502", "R-PSC-07"),
    *(("C401", risk) for risk in UNRATED),
}
PLANTED_WARNINGS = {
    ("C207", "BGS-CG-04"),
    ("C506", "R-JGC-17-1"),
    ("C507", "R-JGC-17-1"),
    ("C509", "R-SY2-09-2"),
    ("C509", "R-SY2-15-2"),
    ("C509", "R-SY2-21-2"),
}
# Duties that are no power of their own: leading, assisting, not having a portfolio.
DUTIES_WITHOUT_POWER = {("C108", post) for post in ("LD-SJ", "LD-ZR", "BGS-FZ", "SY2-FC", "GS-JL")}
# Who holds a post, who found what and what a cover sheet says, no file of the register holds.
NOT_RECORDED = {"C200", "C300", "C400"}


@lru_cache
def _findings(on: date) -> tuple[Finding, ...]:
    scheme = load_scheme("cnas-2012")
    return run(example_register(on, scheme).register, scheme)


def _found(on: date, severity: Severity) -> set[tuple[str, str]]:
    return {(f.code, f.subject.id) for f in _findings(on) if f.severity is severity}


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_planted_faults_are_found_and_no_other_error(on: date) -> None:
    assert _found(on, Severity.ERROR) == PLANTED_ERRORS


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_nothing_else_is_said_but_what_is_known(on: date) -> None:
    assert _found(on, Severity.WARNING) == PLANTED_WARNINGS | DUTIES_WITHOUT_POWER
    assert {code for code, _ in _found(on, Severity.NOTE)} == NOT_RECORDED


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_nobody_checks_their_own_work_through_two_posts(on: date) -> None:
    kinds = {"专任": HolderKind.FULL, "兼任": HolderKind.CONCURRENT, "代理": HolderKind.ACTING}
    holders = tuple(
        Holder(post=row["岗位代码"], person=row["工号"], kind=kinds[row["方式"]])
        for row in rows_of("appointments")
        if day_of(row["起"], on) <= on and (not row["止"] or day_of(row["止"], on) >= on)
    )
    scheme = load_scheme("cnas-2012")
    held = replace(example_register(on, scheme).register, holders=holders)
    assert run(held, scheme, select=("C209", "C210")) == ()
    vacant = {found.subject.id for found in run(held, scheme, select=("C202",))}
    assert vacant == {"SY2-FC", "GS-JS-BZ"}
