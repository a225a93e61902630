"""What a plan takes and refuses, rule by rule; the books of `rosters.BOOKS` are what is stored."""

from dataclasses import replace
from datetime import date

import pytest

from lianfang.org.rules.roster.books import Books, PersonEntry, PortfolioEntry, SeatEntry, UnitEntry
from lianfang.org.rules.roster.plan import Change, Thing, Verdict
from lianfang.org.tests.rosters import BOOKS, ON, SINCE, planned, said, verdicts, written

UNITS = ["代码", "名称", "类型", "上级代码", "次序"]
POSTS = ["代码", "单位代码", "名称", "负责人", "班子成员", "班子主要负责人"]
PEOPLE = ["工号", "姓名", "中共党员", "离开日期"]
SEATS = ["工号", "岗位代码", "起", "止", "方式"]
PORTFOLIOS = ["工号", "单位代码", "起", "止"]
MEMBERS = ["组织类型", "组织名称", "工号", "起", "止", "职务"]
STAFF = ["姓名", "工号", "单位", "岗位", "任职日期"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["XX", "新处", "处室", "NO"], "没有代码为“NO”的上级单位"),
        (["XX", "新处", "处室", "OLD"], "“旧处”已停用"),
        (["XX", "", "处室", "ZX"], "没有名称"),
        (["XX", "新处", "单位", ""], "代码是“ZX”"),
        (["ZX", "", "处室", ""], "根单位"),
        (["ZX", "", "", "CW"], "根单位"),
        (["CW", "", "", "CW1"], "连成了圈"),
        (["CW", "", "", "CW"], "连成了圈"),
        (["OLD", "改名", "", ""], "已于 2025-01-01 停用"),
        (["X" * 41, "新处", "", ""], "最多 40 个"),
        (["", "新处", "", ""], "“代码”空着"),
    ],
)
def test_a_unit_is_refused_with_the_mend(row: list[str], words: str) -> None:
    plan = planned({"单位": [UNITS, row]})
    assert words in said(plan)
    assert plan.writes == ()


def test_units_may_stand_in_any_order_and_below_new_ones() -> None:
    rows = [["XX1", "一科", "", "XX"], ["XX", "新处", "", ""], ["cw", "计财处", "", "xx"]]
    plan = planned({"单位": [UNITS, *rows]})
    assert plan.refused == ()
    parents = {unit.code: unit.parent for unit in written(plan)}
    assert parents == {"XX": "ZX", "XX1": "XX", "CW": "XX"}


def test_a_ring_in_the_list_refuses_each_of_its_units_and_what_stands_below() -> None:
    rows = [["A", "甲", "", "B"], ["B", "乙", "", "A"], ["C", "丙", "", "A"]]
    plan = planned({"单位": [UNITS, *rows]})
    assert [line.does for line in plan.lines] == [Verdict.REFUSED] * 3


def test_the_same_code_twice_is_refused_the_second_time() -> None:
    plan = planned({"单位": [UNITS, ["XX", "新处", "", ""], ["xx", "另处", "", ""]]})
    assert [line.does for line in plan.lines] == [Verdict.REFUSED, Verdict.ADDED]
    assert "与“单位”第 2 行重复" in said(plan)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["XX", "NO", "岗", "", "", ""], "没有代码为“NO”的单位"),
        (["XX", "", "岗", "", "", ""], "所在单位"),
        (["XX", "OLD", "岗", "", "", ""], "“旧处”已停用"),
        (["XX", "CW", "", "", "", ""], "没有名称"),
        (["XX", "CW", "岗", "是", "", ""], "已有负责人岗位“财务处处长”"),
        (["XX", "CW", "岗", "", "", "是"], "已有班子主要负责人岗位“书记”"),
        (["XX", "CW", "岗", "", "否", "是"], "不能写“否”"),
        (["GONE", "", "改名", "", "", ""], "已于 2025-01-01 停用"),
    ],
)
def test_a_post_is_refused_with_the_mend(row: list[str], words: str) -> None:
    plan = planned({"岗位": [POSTS, row]})
    assert words in said(plan)
    assert plan.writes == ()


