"""What the preview says of units, posts and people."""

from typing import Any

import pytest

from lianfang.intake.rules.books import Importer, Known
from lianfang.intake.rules.lines import Kind, PlanLine, Verdict
from lianfang.intake.rules.placelines import NewPlace
from lianfang.intake.rules.settings import LEAVE, NEW, Settings
from lianfang.intake.tests.rules_tables import FINANCE, LENGTHS, OFFICE, books, planned

HEAD = "单位,职权名称,岗位,姓名,风险点,防控措施"


def line(kind: Kind, row: str, importer: Importer = OFFICE, **decided: Any) -> PlanLine:
    people = (Known("RY-001", "钱二", frozenset()),)
    plan = planned(
        row,
        head=HEAD,
        importer=importer,
        books=books(people=people),
        settings=Settings(**decided),
        lengths={**LENGTHS, "unit.name": 8, "post.name": 8},
    )
    (found,) = plan.of(kind)
    return found


@pytest.mark.parametrize(
    ("name", "importer", "decided", "verdict", "words"),
    [
        ("财务处", OFFICE, {}, Verdict.UNCHANGED, ""),
        ("财务处室", OFFICE, {}, Verdict.UNCHANGED, "按近似认作“财务处”"),
        ("", FINANCE, {}, Verdict.UNCHANGED, "按您所在的“财务处”处理"),
        ("", OFFICE, {}, Verdict.REFUSED, "没有注明单位"),
        ("外单位", OFFICE, {}, Verdict.REFUSED, "没有单位“外单位”"),
        ("外单位", OFFICE, {"units": {"外单位": LEAVE}}, Verdict.REFUSED, "按您的选择"),
        ("外单位", OFFICE, {"units": {"外单位": NEW}}, Verdict.ADDED, ""),
        ("办公室", FINANCE, {}, Verdict.REFUSED, "您不填报“办公室”"),
        (
            "很长很长很长的单位",
            OFFICE,
            {"units": {"很长很长很长的单位": NEW}},
            Verdict.REFUSED,
            "单位名称有 9 字",
        ),
    ],
)
def test_a_unit_is_told(
    name: str, importer: Importer, decided: dict[str, Any], verdict: Verdict, words: str
) -> None:
    found = line(Kind.UNIT, f"{name},公章管理,出纳,,私盖公章,登记用印", importer, **decided)
    told = "".join(text.zh for text in (*found.reasons, *found.doubts))
    assert found.verdict is verdict
    assert words in told
    assert bool(words) == bool(told)
    assert bool(found.reasons) is (verdict is Verdict.REFUSED)
    assert (found.content is not None) is (verdict is Verdict.ADDED)
    assert found.rows == ((0, 2),)


@pytest.mark.parametrize(
    ("row", "importer", "decided", "verdict", "words"),
    [
        ("财务处,经费报销审批,出纳", OFFICE, {}, Verdict.UNCHANGED, ""),
        ("财务处,经费报销审批,出纳岗", OFFICE, {}, Verdict.UNCHANGED, "按近似认作“出纳”"),
        ("财务处,经费报销审批,车管员", OFFICE, {}, Verdict.UNCHANGED, "其他单位的“车管员”"),
        ("财务处,经费报销审批,会计", OFFICE, {}, Verdict.ADDED, ""),
        ("办公室,公章管理,会计", FINANCE, {}, Verdict.REFUSED, "没有岗位“会计”"),
        ("外单位,公章管理,会计", OFFICE, {}, Verdict.REFUSED, "先选定它所在的单位"),
        ("财务处,公章管理,会计", OFFICE, {"posts": {"CW/会计": LEAVE}}, Verdict.REFUSED, "不采用"),
        ("财务处,公章管理,很长很长很长的岗位", OFFICE, {}, Verdict.REFUSED, "岗位名称有 9 字"),
    ],
)
def test_a_post_is_told(
    row: str, importer: Importer, decided: dict[str, Any], verdict: Verdict, words: str
) -> None:
    found = line(Kind.POST, f"{row},,私盖公章,登记用印", importer, **decided)
    told = "".join(text.zh for text in (*found.reasons, *found.doubts))
    assert found.verdict is verdict
    assert words in told
    assert bool(words) == bool(told)
    assert (found.content is not None) is (verdict is Verdict.ADDED)


@pytest.mark.parametrize(
    ("name", "people", "verdict", "content"),
    [
        ("孙三", {}, Verdict.UNCHANGED, None),
        ("孙三", {"CW-G02/孙三": LEAVE}, Verdict.UNCHANGED, None),
        (
            "孙三",
            {"CW-G02/孙三": NEW},
            Verdict.ADDED,
            NewPlace(code="RY-002", name="孙三", within="CW-G02"),
        ),
        (
            "钱二",
            {"CW-G02/钱二": "RY-001"},
            Verdict.ADDED,
            NewPlace(code="RY-001", name="钱二", within="CW-G02", is_known=True),
        ),
    ],
)
def test_who_holds_a_post_is_told(
    name: str, people: dict[str, str], verdict: Verdict, content: NewPlace | None
) -> None:
    row = f"财务处,经费报销审批,出纳,{name},虚报差旅,双人复核"
    found = line(Kind.PERSON, row, people=people)
    assert (found.verdict, found.content) == (verdict, content)
    assert bool(found.doubts) is (not people)


def test_what_is_to_be_set_up_is_told_with_its_place() -> None:
    unit = line(Kind.UNIT, "行政部,公章管理,会计,,私盖公章,登记用印", units={"行政部": f"{NEW}XZ"})
    post = line(Kind.POST, "行政部,公章管理,会计,,私盖公章,登记用印", units={"行政部": f"{NEW}XZ"})
    assert (unit.key, unit.code) == ("unit:行政部", "XZ")
    assert unit.content == NewPlace(code="XZ", name="行政部")
    assert (post.key, post.unit, post.code) == ("post:XZ/会计", "XZ", "XZ-G01")
    assert post.content == NewPlace(code="XZ-G01", name="会计", within="XZ")
