"""What changed in a part, field by field, in words that need no ids."""

from typing import Any

import pytest
from msgspec.structs import replace

from lianfang.intake.rules.lines import Told
from lianfang.intake.rules.telling import changes_of, ids_of
from lianfang.intake.tests.rules_parts import about, flow, measure, power, register, risk, shown
from lianfang.register.model import (
    Arrow,
    Basis,
    Post,
    Power,
    PowerPost,
    Regulation,
    RiskPoint,
    Role,
    Step,
    Unit,
)

POSTS = (Post(id="CN", unit="CW", name="出纳"), Post(id="CZ", unit="CW", name="处长"))
PLACES: dict[str, Any] = {
    "units": (Unit(id="CW", code="CW", name="财务处"),),
    "posts": POSTS,
    "regulations": (Regulation(id="ZD-001", title="经费管理办法"),),
}
POWER = power(steps=flow("受理", "决定"), posts=(PowerPost(post="CN", role=Role.EXECUTES),))
OTHER = power("CW-02", "公务接待审批")
RISK = risk(
    level="high",
    posts=("CN",),
    manifestations=shown("A"),
    measures=(measure("R-CW-01-1", "双人复核", post="CN"),),
)


def told(before: Power | RiskPoint, after: Power | RiskPoint) -> list[Told]:
    rest = [one for one in (POWER, OTHER) if one.id not in (before.id, after.id)]
    first = register(before, *rest, **PLACES)
    second = register(after, *rest, **PLACES)
    changes = changes_of(first, second)
    assert set(changes) <= {before.id}
    return list(changes.get(before.id, ()))


RISKS: list[tuple[RiskPoint, list[Told]]] = [
    (RISK, []),
    (
        replace(RISK, title="虚列开支"),
        [Told(field="title", before="虚报差旅", after="虚列开支")],
    ),
    # the codes of the scheme stay codes
    (replace(RISK, level="low"), [Told(field="level", before="high", after="low")]),
    (replace(RISK, posts=("CN", "CZ")), [Told(field="posts", before="出纳", after="出纳；处长")]),
    (
        replace(RISK, manifestations=shown("AB")),
        [Told(field="manifestations", before="A", after="A；B")],
    ),
    (
        replace(RISK, about=about("power", "CW-02")),
        [Told(field="about", before="经费报销审批", after="公务接待审批")],
    ),
    (
        replace(RISK, about=about("step", "CW-01-2")),
        [Told(field="about", before="经费报销审批", after="决定")],
    ),
    (
        replace(RISK, measures=()),
        [Told(field="measure", of="双人复核", did="removed")],
    ),
    (
        replace(RISK, measures=(*RISK.measures, measure("R-CW-01-2", "每月抽查"))),
        [Told(field="measure", of="每月抽查", did="added")],
    ),
    (
        replace(RISK, measures=(replace(RISK.measures[0], post="CZ", phase="early"),)),
        [
            Told(field="phase", after="early", of="双人复核", did="changed"),
            Told(field="post", before="出纳", after="处长", of="双人复核", did="changed"),
        ],
    ),
    (
        replace(RISK, measures=(replace(RISK.measures[0], regulation="ZD-001"),)),
        [Told(field="regulation", after="经费管理办法", of="双人复核", did="changed")],
    ),
]


@pytest.mark.parametrize(("after", "changes"), RISKS)
def test_changes_of_a_risk_are_told_in_words(after: RiskPoint, changes: list[Told]) -> None:
    assert told(RISK, after) == changes


POWERS: list[tuple[Power, list[Told]]] = [
    (POWER, []),
    (
        replace(POWER, name="经费审批"),
        [Told(field="name", before="经费报销审批", after="经费审批")],
    ),
    (
        replace(POWER, bases=(Basis(text="《经费管理办法》第三条", regulation="ZD-001"),)),
        [Told(field="bases", after="《经费管理办法》第三条 经费管理办法")],
    ),
    (
        replace(POWER, posts=(*POWER.posts, PowerPost(post="CZ", role=Role.DECIDES))),
        [Told(field="posts", before="出纳 executes", after="出纳 executes；处长 decides")],
    ),
    (
        replace(
            POWER,
            steps=(
                replace(POWER.steps[0], arrows=(Arrow(to="CW-01-3"),)),
                Step(id="CW-01-3", name="公示"),
            ),
        ),
        [
            Told(field="arrows", before="决定", after="公示", of="受理", did="changed"),
            Told(field="step", of="公示", did="added"),
            Told(field="step", of="决定", did="removed"),
        ],
    ),
]


@pytest.mark.parametrize(("after", "changes"), POWERS)
def test_changes_of_a_power_are_told_in_words(after: Power, changes: list[Told]) -> None:
    assert told(POWER, after) == changes


def test_what_only_one_register_holds_is_not_told() -> None:
    one, two = register(POWER, RISK, **PLACES), register(OTHER, **PLACES)
    assert changes_of(register(**PLACES), one) == {}
    assert changes_of(one, register(POWER, OTHER, RISK, **PLACES)) == {}
    assert changes_of(one, two) == {}


def test_a_renamed_place_is_no_change_of_what_mentions_it() -> None:
    posts = (replace(POSTS[0], name="出纳岗"), POSTS[1])
    before = register(POWER, RISK, **PLACES)
    assert changes_of(before, register(POWER, RISK, **{**PLACES, "posts": posts})) == {}


def test_ids_are_those_of_powers_and_risks() -> None:
    assert ids_of(register(POWER, RISK, **PLACES)) == {"CW-01", "R-CW-01"}
