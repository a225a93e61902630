"""The work calendar comes from the notices of the program or from a table, whole or not at all."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.common.errors import Refused
from lianfang.org.actions.calendar import Departure
from lianfang.org.exchange.calendar import (
    WrongTable,
    departures_of,
    empty_table,
    known_years,
    open_calendar,
)

TABLE = "日期,类型,名称\n2027-02-05,休,春节\n2027-02-13,班,春节调休\n2027-01-01,休,元旦\n"
DAYS = {
    date(2027, 1, 1): Departure(is_working=False, name="元旦", name_en="New Year's Day"),
    date(2027, 2, 5): Departure(is_working=False, name="春节", name_en="Spring Festival"),
    date(2027, 2, 13): Departure(is_working=True, name="春节调休"),
}


def _workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_notices_of_the_program_reach_from_2004_to_2026_at_least() -> None:
    assert known_years()[:23] == tuple(range(2004, 2027))
    assert departures_of(2003) == {}


def test_a_known_year_has_named_holidays_and_made_up_days_in_both_languages() -> None:
    found = departures_of(2026)
    assert found[date(2026, 2, 17)] == Departure(
        is_working=False, name="春节", name_en="Spring Festival"
    )
    assert found[date(2026, 10, 10)] == Departure(
        is_working=True, name="国庆节调休", name_en="National Day make-up day"
    )
    assert list(found) == sorted(found)
    assert all(day.year == 2026 and each.name and each.name_en for day, each in found.items())
    assert all(day.weekday() >= 5 for day, each in found.items() if each.is_working)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_encoding(encoding: str) -> None:
    assert open_calendar("2027.csv", TABLE.encode(encoding)) == (2027, DAYS)


def test_a_workbook_is_read_with_dates_as_cells_and_a_title_above() -> None:
    content = _workbook(
        [
            ["2027 年放假安排"],
            ["名称", "日期", "类型"],
            ["元旦", date(2027, 1, 1), "休"],
            [],
            ["春节", "2027年2月5日", "放假"],
            ["春节调休", "2027/2/13", "补班"],
        ]
    )
    assert open_calendar("放假.xlsx", content) == (2027, DAYS)


def test_english_headings_and_words_are_read() -> None:
    table = "Date,Type,Name\n2027-01-01,off,New Year's Day\n20270213,Work,Shift\n"
    year, found = open_calendar("2027.csv", table.encode())
    assert year == 2027
    assert found[date(2027, 1, 1)].name == "元旦"
    assert found[date(2027, 2, 13)] == Departure(is_working=True, name="Shift", name_en="Shift")


def test_a_row_that_only_says_what_holds_anyway_is_left_out() -> None:
    table = "日期,类型,名称\n2027-01-04,班,\n2027-01-09,休,\n2027-05-02,休,劳动节\n"
    _, found = open_calendar("2027.csv", table.encode())
    assert list(found) == [date(2027, 5, 2)]


def test_the_empty_table_can_be_loaded_as_it_is() -> None:
    year, found = open_calendar("2028.csv", empty_table(2028))
    assert year == 2028
    assert [day.strftime("%m-%d") for day in found] == [
        *("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
    ]


@pytest.mark.parametrize(
    ("table", "zh", "en"),
    [
        ("日期,类型\n正月初一,休\n", "第 2 行：“正月初一”不是日期", "row 2: “正月初一” is no date"),
        ("日期,类型\n2027-02-29,休\n", "第 2 行：“2027-02-29”不是日期", "row 2"),
        ("日期,类型\n2027-01-01,待定\n", "类型“待定”看不懂，请写“休”或“班”", "off or work"),
        (
            "日期,类型\n\n2027-01-01,休\n2028-01-01,休\n",
            "第 4 行：2028-01-01 不在 2027 年",
            "row 4",
        ),
        ("日期,类型\n2027-01-01,休\n2027-01-01,班\n", "第 3 行：2027-01-01 已写在第 2 行", "row 2"),
        ("时间,休息\n2027-01-01,休\n", "没有找到表头", "no header"),
        ("日期,类型,名称\n", "没有任何日期", "no day at all"),
        ("日期,类型\n" + "2027-01-01,休\n" * 402, "超过 400 行", "more than 400 rows"),
        (" , \n", "没有任何日期", "no day at all"),
    ],
)
def test_a_wrong_table_is_refused_with_the_row_and_the_mend(table: str, zh: str, en: str) -> None:
    with pytest.raises(WrongTable) as refused:
        open_calendar("放假.csv", table.encode())
    assert refused.value.text.zh.startswith("放假.csv：")
    assert zh in refused.value.text.zh
    assert en in refused.value.text.en


def test_all_wrong_rows_are_told_up_to_five() -> None:
    table = "日期,类型\n" + "".join(f"{number},休\n" for number in range(7))
    with pytest.raises(WrongTable) as refused:
        open_calendar("x.csv", table.encode())
    assert refused.value.text.zh.count("不是日期") == 5
    assert "另有 2 处" in refused.value.text.zh
    assert "and 2 more" in refused.value.text.en


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.xlsx", b"no workbook"), ("x.csv", b""), ("x.pdf", b"%PDF-1.7"), ("x.csv", b"\x00\x01")],
)
def test_a_file_that_is_no_table_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        open_calendar(name, content)


@settings(max_examples=100, deadline=None)
@given(
    name=st.text(max_size=300).map(lambda stem: f"{stem}.csv"),
    content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
)
def test_any_file_is_read_or_refused(name: str, content: bytes) -> None:
    try:
        open_calendar(name, content)
    except Refused:
        return
    with pytest.raises(Refused):
        open_calendar(name, b"")
