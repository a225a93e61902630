"""A large file is cut into slices of whole units, and says the same as in one piece."""

from collections import Counter
from collections.abc import Collection
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.intake.rules import slicing
from lianfang.intake.rules.books import Stored
from lianfang.intake.rules.lines import Kind
from lianfang.intake.rules.slicing import slices
from lianfang.intake.tests.rules_parts import power, register, risk
from lianfang.intake.tests.rules_tables import Planned, imported, of_units, planned
from lianfang.register.model import Power, Register, Regulation, RiskPoint

HEAD = "单位,职权名称,行使依据,环节,岗位,风险点,风险等级,防控措施"
NAMES = ["财务处", "办公室", "评审一处", "外单位", ""]
POWERS = ["经费报销审批", "公章管理", "印章管理", ""]
RISKS = ["虚报差旅", "公车私用", "拖延办理", ""]


def small(monkeypatch: pytest.MonkeyPatch, whole: int, slice: int) -> None:
    monkeypatch.setattr(slicing, "WHOLE", whole)
    monkeypatch.setattr(slicing, "SLICE", slice)


def of(number: int, unit: str) -> Register:
    return register(
        *(power(f"{unit}-power-{n}", f"职权{n}", unit=unit) for n in range(number)),
        *(risk(f"{unit}-risk-{n}", f"风险{n}", unit=unit) for n in range(number)),
    )


def together(*registers: Register) -> Register:
    return Register(
        powers=tuple(one for part in registers for one in part.powers),
        risks=tuple(one for part in registers for one in part.risks),
        regulations=(Regulation(id="ZD-001", title="用印办法"),),
    )


def test_up_to_so_many_parts_a_file_is_one_slice() -> None:
    file, stored = (
        together(of(3, "甲"), of(2, "乙")),
        Stored(register=Register(), codes=frozenset()),
    )
    assert list(slices(file, ["甲", "乙"], lambda units: stored)) == [(file, stored)]


@pytest.mark.parametrize(
    ("size", "groups"),
    [(1, ["甲", "乙", "丙"]), (5, ["甲", "乙丙"]), (7, ["甲乙", "丙"]), (99, ["甲乙丙"])],
)
def test_slices_are_of_whole_units_and_cover_everything_once(
    monkeypatch: pytest.MonkeyPatch, size: int, groups: list[str]
) -> None:
    small(monkeypatch, 0, size)
    file = together(of(3, "甲"), of(2, "乙"), of(2, "丙"))
    known = together(of(4, "乙"), of(1, "丁"), of(1, "甲"))
    stored = Stored(register=known, codes=frozenset())
    found = list(slices(file, ["甲", "乙", "丙"], partial(of_units, stored)))
    assert ["".join(dict.fromkeys(one.unit for one in part.risks)) for part, _ in found] == groups
    for field in ("powers", "risks"):
        assert Counter(one.id for part, _ in found for one in getattr(part, field)) == Counter(
            one.id for one in getattr(file, field)
        )
        # what is stored of units that the file does not name is in no slice
        assert Counter(one.id for _, part in found for one in getattr(part.register, field)) == (
            Counter(one.id for one in getattr(known, field) if one.unit != "丁")
        )
    for part, held in found:
        assert {one.unit for one in held.register.risks} <= {one.unit for one in part.risks}
        assert (part.regulations, held.register.regulations) == (file.regulations,) * 2


def test_what_is_stored_is_fetched_slice_by_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 0, 1)
    asked: list[list[str]] = []

    def fetch(units: Collection[str]) -> Stored:
        asked.append(list(units))
        return Stored(register=Register(), codes=frozenset())

    cut = slices(together(of(1, "甲"), of(1, "乙")), ["甲", "乙"], fetch)
    next(cut)
    assert asked == [["甲"]]
    next(cut)
    assert asked == [["甲"], ["乙"]]


def told(plan: Planned) -> Counter[tuple[str, str, str, str, bool]]:
    return Counter(
        (line.kind.value, line.code, line.label, line.verdict.value, line.taken)
        for line in plan.lines
    )


_ROW = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(POWERS),
    st.sampled_from(["《用印办法》第三条", "《用车办法》", ""]),
    st.sampled_from(["受理", "审核", ""]),
    st.sampled_from(["出纳", "会计", ""]),
    st.sampled_from(RISKS),
    st.sampled_from(["高", "低", ""]),
    st.sampled_from(["双人复核", "执行《用印办法》", ""]),
)
_ROWS = st.lists(_ROW, min_size=1, max_size=7)


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(_ROWS, _ROWS, st.integers(1, 4))
def test_in_slices_a_file_says_the_same_as_in_one_piece(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]], size: int
) -> None:
    stored, known = imported(planned(*before, head=HEAD))
    whole = planned(*rows, head=HEAD, stored=stored, books=known)
    with pytest.MonkeyPatch.context() as patch:
        small(patch, 0, size)
        cut = planned(*rows, head=HEAD, stored=stored, books=known)
    assert told(cut) == told(whole)
    # the units of which the file has parts are as they would be in one piece
    units = {line.unit for line in whole.of(Kind.POWER, Kind.RISK)}
    for field in ("powers", "risks"):
        assert _of(units, field, cut) == _of(units, field, whole)


def _of(units: set[str], field: str, plan: Planned) -> list[Power | RiskPoint]:
    found = [one for piece in plan.pieces for one in getattr(piece.after, field)]
    return sorted((one for one in found if one.unit in units), key=lambda part: part.id)
