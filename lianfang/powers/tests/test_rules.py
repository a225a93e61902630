"""Decisions about powers: arrows, clashes, key steps, states, codes, the map."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.checks import engine
from lianfang.powers.rules import arrows
from lianfang.powers.rules.clashes import clashes_by_post
from lianfang.powers.rules.codes import next_code
from lianfang.powers.rules.keys import key_posts, key_steps
from lianfang.powers.rules.mapping import map_of, shortened
from lianfang.powers.rules.states import (
    NEXT,
    DatesMissing,
    NoSuchWay,
    require_days,
    require_way,
)
from lianfang.powers.rules.telling import differences, part_lines, step_lines
from lianfang.powers.tests.making import REFUNDS
from lianfang.register.model import (
    Arrow,
    Basis,
    Holder,
    Post,
    Power,
    PowerPost,
    Register,
    RegulationState,
    Role,
    Step,
    StepKind,
    Unit,
)
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
KNOWN = {Decimal(1): "a", Decimal(2): "b", Decimal("2.5"): "c"}


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("", StepKind.STEP, [("b", "")]),
        ("", StepKind.END, []),
        ("-", StepKind.STEP, []),
        ("—", StepKind.DECISION, []),
        ("2", StepKind.STEP, [("b", "")]),
        ("2 同意；1 不同意", StepKind.DECISION, [("b", "同意"), ("a", "不同意")]),
        ("2: agreed; 1: refused", StepKind.DECISION, [("b", "agreed"), ("a", "refused")]),
        ("2.5", StepKind.STEP, [("c", "")]),
        ("2；2", StepKind.STEP, [("b", "")]),
        ("1同意", StepKind.STEP, [("a", "同意")]),
    ],
)
def test_a_cell_says_where_a_step_leads(
    text: str, kind: StepKind, meant: list[tuple[str, str]]
) -> None:
    found = arrows.read(text, kind=kind, below="b", known=KNOWN)
    assert [(arrow.to, arrow.condition) for arrow in found] == meant


@pytest.mark.parametrize("text", ["同意", "7", "2 同意；下一步", f"2 {'长' * 201}"])
def test_a_cell_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(arrows.ArrowUnreadable):
        arrows.read(text, kind=StepKind.STEP, below="b", known=KNOWN)


patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
conditions = st.text("同意退回ab", max_size=6)


@patient
@given(
    st.lists(
        st.tuples(
            st.sampled_from(StepKind),
            st.lists(st.tuples(st.integers(0, 3), conditions), max_size=3, unique=True),
        ),
        min_size=4,
        max_size=4,
    )
)
def test_every_flow_comes_back_from_its_cells(
    given: list[tuple[StepKind, list[tuple[int, str]]]],
) -> None:
    steps = [
        Step(
            id=str(place),
            name=str(place),
            kind=kind,
            arrows=tuple(Arrow(to=str(to), condition=words) for to, words in ways),
        )
        for place, (kind, ways) in enumerate(given)
    ]
    known = {Decimal(place + 1): str(place) for place in range(4)}
    for place, step in enumerate(steps):
        cell = arrows.written(step, place, steps)
        below = str(place + 1) if place < 3 else None
        assert arrows.read(cell, kind=step.kind, below=below, known=known) == step.arrows


POSTS = ("a", "b", "c")
PEOPLE = ("甲方", "乙方")
parts = st.lists(st.tuples(st.sampled_from(POSTS), st.sampled_from(Role)), unique=True, max_size=6)
holders = st.dictionaries(st.sampled_from(POSTS), st.frozensets(st.sampled_from(PEOPLE)))


@patient
@given(parts=parts, holders=holders)
def test_clashes_of_posts_are_those_that_the_checks_find(
    parts: list[tuple[str, Role]], holders: dict[str, frozenset[str]]
) -> None:
    power = Power(
        id="p",
        unit="u",
        name="采购",
        posts=tuple(PowerPost(post=post, role=role) for post, role in parts),
    )
    register = Register(
        units=(Unit(id="u", name="处"),),
        posts=tuple(Post(id=post, unit="u", name=f"岗{post}") for post in POSTS),
        powers=(power,),
        holders=tuple(
            Holder(post=post, person=person)
            for post, people in sorted(holders.items())
            for person in sorted(people)
        ),
    )
    codes = ("C207", "C208", "C209", "C210")
    told = {finding.code for finding in engine.run(register, SCHEME, select=codes)}
    found = clashes_by_post(power, holders)
    assert {code for codes in found.values() for code in codes} == told & set(codes)


def test_key_steps_speak_of_key_acts_and_key_posts_have_them_or_decide_what_weighs() -> None:
    assert key_steps(REFUNDS, SCHEME) == {"b"}
    assert key_posts([REFUNDS], SCHEME) == {"CWC"}
    light = Power(id="p", unit="u", name="收发文件", steps=(Step(id="s", name="登记"),))
    assert key_posts([light], SCHEME, highest=["X"]) == {"X"}


@pytest.mark.parametrize("now", RegulationState)
@pytest.mark.parametrize("wanted", RegulationState)
def test_a_regulation_goes_only_the_ways_of_the_table(
    now: RegulationState, wanted: RegulationState
) -> None:
    if wanted in NEXT[now]:
        require_way(now, wanted)
    else:
        with pytest.raises(NoSuchWay):
            require_way(now, wanted)


@pytest.mark.parametrize(
    ("state", "from_on", "to_on", "sound"),
    [
        ("in_force", date(2024, 1, 1), None, True),
        ("in_force", None, date(2024, 1, 1), False),
        ("repealed", None, None, False),
        ("repealed", date(2024, 1, 1), date(2023, 1, 1), False),
        ("repealed", date(2024, 1, 1), date(2024, 1, 1), True),
    ],
)
def test_days_of_a_regulation_fit_its_state(
    state: str, from_on: date | None, to_on: date | None, *, sound: bool
) -> None:
    if sound:
        require_days(RegulationState(state), from_on, to_on)
    else:
        with pytest.raises(DatesMissing):
            require_days(RegulationState(state), from_on, to_on)


@pytest.mark.parametrize(
    ("taken", "code"),
    [
        ([], "CW-01"),
        (["CW-01", "CW-07", "CW-07-3", "CWX-09"], "CW-08"),
        (["CW-99"], "CW-100"),
        (["CW-x"], "CW-01"),
    ],
)
def test_the_next_code_follows_the_highest(taken: list[str], code: str) -> None:
    assert next_code("CW-", taken, width=2) == code


def test_a_power_is_told_in_lines_that_people_read() -> None:
    names = {"CWC": "财务处处长", "CWG": "出纳岗", "BGC": "办公室主任"}
    assert part_lines(REFUNDS, names)[0] == "财务处处长 决策：审批单笔报销，≤ 50,000 元"
    assert step_lines(REFUNDS, names)[1] == "[2] 审批报销（财务处处长，2 日） → 3 同意；1 退回"
    told = differences(None, REFUNDS, names)
    assert told["name"] == (None, "报销付款")
    assert "kind" not in told
    assert differences(REFUNDS, REFUNDS, names) == {}


def test_the_map_has_planes_of_regulations_lines_of_powers_and_points_of_posts() -> None:
    bare = Power(id="q", unit="u", name="值班")
    made = map_of([bare, REFUNDS], ["BGC", "CWC", "JJG"], {"CWC": "财务处处长"})
    assert [plane.regulation for plane in made.planes] == ["ZD-001", None]
    line = made.planes[0].lines[0]
    assert [point.post for point in line.points] == ["BGC", "CWC", "CWG"]
    assert line.end == line.points[-1].x
    assert [column.post for column in made.columns] == ["BGC", "CWC", "CWG"]
    assert made.planes[1].lines[0].is_thin
    assert made.planes[1].y + made.planes[1].height < made.floor


def test_a_name_is_broken_between_words_and_a_chinese_one_by_its_length() -> None:
    names = {
        "CWC": "Receptionist",
        "CWG": "Head of the Finance Department",
        "BGC": "出纳兼票据保管核对岗",
    }
    made = map_of([REFUNDS], ["BGC"], names)
    told = {column.post: [word for _, word in column.words] for column in made.columns}
    assert told["CWC"] == ["Receptionist"]
    assert " ".join(told["CWG"]) == "Head of the Finance Department"
    assert "".join(told["BGC"]) == "出纳兼票据保管核对岗"
    assert len(told["BGC"]) == 2


def test_more_regulations_of_a_power_are_counted_on_its_line() -> None:
    power = Power(
        id="p",
        unit="u",
        name="x",
        bases=(Basis(text="a", regulation="A"), Basis(text="b", regulation="B"), Basis(text="c")),
    )
    assert map_of([power], [], {}).planes[0].lines[0].also == 1


def test_a_label_too_long_for_its_line_is_cut() -> None:
    assert shortened("CW-01 报销") == "CW-01 报销"
    assert shortened("长" * 40) == "长" * 15 + "…"