def test_a_headship_passes_on_whatever_the_order_of_the_rows() -> None:
    rows = [["XX", "CW", "总会计师", "是", "", ""], ["CWC", "", "", "否", "", ""]]
    for order in (rows, rows[::-1]):
        assert planned({"岗位": [POSTS, *order]}).refused == ()


def test_two_heads_in_the_list_are_one_too_many() -> None:
    rows = [["A", "CW1", "甲", "是", "", ""], ["B", "CW1", "乙", "是", "", ""]]
    plan = planned({"岗位": [POSTS, *rows]})
    assert [line.does for line in plan.lines] == [Verdict.ADDED, Verdict.REFUSED]


def test_the_head_of_the_leadership_is_in_the_leadership_without_saying_so() -> None:
    rows = [["SJ", "", "", "", "", "否"], ["ZR", "LD", "主任", "", "", "是"]]
    plan = planned({"岗位": [POSTS, *rows]})
    assert plan.refused == ()
    assert [post.is_leadership for post in written(plan)] == [True, True]


def test_another_name_under_a_known_number_is_a_doubt() -> None:
    plan = planned({"人员": [PEOPLE, ["001", "赵一一", "", ""]]})
    assert plan.lines[0].verdict is Verdict.DOUBTED
    assert plan.lines[0].changes == (Change("name", "赵一", "赵一一"),)
    assert "不是错号" in said(plan)


def test_saying_nothing_takes_nothing_away() -> None:
    plan = planned({"人员": [PEOPLE, ["001", "", "", ""]]})
    assert (plan.lines[0].does, plan.writes) == (Verdict.UNCHANGED, ())


def test_who_leaves_lets_go_of_everything_the_day_before() -> None:
    plan = planned({"人员": [PEOPLE, ["002", "", "", "2026-06-01"]]})
    ends = {type(one): one.to_on for one in written(plan, Thing.SEAT, Thing.PORTFOLIO)}
    assert ends == {SeatEntry: date(2026, 5, 31), PortfolioEntry: date(2026, 5, 31)}
    assert "随之在前一天结束" in said(plan)


def test_a_departure_on_record_stays_as_it_is() -> None:
    plan = planned({"人员": [PEOPLE, ["009", "", "", "2025-07-01"]]})
    assert "不能再改" in said(plan)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["404", "CN", "2025-01-01", "", ""], "没有工号为“404”"),
        (["003", "404", "2025-01-01", "", ""], "没有代码为“404”的岗位"),
        (["003", "CN", "2025-01-02", "2025-01-01", ""], "早于起日"),
        (["003", "CWC", "2025-01-01", "", ""], "期间重叠"),
        (["003", "GONE", "2025-01-01", "", ""], "“旧岗”已于 2025-01-01 停用"),
        (["009", "CN", "2025-06-01", "", ""], "旧人已于 2025-06-01 离开"),
        (["003", "CN", "", "", ""], "“起”空着"),
    ],
)
def test_an_appointment_is_refused_with_the_mend(row: list[str], words: str) -> None:
    plan = planned({"任职": [SEATS, row]})
    assert words in said(plan)
    assert plan.writes == ()


def test_an_appointment_that_ends_makes_room_for_the_next() -> None:
    rows = [
        ["003", "CWC", "2026-01-01", "", "代理"],
        ["003", "CWC", "2024-01-01", "2025-12-31", ""],
    ]
    plan = planned({"任职": [SEATS, *rows]})
    assert [line.does for line in plan.lines] == [Verdict.CHANGED, Verdict.ADDED]


def test_appointments_of_somebody_long_gone_end_before_they_left() -> None:
    row = ["009", "CN", "2020-01-01", "2025-06-01", ""]
    plan = planned({"任职": [SEATS, row]})
    assert written(plan)[0].to_on == date(2025, 5, 31)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["003", "CW", "2026-01-01", ""], "不是班子成员"),
        (["404", "CW", "2026-01-01", ""], "没有工号为“404”"),
        (["002", "404", "2026-01-01", ""], "没有代码为“404”的单位"),
        (["002", "CW", "2026-01-01", ""], "期间重叠"),
        (["001", "CW", "2024-01-01", ""], "期间重叠"),
        (["001", "CW1", "2026-01-02", "2026-01-01"], "早于起日"),
    ],
)
def test_a_portfolio_is_refused_with_the_mend(row: list[str], words: str) -> None:
    plan = planned({"分管": [PORTFOLIOS, row]})
    assert words in said(plan)
    assert plan.writes == ()


