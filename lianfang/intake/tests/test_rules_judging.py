"""What the checks hold against the units concerned, before an import and after it. 六（二）"""

import pytest
from msgspec.structs import replace

from lianfang.checks import engine
from lianfang.checks.catalogue import NOTE_SLUG
from lianfang.checks.tests.many import many
from lianfang.intake.rules import judging
from lianfang.intake.rules.judging import Judgement, Judging
from lianfang.intake.tests.rules_parts import measure, power, register, risk
from lianfang.intake.tests.rules_tables import BOOKS, scheme
from lianfang.register.model import Fact, Power, Register, RiskPoint

SLOGAN = risk(
    "R-CW-01", "虚报差旅", level="high", measures=(measure("R-CW-01-1", "加强学习，提高认识"),)
)
MENDED = replace(
    SLOGAN,
    measures=(
        measure(
            "R-CW-01-1",
            "出纳每月底随机抽取十笔报销单核对原始票据并登记台账",
            phase="during",
            post="CW-G02",
            frequency="每月",
            evidence="核对台账",
        ),
    ),
)
ELSEWHERE = replace(SLOGAN, id="R-BG-01", unit="BG", about=replace(SLOGAN.about, id="BG-01"))


def of(*parts: Power | RiskPoint) -> Register:
    return register(*parts, units=BOOKS.units, posts=BOOKS.posts, scheme="cnas-2012")


def judged(*pairs: tuple[Register, Register]) -> Judgement:
    made = Judging(scheme())
    for before, after in pairs:
        made.take(before, after)
    return made.judgement()


def total(counted: dict[str, dict[str, int]]) -> int:
    return sum(sum(of_group.values()) for of_group in counted.values())


def test_of_nothing_nothing_is_found() -> None:
    empty = Judgement(before={}, after={}, new=(), mended=(), new_in_all=0, mended_in_all=0)
    assert judged() == judged((Register(), Register())) == judged((of(), of())) == empty


def test_what_stays_is_neither_new_nor_mended() -> None:
    whole = of(power(), SLOGAN)
    found = judged((whole, whole))
    assert found.before == found.after
    assert total(found.after) > 0
    assert (found.new, found.mended) == ((), ())


def test_what_an_import_brings_is_new_and_what_it_mends_is_mended() -> None:
    brought = judged((of(power()), of(power(), SLOGAN)))
    slogans = [seen for seen in brought.new if seen.finding.subject.id == "R-CW-01-1"]
    assert slogans
    # a finding about a measure belongs to the line of its risk point
    assert {(seen.code, seen.name) for seen in slogans} == {("R-CW-01", "加强学习，提高认识")}
    mended = judged((of(power(), SLOGAN), of(power(), MENDED)))
    keys = {seen.finding.key for seen in mended.mended}
    assert {seen.finding.key for seen in slogans if seen.finding.group == "C5"} <= keys
    assert total(mended.before) - len(mended.mended) + len(mended.new) == total(mended.after)


def test_findings_are_counted_by_check_and_severity() -> None:
    found = judged((of(power()), of(power(), SLOGAN)))
    assert set(found.after) <= {"C1", "C2", "C3", "C4", "C5"}
    assert {of for group in found.after.values() for of in group} <= {"error", "warning"}
    assert total(found.after) - total(found.before) == found.new_in_all - found.mended_in_all


def test_units_are_judged_each_by_itself() -> None:
    bg = power("BG-01", "公务接待审批", unit="BG")
    one, other = of(power(), SLOGAN), of(bg, ELSEWHERE)
    both = judged((of(), of(power(), SLOGAN, bg, ELSEWHERE)))
    apart = judged((of(), one), (of(), other))
    assert both.after == apart.after
    assert sorted(seen.finding.key for seen in both.new) == sorted(
        seen.finding.key for seen in apart.new
    )
    assert {seen.code.split("-")[-2] for seen in both.new if seen.code} == {"CW", "BG"}


def test_a_unit_is_judged_as_the_checks_judge_it_alone() -> None:
    whole = of(power(), SLOGAN)
    alone = [
        finding
        for finding in engine.run(whole, scheme())
        if finding.slug != NOTE_SLUG and finding.subject.id.startswith(("CW", "R-CW"))
    ]
    found = judged((of(), whole))
    assert {seen.finding.key for seen in found.new} == {finding.key for finding in alone}


def test_facts_that_nobody_could_record_are_not_told() -> None:
    partial = replace(of(power(), SLOGAN), absent=(Fact.STEPS, Fact.BASES))
    assert all(seen.finding.slug != NOTE_SLUG for seen in judged((of(), partial)).new)


def test_more_than_so_many_are_counted_and_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = many(60, seed=5)
    all_of_it = judged((Register(), whole))
    assert all_of_it.new_in_all == len(all_of_it.new) > 7
    monkeypatch.setattr(judging, "MOST", 7)
    some, back = judged((Register(), whole)), judged((whole, Register()))
    assert (len(some.new), some.new_in_all) == (7, all_of_it.new_in_all)
    assert some.new == all_of_it.new[:7]
    assert (len(back.mended), back.mended_in_all) == (7, all_of_it.new_in_all)
    assert some.after == back.before == all_of_it.after
