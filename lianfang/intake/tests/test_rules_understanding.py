"""What the page of a file shows of how it was understood."""

from typing import Any

import pytest

from lianfang.common.text import Text
from lianfang.documents.model import Direction, ProblemCode
from lianfang.documents.registering import register_of
from lianfang.documents.roundtrip import ReturnCode, Returned, ReturnProblem
from lianfang.intake.rules.arranging import arranged
from lianfang.intake.rules.settings import Settings
from lianfang.intake.rules.understanding import (
    SAMPLES,
    SeenColumn,
    SeenFlow,
    SeenProblem,
    doubts_by_row,
    doubts_of_form,
    flows_in,
    has_numbered_levels,
    pairings_in,
    problems_in,
    problems_of_form,
    seen_tables,
    unsorted_in,
)
from lianfang.intake.tests.rules_parts import flow, links, power, register
from lianfang.intake.tests.rules_tables import reading, scheme
from lianfang.register.model import Register

HEAD = "单位,职权名称,风险点,风险等级,防控措施"


def problems(*rows: str, head: str = HEAD, **more: Any) -> list[SeenProblem]:
    read = reading(*rows, head=head, **more)
    return list(problems_in(read, register_of(read, scheme()).problems))


def codes(found: list[SeenProblem]) -> list[str]:
    return [problem.code for problem in found]


# columns


def test_a_column_is_seen_with_its_field_and_some_cells() -> None:
    head = "所 属单位,廉政风险点,防控措施,说不清的一栏"
    rows = [f"财务处,风险{n},措施{'长' * 80},{'' if n < 2 else f'甲{n}'}" for n in range(6)]
    (table,) = seen_tables(reading(*rows, head=head, above=["某局风险表"]))
    assert (table.number, table.title, table.rows) == (0, "某局风险表", 6)
    assert (table.is_form, table.unit, table.sheet) == (False, "", "Sheet1")
    unit, risk, measures, loose = table.columns
    assert unit == SeenColumn(
        letter="A",
        header="所 属单位",
        key="所属单位",
        field="unit",
        confidence=unit.confidence,
        # a cell is shown once
        samples=("财务处",),
    )
    assert (risk.field, risk.samples) == ("risk", ("风险0", "风险1", "风险2"))
    assert len(risk.samples) == SAMPLES
    assert measures.samples == (f"措施{'长' * 58}",)
    # blank cells are no samples
    assert (loose.field, loose.letter, loose.samples) == ("", "D", ("甲2", "甲3", "甲4"))
    assert 0 < unit.confidence <= 1


def test_whose_table_it_is_is_seen() -> None:
    (table,) = seen_tables(
        reading("公车私用,派车单编号", head="风险点,防控措施", above=["风险表", "填报单位：办公室"])
    )
    assert table.unit == "办公室"


# doubts


@pytest.mark.parametrize(("direction", "worst"), [("high-first", "最高"), ("low-first", "最低")])
def test_numbered_levels_are_told_once(direction: str, worst: str) -> None:
    rows = [
        f"财务处,经费报销审批,风险{level},{level},双人复核" for level in ("一级", "二级", "三级")
    ]
    table = reading(*rows, head=HEAD)
    assert len(table.tables[0].problems) == 3
    turned = type(table)(table.file, table.tables, Direction(direction))
    found = list(problems_in(turned, ()))
    assert codes(found) == [ProblemCode.LEVEL_NUMBERED]
    assert f"第一级{worst}读" in found[0].message.zh
    assert (found[0].table, found[0].row) == (0, 0)
    assert has_numbered_levels(found)
    assert not has_numbered_levels(problems("财务处,经费报销审批,虚报差旅,高,双人复核"))


def test_doubts_are_told_with_table_and_row() -> None:
    found = problems(
        "财务处,经费报销审批,虚报差旅,很高很高,双人复核",
        "财务处,经费报销审批,1.虚列开支；2.公车私用,低,1.双人复核；2.每月抽查；3.公示",
    )
    assert [(problem.code, problem.table, problem.row) for problem in found] == [
        (ProblemCode.LEVEL_UNKNOWN, 0, 2),
        (ProblemCode.ITEMS_UNPAIRED, 0, 3),
    ]
    by_row = doubts_by_row(found)
    assert set(by_row) == {(0, 2), (0, 3)}
    assert by_row[0, 2] == (found[0].message,)


