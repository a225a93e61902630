"""A form goes out, is filled in, and comes back as the same Register plus exactly the changes."""

import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from msgspec.structs import replace

from lianfang.common.text import Language
from lianfang.documents.roundtrip import ReturnCode, Returned, SchemeDiffers, is_ours, read_back
from lianfang.documents.writing.enclosing import EnclosureRefused
from lianfang.documents.writing.forms import write
from lianfang.documents.writing.request import Format
from lianfang.documents.writing.tests import factories
from lianfang.register.canonical import to_json
from lianfang.register.difference import Change, ChangeKind, Part, difference
from lianfang.register.model import (
    Basis,
    Manifestation,
    Measure,
    Post,
    Power,
    Register,
    RiskPoint,
    Subject,
    SubjectKind,
    Unit,
)
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme


@lru_cache
def _scheme() -> Scheme:
    return load_scheme("cnas-2012")


_TEXT = some.text(
    some.one_of(
        some.sampled_from("风险岗位措施，。〔〕（）1.2、\n\r\t =+-@'_x0041_：留痕每月"),
        some.characters(codec="utf-8", exclude_categories=["Cs"]),
    ),
    max_size=24,
)
_LEVEL = some.sampled_from(["high", "medium", "low", None])
_PHASE = some.sampled_from(["early", "during", "after", None])
_POST = some.sampled_from(["p1", "p2"])


@some.composite
def registers(draw: some.DrawFn) -> Register:
    """Return small registers of wild texts; ids are plain, as the house makes them."""
    posts = [Post(id=made, unit="u1", name=draw(_TEXT)) for made in ("p1", "p2")]
    powers = [
        Power(
            id=f"w{n}",
            unit=draw(some.sampled_from(["u1", "u2"])),
            name=draw(_TEXT),
            code=draw(_TEXT),
            category=draw(some.sampled_from(["decision", "execution", None])),
            bases=tuple(Basis(text=draw(_TEXT)) for _ in range(draw(some.integers(0, 2)))),
        )
        for n in range(draw(some.integers(0, 3)))
    ]
    subjects = [Subject(kind=SubjectKind.POWER, id=power.id) for power in powers]
    subjects += [Subject(kind=SubjectKind.POST, id="p1"), Subject(kind=SubjectKind.UNIT, id="u2")]
    risks = [draw(_risks(n, subjects)) for n in range(draw(some.integers(0, 4)))]
    return Register(
        scheme="cnas-2012",
        units=(Unit(id="u1", name=draw(_TEXT)), Unit(id="u2", name="乙处")),
        posts=tuple(posts),
        powers=tuple(powers),
        risks=tuple(risks),
    )


@some.composite
def _risks(draw: some.DrawFn, number: int, subjects: list[Subject]) -> RiskPoint:
    measures = tuple(
        Measure(
            id=f"m{number}-{place}",
            text=draw(_TEXT),
            phase=draw(_PHASE),
            post=draw(some.one_of(some.none(), _POST)),
            responsible=draw(_TEXT),
            frequency=draw(_TEXT),
            evidence=draw(_TEXT),
        )
        for place in range(draw(some.integers(0, 3)))
    )
    return RiskPoint(
        id=f"r{number}",
        unit="u1",
        about=draw(some.sampled_from(subjects)),
        title=draw(_TEXT),
        posts=tuple(draw(some.lists(_POST, max_size=2, unique=True))),
        aspects=tuple(draw(some.lists(some.sampled_from(["rules", "conduct"]), unique=True))),
        manifestations=tuple(
            Manifestation(text=draw(_TEXT), level=draw(_LEVEL))
            for _ in range(draw(some.integers(0, 2)))
        ),
        level=draw(_LEVEL),
        measures=measures,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers(), language=some.sampled_from(Language))
def test_what_nobody_touched_comes_back_as_the_same_bytes(
    register: Register, language: Language
) -> None:
    # Not a fixture: Hypothesis would print the whole scheme.
    scheme = _scheme()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write(
            "measures",
            factories.request(scheme, register=register, language=language),
            Format.XLSX,
            path,
        )
        back = read_back(path, scheme)
    assert to_json(back.register) == to_json(register)
    assert back.problems == ()


