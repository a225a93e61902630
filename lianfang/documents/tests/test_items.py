import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.documents.items import basis_part, measure_part, split_items


def texts(cell: str) -> list[str]:
    return [item.text for item in split_items(cell).items]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1.双人复核；2.按月公示。", ["双人复核", "按月公示。"]),
        ("1、双人复核\n2、按月公示", ["双人复核", "按月公示"]),
        ("１．双人复核；\n２．按月公示", ["双人复核", "按月公示"]),
        ("1)双人复核 2)按月公示", ["双人复核", "按月公示"]),
        ("（1）双人复核（2）按月公示", ["双人复核", "按月公示"]),
        ("(１)双人复核；(２)按月公示", ["双人复核", "按月公示"]),
        ("①双人复核②按月公示", ["双人复核", "按月公示"]),
        ("⑴双人复核；⑵按月公示", ["双人复核", "按月公示"]),
        ("⒈双人复核⒉按月公示", ["双人复核", "按月公示"]),
        ("（一）双人复核；（二）按月公示", ["双人复核", "按月公示"]),
        ("一、双人复核；二、按月公示；三、留痕", ["双人复核", "按月公示", "留痕"]),
        ("1.1双人复核；1.2按月公示；2.1留痕", ["双人复核", "按月公示", "留痕"]),
        ("1.双人复核2.按月公示3.留痕", ["双人复核", "按月公示", "留痕"]),
        ("主要措施：1.双人复核；2.按月公示", ["双人复核", "按月公示"]),
        ("先由科室自查。1.双人复核；2.按月公示", ["先由科室自查。", "双人复核", "按月公示"]),
        ("1.双人复核:（1）初审（2）复审；2.公示", ["双人复核:（1）初审（2）复审", "公示"]),
        ("1、5000元以上联签；2、每月5日公开账目", ["5000元以上联签", "每月5日公开账目"]),
        ("2.每年抽查一次", ["每年抽查一次"]),
    ],
)
def test_a_numbered_cell_is_split_and_its_numbers_removed(cell: str, items: list[str]) -> None:
    assert texts(cell) == items


@pytest.mark.parametrize(
    "cell",
    [
        "公示5个工作日",
        "控制陪餐：10人以内不超3人",
        "3.5万元以上须集体研究",
        "2012年6月起执行",
        "按第2、3条办理",
        "不少于2、3家比选",
        "一、二级岗位分别谈话",
        "每年评审一次名录\n不合格的及时清退",
        "1、2、3号楼统一招标",
        "偏离15%以上退回",
        "",
    ],
)
def test_digits_that_belong_to_the_text_split_nothing(cell: str) -> None:
    assert texts(cell) == ([cell] if cell else [])


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1.初审\n2.复审\n2.公示\n4.归档", ["初审", "复审", "公示", "归档"]),
        ("1、初审\n3、公示", ["初审", "公示"]),
    ],
)
def test_wrong_numbers_at_line_starts_split_all_the_same_and_are_told(
    cell: str, items: list[str]
) -> None:
    split = split_items(cell)
    assert [item.text for item in split.items] == items
    assert not split.in_order


def test_only_the_part_headed_measures_counts_where_a_basis_stands_before_it() -> None:
    cell = "一、依据:1.《条例》2.《规定》 二、措施:1.双人复核;2.公示7个工作日。"
    assert texts(measure_part(cell)) == ["双人复核", "公示7个工作日。"]
    assert basis_part(cell) == "1.《条例》2.《规定》"


def test_bracketed_headings_part_a_cell_without_colons() -> None:
    cell = "【依据】《条例》；市委〔2011〕19号文【措施】1.每季听取汇报；2.谈话不少于2次"
    assert texts(measure_part(cell)) == ["每季听取汇报", "谈话不少于2次"]


def test_a_cell_without_a_basis_is_all_measures() -> None:
    assert measure_part("措施：双人复核") == "措施：双人复核"


NUMBERS = ("{}.", "{}、", "（{}）", "({})", "{})")
WORDS = st.text(alphabet="抽查公示复核登记双人按月留痕审批会签", min_size=2, max_size=12)


@given(st.sampled_from(NUMBERS), st.lists(WORDS, min_size=2, max_size=9), st.sampled_from("；\n"))
def test_any_list_numbered_one_way_comes_apart_into_its_items(
    mark: str, items: list[str], between: str
) -> None:
    cell = between.join(f"{mark.format(n)}{item}" for n, item in enumerate(items, 1))
    split = split_items(cell)
    assert [item.text for item in split.items] == items
    assert [item.number for item in split.items] == list(range(1, len(items) + 1))
    assert split.in_order


@given(st.text(max_size=80))
def test_splitting_never_loses_a_letter_of_the_items(cell: str) -> None:
    kept = "".join(item.text for item in split_items(cell).items)
    letters = [char for char in cell if char.isalpha() and char not in "一二三四五六七八九十㈠㈡"]
    if ":" not in cell and "：" not in cell:
        assert [c for c in kept if c.isalpha() and c not in "一二三四五六七八九十㈠㈡"] == letters


def test_numbers_of_both_widths_are_one_list() -> None:
    assert texts("1.签承诺；2、设投诉箱；3．节前谈话；４、回访") == [
        "签承诺",
        "设投诉箱",
        "节前谈话",
        "回访",
    ]
