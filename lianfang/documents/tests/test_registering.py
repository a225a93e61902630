"""From rows to parts: what becomes of a table on its way into the Register."""

from pathlib import Path

import pytest

from lianfang.documents.model import ProblemCode
from lianfang.documents.phases import suggested_phase
from lianfang.documents.reading import read_file
from lianfang.documents.registering import Registered, register_of
from lianfang.documents.tests.grids import workbook
from lianfang.register.identity import carry_over
from lianfang.register.model import ChargeRole, Fact, Role, StepKind, SubjectKind
from lianfang.scheme.model import Scheme

Rows = list[list[object]]
HEAD: list[object] = ["科室", "职权名称", "岗位", "风险点", "风险等级", "防控措施", "责任人"]


def registered(
    path: Path, rows: Rows, scheme: Scheme, *, merges: tuple[str, ...] = (), unit: str | None = None
) -> Registered:
    file = workbook(path / "a.xlsx", rows, merges=merges)
    return register_of(read_file(file, scheme), scheme, unit=unit)


def test_a_row_becomes_unit_power_post_risk_and_measures(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        HEAD,
        [
            "办公室",
            "1.公务用车",
            "车管员",
            "公车私用",
            "中",
            "1.派车单编号；2.里程公示",
            "科长、张某",
        ],
    ]
    register = registered(tmp_path, rows, scheme).register
    assert [unit.name for unit in register.units] == ["办公室"]
    assert [power.name for power in register.powers] == ["公务用车"]
    assert [post.name for post in register.posts] == ["车管员"]
    (risk,) = register.risks
    assert (risk.title, risk.level, risk.about.kind) == ("公车私用", "medium", SubjectKind.POWER)
    assert risk.posts == (register.posts[0].id,)
    assert [measure.text for measure in risk.measures] == ["派车单编号", "里程公示"]
    assert {measure.responsible for measure in risk.measures} == {"科长"}
    assert register.charges is not None
    assert [(charge.role, charge.name) for charge in register.charges] == [
        (ChargeRole.OWNER, "科长"),
        (ChargeRole.OWNER, "张某"),
    ]


