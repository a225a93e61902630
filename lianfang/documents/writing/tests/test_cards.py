"""Cards of a difference: what stands on which, in which words, and what weighs."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from lianfang.common.text import Language
from lianfang.documents.writing.cards import Card, CardKind, Cards, Line
from lianfang.documents.writing.pieces import PieceKind, pieces_of, rows_of
from lianfang.documents.writing.request import Request
from lianfang.register import model
from lianfang.register.difference import Part
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
MEASURE = model.Measure(id="M1", text="每半年抽查3%档案", phase="during", post="HEAD")
RISK = model.RiskPoint(
    id="R1",
    unit="CW",
    about=model.Subject(kind=model.SubjectKind.STEP, id="S1"),
    title="虚列天数",
    posts=("HEAD",),
    level="medium",
    measures=(MEASURE,),
)
POWER = model.Power(
    id="P1",
    unit="CW",
    name="报销审核",
    posts=(model.PowerPost(post="HEAD", role=model.Role.DECIDES, limit="五万元以内"),),
    steps=(model.Step(id="S1", name="受理", kind=model.StepKind.START, post="HEAD", days=2),),
)
RULE = model.Regulation(id="G1", title="报销办法")
OTHERS = model.Power(id="P9", unit="PS", name="评审")
BEFORE = model.Register(
    units=(model.Unit(id="CW", name="财务处"), model.Unit(id="PS", name="评审处")),
    posts=(
        model.Post(id="HEAD", unit="CW", name="处长"),
        model.Post(id="AIDE", unit="CW", name="出纳"),
    ),
    regulations=(RULE,),
    powers=(POWER, OTHERS),
    risks=(RISK,),
)


def cards_to(after: model.Register, language: Language = Language.ZH) -> Cards:
    asked = Request(
        register=after, scheme=SCHEME, on=date(2026, 5, 14), unit="CW", language=language
    )
    return Cards(asked, BEFORE)


def with_risk(**more: Any) -> model.Register:
    return replace(BEFORE, risks=(replace(RISK, **more),))


def card_of(cards: Cards, made: str) -> Card:
    return cards.card(next(head for head in cards.heads if head.id == made))


def told(line: Line) -> str:
    """Return a line as text: gone in brackets, new in braces, rows apart by a bar."""
    marks = {PieceKind.SAME: "{}", PieceKind.GONE: "[{}]", PieceKind.NEW: "<{}>"}
    rows = ("".join(marks[p.kind].format(p.text) for p in row) for row in line.rows)
    return f"{line.label}: {'|'.join(rows)}"


def test_what_did_not_change_has_a_head_and_others_parts_have_none() -> None:
    cards = cards_to(BEFORE)
    assert [(head.id, head.kind) for head in cards.heads] == [
        ("P1", CardKind.SAME),
        ("R1", CardKind.SAME),
    ]
    assert [told(line) for line in card_of(cards, "R1").lines] == [
        "所属: 受理",
        "岗位: 处长",
        "中期: 每半年抽查3%档案（处长）",
    ]
    assert [told(line) for line in card_of(cards, "P1").lines] == [
        "岗位: 处长：决定（五万元以内）",
        "环节: 受理（处长，2 个工作日）",
    ]


def test_a_changed_measure_stands_on_the_card_of_its_risk_piece_by_piece() -> None:
    changed = replace(MEASURE, text="每季抽查5%档案", frequency="每季", post="AIDE")
    card = card_of(cards_to(with_risk(measures=(changed,))), "R1")
    assert (card.head.kind, card.head.is_weighty) == (CardKind.CHANGED, True)
    assert [told(line) for line in card.lines] == [
        "中期: 每[半年]<季>抽查[3%]<5%>档案",
        "中期·岗位: [处长]<出纳>",
        "中期·频次: <每季>",
    ]
    assert {(line.part, line.id) for line in card.lines} == {(Part.MEASURE, "M1")}


def test_a_level_is_told_with_its_reason_and_once() -> None:
    card = card_of(cards_to(with_risk(level="high", reason="例外超过控制线")), "R1")
    assert [(told(line), line.note) for line in card.lines] == [
        ("等级: [■中]<▲高>", "例外超过控制线")
    ]
    assert (card.head.level, card.head.is_weighty) == ("high", True)


def test_a_level_confirmed_as_it_was_proposed_is_not_a_new_level() -> None:
    card = card_of(cards_to(with_risk(confirmed="medium")), "R1")
    assert [told(line) for line in card.lines] == ["确认等级: <■中>"]


@pytest.mark.parametrize(
    ("change", "is_weighty"),
    [
        ({"title": "虚增天数"}, False),
        ({"aspects": ("conduct",)}, False),
        ({"scores": (model.Score(factor="discretion", value=3),)}, True),
        ({"manifestations": (model.Manifestation(text="多领补助", level="high"),)}, True),
        ({"measures": ()}, True),
    ],
)
def test_what_decides_the_level_or_is_a_measure_weighs(
    change: dict[str, Any], is_weighty: bool
) -> None:
    assert card_of(cards_to(with_risk(**change)), "R1").head.is_weighty is is_weighty


def test_posts_of_a_power_are_told_line_by_line_with_their_parts() -> None:
    posts = (
        *POWER.posts,
        model.PowerPost(post="AIDE", role=model.Role.SUPERVISES, amount=5000),
    )
    after = replace(BEFORE, powers=(replace(POWER, posts=posts), OTHERS))
    card = card_of(cards_to(after), "P1")
    assert card.head.is_weighty
    assert [told(line) for line in card.lines] == [
        "岗位: 处长：决定（五万元以内）|<出纳：监督（5,000 元以内）>"
    ]


def test_what_came_and_what_is_gone_are_told_whole() -> None:
    added = replace(RISK, id="R2", title="代签", measures=())
    cards = cards_to(replace(BEFORE, risks=(added,)))
    assert [(head.id, head.kind, head.is_weighty) for head in cards.heads] == [
        ("P1", CardKind.SAME, False),
        ("R2", CardKind.ADDED, True),
        ("R1", CardKind.REMOVED, True),
    ]
    assert [told(line) for line in card_of(cards, "R2").lines] == ["所属: <受理>", "岗位: <处长>"]
    assert told(card_of(cards, "R1").lines[-1]) == "中期: [每半年抽查3%档案（处长）]"


def test_steps_and_measures_that_came_or_went_stand_on_the_card_that_holds_them() -> None:
    step = model.Step(id="S2", name="归档")
    after = replace(
        with_risk(measures=()),
        powers=(replace(POWER, steps=(replace(POWER.steps[0], days=3), step)), OTHERS),
    )
    cards = cards_to(after)
    assert [told(line) for line in card_of(cards, "P1").lines] == [
        "受理·时限（工作日）: [2]<3>",
        "环节: <归档>",
    ]
    assert told(card_of(cards, "R1").lines[0]) == "中期: [每半年抽查3%档案（处长）]"


def test_a_risk_point_that_moved_says_from_where() -> None:
    about = model.Subject(kind=model.SubjectKind.POWER, id="P1")
    assert [told(line) for line in card_of(cards_to(with_risk(about=about)), "R1").lines] == [
        "所属: [受理]<报销审核>"
    ]


def test_rules_have_a_card_where_they_changed_alone() -> None:
    after = replace(BEFORE, regulations=(replace(RULE, title="报销管理办法"),))
    card = card_of(cards_to(after), "G1")
    assert [told(line) for line in card.lines] == ["名称: 报销<管理>办法"]
    assert not card.head.is_weighty


def test_without_an_earlier_register_all_is_there_and_nothing_is_new() -> None:
    asked = Request(register=BEFORE, scheme=SCHEME, on=date(2026, 5, 14), unit="CW")
    heads = Cards(asked, None).heads
    assert [(head.id, head.kind) for head in heads] == [
        ("P1", CardKind.SAME),
        ("R1", CardKind.SAME),
    ]


def test_cards_speak_the_language_asked_for() -> None:
    card = card_of(cards_to(with_risk(level="high"), Language.EN), "R1")
    assert [told(line) for line in card.lines] == ["Level: [■Medium]<▲High>"]


def test_pieces_joined_give_either_wording_back() -> None:
    before, after = "以专业稀缺为由批准连续评审", "以专业稀缺为由长期批准同一评审员连续评审"
    pieces = pieces_of(before, after)
    assert "".join(p.text for p in pieces if p.kind is not PieceKind.NEW) == before
    assert "".join(p.text for p in pieces if p.kind is not PieceKind.GONE) == after


def test_wordings_with_little_in_common_are_not_cut_up() -> None:
    assert [piece.kind for piece in pieces_of("加强教育，提高认识", "查实的，五日内通报")] == [
        PieceKind.GONE,
        PieceKind.NEW,
    ]


def test_lines_that_stayed_are_not_marked() -> None:
    rows = rows_of(["甲：决策", "乙：执行"], ["甲：决策", "丙：监督", "丁：执行"])
    assert [[piece.kind.value for piece in row] for row in rows] == [
        ["same"],
        ["gone"],
        ["new"],
        ["new"],
    ]
