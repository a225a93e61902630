"""What a table would do to the register, line by line; no form. 六（一）"""

import msgspec
import pytest
from msgspec.structs import replace

from lianfang.intake.rules.books import Importer, Stored
from lianfang.intake.rules.lines import Kind, PlanLine, Told, Verdict
from lianfang.intake.rules.settings import LEAVE, NEW, Settings
from lianfang.intake.tests.rules_parts import about, links, measure, power, register, risk
from lianfang.intake.tests.rules_tables import (
    BOOKS,
    FINANCE,
    LENGTHS,
    NOTHING,
    imported,
    planned,
    require_sound,
    spoken,
    stored_of,
)
from lianfang.register.model import (
    Extra,
    Measure,
    Power,
    Register,
    Regulation,
    RiskPoint,
    Step,
)

A, C, R, X, U = "added", "changed", "refused", "retired", "unchanged"
HEAD = "单位,职权名称,环节,岗位,风险点,风险等级,防控措施"
ROWS = (
    "财务处,经费报销审批,,出纳,虚报差旅,高,双人复核",
    "财务处,公务接待审批,,出纳,超标准接待,中,每月抽查",
)


def held(*parts: Power | RiskPoint, **more: object) -> Stored:
    """Return a register of the organisation of the tables, as it is stored."""
    places = {"units": BOOKS.units, "posts": BOOKS.posts}
    return stored_of(register(*parts, **places, **more))


def words(line: PlanLine) -> str:
    return "".join(text.zh for text in (*line.reasons, *line.doubts))


CW1 = power("CW-01", "经费报销审批")
CW2 = power("CW-02", "公务接待审批")
R1 = risk(
    "R-CW-01",
    "虚报差旅",
    posts=("CW-G02",),
    level="high",
    measures=(measure("R-CW-01-1", "双人复核"),),
)


# verdicts


def test_into_an_empty_register_everything_is_added() -> None:
    plan = planned(*ROWS, head=HEAD)
    assert plan.told() == [
        (U, "CW", "财务处"),
        (U, "CW-G02", "出纳"),
        (A, "CW-01", "经费报销审批"),
        (A, "R-CW-01", "虚报差旅"),
        (A, "CW-02", "公务接待审批"),
        (A, "R-CW-02", "超标准接待"),
    ]
    assert [line.needs for line in plan.of(Kind.RISK)] == [("CW-01",), ("CW-02",)]
    assert all(line.taken for line in plan.lines)
    assert [line.key for line in plan.of(Kind.POWER, Kind.RISK)] == [
        "power:0:2",
        "risk:0:2:1",
        "power:0:3",
        "risk:0:3:1",
    ]
    require_sound(imported(plan)[0].register)


def test_lines_tell_what_is_stored_and_what_would_be() -> None:
    stored = held(CW1, R1)
    plan = planned("财务处,经费报销审批,,,虚报差旅,低,双人复核", head=HEAD, stored=stored)
    before, after = R1, replace(R1, level="low")
    (line,) = plan.of(Kind.RISK)
    assert (line.verdict, line.before, line.content) == (Verdict.CHANGED, before, after)
    assert line.changes == (Told(field="level", before="high", after="low"),)
    assert isinstance(line.said, RiskPoint)
    assert line.said.level == "low"
    (unchanged,) = plan.of(Kind.POWER)
    assert (unchanged.verdict, unchanged.before, unchanged.content) == (
        Verdict.UNCHANGED,
        None,
        None,
    )
    assert unchanged.changes == ()
    assert plan.after.risks == (after,)


def test_what_a_table_does_not_mention_is_left_alone() -> None:
    stored = held(CW1, R1, power("CW-05", "资产处置审批"), risk("R-CW-09", "低价处置"))
    plan = planned(ROWS[1], head=HEAD, stored=stored)
    assert [told[0] for told in plan.told(Kind.POWER, Kind.RISK)] == [A, A]
    assert {one.id for one in stored.register.risks} < {one.id for one in plan.after.risks}
    assert {one.id for one in stored.register.powers} < {one.id for one in plan.after.powers}


