"""Every check meets its table; what is found is said in words and in a stable order."""

from collections import Counter

import pytest

from lianfang.checks.catalogue import CATALOGUE
from lianfang.checks.engine import run
from lianfang.checks.finding import Finding, Severity
from lianfang.checks.tests import cases_c1, cases_c2, cases_c3, cases_c4, cases_c5
from lianfang.checks.tests.factories import Case
from lianfang.checks.tests.many import many
from lianfang.register.model import Register
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
MODULES = (cases_c1, cases_c2, cases_c3, cases_c4, cases_c5)
CASES: tuple[Case, ...] = tuple(case for module in MODULES for case in module.CASES)
FLAGGED = [(case.code, register) for case in CASES for register in case.flagged]
CLEAN = [(case.code, register) for case in CASES for register in case.clean]


def found(register: Register, code: str) -> tuple[Finding, ...]:
    return tuple(finding for finding in run(register, SCHEME) if finding.code == code)


@pytest.mark.parametrize(("code", "register"), FLAGGED)
def test_a_check_flags_what_it_must(code: str, register: Register) -> None:
    assert found(register, code)


@pytest.mark.parametrize(("code", "register"), CLEAN)
def test_a_check_leaves_alone_what_it_must(code: str, register: Register) -> None:
    assert [finding.message.zh for finding in found(register, code)] == []


def test_every_check_has_both_tables() -> None:
    assert [case.code for case in CASES if not case.flagged or not case.clean] == []
    cases, checks = (Counter(each.code for each in found) for found in (CASES, CATALOGUE))
    assert cases - checks == {}, "No such check: is its module in MODULES of catalogue.py?"
    assert checks - cases == {}, "Add its Case to cases_c*.py."


@pytest.mark.parametrize(("code", "register"), FLAGGED)
def test_no_finding_names_an_id_or_leaves_a_brace(code: str, register: Register) -> None:
    for finding in run(register, SCHEME):
        for text in (finding.message, finding.mend):
            for sentence in (text.zh, text.en):
                assert "#" not in sentence, finding
                assert "{" not in sentence, finding
                assert sentence.endswith((".", "。")), finding


def test_order_is_by_group_then_from_the_top_of_the_register() -> None:
    register = many(300, seed=1)
    findings = run(register, SCHEME)
    assert findings == run(register, SCHEME)
    groups = [finding.group for finding in findings]
    assert groups == sorted(groups)
    places = {risk.id: place for place, risk in enumerate(register.risks)}
    seen = [places[f.subject.id] for f in findings if f.code == "C401"]
    assert seen == sorted(seen)


def test_a_finding_keeps_its_key_when_others_come_and_go() -> None:
    register = many(200, seed=2)
    keys = [finding.key for finding in run(register, SCHEME)]
    assert len(set(keys)) == len(keys)
    picked = [f for f in run(register, SCHEME) if f.code.startswith("C40")][::7]
    alone = {finding.key for finding in run(register, SCHEME, select=("C40",))}
    assert {finding.key for finding in picked} <= alone


def test_cluster_findings_are_made_once_for_the_cluster() -> None:
    flagged = {case.code: case.flagged for case in CASES}
    for code in ("C310", "C311", "C508", "C509", "C405"):
        for register in flagged[code]:
            assert len(found(register, code)) == 1


def test_codes_and_slugs_are_unique_and_plain() -> None:
    codes = [check.code for check in CATALOGUE]
    slugs = [check.slug for check in CATALOGUE]
    assert len(set(codes)) == len(codes)
    assert len(set(slugs)) == len(slugs)
    assert all(code[0] == "C" and code[1] in "12345" and code[2:].isdigit() for code in codes)
    assert all(check.severity is not Severity.NOTE for check in CATALOGUE)


def test_every_clause_is_a_section_of_the_scheme_s_document() -> None:
    sections = {section for document in SCHEME.documents for section in document.sections}
    assert [check.code for check in CATALOGUE if check.clause not in sections] == []
