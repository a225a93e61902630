from hypothesis import given

from lianfang.register.joining import joined
from lianfang.register.model import Charge, ChargeRole, Fact, Holder, Register, Unit
from lianfang.register.tests.factories import register, registers, risk


def test_units_and_posts_of_one_name_are_one() -> None:
    whole = joined([register(risk("公车私用")), register(risk("虚报维修费"))])
    assert [unit.id for unit in whole.units] == ["1.unit-1"]
    assert [post.id for post in whole.posts] == ["1.post-1"]
    assert [(entry.id, entry.unit) for entry in whole.risks] == [
        ("1.risk-1", "1.unit-1"),
        ("2.risk-1", "1.unit-1"),
    ]
    assert [entry.about.id for entry in whole.risks] == ["1.power-1", "2.power-1"]


def test_a_fact_is_absent_only_where_nobody_records_it() -> None:
    one = Register(absent=(Fact.POSTS, Fact.BASES))
    other = Register(absent=(Fact.BASES,))
    assert joined([one, other]).absent == (Fact.BASES,)


def test_persons_of_all_stay() -> None:
    one = Register(units=(Unit(id="u", name="甲"),), holders=(Holder(post="p", person="张某"),))
    other = Register(charges=(Charge(risk="r", role=ChargeRole.OWNER, name="李某"),))
    whole = joined([one, other])
    assert whole.holders is not None
    assert whole.charges is not None
    assert whole.totals is None


@given(registers(), registers())
def test_nothing_is_lost_in_joining(one: Register, other: Register) -> None:
    whole = joined([one, other])
    assert len(whole.risks) == len(one.risks) + len(other.risks)
    assert len(whole.powers) == len(one.powers) + len(other.powers)
    units = {unit.id for unit in whole.units}
    assert {power.unit for power in whole.powers} <= units
    assert {risk.unit for risk in whole.risks} <= units
    assert {post.unit for post in whole.posts} <= units