def test_lines_stand_in_the_order_of_the_file_a_power_before_its_risks() -> None:
    plan = planned(
        "财务处,公务接待审批,,,超标准接待,中,每月抽查",
        "办公室,公章管理,,,私盖公章,高,登记用印",
        "财务处,公务接待审批,,,虚报人数,低,公示",
        head=HEAD,
    )
    assert [line.label for line in plan.of(Kind.POWER, Kind.RISK)] == [
        "公务接待审批",
        "超标准接待",
        "公章管理",
        "私盖公章",
        "虚报人数",
    ]
    assert [line.kind for line in plan.lines[:2]] == [Kind.UNIT, Kind.UNIT]


def test_regulations_come_last_the_new_ones_where_something_names_them() -> None:
    head = "单位,职权名称,行使依据,风险点,防控措施"
    rows = (
        "财务处,经费报销审批,《经费管理办法》第三条,虚报差旅,执行《经费管理办法》",
        "外单位,公章管理,《公章管理办法》,私盖公章,登记用印",
    )
    plan = planned(*rows, head=head)
    assert [line.kind for line in plan.lines[-1:]] == [Kind.REGULATION]
    # only rows that can't be taken name the other one
    assert plan.told(Kind.REGULATION) == [(A, "ZD-001", "经费管理办法")]
    assert plan.of(Kind.POWER)[0].needs == ("ZD-001",)
    assert plan.of(Kind.RISK)[0].needs == ("CW-01", "ZD-001")
    again = planned(*rows, head=head, stored=imported(plan)[0])
    assert again.told(Kind.REGULATION) == [(U, "ZD-001", "经费管理办法")]
    assert [line.verdict for line in again.of(Kind.RISK)] == [Verdict.UNCHANGED, Verdict.REFUSED]


def test_a_unit_s_own_people_add_no_regulation() -> None:
    head = "单位,职权名称,行使依据,风险点,防控措施"
    row = "财务处,经费报销审批,《经费管理办法》第三条,虚报差旅,执行《经费管理办法》"
    plan = planned(row, head=head, importer=FINANCE)
    assert plan.of(Kind.REGULATION) == ()
    (made,) = plan.after.powers
    assert [(one.text, one.regulation) for one in made.bases] == [("《经费管理办法》第三条", None)]
    assert plan.risk("虚报差旅").needs == ("CW-01",)


def test_what_a_table_numbers_its_powers_by_is_kept_as_a_cell() -> None:
    head = "单位,职权编码,职权名称,风险点,防控措施"
    row = "财务处,甲-1,经费报销审批,虚报差旅,双人复核"
    (made,) = planned(row, head=head).after.powers
    assert (made.id, made.code) == ("CW-01", "CW-01")
    assert made.extras == (Extra(label="职权编码", text="甲-1"),)
    (same,) = planned(row.replace("甲-1", "CW-01"), head=head).after.powers
    assert same.extras == ()


# rows of a part that stands in several


def test_a_part_of_several_rows_is_one_line_with_all_of_them() -> None:
    head = "单位,职权名称,风险点,表现形式,防控措施"
    plan = planned(
        "财务处,经费报销审批,虚报差旅,拆分票据,双人复核",
        "财务处,经费报销审批,虚报差旅,重复报销,每月抽查",
        "财务处,经费报销审批,虚列开支,虚开发票,公示",
        head=head,
    )
    (made,) = plan.of(Kind.POWER)
    assert made.rows == ((0, 2), (0, 3), (0, 4))
    assert plan.risk("虚报差旅").rows == ((0, 2), (0, 3))
    assert plan.risk("虚列开支").rows == ((0, 4),)


def test_doubts_of_every_row_of_a_risk_are_told_with_its_line() -> None:
    head = "单位,职权名称,风险点,表现形式,风险等级,防控措施"
    plan = planned(
        "财务处,经费报销审批,虚报差旅,拆分票据,高,双人复核",
        "财务处,经费报销审批,虚报差旅,重复报销,很高很高,每月抽查",
        "财务处,经费报销审批,虚列开支,虚开发票,低,公示",
        head=head,
    )
    assert "很高很高" in words(plan.risk("虚报差旅"))
    assert plan.risk("虚列开支").doubts == ()


# refusals