def test_risk_i_gets_measure_i_where_both_number_alike(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [HEAD, ["办公室", "用车", None, "1.虚报；2.私用", "中", "1.核对；2.公示", None]]
    risks = registered(tmp_path, rows, scheme).register.risks
    assert [(r.title, [m.text for m in r.measures]) for r in risks] == [
        ("虚报", ["核对"]),
        ("私用", ["公示"]),
    ]


@pytest.mark.parametrize("measures", ["1.核对；2.公示；3.登记", "（1）核对（3）公示", "核对并公示"])
def test_risks_and_measures_that_do_not_match_stay_one_point(
    tmp_path: Path, scheme: Scheme, measures: str
) -> None:
    rows: Rows = [HEAD, ["办公室", "用车", None, "1.虚报；2.私用", "中", measures, None]]
    found = registered(tmp_path, rows, scheme)
    (risk,) = found.register.risks
    assert [shown.text for shown in risk.manifestations] == ["虚报", "私用"]
    assert "虚报" in risk.title
    assert "私用" in risk.title
    assert [problem.code for problem in found.problems] == [ProblemCode.ITEMS_UNPAIRED]


def test_a_level_that_counts_expands_over_the_risks(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        HEAD,
        [
            "办公室",
            "用车",
            None,
            "1.虚报；2.私用；3.出借",
            "1中2低",
            "1.核对；2.公示；3.登记",
            None,
        ],
    ]
    risks = registered(tmp_path, rows, scheme).register.risks
    assert [risk.level for risk in risks] == ["medium", "low", "low"]


def test_rows_of_one_merged_risk_are_one_point_shown_in_several_ways(
    tmp_path: Path, scheme: Scheme
) -> None:
    rows: Rows = [
        ["职权名称", "风险点", "表现形式", "风险等级", "防控措施"],
        ["招标", "设定条件", "排斥投标人", "高", "会签"],
        [None, None, "泄露标底", "低", "封存"],
    ]
    (risk,) = registered(tmp_path, rows, scheme, merges=("A2:A3", "B2:B3")).register.risks
    assert [(m.text, m.level) for m in risk.manifestations] == [
        ("排斥投标人", "high"),
        ("泄露标底", "low"),
    ]
    assert risk.level == "high"
    assert [measure.text for measure in risk.measures] == ["会签", "封存"]


def test_a_flow_in_a_cell_becomes_steps_in_order(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        ["职权名称", "职权类别", "运行流程"],
        ["采购审批", "决策权", "申请→审核（处长）→5个工作日内批复"],
    ]
    (power,) = registered(tmp_path, rows, scheme).register.powers
    assert [(step.name, step.kind, step.lane, step.days) for step in power.steps] == [
        ("申请", StepKind.START, "", None),
        ("审核", StepKind.STEP, "处长", None),
        ("5个工作日内批复", StepKind.END, "", 5),
    ]
    assert [arrow.to for arrow in power.steps[0].arrows] == [power.steps[1].id]


def test_a_power_list_gives_categories_bases_and_parts(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        ["职权编码", "职权名称", "职权类别", "行使依据", "岗位", "姓名"],
        ["A-1", "采购审批", "决策权", "《采购办法》第五条", "处长", "张某"],
    ]
    register = registered(tmp_path, rows, scheme).register
    (power,) = register.powers
    assert (power.code, power.category) == ("A-1", "decision")
    assert [(b.article, b.regulation) for b in power.bases] == [
        ("第五条", register.regulations[0].id)
    ]
    assert [part.role for part in power.posts] == [Role.DECIDES]
    assert register.holders is not None
    assert [holder.person for holder in register.holders] == ["张某"]


def test_what_fits_nowhere_is_kept_under_its_own_heading(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        ["风险点", "风险类别", "可能后果", "防控措施", "备注"],
        ["公车私用", "三公经费", "浪费", "派车单", "重点"],
    ]
    found = registered(tmp_path, rows, scheme)
    extras = {extra.label: extra.text for extra in found.register.risks[0].extras}
    assert extras == {"风险类别": "三公经费", "可能后果": "浪费", "备注": "重点"}
    assert ProblemCode.ASPECT_UNKNOWN in [problem.code for problem in found.problems]


def test_a_row_of_a_risk_table_without_a_risk_is_told(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [HEAD, ["办公室", "用车", None, None, None, None, "张某"]]
    found = registered(tmp_path, rows, scheme)
    assert [(p.code, p.row) for p in found.problems] == [(ProblemCode.ROW_WITHOUT_RISK, 2)]
    assert [power.name for power in found.register.powers] == ["用车"]


def test_the_unit_is_the_one_given_where_the_table_names_none(
    tmp_path: Path, scheme: Scheme
) -> None:
    rows: Rows = [["风险点", "防控措施"], ["公车私用", "派车单"]]
    found = registered(tmp_path, rows, scheme, unit="办公室")
    assert [unit.name for unit in found.register.units] == ["办公室"]
    assert [problem.code for problem in found.problems] == [ProblemCode.UNIT_ASSUMED]
    assert Fact.UNITS in found.register.absent


def test_a_band_names_the_unit_of_the_rows_below_it(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        ["序号", "风险点", "防控措施"],
        ["一、办公室", None, None],
        [1, "公车私用", "派车单"],
        ["二、财务处", None, None],
        [2, "虚列开支", "双人复核"],
    ]
    merges = ("A2:C2", "A4:C4")
    register = registered(tmp_path, rows, scheme, merges=merges).register
    assert [unit.name for unit in register.units] == ["办公室", "财务处"]


def test_declared_totals_are_kept_for_the_checks(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        ["全局共查找风险点3个，其中高风险1个、低风险2个。"],
        ["风险点", "风险等级", "防控措施"],
        ["公车私用", "高", "派车单"],
    ]
    register = registered(tmp_path, rows, scheme).register
    assert register.totals is not None
    assert {(t.counted, t.number) for t in register.totals} == {
        ("risks", 3),
        ("high", 1),
        ("low", 2),
    }


def test_absent_columns_are_facts_the_checks_need_not_look_for(
    tmp_path: Path, scheme: Scheme
) -> None:
    rows: Rows = [["权力名称", "权力类型"], ["采购审批", "行政许可"]]
    absent = registered(tmp_path, rows, scheme).register.absent
    assert {Fact.CATEGORIES, Fact.RISKS, Fact.MEASURES, Fact.POSTS} <= set(absent)
    assert Fact.POWERS not in absent


def test_the_same_file_read_again_changes_nothing(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [HEAD, ["办公室", "用车", "车管员", "公车私用", "中", "派车单", "张某"]]
    first = registered(tmp_path, rows, scheme).register
    assert carry_over(first, registered(tmp_path, rows, scheme).register) == first


def test_each_part_knows_the_cell_it_came_from(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [["某表"], HEAD, ["办公室", "用车", "车管员", "私用", "中", "派车单", "张某"]]
    found = registered(tmp_path, rows, scheme)
    risk = found.register.risks[0]
    level = found.origins.place("risk", risk.id, "level")
    measure = found.origins.place("measure", risk.measures[0].id, "text")
    assert level is not None
    assert measure is not None
    assert (level.row, level.column, measure.column) == (3, 4, 5)
    assert found.origins.place("total", "x", "number") is None


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("重点岗位人员签订廉洁承诺书", "early"),
        ("审批时双人复核", "during"),
        ("对违规人员追责并通报", "after"),
        ("做好工作", None),
    ],
)
def test_a_phase_is_suggested_by_the_wording(scheme: Scheme, text: str, phase: str | None) -> None:
    assert suggested_phase(text, scheme) == phase