def test_a_new_portfolio_ends_the_one_before_it() -> None:
    plan = planned({"分管": [PORTFOLIOS, ["001", "CW", "2026-01-01", ""]]})
    assert [(one.leader, one.to_on) for one in written(plan)] == [
        ("002", date(2025, 12, 31)),
        ("001", None),
    ]


def test_a_history_of_portfolios_reads_in_any_order() -> None:
    rows = [["001", "CW1", "2025-01-01", ""], ["002", "CW1", "2024-01-01", ""]]
    for order in (rows, rows[::-1]):
        plan = planned({"分管": [PORTFOLIOS, *order]})
        ends = {one.leader: one.to_on for one in written(plan)}
        assert ends == {"002": date(2024, 12, 31), "001": None}


def test_an_end_that_the_list_itself_says_is_not_moved() -> None:
    rows = [["002", "CW1", "2024-01-01", "2026-12-31"], ["001", "CW1", "2025-01-01", ""]]
    plan = planned({"分管": [PORTFOLIOS, *rows]})
    assert "期间重叠" in said(plan)
    assert len(plan.writes) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["领导小组", "", "001", "2026-01-01", "", ""], "写上组织名称"),
        (["小组", "组", "001", "2026-01-01", "", ""], "不在可选之列"),
        (["纪检监察室", "", "003", "2026-01-01", "", ""], "期间重叠"),
        (["对纪检监察室的监督机构", "", "003", "2026-01-01", "", ""], "监督自己"),
        (["纪检监察室", "", "404", "2026-01-01", "", ""], "没有工号为“404”"),
    ],
)
def test_a_member_is_refused_with_the_mend(row: list[str], words: str) -> None:
    plan = planned({"组织成员": [MEMBERS, row]})
    assert words in said(plan)
    assert [write for write in plan.writes if write.thing is Thing.MEMBER] == []


def test_a_body_comes_with_its_first_member() -> None:
    plan = planned(
        {"组织成员": [MEMBERS, ["领导小组", "防控领导小组", "001", "2026-01-01", "", "组长"]]}
    )
    assert verdicts(plan) == [(Thing.BODY, Verdict.ADDED), (Thing.MEMBER, Verdict.ADDED)]


def test_seats_in_bodies_are_not_for_everybody_to_give() -> None:
    rows = [
        ["纪检监察室", "", "001", "2026-01-01", "", ""],
        ["纪检监察室", "", "003", "2024-01-01", "", ""],
    ]
    plan = planned({"组织成员": [MEMBERS, *rows]}, may_seat=False)
    members = [line.does for line in plan.lines if line.thing is Thing.MEMBER]
    assert members == [Verdict.REFUSED, Verdict.UNCHANGED]
    assert "由安全管理员" in said(plan)


def test_what_depends_on_a_refused_row_is_refused_with_it() -> None:
    plan = planned(
        {
            "单位": [UNITS, ["XX", "", "", ""]],
            "岗位": [POSTS, ["XXG", "XX", "岗", "", "", ""]],
            "任职": [SEATS, ["001", "XXG", "2026-01-01", "", ""]],
        }
    )
    assert [line.does for line in plan.lines] == [Verdict.REFUSED] * 3


def test_what_the_list_does_not_name_is_listed_and_left() -> None:
    plan = planned({"人员": [PEOPLE, ["001", "", "", ""], ["002", "x" * 101, "", ""]]})
    assert [missing.label for missing in plan.missing] == ["003 孙三"]
    assert planned({"单位": [UNITS, ["CW", "", "", ""]]}).missing[0].label == "ZX 中心"


# the simple list ----------------------------------------------------------------------------