@pytest.mark.parametrize(
    ("unit", "importer", "reason"),
    [
        ("外单位", None, "机构中没有单位“外单位”"),
        ("", None, "没有注明单位"),
        ("办公室", FINANCE, "您不填报“办公室”"),
    ],
)
def test_rows_of_a_unit_that_is_unknown_or_not_theirs_are_refused(
    unit: str, importer: Importer | None, reason: str
) -> None:
    asks = importer or Importer(drafts=None, sets_up=True)
    stored = held(power("BG-01", "公章管理", unit="BG"))
    plan = planned(
        f"{unit},公章管理,,出纳,私盖公章,高,登记用印", head=HEAD, importer=asks, stored=stored
    )
    lines = plan.of(Kind.POWER, Kind.RISK)
    assert [line.verdict for line in lines] == [Verdict.REFUSED] * 2
    for line in lines:
        assert reason in words(line)
        assert (line.content, line.needs, line.writes) == (None, (), False)
    assert plan.after.powers == tuple(
        one for one in stored.register.powers if one.unit in plan.placing.touched
    )
    assert plan.after.risks == ()


def test_rows_of_a_unit_that_is_left_are_refused_as_chosen() -> None:
    plan = planned(*ROWS, head=HEAD, settings=Settings(units={"财务处": LEAVE}))
    assert {line.verdict for line in plan.of(Kind.POWER, Kind.RISK)} == {Verdict.REFUSED}
    assert "按您的选择" in words(plan.risk("虚报差旅"))


LONG = "很长" * 40


@pytest.mark.parametrize(
    ("row", "kind", "field"),
    [
        (f"财务处,{LONG},,出纳,虚报差旅,高,双人复核", Kind.POWER, "职权名称"),
        (f"财务处,经费报销审批,{LONG},出纳,虚报差旅,高,双人复核", Kind.POWER, "环节名称"),
        (f"财务处,经费报销审批,,出纳,{LONG},高,双人复核", Kind.RISK, "风险点名称"),
        (f"财务处,经费报销审批,,出纳,虚报差旅,高,{LONG}", Kind.RISK, "一条措施"),
    ],
)
def test_a_text_that_is_too_long_refuses_its_line(row: str, kind: Kind, field: str) -> None:
    plan = planned(row, "财务处,公务接待审批,受理,出纳,超标准接待,中,每月抽查", head=HEAD)
    refused = [line for line in plan.of(kind) if line.verdict is Verdict.REFUSED]
    assert [f"{field}有 80 字，最多 60 字" in words(line) for line in refused] == [True]
    assert plan.risk("超标准接待").verdict is Verdict.ADDED
    require_sound(imported(plan)[0].register)


def test_what_rests_on_a_refused_part_is_refused_with_it() -> None:
    plan = planned(f"财务处,{LONG},,出纳,虚报差旅,高,双人复核", ROWS[1], head=HEAD)
    line = plan.risk("虚报差旅")
    assert line.verdict is Verdict.REFUSED
    assert f"它依附的“{LONG}”不能导入" in words(line)
    assert [one.title for one in plan.after.risks] == ["超标准接待"]


@pytest.mark.parametrize(
    ("head", "row", "refused"),
    [
        (
            "单位,职权名称,行使依据,风险点,防控措施",
            f"财务处,经费报销审批,《{LONG[:70]}》,虚报差旅,双人复核",
            {Kind.REGULATION, Kind.POWER, Kind.RISK},
        ),
        (
            "单位,职权名称,岗位,风险点,防控措施",
            f"财务处,经费报销审批,{LONG},虚报差旅,双人复核",
            {Kind.POST, Kind.POWER, Kind.RISK},
        ),
    ],
)
def test_nothing_is_taken_that_rests_on_a_name_too_long(
    head: str, row: str, refused: set[Kind]
) -> None:
    lengths = {**LENGTHS, "basis.text": 500, "basis.article": 500}
    plan = planned(row, head=head, lengths=lengths)
    assert {line.kind for line in plan.lines if line.verdict is Verdict.REFUSED} == refused
    assert (plan.after.powers, plan.after.risks) == ((), ())


# needs


def test_a_line_needs_the_unit_and_the_posts_that_are_set_up_with_it() -> None:
    head = "单位,职权名称,岗位,风险点,防控措施,责任人"
    plan = planned(
        "行政部,公章管理,印章员,私盖公章,登记用印,印章员",
        "财务处,经费报销审批,出纳,虚报差旅,双人复核,出纳",
        head=head,
        settings=Settings(units={"行政部": f"{NEW}XZ"}),
    )
    assert [line.needs for line in plan.of(Kind.POWER)] == [("XZ", "XZ-G01"), ()]
    assert [line.needs for line in plan.of(Kind.RISK)] == [("XZ-01", "XZ", "XZ-G01"), ("CW-01",)]
    require_sound(imported(plan)[0].register)