class Form:
    """A form on its way: written, edited by cell, saved, read back."""

    def __init__(self, path: Path, scheme: Scheme, **more: Any) -> None:
        self._path, self._scheme = path, scheme
        write("measures", factories.request(scheme, **more), Format.XLSX, path)
        self._book = openpyxl.load_workbook(path)
        self.sheet = self._book.worksheets[0]

    def put(self, cell: str, value: str | None) -> "Form":
        self.sheet[cell] = value
        return self

    def row_of(self, key: str) -> int:
        rows = range(1, self.sheet.max_row + 1)
        return next(row for row in rows if self.sheet.cell(row, 14).value == key)

    def back(self) -> Returned:
        self._book.save(self._path)
        return read_back(self._path, self._scheme)

    def changes(self) -> tuple[Change, ...]:
        back = self.back()
        assert back.problems == ()
        return difference(back.base, back.register)


@pytest.fixture
def form(tmp_path: Path, scheme: Scheme) -> Form:
    return Form(tmp_path / "form.xlsx", scheme)


def _fields(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(change.id, field.field, field.after) for change in changes for field in change.fields]


def test_saving_in_another_program_changes_nothing(form: Form) -> None:
    assert form.changes() == ()


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("F6", "核查不实", [("risk-1", "title", "核查不实")]),
        ("I6", "■中", [("risk-1", "level", "medium")]),
        ("I6", "low", [("risk-1", "level", "low")]),
        ("C6", "监督权", [("power-1", "category", "supervision")]),
        ("B6", "评审组派出\nPW-0402", [("power-1", "name", "评审组派出")]),
        ("H6", "思想道德、外部环境", [("risk-1", "aspects", "conduct；environment")]),
        ("E7", "处长", [("risk-2", "posts", "处长")]),
        ("G7", "1. 长期同组\n2. 互相照应", [("risk-2", "manifestations", "长期同组；互相照应")]),
        ("J6", "选派前由系统比对登记，命中即锁定〔每次；留痕：比对结果单〕",
         [("measure-1", "text", "选派前由系统比对登记，命中即锁定")]),
        ("J6", "选派前由系统比对咨询登记，命中即锁定〔每周；留痕：比对结果单〕",
         [("measure-1", "frequency", "每周")]),
        ("L6", "撤换评审员，暂停注册一年并通报〔2027-01-31前；留痕：处理决定〕",
         [("measure-3", "due_on", "2027-01-31")]),
        ("M10", "综合管理岗", [(f"measure-{n}", "post", "综合管理岗") for n in (11, 12, 13)]),
    ],
)  # fmt: skip
def test_a_changed_cell_is_that_change_and_no_other(
    form: Form, cell: str, value: str, expected: list[tuple[str, str, str]]
) -> None:
    assert _fields(form.put(cell, value).changes()) == expected


def test_an_emptied_measure_is_removed_and_a_new_line_is_added(form: Form) -> None:
    form.put("K6", None).put("J7", "1. 方案须含两名以上首次搭档\n2. 名单由系统随机排序〔每次〕")
    changes = form.changes()
    assert [(c.kind, c.part, c.name) for c in changes] == [
        (ChangeKind.ADDED, Part.MEASURE, "名单由系统随机排序"),
        (ChangeKind.REMOVED, Part.MEASURE, "随机复核10%的利益关系声明，结果报处长"),
    ]


def test_a_blank_row_filled_in_is_a_new_risk_point_of_the_power_above(form: Form) -> None:
    form.put("E9", "评审选派岗").put("F9", "泄露名单").put("I9", "●低").put("J9", "名单加密")
    back = form.back()
    assert back.problems == ()
    risk = next(r for r in back.register.risks if r.title == "泄露名单")
    assert risk.id == "new-risk-1"
    assert risk.about == Subject(kind=SubjectKind.POWER, id="power-1")
    assert risk.posts == ("post-1",)
    assert (risk.level, risk.measures[0].text, risk.measures[0].phase) == (
        "low",
        "名单加密",
        "early",
    )


def test_rows_at_the_end_of_a_unit_make_a_new_power(form: Form) -> None:
    row = form.row_of("+new:unit-2#1")
    form.put(f"B{row}", "培训办班\nPW-0499").put(f"C{row}", "执行权").put(f"E{row}", "培训岗")
    form.put(f"F{row}", "虚报人数").put(f"F{row + 1}", "代签到")
    back = form.back()
    power = back.register.powers[-1]
    assert (power.name, power.code, power.unit, power.category) == (
        "培训办班",
        "PW-0499",
        "unit-2",
        "execution",
    )
    assert [r.title for r in back.register.risks if r.about.id == power.id] == [
        "虚报人数",
        "代签到",
    ]
    assert [problem.code for problem in back.problems] == [ReturnCode.POST_NEW]
    assert back.register.posts[-1].name == "培训岗"
    assert power.posts[0].post == back.register.posts[-1].id


