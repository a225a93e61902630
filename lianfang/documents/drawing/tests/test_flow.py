"""How a power of a Register becomes a chart, and what is said of a flow that is not whole."""

from lianfang.common.text import Language
from lianfang.documents.drawing.flow import chart_of, chart_of_steps
from lianfang.documents.drawing.tests.flows import FLOWS, LOOKS
from lianfang.register.model import (
    Arrow,
    Post,
    Power,
    PowerPost,
    Register,
    RiskPoint,
    Role,
    Step,
    StepKind,
    Subject,
    SubjectKind,
)
from lianfang.scheme.load import load_scheme


def _register() -> Register:
    steps = (
        Step(id="s1", name="受理", post="p1", days=5, output="登记表", arrows=(Arrow(to="s2"),)),
        Step(id="s2", name="审批", post="gone", lane="处长"),
    )
    power = Power(
        id="w",
        unit="u",
        name="认可受理",
        steps=steps,
        posts=(PowerPost(post="p1", role=Role.EXECUTES), PowerPost(post="p1", role=Role.DECIDES)),
    )
    about = Subject(kind=SubjectKind.STEP, id="s1")
    return Register(
        posts=(Post(id="p1", unit="u", name="受理岗"),),
        powers=(power,),
        risks=(
            RiskPoint(id="r1", unit="u", about=about, title="拖延", level="low"),
            RiskPoint(id="r2", unit="u", about=about, title="插队", level="low", confirmed="high"),
            RiskPoint(id="r3", unit="u", about=about, title="泄密"),
        ),
    )


def test_a_power_becomes_a_chart_with_posts_limits_and_risks() -> None:
    register = _register()
    scheme = load_scheme("cnas-2012")
    chart = chart_of(register, register.powers[0], scheme, Language.ZH, {"r2": "01"})
    assert [(lane.name, lane.note) for lane in chart.lanes] == [
        ("受理岗", "执行、决策"),
        ("处长", ""),
    ]
    first = chart.nodes[0]
    assert (first.limit, first.output) == ("5 个工作日", "登记表")
    shown = [(chart.looks[mark.look].code, mark.reference) for mark in first.marks]
    assert shown == [("high", "01"), ("low", "r1"), (None, "r3")]


def test_words_follow_the_language() -> None:
    register = _register()
    chart = chart_of(register, register.powers[0], load_scheme("cnas-2012"), Language.EN)
    assert chart.nodes[0].limit == "5 working days"
    assert chart.lanes[0].note == "executes, decides"
    assert chart.looks[0].label == "High"


def test_an_unmarked_flow_shows_where_it_begins_and_ends() -> None:
    kinds = [node.kind for node in FLOWS["zigzag"]().nodes]
    assert kinds[0] is StepKind.START
    assert kinds[-1] is StepKind.END
    assert set(kinds[1:-1]) == {StepKind.STEP}


def test_a_dangling_arrow_is_left_out_and_said() -> None:
    chart = FLOWS["dangling"]()
    assert len(chart.links) == 1
    assert len(chart.notes) == 2
    assert "“受理”" in chart.notes[0]


def test_a_doubled_id_is_said_and_every_step_is_drawn() -> None:
    chart = FLOWS["doubled_ids"]()
    assert len(chart.nodes) == 4
    assert "“2”" in chart.notes[0]


def test_steps_without_any_arrow_are_joined_in_order_and_that_is_said() -> None:
    chart = FLOWS["no_arrows"]()
    assert [(link.source, link.target) for link in chart.links] == [(at, at + 1) for at in range(8)]
    assert len(chart.notes) == 1


def test_a_step_of_no_post_stands_in_a_lane_that_says_so() -> None:
    lanes = FLOWS["some_without_lane"]().lanes
    assert (lanes[-1].name, lanes[-1].vacant) == ("未定岗位", True)
    assert not any(lane.vacant for lane in lanes[:-1])


def test_a_level_the_scheme_does_not_know_counts_as_not_rated() -> None:
    about = Subject(kind=SubjectKind.STEP, id="1")
    risk = RiskPoint(id="r", unit="u", about=about, title="t", level="cosmic")
    chart = chart_of_steps([Step(id="1", name="办理")], title="t", looks=LOOKS, risks={"1": [risk]})
    assert chart.looks[chart.nodes[0].marks[0].look].code is None