def test_a_risk_about_a_new_post_needs_it() -> None:
    plan = planned("财务处,稽核,虚报差旅,双人复核", head="单位,岗位,风险点,防控措施")
    (line,) = plan.of(Kind.RISK)
    assert line.needs == ("CW-G04",)


def test_a_risk_on_a_new_step_needs_the_power_that_gets_it() -> None:
    rows = "财务处,经费报销审批,审核,,虚报差旅,高,双人复核"
    plan = planned(rows, head=HEAD, stored=held(power(steps=links("受理"))))
    (line,) = plan.of(Kind.RISK)
    assert (line.needs, [one.verdict for one in plan.of(Kind.POWER)]) == (
        ("CW-01",),
        [Verdict.CHANGED],
    )
    known = planned(rows, head=HEAD, stored=held(power(steps=links("受理", "审核"))))
    assert known.risk("虚报差旅").needs == ()


# doubts


def test_a_risk_taken_for_one_of_other_words_is_told_at_a_first_import() -> None:
    row = "财务处,经费报销审批,,出纳,虚报差旅费,高,双人复核"
    plan = planned(row, head=HEAD, stored=held(CW1, R1))
    (line,) = plan.of(Kind.RISK)
    assert (line.code, line.verdict, line.taken) == ("R-CW-01", Verdict.CHANGED, True)
    assert "认作已有的 R-CW-01“虚报差旅”" in words(line)
    earlier = {("risk", "R-CW-01"): msgspec.json.encode(R1).decode()}
    later = planned(row, head=HEAD, stored=replace(held(CW1, R1), earlier=earlier))
    assert later.of(Kind.RISK)[0].doubts == ()


def test_a_power_taken_for_one_of_another_name_is_told() -> None:
    plan = planned("财务处,经费报销审批权,,,虚报差旅,高,双人复核", head=HEAD, stored=held(CW1))
    (line,) = plan.of(Kind.POWER)
    assert (line.code, line.verdict) == ("CW-01", Verdict.CHANGED)
    assert "认作已有的职权 CW-01“经费报销审批”" in words(line)


def test_a_risk_that_somebody_calls_new_is_new() -> None:
    row = "财务处,经费报销审批,,出纳,虚报差旅费,高,双人复核"
    plan = planned(row, head=HEAD, stored=held(CW1, R1), settings=Settings(apart=["0:2:1"]))
    (line,) = plan.of(Kind.RISK)
    assert (line.code, line.verdict, line.taken) == ("R-CW-02", Verdict.ADDED, True)
    assert {one.id for one in plan.after.risks} == {"R-CW-01", "R-CW-02"}
    require_sound(imported(plan)[0].register)


def test_a_row_that_says_what_another_one_says_is_not_taken_by_itself() -> None:
    plan = planned(ROWS[0], ROWS[1], ROWS[0], head=HEAD)
    first, other, again = plan.of(Kind.RISK)
    assert (first.doubts, first.taken, other.taken) == ((), True, True)
    assert (again.verdict, again.taken) == (Verdict.ADDED, False)
    assert "与 R-CW-01“虚报差旅”相似 100%" in words(again)
    assert [one.id for one in plan.after.risks] == ["R-CW-01", "R-CW-02"]


def test_the_same_risk_of_another_power_is_taken_and_told() -> None:
    plan = planned(
        "财务处,经费报销审批,,,虚报费用,高,双人复核",
        "财务处,公务接待审批,,,虚报费用,高,双人复核",
        head=HEAD,
    )
    first, second = plan.of(Kind.RISK)
    assert (first.doubts, second.taken) == ((), True)
    assert "相似 100%" in words(second)


def test_a_risk_nearly_like_another_is_taken_and_told() -> None:
    plan = planned(
        "财务处,经费报销审批,,,虚报差旅费用套取资金,高,双人复核",
        "财务处,经费报销审批,,,虚报差旅费用套取现金,高,双人复核",
        head=HEAD,
    )
    assert [line.taken for line in plan.of(Kind.RISK)] == [True, True]
    assert "相似 90%" in words(plan.of(Kind.RISK)[1])


