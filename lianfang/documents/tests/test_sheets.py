import pytest

from lianfang.documents.forms import find_forms, is_form
from lianfang.documents.grids import Grid, Merge
from lianfang.documents.sheets import Kind, filling_unit, find_regions
from lianfang.documents.tests.grids import Line, grid

HEAD: Line = ("序号", "风险点", "防控措施")
ROW: Line = ("1", "擅自变更采购方式", "采购方式变更须集体研究")


def kinds(of: Grid) -> dict[int, Kind]:
    region = find_regions(of).regions[0]
    return dict(region.loose)


def test_title_lines_stand_above_and_the_table_below_them() -> None:
    region = find_regions(grid(("附件1",), ("某局风险表",), (), HEAD, ROW)).regions[0]
    assert (region.above, region.header_rows, region.data) == ((0, 1), (3,), (4,))


def test_a_header_of_two_rows_is_one_heading_for_each_column() -> None:
    rows = (
        ("序号", "风险点", "防控措施", "", ""),
        ("", "", "前期预防", "中期监控", "后期处置"),
        ("1", "泄题", "封闭命题", "双人押卷", "倒查"),
    )
    merges = (Merge(0, 0, 1, 0), Merge(0, 1, 1, 1), Merge(0, 2, 0, 4))
    region = find_regions(grid(*rows, merges=merges)).regions[0]
    assert region.header_rows == (0, 1)
    assert [header.joined for header in region.headers][2:] == [
        "防控措施前期预防",
        "防控措施中期监控",
        "防控措施后期处置",
    ]


def test_a_header_of_two_rows_needs_no_merges() -> None:
    rows = (
        ("序号", "风险点", "防控措施", "", ""),
        ("", "", "前期预防", "中期监控", "后期处置"),
        ("1", "泄题", "封闭命题", "双人押卷", "倒查"),
    )
    assert find_regions(grid(*rows)).regions[0].header_rows == (0, 1)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (("合计", "32", ""), Kind.SUM),
        (("", "小 计", "5"), Kind.SUM),
        (("注：等级分三级。", "", ""), Kind.REMARK),
        (("填表人：张某", "审核人：李某", ""), Kind.SIGNATURE),
        (("2012年6月15日", "", ""), Kind.SIGNATURE),
        (HEAD, Kind.HEADER),
    ],
)
def test_a_line_under_the_data_that_is_no_data_is_known(line: Line, kind: Kind) -> None:
    assert kinds(grid(HEAD, ROW, line)) == {2: kind}


def test_a_row_of_column_numbers_under_the_header_is_no_data() -> None:
    assert kinds(grid(HEAD, ("1", "2", "3"), ROW)) == {1: Kind.NUMBERS}


def test_a_band_across_the_table_parts_it_and_names_what_follows() -> None:
    rows = grid(HEAD, ("一、办公室", "", ""), ROW, merges=(Merge(1, 0, 1, 2),))
    region = find_regions(rows).regions[0]
    assert dict(region.loose) == {1: Kind.BAND}
    assert region.bands == {2: "一、办公室"}


def test_a_row_with_one_filled_cell_inside_is_data() -> None:
    assert find_regions(grid(HEAD, ROW, ("", "", "定期抽查"))).regions[0].data == (1, 2)


def test_another_header_begins_another_table() -> None:
    other: Line = ("岗位", "职责", "姓名")
    layout = find_regions(grid(HEAD, ROW, (), ("重点岗位表",), other, ("科长", "审批", "张某")))
    assert [region.data for region in layout.regions] == [(1,), (5,)]
    assert layout.regions[1].above == (3,)


def test_a_header_printed_again_at_a_page_break_goes_on_with_the_table() -> None:
    layout = find_regions(grid(HEAD, ROW, HEAD, ROW))
    assert [region.data for region in layout.regions] == [(1, 3)]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("填报单位（盖章）：某市住建局　　填报日期：2012年6月", "某市住建局"),
        ("单位：财务处 第2页", "财务处"),
        ("编制单位：某公司纪检监察部", "某公司纪检监察部"),
        ("填报日期：2012年6月", None),
        ("单位（盖章）：", None),
    ],
)
def test_the_line_above_a_table_names_its_unit(line: str, unit: str | None) -> None:
    assert filling_unit([line]) == unit


FORM = grid(
    ("职权名称", "采购审批", "", ""),
    ("职权类别", "决策", "职权编码", "A-1"),
    ("行使依据", "《采购办法》第五条", "", ""),
    ("办理环节", "责任事项", "责任科室", ""),
    ("受理", "一次告知", "办公室", ""),
    ("审核", "双人审核", "财务科", ""),
    ("监督电话", "12345", "", ""),
    merges=(Merge(0, 1, 0, 3), Merge(2, 1, 2, 3)),
)


def test_labels_down_the_left_make_a_form() -> None:
    assert is_form(FORM)
    assert not is_form(grid(HEAD, ROW, ROW))


def test_each_line_of_a_forms_list_is_a_row_with_the_other_values_repeated() -> None:
    (form,) = find_forms(FORM)
    assert [header.lowest for header in form.headers] == [
        "职权名称",
        "职权类别",
        "职权编码",
        "行使依据",
        "办理环节",
        "责任事项",
        "责任科室",
        "监督电话",
    ]
    assert [(row, values[4:7]) for row, values in form.lines] == [
        (4, ("受理", "一次告知", "办公室")),
        (5, ("审核", "双人审核", "财务科")),
    ]
    assert all(values[0] == "采购审批" and values[7] == "12345" for _, values in form.lines)


def test_the_first_label_coming_again_begins_the_next_form() -> None:
    one = (("职权名称", "甲"), ("职权类别", "决策"), ("行使依据", "《办法》"))
    two = (("职权名称", "乙"), ("职权类别", "执行"), ("行使依据", "《规定》"))
    forms = find_forms(grid(*one, *two))
    assert [form.lines[0][1][0] for form in forms] == ["甲", "乙"]
