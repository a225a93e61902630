"""Habits of real tables, each in the smallest file that has it."""

import json
from pathlib import Path

import openpyxl

from lianfang.common.text import Language
from lianfang.documents.model import Direction, Field, ProblemCode, Table
from lianfang.documents.reading import read_file
from lianfang.documents.report import reading_json
from lianfang.documents.tests.grids import workbook
from lianfang.scheme.model import Scheme

Rows = list[list[object]]

HEAD: list[object] = ["序号", "科室", "风险点", "风险等级", "防控措施", "责任人"]


def only_table(path: Path, scheme: Scheme) -> Table:
    (table,) = read_file(path, scheme).tables
    return table


def column(table: Table, field: Field) -> list[str | None]:
    return [table.value(row, field) for row in table.rows]


def test_blank_cells_repeat_what_groups_rows_and_nothing_else(
    tmp_path: Path, scheme: Scheme
) -> None:
    rows: Rows = [
        HEAD,
        [1, "办公室", "公车私用", "中", "派车单编号", "张某"],
        [2, None, "虚报里程", None, None, None],
    ]
    table = only_table(workbook(tmp_path / "a.xlsx", rows), scheme)
    assert column(table, Field.UNIT) == ["办公室", "办公室"]
    assert column(table, Field.OWNER) == ["张某", None]
    assert [row.level for row in table.rows] == ["medium", None]


def test_a_merged_cell_belongs_to_every_row_it_covers(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        HEAD,
        [1, "办公室", "公车私用", "中", "派车单编号", "张某"],
        [2, None, "虚报里程", None, None, None],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, merges=("D2:D3", "F2:F3"))
    table = only_table(path, scheme)
    assert [row.level for row in table.rows] == ["medium", "medium"]
    assert column(table, Field.OWNER) == ["张某", "张某"]


def test_a_merged_blank_cell_is_meant_blank(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        HEAD,
        [1, "办公室", "公车私用", "中", "派车单编号", "张某"],
        [2, None, "虚报里程", "低", "核对里程", "张某"],
        [3, None, "超标准加油", "低", "油卡对应", "张某"],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, merges=("B3:B4",))
    assert column(only_table(path, scheme), Field.UNIT) == ["办公室", None, None]


def test_every_level_of_a_numbered_scale_is_marked(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [HEAD, [1, "办公室", "公车私用", "一级", "派车单编号", "张某"]]
    path = workbook(tmp_path / "a.xlsx", rows)
    (table,) = read_file(path, scheme).tables
    (problem,) = table.problems
    assert (problem.code, problem.row, problem.column) == (ProblemCode.LEVEL_NUMBERED, 2, 3)
    turned = read_file(path, scheme, direction=Direction.LOW_FIRST)
    assert turned.tables[0].rows[0].level == "low"


def test_cells_without_heading_are_kept_and_told(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [HEAD, [1, "办公室", "公车私用", "中", "派车单编号", "张某", None, "旁注"]]
    table = only_table(workbook(tmp_path / "a.xlsx", rows), scheme)
    assert "旁注" in table.rows[0].cells
    assert [problem.code for problem in table.problems] == [ProblemCode.COLUMN_UNKNOWN]


def test_a_file_without_table_keeps_its_cells_and_says_so(tmp_path: Path, scheme: Scheme) -> None:
    reading = read_file(workbook(tmp_path / "a.xlsx", [["会议通知"], ["请按时参加"]]), scheme)
    assert reading.tables == ()
    assert [row.cells[0] for row in reading.loose] == ["会议通知", "请按时参加"]
    assert [problem.code for problem in reading.problems] == [ProblemCode.NO_TABLE]


def test_title_and_unit_come_from_the_lines_above(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [["附件2"], ["某局廉政风险点及防控措施表"], ["填报单位：人事处"], HEAD]
    rows.append([1, "办公室", "公车私用", "中", "派车单编号", "张某"])
    table = only_table(workbook(tmp_path / "a.xlsx", rows), scheme)
    assert (table.title, table.unit) == ("某局廉政风险点及防控措施表", "人事处")


def test_a_line_that_says_who_fills_in_is_no_part_of_the_header(
    tmp_path: Path, scheme: Scheme
) -> None:
    rows: Rows = [["填报单位：人事处", "", "", "填报日期：5月14日"], HEAD]
    rows.append([1, "办公室", "公车私用", "中", "派车单编号", "张某"])
    table = only_table(workbook(tmp_path / "a.xlsx", rows), scheme)
    assert table.unit == "人事处"
    assert [row.number for row in table.header_rows] == [2]


def test_every_sheet_is_read(tmp_path: Path, scheme: Scheme) -> None:
    book = openpyxl.Workbook()
    for name in ("办公室", "财务处"):
        sheet = book.create_sheet(name)
        sheet.append(HEAD)
        sheet.append([1, name, "虚列开支", "高", "双人复核", "李某"])
    book.save(tmp_path / "a.xlsx")
    tables = read_file(tmp_path / "a.xlsx", scheme).tables
    assert [table.sheet for table in tables] == ["办公室", "财务处"]


def test_the_json_holds_what_the_contract_names(tmp_path: Path, scheme: Scheme) -> None:
    rows: Rows = [
        [*HEAD, "可能后果"],
        [1, "办公室", "公车私用", "中", "1.派车单；2.公示", "张某", "浪费"],
    ]
    reading = read_file(workbook(tmp_path / "a.xlsx", rows), scheme)
    (table,) = json.loads(reading_json(reading, scheme, Language.EN))["tables"]
    assert table["columns"][3] == {
        "index": 3,
        "header": "风险等级",
        "field": "level",
        "confidence": 1.0,
    }
    assert table["rows"] == [
        {
            "row": 2,
            "seq": "1",
            "unit": "办公室",
            "risk": "公车私用",
            "level": "medium",
            "level_raw": "中",
            "measures": [
                {"phase": None, "text": "派车单", "suggested": None},
                {"phase": None, "text": "公示", "suggested": "early"},
            ],
            "owner": "张某",
            "other": {"可能后果": "浪费"},
        }
    ]
    assert table["problems"][0]["code"] == "column-unknown"