def test_a_risk_that_an_import_brought_and_is_gone_since_is_not_taken_by_itself() -> None:
    stored = replace(held(CW1), gone={("risk", "CW", "虚报差旅"): "R-CW-01"})
    plan = planned(*ROWS, head=HEAD, stored=stored)
    line = plan.risk("虚报差旅")
    assert (line.verdict, line.taken) == (Verdict.ADDED, False)
    assert "以前导入过这个风险点（R-CW-01）" in words(line)
    assert plan.risk("超标准接待").taken
    elsewhere = replace(stored, gone={("risk", "BG", "虚报差旅"): "R-BG-01"})
    assert planned(*ROWS, head=HEAD, stored=elsewhere).risk("虚报差旅").taken


def test_a_power_that_is_gone_since_is_not_taken_by_itself_nor_what_rests_on_it() -> None:
    first = planned(*ROWS, head=HEAD)
    name = first.of(Kind.POWER)[0].label
    stored = replace(held(), gone={("power", "CW", name): "CW-09"})
    plan = planned(*ROWS, head=HEAD, stored=stored)
    line = next(one for one in plan.of(Kind.POWER) if one.label == name)
    assert (line.verdict, line.taken) == (Verdict.ADDED, False)
    assert "以前导入过这项职权（CW-09）" in words(line)
    on_it = [one for one in plan.of(Kind.RISK) if line.code in one.needs]
    assert on_it
    assert not any(one.taken for one in on_it)
    assert all(one.taken for one in first.of(Kind.POWER, Kind.RISK))


@pytest.mark.parametrize(
    ("said", "level", "is_told"),
    [("低", "high", True), ("高", "high", False), ("", "high", False)],
)
def test_a_settled_level_stays_whatever_the_table_says(
    said: str, level: str, is_told: bool
) -> None:
    stored = replace(held(CW1, R1), settled=frozenset({"R-CW-01"}))
    row = f"财务处,经费报销审批,,出纳,虚报差旅,{said},每月抽查"
    plan = planned(row, head=HEAD, stored=stored)
    (line,) = plan.of(Kind.RISK)
    assert isinstance(line.content, RiskPoint)
    assert line.content.level == level
    assert len(line.content.measures) == 2
    assert ("等级不随导入改变" in words(line)) is is_told
    assert [told.field for told in line.changes] == ["measure"]


def test_what_changed_on_both_sides_is_named_and_the_file_s() -> None:
    earlier = {
        ("risk", "R-CW-01"): msgspec.json.encode(R1).decode(),
        ("power", "CW-01"): msgspec.json.encode(replace(CW1, category="decision")).decode(),
    }
    stored = held(replace(CW1, category="supervision"), replace(R1, level="medium"))
    plan = planned(
        "财务处,经费报销审批,执行权,虚报差旅,低,双人复核",
        head="单位,职权名称,职权类别,风险点,风险等级,防控措施",
        stored=replace(stored, earlier=earlier),
    )
    assert "文件和系统都改过：等级" in words(plan.of(Kind.RISK)[0])
    assert "文件和系统都改过：类别" in words(plan.of(Kind.POWER)[0])
    assert [one.level for one in plan.after.risks] == ["low"]
    assert [one.category for one in plan.after.powers] == ["execution"]


# what the register looks like afterwards


def test_what_somebody_changed_since_stays_when_the_same_file_comes_again() -> None:
    first = planned(*ROWS, head=HEAD)
    stored, _ = imported(first)
    one, two = stored.register.risks
    mended = replace(
        stored,
        register=replace(
            stored.register,
            risks=(
                replace(
                    one,
                    title="弄虚作假套取资金",
                    level="low",
                    measures=(Measure(id="R-CW-01-1", text="逐笔核对"),),
                    posts=(),
                ),
                replace(two, measures=(), about=about("power", "CW-01")),
            ),
        ),
    )
    again = planned(*ROWS, head=HEAD, stored=mended)
    assert [line.verdict for line in again.of(Kind.POWER, Kind.RISK)] == [Verdict.UNCHANGED] * 4
    assert again.after.risks == mended.register.risks


def test_a_row_left_as_double_is_still_that_when_the_other_was_reworded() -> None:
    stored, _ = imported(planned(ROWS[0], ROWS[0], head=HEAD))
    (one,) = stored.register.risks
    renamed = replace(stored.register, risks=(replace(one, title="弄虚作假套取资金"),))
    again = planned(ROWS[0], ROWS[0], head=HEAD, stored=replace(stored, register=renamed))
    assert [(line.verdict.value, line.taken) for line in again.of(Kind.RISK)] == [
        (U, True),
        (A, False),
    ]


