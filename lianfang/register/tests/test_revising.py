"""An edition of which some powers are taken anew."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lianfang.register.edition import frozen_register
from lianfang.register.model import (
    Post,
    Power,
    Register,
    RiskPoint,
    Subject,
    SubjectKind,
    Unit,
)
from lianfang.register.revising import Scope, in_scope, revised
from lianfang.register.tests.factories import registers


def power(code: str, name: str = "职权") -> Power:
    return Power(id=code, code=code, unit="CW", name=name)


def risk(code: str, about: str, title: str = "风险") -> RiskPoint:
    kind = SubjectKind.POST if about == "CWC" else SubjectKind.POWER
    return RiskPoint(id=code, unit="CW", about=Subject(kind=kind, id=about), title=title)


def register(powers: list[Power], risks: list[RiskPoint]) -> Register:
    return Register(
        scheme="cnas-2012",
        organisation="某评价中心",
        units=(Unit(id="CW", name="财务处"),),
        posts=(Post(id="CWC", unit="CW", name="处长"),),
        powers=tuple(powers),
        risks=tuple(risks),
    )


BEFORE = register(
    [power("A"), power("B"), power("C")],
    [risk("R1", "A"), risk("R2", "B"), risk("R3", "CWC")],
)
NOW = register(
    [power("A", "改后"), power("B", "改后"), power("D", "新增")],
    [
        risk("R1", "A", "改后"),
        risk("R2", "B", "改后"),
        risk("R3", "CWC", "改后"),
        risk("R4", "A", "新增"),
        risk("R5", "D", "新增"),
    ],
)


def told(made: Register) -> dict[str, str]:
    """Return what each power and risk point says."""
    return {part.id: part.name for part in made.powers} | {
        part.id: part.title for part in made.risks
    }


def test_only_the_powers_named_and_what_hangs_on_them_are_taken_anew() -> None:
    made = revised(BEFORE, NOW, "CW", Scope(powers=frozenset({"A", "C"})))
    assert told(made) == {
        "A": "改后",
        "B": "职权",
        "R1": "改后",
        "R2": "风险",
        "R3": "风险",
        "R4": "新增",
    }


def test_the_rest_is_new_powers_and_what_hangs_on_no_power() -> None:
    made = revised(BEFORE, NOW, "CW", Scope(powers=frozenset(), rest=True))
    assert told(made) == {
        "A": "职权",
        "B": "职权",
        "C": "职权",
        "D": "新增",
        "R1": "风险",
        "R2": "风险",
        "R3": "改后",
        "R5": "新增",
    }


def test_a_post_that_is_gone_stays_in_what_was_not_revised() -> None:
    gone = replace(NOW, posts=(), risks=tuple(r for r in NOW.risks if r.id != "R3"))
    made = revised(BEFORE, gone, "CW", Scope(powers=frozenset({"A"})))
    assert [post.id for post in made.posts] == ["CWC"]


def test_what_is_in_scope_is_named_by_id() -> None:
    scope = Scope(powers=frozenset({"A"}), rest=True)
    assert in_scope(NOW, "CW", scope, BEFORE) == {"A", "D", "R1", "R3", "R4", "R5"}


@given(registers(), st.data())
def test_a_revision_of_everything_is_what_stands_now(now: Register, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(now.units)).id
    before = frozen_register(now, unit)
    scope = Scope(powers=frozenset(power.id for power in now.powers), rest=True)
    changed = replace(now, powers=tuple(replace(p, name=p.name + "改") for p in now.powers))
    assert revised(before, changed, unit, scope) == frozen_register(changed, unit)


@given(registers(), st.data())
def test_a_revision_of_nothing_is_the_edition_before(now: Register, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(now.units)).id
    before = frozen_register(now, unit)
    own = tuple(replace(p, name=p.name + "改") if p.unit == unit else p for p in now.powers)
    assert revised(before, replace(now, powers=own), unit, Scope(powers=frozenset())) == before
