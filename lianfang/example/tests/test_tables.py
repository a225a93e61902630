"""The data files: complete in both languages, rich enough, and read back whole by the import."""

from collections import Counter
from datetime import date

import pytest

from lianfang.example.dates import day_of
from lianfang.example.entering import Kind, example_logins
from lianfang.example.reading import TABLES, rows_of, workbook_of
from lianfang.org.exchange.roster import read_roster
from lianfang.org.rules.roster.books import Books, UnitEntry
from lianfang.org.rules.roster.model import Sheet
from lianfang.org.rules.roster.planning import plan_roster

DAYS = [date(2026, 5, 14), date(2027, 1, 1), date(2027, 3, 31), date(2028, 2, 29)]
FULL = tuple(sheet for sheet in Sheet if sheet is not Sheet.STAFF)
LENGTHS = {
    "units": 26,
    "posts": 93,
    "people": 127,
    "appointments": 164,
    "portfolios": 21,
    "bodies": 25,
    "kinship": 8,
    "qualifications": 40,
    "logins": 12,
    "administrators": 3,
}


def test_every_table_is_known_and_long_enough() -> None:
    assert {path.stem for path in TABLES.glob("*.csv")} == set(LENGTHS)
    assert {name: len(rows_of(name)) for name in LENGTHS} == LENGTHS
    kinds = Counter(row["类型"] for row in rows_of("units") if row["上级代码"] in ("", "MEC"))
    assert kinds == {"单位": 1, "领导班子": 1, "处室": 14, "公司": 1}


def test_everything_named_is_named_in_english_too() -> None:
    for table in ("units", "posts"):
        assert all(row["英文名称"].isascii() and row["英文名称"] for row in rows_of(table))
    assert all(row["英文姓名"].isascii() and row["英文姓名"] for row in rows_of("people"))
    assert all(row["组织英文名称"].isascii() for row in rows_of("bodies"))
    assert all(
        row["英文说明"].isascii() for row in (*rows_of("logins"), *rows_of("administrators"))
    )


def test_every_post_has_concrete_duties_line_by_line_in_both_languages() -> None:
    seen: Counter[str] = Counter()
    for row in rows_of("posts"):
        zh, en = row["职责"].splitlines(), row["英文职责"].splitlines()
        assert 2 <= len(zh) == len(en) <= 5, row["代码"]
        assert all(len(line) >= 6 for line in zh)
        assert all(line.isascii() for line in en)
        assert row["任职条件"]
        seen.update(zh)
    assert [line for line, count in seen.items() if count > 2] == []


def test_nobody_bears_a_name_twice_and_every_code_exists() -> None:
    people, posts = rows_of("people"), {row["代码"] for row in rows_of("posts")}
    assert len({row["姓名"] for row in people}) == len(people)
    codes = {row["工号"] for row in people}
    named = [
        *rows_of("appointments"),
        *rows_of("portfolios"),
        *rows_of("bodies"),
        *rows_of("kinship"),
        *rows_of("qualifications"),
        *rows_of("logins"),
    ]
    assert {row["工号"] for row in named} <= codes
    assert {row["亲属工号"] for row in rows_of("kinship")} <= codes | {""}
    assert {row["岗位代码"] for row in rows_of("appointments")} <= posts


@pytest.mark.parametrize("on", DAYS)
def test_relatives_and_certificates_have_days_that_make_sense(on: date) -> None:
    assert all(day_of(row["登记日期"], on) < on for row in rows_of("kinship"))
    ends = [day_of(row["有效期至"], on) for row in rows_of("qualifications") if row["有效期至"]]
    assert len([end for end in ends if end < on]) == 1
    assert len(ends) > 30


@pytest.mark.parametrize("on", DAYS)
def test_the_workbook_is_taken_by_the_import_without_a_word(on: date) -> None:
    roster = read_roster("名册.xlsx", workbook_of(FULL, title="名册", on=on))
    root = rows_of("units")[0]
    unit = UnitEntry(id=1, code=root["代码"], name=root["名称"], kind="organisation")
    plan = plan_roster(roster, Books(units={unit.code: unit}), on)
    assert [(line.label, line.reasons) for line in plan.refused] == []
    assert [(line.label, line.doubts) for line in plan.lines if line.doubts] == []
    assert plan.problems == ()
    assert plan.missing == ()


def test_the_number_of_a_document_has_the_year_of_the_appointment() -> None:
    roster = read_roster("名册.xlsx", workbook_of((Sheet.SEATS,), title="名册", on=DAYS[1]))
    for seat in roster.seats:
        assert seat.from_on is not None
        assert seat.document is not None
        assert f"〔{seat.from_on.year}〕" in seat.document


def test_every_kind_of_role_can_be_entered() -> None:
    logins = example_logins()
    assert {login.kind for login in logins} == set(Kind)
    assert len({login.username for login in logins}) == len(logins)
    assert [login.kind for login in logins[-3:]] == [Kind.SYSTEM, Kind.SECURITY, Kind.AUDIT]
    assert all(bool(login.person) == (login not in logins[-3:]) for login in logins)