def test_a_step_that_somebody_took_out_does_not_come_back_and_its_risks_hang_on_the_power() -> None:
    rows = ("财务处,经费报销审批,受理,出纳,虚报差旅,高,双人复核",)
    stored, _ = imported(planned(*rows, head=HEAD))
    (made,), (one,) = stored.register.powers, stored.register.risks
    assert one.about == about("step", "CW-01-1")
    without = replace(
        stored.register,
        powers=(replace(made, steps=()),),
        risks=(replace(one, about=about("power", "CW-01")),),
    )
    again = planned(
        *rows,
        "财务处,经费报销审批,受理,出纳,虚列开支,高,双人复核",
        head=HEAD,
        stored=replace(stored, register=without),
    )
    assert [line.verdict.value for line in again.of(Kind.POWER, Kind.RISK)] == [U, U, A]
    assert again.risk("虚列开支").content == replace(
        again.after.risks[1], about=about("power", "CW-01")
    )
    require_sound(again.after)


def test_a_flow_in_the_table_leaves_the_steps_on_which_stored_risks_hang() -> None:
    stored = held(
        power(steps=links("受理", "核价")), risk("R-CW-05", "压价", about=about("step", "CW-01-2"))
    )
    row = "财务处,经费报销审批,受理→审核（科长）→决定,,虚报差旅,高,双人复核"
    (made,) = planned(row, head=HEAD, stored=stored).after.powers
    assert [(step.id, step.name, step.lane) for step in made.steps] == [
        ("CW-01-1", "受理", ""),
        ("CW-01-3", "审核", "科长"),
        ("CW-01-4", "决定", ""),
        ("CW-01-2", "核价", ""),
    ]


def test_changes_are_told_in_words_though_the_file_does_not_mention_the_place_before() -> None:
    stored = held(CW2, risk("R-CW-01", "虚报差旅", about=about("step", "CW-07-1")))
    other = power("CW-07", "资产处置审批", steps=(Step(id="CW-07-1", name="评估"),))
    stored = replace(stored, register=replace(stored.register, powers=(CW2, other)))
    row = "财务处,公务接待审批,,,虚报差旅,,"
    (line,) = planned(row, head=HEAD, stored=stored).of(Kind.RISK)
    assert line.changes == (Told(field="about", before="评估", after="公务接待审批"),)


def test_a_line_that_can_not_be_taken_leaves_the_stored_part_as_it_is() -> None:
    stored = held(CW1, R1)
    row = f"财务处,经费报销审批,,出纳,虚报差旅,低,{LONG}"
    plan = planned(row, head=HEAD, stored=stored)
    assert plan.of(Kind.RISK)[0].verdict is Verdict.REFUSED
    assert plan.after.risks == (R1,)


def test_what_is_said_of_a_part_is_kept_under_its_code() -> None:
    plan = planned(*ROWS, head=HEAD)
    assert set(spoken(plan.lines)) == {
        ("power", "CW-01"),
        ("power", "CW-02"),
        ("risk", "R-CW-01"),
        ("risk", "R-CW-02"),
    }


def test_an_empty_table_says_nothing() -> None:
    plan = planned(head=HEAD)
    assert plan.lines == ()
    assert plan.after.risks == NOTHING.register.risks == ()


def test_a_library_s_regulation_is_known_by_its_title() -> None:
    rule = Regulation(id="ZD-007", title="经费管理办法")
    head = "单位,职权名称,行使依据,风险点,防控措施"
    plan = planned(
        "财务处,经费报销审批,《经费管理办法》第三条,虚报差旅,双人复核",
        head=head,
        stored=held(regulations=(rule,)),
    )
    assert plan.told(Kind.REGULATION) == [(U, "ZD-007", "经费管理办法")]
    assert plan.after.powers[0].bases[0].regulation == "ZD-007"
    assert plan.of(Kind.POWER)[0].needs == ()


def test_the_register_before_is_what_is_stored_of_the_units_concerned() -> None:
    stored = held(CW1, R1, power("BG-01", "公章管理", unit="BG"))
    first, last = planned(*ROWS, head=HEAD, stored=stored).pieces
    assert [one.id for one in first.before.powers] == ["CW-01"]
    assert (last.before, last.after) == (Register(), Register())
