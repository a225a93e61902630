from hypothesis import given
from msgspec.structs import replace

from lianfang.register.difference import Change, ChangeKind, Part, difference
from lianfang.register.identity import carry_over
from lianfang.register.model import Manifestation, Power, Register, Subject, SubjectKind, Unit
from lianfang.register.naming import Names, renamed
from lianfang.register.tests.factories import measure, register, registers, risk

OLD = register(
    risk("公车私用", "risk-1", measures=(measure("每月由两人核对派车单", "measure-1"),)),
    risk("虚报维修费", "risk-2", measures=(measure("维修前由车管员核定项目", "measure-2"),)),
)
UNIT = Subject(kind=SubjectKind.UNIT, id="unit-1")
POST = Subject(kind=SubjectKind.POST, id="post-1")


def kinds(changes: tuple[Change, ...]) -> list[tuple[ChangeKind, Part, str]]:
    return [(change.kind, change.part, change.id) for change in changes]


@given(registers())
def test_the_same_register_read_again_changes_nothing(one: Register) -> None:
    assert difference(one, carry_over(one, one)) == ()


@given(registers())
def test_ids_made_anew_are_recognised_by_their_parts(one: Register) -> None:
    names = Names()
    names.units = {unit.id: f"u{unit.id}" for unit in one.units}
    names.posts = {post.id: f"p{post.id}" for post in one.posts}
    names.powers = {power.id: f"w{power.id}" for power in one.powers}
    names.steps = {step.id: f"s{step.id}" for power in one.powers for step in power.steps}
    names.risks = {entry.id: f"r{entry.id}" for entry in one.risks}
    names.measures = {m.id: f"m{m.id}" for entry in one.risks for m in entry.measures}
    assert carry_over(one, renamed(one, names)) == one


def test_a_risk_keeps_its_id_though_its_wording_changed() -> None:
    new = register(
        risk(
            "公车私用、公油私用", "risk-7", measures=(measure("每月由两人核对派车单并公示", "m-9"),)
        ),
        risk("虚报维修费", "risk-1"),
    )
    carried = carry_over(OLD, new)
    assert [entry.id for entry in carried.risks] == ["risk-1", "risk-2"]
    assert carried.risks[0].measures[0].id == "measure-1"


def test_a_risk_of_one_title_is_recognised_in_its_unit_though_it_shows_in_other_ways() -> None:
    shown = (Manifestation(text="周末用车接送家人并以公务名义报销油费"),)
    old = register(replace(OLD.risks[0], manifestations=shown), OLD.risks[1])
    new = register(replace(risk("公车私用", "risk-9"), about=UNIT))
    assert [entry.id for entry in carry_over(old, new).risks] == ["risk-1"]


def test_two_risks_of_one_title_are_told_apart_by_what_they_are_about() -> None:
    shown = (Manifestation(text="周末用车接送家人并以公务名义报销油费"),)
    old = register(
        replace(OLD.risks[0], manifestations=shown),
        replace(OLD.risks[0], id="risk-2", about=POST, manifestations=shown),
    )
    new = register(replace(risk("公车私用", "risk-9"), about=UNIT))
    assert [entry.id for entry in carry_over(old, new).risks] == ["risk-3"]


def test_what_was_placed_before_keeps_its_units_and_posts() -> None:
    renamed_unit = replace(OLD, units=(Unit(id="unit-1", name="另一个名称"),))
    carried = carry_over(OLD, renamed_unit, placed=True)
    assert carried.units == renamed_unit.units
    assert [entry.id for entry in carried.risks] == ["risk-1", "risk-2"]


def test_a_new_part_gets_an_id_that_nothing_had() -> None:
    new = register(*OLD.risks, risk("违规出借车辆", "risk-9"))
    assert [entry.id for entry in carry_over(OLD, new).risks] == ["risk-1", "risk-2", "risk-3"]


def test_equal_risks_keep_their_order() -> None:
    twice = register(risk("公车私用", "risk-1"), risk("公车私用", "risk-2"))
    assert carry_over(twice, twice) == twice


def test_a_changed_field_is_told_with_both_values() -> None:
    new = register(replace(OLD.risks[0], level="high"), OLD.risks[1])
    (change,) = difference(OLD, carry_over(OLD, new))
    assert (change.kind, change.part, change.name) == (ChangeKind.CHANGED, Part.RISK, "公车私用")
    assert [(f.field, f.before, f.after) for f in change.fields] == [("level", "medium", "high")]


def test_added_and_removed_parts_are_told_by_name() -> None:
    new = register(OLD.risks[0], risk("违规出借车辆", "risk-9"))
    found = kinds(difference(OLD, carry_over(OLD, new)))
    assert found == [
        (ChangeKind.ADDED, Part.RISK, "risk-3"),
        (ChangeKind.REMOVED, Part.RISK, "risk-2"),
        (ChangeKind.REMOVED, Part.MEASURE, "measure-2"),
    ]


def test_a_risk_under_another_power_has_moved() -> None:
    powers = (*OLD.powers, Power(id="power-2", unit="unit-1", name="印章管理"))
    old = register(*OLD.risks, powers=powers)
    new = register(
        replace(OLD.risks[0], about=replace(OLD.risks[0].about, id="power-2")),
        OLD.risks[1],
        powers=powers,
    )
    (change,) = difference(old, carry_over(old, new))
    assert (change.kind, change.place_before, change.place) == (
        ChangeKind.MOVED,
        "公务用车管理",
        "印章管理",
    )


def test_a_power_in_another_unit_has_moved() -> None:
    old = Register(
        units=(Unit(id="unit-1", name="办公室"), Unit(id="unit-2", name="财务处")),
        powers=(Power(id="power-1", unit="unit-1", name="公务接待审批"),),
    )
    new = replace(old, powers=(Power(id="power-5", unit="unit-2", name="公务接待审批"),))
    (change,) = difference(old, carry_over(old, new))
    assert (change.kind, change.id, change.place) == (ChangeKind.MOVED, "power-1", "财务处")
