"""The way of a report, what it must hold, and what the records say in it."""

from datetime import date
from itertools import product

import pytest

from lianfang.duties.rules.report_facts import Counted, LevelChange, Records, facts_for
from lianfang.duties.rules.reports import (
    COURSES,
    PARTS,
    Act,
    Course,
    State,
    follows,
    missing_parts,
)

ON = date(2026, 5, 14)
KIND_OF = {Course.READ: "report", Course.RECORDED: "visit", Course.DISCLOSED: "disclosure"}
DONE = {
    (Course.READ, State.DRAFT, Act.SEND, State.SUBMITTED),
    (Course.READ, State.RETURNED, Act.SEND, State.SUBMITTED),
    (Course.READ, State.SUBMITTED, Act.RETURN, State.RETURNED),
    (Course.READ, State.SUBMITTED, Act.ACCEPT, State.ACCEPTED),
    (Course.RECORDED, State.DRAFT, Act.SEND, State.FILED),
    (Course.DISCLOSED, State.DRAFT, Act.SEND, State.PUBLISHED),
    (Course.DISCLOSED, State.PUBLISHED, Act.CLOSE, State.FILED),
}


@pytest.mark.parametrize(("course", "state", "act"), [*product(Course, State, Act)])
def test_every_step_is_one_of_the_table_or_is_not_done(
    course: Course, state: State, act: Act
) -> None:
    found = follows(KIND_OF[course], state, act)
    expected = {row[3] for row in DONE if row[:3] == (course, state, act)}
    assert ({found} if found else set()) == expected


def test_every_kind_has_a_way_and_sections_with_codes_of_their_own() -> None:
    assert COURSES.keys() == PARTS.keys()
    for parts in PARTS.values():
        codes = [part.code for part in parts]
        assert len(set(codes)) == len(codes)


def test_a_section_of_blanks_is_missing_and_an_optional_one_is_not() -> None:
    texts = {"work": " \n", "measures": ""}
    assert [part.code for part in missing_parts("disclosure", texts)] == ["work"]
    assert missing_parts("disclosure", {"work": "有"}) == ()


RECORDS = Records(
    on=ON,
    edition="2026-1",
    powers=[("付款审核", "决策"), ("票据保管", "执行")],
    power_count=9,
    risks=[("付款审核走过场", "高")],
    levels={"高": 1, "低": 2},
    changes=[
        LevelChange(on=date(2026, 3, 1), level="中", by="2026-1"),
        LevelChange(on=date(2026, 4, 2), level="高"),
    ],
    measures=["每月核对。", "双人复核"],
    carried=Counted(label="措施落实", done=1, open=2, late=1),
    duties=[Counted(label="廉政谈话", done=1, waived=1), Counted(label="测评")],
)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("powers", "截至2026年5月14日，本岗位涉及职权2项：付款审核（决策）；票据保管（执行）。"),
        (
            "risks",
            "截至2026年5月14日，本岗位风险点1个：付款审核走过场（高）。\n"
            "本期岗位等级：自2026年3月1日起为中（版本2026-1）；自2026年4月2日起为高（等级上调）。",
        ),
        ("register", "截至2026年5月14日，现行版本2026-1；职权9项，风险点3个，其中高1个、低2个。"),
        (
            "measures",
            "截至2026年5月14日，在行措施2项。"
            "措施落实3项：已完成1项，未完成2项（逾期1项）。\n1. 每月核对。\n2. 双人复核。",
        ),
        ("duties", "截至2026年5月14日，廉政谈话2项：已完成1项，未完成0项，免除1项。"),
        ("problems", ""),
    ],
)
def test_the_records_are_told_in_whole_sentences(code: str, told: str) -> None:
    assert facts_for(code, RECORDS) == told


def test_where_nothing_is_on_record_the_report_says_so() -> None:
    nothing = Records(on=ON)
    told = {code: facts_for(code, nothing) for code in ("powers", "risks", "measures", "duties")}
    day = "截至2026年5月14日，"
    assert told == {
        "powers": f"{day}没有登记本岗位的职权。",
        "risks": f"{day}没有登记本岗位的风险点。\n本期岗位等级没有变化。",
        "measures": f"{day}没有在行措施。",
        "duties": f"{day}本期没有到期的履责任务。",
    }
    assert facts_for("looked_at", nothing) == (
        f"{day}尚无现行版本；职权0项，风险点0个。\n{day}本期没有到期的履责任务。"
    )


def test_a_long_list_is_cut_and_says_how_much_is_left() -> None:
    many = Records(on=ON, measures=["核对"] * 23, powers=[("付款", "决策")] * 21)
    assert facts_for("measures", many).endswith("\n20. 核对。\n另有3项。")
    assert facts_for("powers", many).endswith("；付款（决策）等。")