def test_the_simple_list_finds_people_posts_and_units_by_name() -> None:
    plan = planned({"花名册": [STAFF, ["孙 三", "", "财务处", "财务处处长", "2024-01-01"]]})
    assert {line.does for line in plan.lines} == {Verdict.UNCHANGED}
    assert len(plan.lines) == 4


def test_the_simple_list_gives_codes_and_says_so() -> None:
    plan = planned(
        {"花名册": [STAFF, ["李四", "", "信息处", "主任", ""], ["王五", "", "", "干事", ""]]}
    )
    things = (Thing.UNIT, Thing.POST, Thing.PERSON)
    codes = {thing: [one.code for one in written(plan, thing)] for thing in things}
    assert codes[Thing.UNIT] == ["U01"]
    assert codes[Thing.POST] == ["U01-01", "U01-02"]
    assert codes[Thing.PERSON] == ["010", "011"]
    assert {line.verdict for line in plan.lines} <= {
        Verdict.DOUBTED,
        Verdict.ADDED,
        Verdict.UNCHANGED,
    }
    assert "拟编为 010" in said(plan)
    assert "按导入当天 2026-05-14 登记" in said(plan)
    assert "认作单位负责人" in said(plan)


def test_a_leadership_is_known_by_its_name_and_its_secretary() -> None:
    empty = Books(units={"ZX": UnitEntry(id=1, code="ZX", name="中心", kind="organisation")})
    rows = [
        ["赵", "1", "中心领导", "党委书记", "2024-01-01"],
        ["钱", "2", "中心领导", "副主任", "2024-01-01"],
    ]
    plan = planned({"花名册": [STAFF, *rows]}, empty)
    posts = written(plan, Thing.POST)
    leads = [(post.is_leadership, post.is_leadership_head) for post in posts]
    assert leads == [(True, True), (True, False)]


def test_namesakes_without_a_number_are_refused() -> None:
    twice = Books(
        units=BOOKS.units,
        posts=BOOKS.posts,
        people={**BOOKS.people, "010": PersonEntry(id=10, code="010", name="孙三")},
    )
    plan = planned({"花名册": [STAFF, ["孙三", "", "财务处", "出纳", ""]]}, twice)
    assert "不止一位“孙三”" in said(plan)
    assert plan.writes == ()


def test_a_second_post_of_the_same_person_is_concurrent() -> None:
    rows = [
        ["李四", "", "财务处", "会计", "2026-01-01"],
        ["李四", "", "财务处", "出纳", "2026-01-01"],
    ]
    plan = planned({"花名册": [STAFF, *rows]})
    kinds = [seat.kind for seat in written(plan, Thing.SEAT)]
    assert kinds == ["full", "concurrent"]


def test_another_day_of_appointment_does_not_move_the_one_on_the_books() -> None:
    plan = planned({"花名册": [STAFF, ["孙三", "", "财务处", "财务处处长", "2023-12-01"]]})
    assert plan.writes == ()
    assert f"登记的任职日期是 {SINCE}" in said(plan)


def test_a_new_post_of_somebody_who_holds_one_is_a_doubt() -> None:
    plan = planned({"花名册": [STAFF, ["孙三", "003", "财务处", "出纳", "2026-01-01"]]})
    assert "仍任“财务处处长”" in said(plan)


# the plan -----------------------------------------------------------------------------------


def test_the_digest_tells_plans_apart_and_nothing_else() -> None:
    rows = {"人员": [PEOPLE, ["050", "新人", "", ""]]}
    assert planned(rows).digest == planned(rows).digest
    empty = Books(units=BOOKS.units)
    known = {"人员": [PEOPLE, ["001", "赵一", "是", ""]]}
    assert planned(known).digest != planned(known, empty).digest


def test_a_portfolio_that_holds_on_no_day_in_common_stays() -> None:
    entry = PortfolioEntry(id=7, leader="001", unit="CW1", from_on=SINCE, to_on=date(2024, 6, 1))
    books = replace(BOOKS, portfolios={entry.key: entry})
    plan = planned({"分管": [PORTFOLIOS, ["002", "CW1", "2025-01-01", ""]]}, books)
    assert len(plan.writes) == 1
    assert not entry.holds(ON)