def test_a_row_put_in_between_belongs_to_the_power_above(form: Form) -> None:
    form.sheet.insert_rows(7)
    form.put("F7", "插入的风险点")
    back = form.back()
    added = next(r for r in back.register.risks if r.title == "插入的风险点")
    assert added.about.id == "power-1"


def test_a_row_deleted_with_its_key_is_a_removal_and_is_said(form: Form) -> None:
    form.sheet.delete_rows(form.row_of("risk:risk-2"))
    back = form.back()
    changes = difference(back.base, back.register)
    assert {(c.kind, c.id) for c in changes if c.part is Part.RISK} == {
        (ChangeKind.REMOVED, "risk-2")
    }
    assert [problem.code for problem in back.problems] == [ReturnCode.REMOVED]


def test_a_row_that_was_only_emptied_stays_and_is_said(form: Form) -> None:
    for column in "EFGHIJKLM":
        form.put(f"{column}7", None)
    back = form.back()
    assert to_json(back.register) == to_json(back.base)
    assert [problem.code for problem in back.problems] == [ReturnCode.EMPTIED]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("I6", "很高", ReturnCode.UNREAD),
        ("C6", "办事权", ReturnCode.UNREAD),
        ("H6", "别的", ReturnCode.UNREAD),
        ("F6", None, ReturnCode.EMPTIED),
        ("B6", None, ReturnCode.EMPTIED),
        ("E6", "评审选派岗\n环节：没有的环节", ReturnCode.UNREAD),
        ("J9", "没有风险点的措施", ReturnCode.NO_RISK),
    ],
)
def test_a_bad_value_is_a_problem_at_its_cell_and_changes_nothing(
    form: Form, cell: str, value: str | None, code: ReturnCode
) -> None:
    back = form.put(cell, value).back()
    assert to_json(back.register) == to_json(back.base)
    (problem,) = back.problems
    assert problem.code is code
    assert not problem.taken
    assert str(problem.row) in problem.message.zh
    assert problem.message.en


def test_a_copied_row_is_a_new_risk_point(form: Form) -> None:
    for column in range(5, 15):
        form.sheet.cell(9, column).value = form.sheet.cell(7, column).value
    back = form.back()
    assert [problem.code for problem in back.problems] == [ReturnCode.COPIED]
    assert sum(risk.title == "固定搭配" for risk in back.register.risks) == 2


def test_a_neutralised_text_comes_back_without_its_apostrophe(
    tmp_path: Path, scheme: Scheme
) -> None:
    risk = replace(factories.RISKS[0], title="=1+1")
    form = Form(tmp_path / "f.xlsx", scheme, register=factories.register(risks=(risk,)))
    assert form.changes() == ()
    assert _fields(form.put("F6", "'+86电话").changes()) == [("risk-1", "title", "+86电话")]


def test_other_files_are_not_ours(tmp_path: Path, scheme: Scheme) -> None:
    plain = tmp_path / "plain.xlsx"
    book = openpyxl.Workbook()
    book.save(plain)
    assert not is_ours(plain)
    assert not is_ours(tmp_path / "none.xlsx")
    with pytest.raises(EnclosureRefused):
        read_back(plain, scheme)


def _spoil(at: str) -> Callable[[Any], None]:
    def spoil(book: Any) -> None:
        book["lianfang"][at] = str(book["lianfang"][at].value).replace("a", "b")

    return spoil


def _empty(book: Any) -> None:
    book["lianfang"]["A1"] = "{}"


@pytest.mark.parametrize("spoil", [_spoil("A1"), _empty])
def test_a_changed_enclosure_is_refused(
    tmp_path: Path, scheme: Scheme, spoil: Callable[[Any], None]
) -> None:
    path = tmp_path / "form.xlsx"
    write("measures", factories.request(scheme), Format.XLSX, path)
    assert is_ours(path)
    book = openpyxl.load_workbook(path)
    spoil(book)
    book.save(path)
    with pytest.raises(EnclosureRefused):
        read_back(path, scheme)


def test_a_form_of_another_scheme_is_refused(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "form.xlsx"
    write("measures", factories.request(scheme), Format.XLSX, path)
    other = replace(scheme, name="other")
    with pytest.raises(SchemeDiffers, match="cnas-2012"):
        read_back(path, other)