def test_whose_rows_without_a_unit_are_is_told_by_the_unit_s_line() -> None:
    found = problems("经费报销审批,虚报差旅,高,双人复核", head="职权名称,风险点,风险等级,防控措施")
    assert ProblemCode.UNIT_ASSUMED not in codes(found)


def test_doubts_about_columns_and_files_belong_to_no_line() -> None:
    found = problems(
        "财务处,虚报差旅,双人复核,甲", "财务处,,,乙", head="单位,风险点,防控措施,说不清的一栏"
    )
    assert ProblemCode.COLUMN_UNKNOWN in codes(found)
    assert ProblemCode.ROW_WITHOUT_RISK in codes(found)
    assert doubts_by_row(found) == {}
    nothing = problems("请按时参加", head="会议通知")
    assert codes(nothing) == [ProblemCode.NO_TABLE]
    assert (nothing[0].table, nothing[0].row) == (-1, 0)


def test_several_doubts_about_a_row_are_told_in_their_order() -> None:
    texts = [Text(f"第{n}。", f"{n}.") for n in range(3)]
    found = [
        SeenProblem(code=ProblemCode.LEVEL_UNKNOWN, message=text, table=0, row=4) for text in texts
    ]
    assert doubts_by_row(found) == {(0, 4): tuple(texts)}


def test_doubts_about_a_form_belong_to_their_rows_whatever_they_are() -> None:
    said = [
        ReturnProblem(code=ReturnCode.UNREAD, message=Text("甲。", "A."), row=7, column=2),
        ReturnProblem(code=ReturnCode.REMOVED, message=Text("乙。", "B."), row=None),
    ]
    found = list(problems_of_form(Returned(Register(), Register(), tuple(said))))
    assert [(problem.code, problem.table, problem.row) for problem in found] == [
        ("cell-unread", 0, 7),
        ("row-removed", 0, 0),
    ]
    assert doubts_of_form(found) == {(0, 7): (Text("甲。", "A."),)}


# flows, pairings, measures without a phase


def test_only_flows_with_arrows_are_flows() -> None:
    found = flows_in(
        register(
            power("CW-01", "经费报销审批", steps=flow("受理", "决定", lane="科长")),
            power("CW-02", "公章管理", steps=links("受理", "审核")),
            power("CW-03", "印章管理"),
        )
    )
    assert list(found) == [
        SeenFlow(power="经费报销审批", steps=(("受理", "科长"), ("决定", "科长")))
    ]


def test_a_risk_of_several_rows_is_not_paired_by_hand() -> None:
    head = "单位,职权名称,风险点,表现形式,防控措施"
    rows = [
        "财务处,经费报销审批,虚报差旅,拆分票据,双人复核",
        "财务处,经费报销审批,虚报差旅,重复报销,每月抽查",
        "财务处,公务接待审批,虚报人数,1.多报人数；2.虚开发票,1.公示；2.抽查",
    ]
    read = register_of(reading(*rows, head=head), scheme())
    (pairing,) = pairings_in(arranged(read, Settings(), scheme()))
    assert (pairing.title, pairing.row, pairing.key) == ("虚报人数", 4, "0:4:1")


def test_measures_without_a_phase_are_told_with_their_risk() -> None:
    head = "单位,职权名称,风险点,前期预防,防控措施"
    row = "财务处,经费报销审批,虚报差旅,公示,1.双人复核；2.每月抽查"
    keyed = arranged(register_of(reading(row, head=head), scheme()), Settings(), scheme())
    waiting = list(unsorted_in(keyed))
    assert [(one.risk, one.text) for one in waiting] == [
        ("虚报差旅", "双人复核"),
        ("虚报差旅", "每月抽查"),
    ]
    for one in waiting:
        phases = {one.key: "during"}
        chosen = arranged(
            register_of(reading(row, head=head), scheme()), Settings(phases=phases), scheme()
        )
        assert {
            measure.text: measure.phase
            for point in chosen.register.risks
            for measure in point.measures
            if measure.phase == "during"
        } == {one.text: "during"}
