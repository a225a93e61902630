"""Which stored part a part of a file is, and the codes of what is new."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from lianfang.intake.rules.recognising import recognised, without_new_regulations
from lianfang.intake.tests.rules_parts import (
    about,
    flow,
    links,
    measure,
    power,
    register,
    risk,
    shown,
)
from lianfang.intake.tests.rules_tables import require_sound
from lianfang.register.model import Basis, Power, Register, Regulation, RiskPoint, Unit
from lianfang.register.tests.factories import registers
from lianfang.risks.rules.codes import coded

_FEW = settings(max_examples=60, deadline=None)


def new_power(made: str, name: str, **more: object) -> Power:
    return replace(power(made, name), code="", **more)


def ids(found: Register) -> tuple[list[str], list[str]]:
    return [one.id for one in found.powers], [one.id for one in found.risks]


def known(file: Register, stored: Register, *codes: str, **more: object) -> Register:
    held = (stored.powers, stored.risks, stored.regulations)
    used = frozenset((*codes, *(part.id for some in held for part in some)))
    return recognised(file, stored, used, **more)  # type: ignore[arg-type]


STORED = register(
    power("CW-01", "经费报销审批", steps=links("受理", "审核")),
    power("CW-03", "公务接待审批"),
    risk(
        "R-CW-02",
        "虚报差旅",
        manifestations=shown(["拆分票据"]),
        measures=(measure("R-CW-02-1", "双人复核"), measure("R-CW-02-3", "每月抽查")),
    ),
)


def as_read(one: RiskPoint) -> RiskPoint:
    """Return a risk point under the ids of a reader."""
    read = (replace(of, id=f"risk-1.{place}") for place, of in enumerate(one.measures, 1))
    return replace(one, id="risk-1", about=about("power", "power-1"), measures=tuple(read))


# codes of what is new


@pytest.mark.parametrize(
    ("used", "powers", "risks"),
    [
        ((), "CW-04", "R-CW-03"),
        # of parts that are retired since, or were deleted
        (("CW-07", "R-CW-11"), "CW-08", "R-CW-12"),
        (("CW-99", "R-CW-99"), "CW-100", "R-CW-100"),
        # what another unit used counts there
        (("BG-55", "R-BG-55"), "CW-04", "R-CW-03"),
    ],
)
def test_a_new_part_gets_the_code_after_the_highest_ever_used(
    used: tuple[str, ...], powers: str, risks: str
) -> None:
    file = register(
        new_power("power-1", "资产处置审批", steps=links("受理", of="x")),
        risk("risk-1", "低价处置", about=about("step", "x-1"), measures=(measure("m", "公示"),)),
    )
    found = known(file, STORED, *used)
    assert ids(found) == ([powers], [risks])
    assert found.powers[0].steps[0].id == f"{powers}-1"
    assert found.risks[0].about == about("step", f"{powers}-1")
    assert found.risks[0].measures[0].id == f"{risks}-1"


def test_codes_are_given_by_unit_in_the_order_of_the_file() -> None:
    file = register(
        *(new_power(f"power-{n}", f"职权{n}", unit=unit) for n, unit in enumerate("甲乙甲乙", 1)),
        *(risk(f"risk-{n}", f"风险{n}", unit=unit) for n, unit in enumerate("乙乙甲", 1)),
        regulations=(Regulation(id="regulation-1", title="用印办法"),),
    )
    found = coded(file, Register(), frozenset({"ZD-040"}))
    assert ids(found) == (
        ["甲-01", "乙-01", "甲-02", "乙-02"],
        ["R-乙-01", "R-乙-02", "R-甲-01"],
    )
    assert [rule.id for rule in found.regulations] == ["ZD-041"]


def test_new_steps_and_measures_count_on_in_what_holds_them() -> None:
    file = register(
        new_power("power-1", "经费报销审批", steps=links("审核", "", "公示", of="x")),
        risk(
            "risk-1",
            "虚报差旅",
            about=about("power", "power-1"),
            measures=(measure("m1", "轮岗交流"), measure("m2", "每月抽查")),
        ),
    )
    found = known(file, STORED)
    assert [step.id for step in found.powers[0].steps] == ["CW-01-2", "CW-01-3"]
    assert [one.id for one in found.risks[0].measures] == ["R-CW-02-4", "R-CW-02-3"]


# tables


def test_parts_of_a_table_are_recognised_by_their_words() -> None:
    file = register(
        new_power("power-1", "公务接待审批"),
        new_power("power-2", "经费报销审批权"),
        risk("risk-1", "虚报差旅", about=about("power", "power-2")),
        risk("risk-2", "超标准接待", about=about("power", "power-1")),
    )
    found = known(file, STORED)
    assert ids(found) == (["CW-03", "CW-01"], ["R-CW-02", "R-CW-03"])
    assert [one.about.id for one in found.risks] == ["CW-01", "CW-03"]


def test_a_risk_that_is_apart_is_new_with_its_measures() -> None:
    file = register(
        new_power("power-1", "经费报销审批"),
        as_read(STORED.risks[0]),
    )
    assert ids(known(file, STORED))[1] == ["R-CW-02"]
    (one,) = known(file, STORED, apart=["risk-1"]).risks
    assert one.id == "R-CW-03"
    assert [of.id for of in one.measures] == ["R-CW-03-1", "R-CW-03-2"]


def test_a_part_is_not_recognised_in_another_unit() -> None:
    file = register(
        new_power("power-1", "公务接待审批", unit="BG", steps=links("受理", of="x")),
        replace(as_read(STORED.risks[0]), unit="BG"),
    )
    found = known(file, STORED)
    assert ids(found) == (["BG-01"], ["R-BG-01"])
    assert found.powers[0].steps[0].id == "BG-01-1"
    assert found.risks[0].about == about("power", "BG-01")
    assert [one.id for one in found.risks[0].measures] == ["R-BG-01-1", "R-BG-01-2"]


def test_a_step_or_measure_of_the_same_words_elsewhere_stays_where_it_is() -> None:
    file = register(
        new_power("power-1", "资产处置审批", steps=links("审核", of="x")),
        risk(
            "risk-1",
            "低价处置",
            about=about("step", "x-1"),
            measures=(measure("m1", "每月抽查"),),
        ),
    )
    found = known(file, STORED)
    assert found.powers[0].steps[0].id == "CW-04-1"
    assert found.risks[0].about == about("step", "CW-04-1")
    assert found.risks[0].measures[0].id == "R-CW-03-1"


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        # by its number, though the name is another
        ([("CW-03", "内部招待管理")], ["CW-03"]),
        # a name counts before a number
        ([("CW-03", "经费报销审批"), ("CW-01", "公务接待审批")], ["CW-01", "CW-03"]),
        ([("CW-01", "资产处置审批"), ("CW-02", "经费报销审批")], ["CW-04", "CW-01"]),
        ([("甲-1", "经费报销审批")], ["CW-01"]),
    ],
)
def test_a_number_of_the_table_s_own_counts_less_than_a_name(
    names: list[tuple[str, str]], codes: list[str]
) -> None:
    file = register(
        *(replace(power(f"power-{n}", name), code=code) for n, (code, name) in enumerate(names))
    )
    found = known(file, STORED)
    assert ids(found)[0] == codes
    assert [one.code for one in found.powers] == [code for code, _ in names]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("公务接待管理办法", "ZD-001"),
        ("公务 接待管理办法", "ZD-001"),
        # alike, and another law
        ("公务用车管理办法", "ZD-002"),
    ],
)
def test_regulations_are_told_apart_by_their_titles(title: str, code: str) -> None:
    stored = replace(STORED, regulations=(Regulation(id="ZD-001", title="公务接待管理办法"),))
    file = register(
        new_power("power-1", "公务接待审批", bases=(Basis(text=title, regulation="regulation-1"),)),
        regulations=(Regulation(id="regulation-1", title=title),),
    )
    found = known(file, stored)
    assert [rule.id for rule in found.regulations] == [code]
    assert found.powers[0].bases[0].regulation == code


# what somebody reworded since

REWORDED = register(
    power("CW-01", "财务开支的批准"),
    risk(
        "R-CW-02",
        "弄虚作假套取资金",
        about=about("power", "CW-03"),
        measures=(measure("R-CW-02-1", "逐笔核对原始单据"),),
    ),
    power("CW-03", "公务接待审批"),
)
AGAIN = register(
    new_power("power-1", "经费报销审批"),
    risk(
        "risk-1",
        "虚报差旅",
        about=about("power", "power-1"),
        manifestations=shown(["拆分票据"]),
        measures=(measure("m1", "双人复核"), measure("m2", "每月抽查")),
    ),
)


def test_a_part_is_recognised_by_what_the_last_import_said_of_it() -> None:
    assert ids(known(AGAIN, REWORDED)) == (["CW-04"], ["R-CW-03"])
    found = known(AGAIN, REWORDED, earlier=STORED)
    assert ids(found) == (["CW-01"], ["R-CW-02"])
    assert found.risks[0].measures[0].id == "R-CW-02-1"


def test_a_file_that_follows_the_rewording_is_recognised_by_it() -> None:
    file = register(
        new_power("power-1", "财务开支的批准"),
        risk("risk-1", "弄虚作假套取资金", about=about("power", "power-1")),
    )
    assert ids(known(file, REWORDED, earlier=STORED)) == (["CW-01"], ["R-CW-02"])


# forms


def test_ids_of_a_form_stand_for_themselves() -> None:
    form = register(
        replace(STORED.powers[1], name="完全另一个名称"),
        replace(STORED.powers[0], name="公务接待审批"),
        replace(STORED.risks[0], title="公车私用", manifestations=()),
    )
    found = known(form, STORED, base=STORED)
    assert ids(found) == (["CW-03", "CW-01"], ["R-CW-02"])
    assert [one.id for one in found.risks[0].measures] == ["R-CW-02-1", "R-CW-02-3"]


def test_what_is_added_to_a_form_is_recognised_among_what_the_form_did_not_hold() -> None:
    base = register(STORED.powers[0], STORED.risks[0])
    stored = register(
        *STORED.powers, *STORED.risks, risk("R-CW-03", "虚列开支", about=about("power", "CW-03"))
    )
    form = register(
        *base.powers,
        *base.risks,
        # entered by somebody else since
        new_power("new-power-1", "公务接待审批"),
        risk("new-risk-1", "虚列开支", about=about("power", "new-power-1")),
        # a copy of what the form holds is another one
        risk("new-risk-2", "虚报差旅", about=about("power", "CW-01")),
        new_power("new-power-2", "资产处置审批"),
        risk("new-risk-3", "低价处置", about=about("power", "new-power-2")),
    )
    found = known(form, stored, base=base)
    assert ids(found) == (
        ["CW-01", "CW-03", "CW-04"],
        ["R-CW-02", "R-CW-03", "R-CW-04", "R-CW-05"],
    )
    assert [one.about.id for one in found.risks] == ["CW-01", "CW-03", "CW-01", "CW-04"]


def test_what_a_form_holds_and_is_retired_since_keeps_its_code() -> None:
    stored = register(STORED.powers[1], risk("R-CW-04", "虚报差旅", about=about("power", "CW-03")))
    form = replace(STORED, risks=(*STORED.risks, risk("new-risk-1", "公车私用")))
    found = known(form, stored, base=STORED)
    assert ids(found) == (["CW-01", "CW-03"], ["R-CW-02", "R-CW-05"])


def test_measures_added_to_a_form_get_codes() -> None:
    one = STORED.risks[0]
    form = replace(
        STORED, risks=(replace(one, measures=(*one.measures, measure("new-measure-1", "公示"))),)
    )
    found = known(form, STORED, base=STORED)
    assert [of.id for of in found.risks[0].measures] == ["R-CW-02-1", "R-CW-02-3", "R-CW-02-4"]


def test_a_form_keeps_the_regulations_it_names_whatever_their_titles_are_now() -> None:
    base = replace(STORED, regulations=(Regulation(id="ZD-001", title="旧名"),))
    stored = replace(STORED, regulations=(Regulation(id="ZD-001", title="新名称完全不同"),))
    found = known(base, stored, base=base)
    assert [rule.id for rule in found.regulations] == ["ZD-001"]


# regulations that may not be added


def test_without_new_regulations_the_words_stay() -> None:
    library = register(regulations=(Regulation(id="ZD-001", title="甲办法"),))
    file = register(
        power(
            bases=(
                Basis(text="《甲》", regulation="ZD-001"),
                Basis(text="《乙》", regulation="ZD-002"),
            )
        ),
        risk(measures=(measure("A", "执行《乙》", regulation="ZD-002"),)),
        regulations=(*library.regulations, Regulation(id="ZD-002", title="乙办法")),
    )
    found = without_new_regulations(file, library)
    assert found.regulations == library.regulations
    assert found.powers[0].bases == (
        Basis(text="《甲》", regulation="ZD-001"),
        Basis(text="《乙》"),
    )
    assert found.risks[0].measures == (measure("A", "执行《乙》"),)
    assert without_new_regulations(found, library) == found


# whatever the registers


def as_units_have_codes(one: Register) -> Register:
    """Return a register whose units are their codes, and whose risks stand in the power's unit."""
    units = {part.id: part.unit for part in one.powers}
    return replace(
        one,
        units=tuple(Unit(id=unit.id, code=unit.id, name=unit.name) for unit in one.units),
        risks=tuple(replace(part, unit=units[part.about.id]) for part in one.risks),
    )


