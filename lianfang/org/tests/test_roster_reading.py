"""What a staff list says: cells, headers, sheets, the simple list of an office, hostile files."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from lianfang.common.errors import Refused
from lianfang.documents.limits import FileRefused
from lianfang.org.exchange.roster import read_roster, roster_from_rows
from lianfang.org.exchange.roster.cells import CellWrong, read_cell
from lianfang.org.exchange.roster.columns import COLUMNS, Column
from lianfang.org.rules.roster.model import Roster, Sheet

HEADER = ["序号", "部门", "姓名", "工号", "职务", "任职时间", "政治面貌", "手机"]


def column(sheet: Sheet, field: str) -> Column:
    return next(column for column in COLUMNS[sheet] if column.field == field)


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


def problems(roster: Roster) -> str:
    return "\n".join(problem.text.zh for problem in roster.problems)


def faults(roster: Roster) -> str:
    return "\n".join(text.zh for row in roster.rows() for text in row.faults)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-05-14", date(2026, 5, 14)),
        ("2026.5.14", date(2026, 5, 14)),
        ("2026/05/14", date(2026, 5, 14)),
        ("2026年5月14日", date(2026, 5, 14)),
        ("20260514", date(2026, 5, 14)),
        ("２０２６－５－１４", date(2026, 5, 14)),
        ("2026-05-14 00:00:00", date(2026, 5, 14)),
        ("2026年5月", date(2026, 5, 1)),
        ("2026.05", date(2026, 5, 1)),
        ("46156", date(2026, 5, 14)),
        ("至今", None),
        ("now", None),
    ],
)
def test_a_day_is_read_as_people_write_it(cell: str, day: date | None) -> None:
    assert read_cell(column(Sheet.SEATS, "to_on"), cell)[0] == day


@pytest.mark.parametrize("cell", ["去年", "2026-13-01", "26.5.14", "2026-02-30", "9999-01-01", "5"])
def test_what_is_no_day_says_how_to_write_one(cell: str) -> None:
    with pytest.raises(CellWrong, match="2026-05-14"):
        read_cell(column(Sheet.SEATS, "from_on"), cell)


@pytest.mark.parametrize("told", [True, False])
def test_yes_and_no_have_many_words(told: bool) -> None:
    words = {True: "是 √ YES 中共党员 预备党员 1", False: "否 × n 群众 共青团员 0"}[told]
    for cell in words.split():
        assert read_cell(column(Sheet.PEOPLE, "is_party_member"), cell)[0] is told


def test_a_word_out_of_the_list_names_the_choices() -> None:
    with pytest.raises(CellWrong, match="单位、领导班子、处室、公司"):
        read_cell(column(Sheet.UNITS, "kind"), "车间")
    with pytest.raises(CellWrong, match="看不懂"):
        read_cell(column(Sheet.POSTS, "is_unit_head"), "大概")
    with pytest.raises(CellWrong, match="整数"):
        read_cell(column(Sheet.UNITS, "order"), "10000")


def test_the_six_sheets_are_read_in_both_languages() -> None:
    zh = {"人员": [["工号", "姓名", "中共党员"], ["007", "张　三", "是"]]}
    en = {"People": [["Staff number", "Name", "Party member"], ["007", "张三", "yes"]]}
    for sheets in (zh, en):
        person = roster_from_rows(sheets).people[0]
        assert (person.code, person.name, person.is_party_member) == ("007", "张三", True)


def test_an_empty_cell_and_a_missing_column_say_nothing() -> None:
    roster = roster_from_rows({"单位": [["代码", "名称", "类型"], ["CW", "", ""]]})
    unit = roster.units[0]
    assert (unit.name, unit.kind, unit.parent, unit.order) == (None, None, None, None)


def test_a_title_over_the_header_and_strange_columns_are_passed_over() -> None:
    rows = [["单位表"], [], ["代码", "名称", "电话", "名称"], ["CW", "财务处", "1", "x"]]
    roster = roster_from_rows({"单位": rows})
    assert (roster.units[0].name, roster.units[0].origin.row) == ("财务处", 4)
    assert "没有读取这些列：电话" in problems(roster)
    assert "“名称”一列不止一次" in problems(roster)
    assert not roster.stops


def test_a_sheet_without_a_needed_column_stops_the_import_and_names_it() -> None:
    roster = roster_from_rows(
        {"人员": [["工号", "姓名"], ["1", "甲"]], "任职": [["工号", "起"], ["1", "2024-01-01"]]}
    )
    assert roster.stops
    assert "工号、岗位代码、起" in problems(roster)


def test_a_sheet_that_is_no_part_of_it_is_said_and_left() -> None:
    roster = roster_from_rows({"人员": [["工号", "姓名"], ["1", "甲"]], "备注": [["随便"]]})
    assert [problem.sheet for problem in roster.problems] == ["备注"]
    assert not roster.stops


def test_nothing_recognised_says_what_is_wanted() -> None:
    roster = roster_from_rows({"Sheet1": [["甲", "乙"], ["1", "2"]]})
    assert roster.stops
    assert "姓名、单位、岗位" in problems(roster)


def test_a_row_that_lacks_what_it_needs_has_a_fault() -> None:
    roster = roster_from_rows({"任职": [["工号", "岗位代码", "起"], ["1", "", "昨天"]]})
    assert "“岗位代码”空着" in faults(roster)
    assert "“昨天”不是日期" in faults(roster)


def test_an_office_list_with_merged_units_a_title_and_a_signature() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "花名册"
    for row in (
        ["在职人员花名册"],
        HEADER,
        [1, "财务处", "赵一", "001", "处长", date(2020, 1, 1), "中共党员", "13800000000"],
        [2, None, "钱二", "002", "会计", "2021.3", "群众", ""],
        [3, "", "孙三", "003", "出纳", "", "", ""],
        ["填表人：李四", None, None, None, None, "审核：", None, None],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("B3:B4")
    out = io.BytesIO()
    book.save(out)
    book.close()
    roster = read_roster("花名册.xlsx", out.getvalue())
    assert [(row.unit, row.name, row.post) for row in roster.staff] == [
        ("财务处", "赵一", "处长"),
        ("财务处", "钱二", "会计"),
        ("财务处", "孙三", "出纳"),
    ]
    assert roster.staff[0].from_on == date(2020, 1, 1)
    assert roster.staff[1].is_party_member is False
    assert "手机" in problems(roster)
    assert "填表人：李四" in problems(roster)


def test_headings_over_groups_name_the_unit_where_there_is_no_column() -> None:
    rows = [
        ["姓名", "职务"],
        ["一、中心领导", ""],
        ["赵一", "书记"],
        ["（二）财务处"],
        ["钱二", "会计"],
    ]
    roster = roster_from_rows({"Sheet1": rows})
    assert [row.unit for row in roster.staff] == ["中心领导", "财务处"]


def test_sheets_of_units_name_the_unit() -> None:
    roster = roster_from_rows(
        {"财务处": [["姓名", "职务"], ["赵一", "处长"]], "Sheet2": [["姓名", "职务"], ["钱", "员"]]}
    )
    assert roster.staff[0].unit == "财务处"
    assert "“单位”空着" in faults(roster)


def test_a_people_sheet_with_units_and_posts_is_the_simple_list() -> None:
    roster = roster_from_rows(
        {"人员": [["工号", "姓名", "部门", "岗位"], ["1", "甲", "财务处", "员"]]}
    )
    assert (len(roster.staff), len(roster.people)) == (1, 0)


def test_a_csv_file_is_a_simple_list() -> None:
    content = "姓名,单位,岗位\r\n赵一,财务处,会计\r\n".encode("gb18030")
    assert read_roster("名册.csv", content).staff[0].post == "会计"


def test_formulas_are_inert() -> None:
    roster = read_roster(
        "a.xlsx", workbook(人员=[["工号", "姓名"], ["1", '=WEBSERVICE("http://x")']])
    )
    assert roster.people[0].name is None
    assert "没有执行" in problems(roster)


def test_a_text_that_looks_like_a_formula_keeps_its_meaning() -> None:
    roster = read_roster("a.xlsx", workbook(人员=[["工号", "姓名"], ["1", "'=甲"]]))
    assert roster.people[0].name == "=甲"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.xlsx", b""),
        ("坏.xlsx", b"PK\x03\x04" + b"\x00" * 50),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n"),
        ("../../etc/passwd", b"root:x\x00:0:0"),
        ("\x00", b"\x00\x01"),
        ("长" * 300 + ".csv", b"\x00"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(name: str, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_roster(name, content)
    assert refused.value.text.zh.endswith("。")


def test_a_zip_bomb_and_a_far_cell_are_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 50_000_000)
    with pytest.raises(FileRefused, match="压缩炸弹"):
        read_roster("a.xlsx", bomb.getvalue())
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["XFD1"] = "姓名"
    out = io.BytesIO()
    book.save(out)
    book.close()
    with pytest.raises(FileRefused, match="16384"):
        read_roster("a.xlsx", out.getvalue())


def test_a_list_of_too_many_rows_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianfang.org.exchange.roster.reading.ROWS", 2)
    roster = roster_from_rows({"人员": [["工号", "姓名"], ["1", "甲"], ["2", "乙"]]})
    assert roster.stops
    assert "拆成几个文件" in problems(roster)