def parts(one: Register) -> Iterable[Power | RiskPoint]:
    return (*one.powers, *one.risks)


@_FEW
@given(registers())
def test_a_register_is_recognised_in_itself(drawn: Register) -> None:
    stored = coded(as_units_have_codes(drawn), Register())
    assert known(as_units_have_codes(drawn), stored) == stored


@_FEW
@given(registers(), registers(), registers())
def test_whatever_comes_in_no_id_is_given_twice_and_none_is_taken_from_its_place(
    first: Register, second: Register, third: Register
) -> None:
    stored = coded(as_units_have_codes(first), Register())
    before = coded(as_units_have_codes(third), Register())
    file = as_units_have_codes(second)
    found = known(file, stored, earlier=before)
    assert [(one.unit, one.title) for one in found.risks] == [
        (one.unit, one.title) for one in file.risks
    ]
    held = {one.id: one.unit for one in parts(stored)}
    assert all(held.get(one.id, one.unit) == one.unit for one in parts(found))
    there = {one.id for one in parts(found)}
    rest = register(*(one for one in parts(stored) if one.id not in there))
    require_sound(
        replace(
            found,
            units=tuple({unit.id: unit for unit in (*stored.units, *found.units)}.values()),
            posts=tuple({post.id: post for post in (*stored.posts, *found.posts)}.values()),
            powers=(*found.powers, *rest.powers),
            risks=(*found.risks, *rest.risks),
        )
    )


def test_a_flow_is_recognised_step_by_step() -> None:
    stored = register(power(steps=flow("受理", "审核", "决定")))
    file = register(
        new_power("power-1", "经费报销审批", steps=flow("受理", "复核", "决定", of="x"))
    )
    (one,) = known(file, stored).powers
    assert [step.id for step in one.steps] == ["CW-01-1", "CW-01-4", "CW-01-3"]
    assert [arrow.to for step in one.steps for arrow in step.arrows] == ["CW-01-4", "CW-01-3"]
