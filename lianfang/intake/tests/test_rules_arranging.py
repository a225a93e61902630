"""What somebody arranged in a row: pairs of risks and measures, phases, persons in charge."""

from typing import Any

import pytest

from lianfang.intake.rules.arranging import Keyed, arranged, may_be_paired
from lianfang.intake.rules.settings import EVERY, Settings
from lianfang.intake.rules.understanding import pairings_in, unsorted_in
from lianfang.intake.tests.rules_parts import measures, risk, shown
from lianfang.intake.tests.rules_tables import registered, scheme
from lianfang.register.model import Extra, Manifestation, RiskPoint

HEAD = "单位,职权名称,风险点,表现形式,风险等级,防控措施,责任人,部门负责人,分管领导"
UNPAIRED = "财务处,经费报销审批,1.虚列开支；2.公车私用,,中,1.双人复核；2.每月抽查；3.公示,,,"
TITLED = "财务处,经费报销审批,虚报差旅,1.拆分票据；2.重复报销,中,1.双人复核；2.每月抽查,,,"


def arrange(*rows: str, head: str = HEAD, **decided: Any) -> Keyed:
    return arranged(registered(*rows, head=head), Settings(**decided), scheme())


def told(keyed: Keyed) -> list[tuple[str, str, list[str]]]:
    """Return key, title and measures of each risk point."""
    return [
        (keyed.keys[one.id], one.title, [measure.text for measure in one.measures])
        for one in keyed.register.risks
    ]


def test_a_key_is_table_row_and_number_in_the_row() -> None:
    keyed = arrange(
        "财务处,经费报销审批,1.虚列开支；2.公车私用,,中,1.双人复核；2.每月抽查,,,",
        "财务处,经费报销审批,虚报差旅,,高,双人复核,,,",
    )
    assert told(keyed) == [
        ("0:2:1", "虚列开支", ["双人复核"]),
        ("0:2:2", "公车私用", ["每月抽查"]),
        ("0:3:1", "虚报差旅", ["双人复核"]),
    ]
    assert [origin.row for one in keyed.register.risks for origin in keyed.rows[one.id]] == [
        2,
        2,
        3,
    ]


def test_a_risk_of_several_rows_has_the_key_of_its_first() -> None:
    keyed = arrange(
        "财务处,经费报销审批,虚报差旅,拆分票据,高,双人复核,,,",
        "财务处,经费报销审批,虚报差旅,重复报销,高,每月抽查,,,",
    )
    ((key, _, words),) = told(keyed)
    assert (key, words) == ("0:2:1", ["双人复核", "每月抽查"])
    (rows,) = keyed.rows.values()
    assert [origin.row for origin in rows] == [2, 3]


# pairs


def test_a_row_whose_numbers_do_not_match_may_be_paired() -> None:
    keyed = arrange(UNPAIRED)
    (pairing,) = pairings_in(keyed)
    assert (pairing.key, pairing.row) == ("0:2:1", 2)
    assert pairing.risks == ("虚列开支", "公车私用")
    assert pairing.measures == ("双人复核", "每月抽查", "公示")


@pytest.mark.parametrize(
    ("pairs", "first", "second"),
    [
        ([0, 1, 1], ["双人复核"], ["每月抽查", "公示"]),
        ([0, 1, EVERY], ["双人复核", "公示"], ["每月抽查", "公示"]),
        ([EVERY, EVERY, EVERY], ["双人复核", "每月抽查", "公示"], ["双人复核", "每月抽查", "公示"]),
        ([1, 1, 1], [], ["双人复核", "每月抽查", "公示"]),
    ],
)
def test_pairs_make_a_risk_point_of_each_item(
    pairs: list[int], first: list[str], second: list[str]
) -> None:
    keyed = arrange(UNPAIRED, pairs={"0:2:1": pairs})
    assert told(keyed) == [("0:2:1.1", "虚列开支", first), ("0:2:1.2", "公车私用", second)]
    made = [measure.id for one in keyed.register.risks for measure in one.measures]
    assert len(made) == len(set(made))
    assert [one.level for one in keyed.register.risks] == ["medium", "medium"]
    assert [origin.row for rows in keyed.rows.values() for origin in rows] == [2, 2]
    assert list(pairings_in(keyed)) == []


@pytest.mark.parametrize("pairs", [[], [0, 1], [0, 1, 2], [0, -2, 1], [0, 1, 1, 1]])
def test_pairs_of_another_reading_change_nothing(pairs: list[int]) -> None:
    assert arrange(UNPAIRED, pairs={"0:2:1": pairs}) == arrange(UNPAIRED)


def test_pairs_of_a_row_with_one_risk_change_nothing() -> None:
    row = "财务处,经费报销审批,虚报差旅,,中,1.双人复核；2.每月抽查,,,"
    assert arrange(row, pairs={"0:2:1": [0, 0]}) == arrange(row)


def test_where_the_risk_has_a_title_of_its_own_it_stays_with_each_way_it_shows() -> None:
    keyed = arrange(TITLED, pairs={"0:2:1": [0, 1]})
    assert [(one.title, one.manifestations) for one in keyed.register.risks] == [
        ("虚报差旅", (Manifestation(text="拆分票据"),)),
        ("虚报差旅", (Manifestation(text="重复报销"),)),
    ]


def test_a_level_beside_an_item_is_the_level_of_its_risk() -> None:
    keyed = arrange(
        "财务处,经费报销审批,虚报差旅,拆分票据,高,双人复核,,,",
        "财务处,经费报销审批,虚报差旅,重复报销,低,每月抽查,,,",
        pairs={"0:2:1": [0, 1]},
    )
    assert [one.level for one in keyed.register.risks] == ["high", "low"]


@pytest.mark.parametrize(
    ("ways", "answers", "may"), [("AB", "AB", True), ("A", "AB", False), ("AB", "A", False)]
)
def test_several_of_each_can_be_paired(ways: str, answers: str, may: bool) -> None:
    one: RiskPoint = risk(manifestations=shown(ways), measures=measures(answers))
    assert may_be_paired(one) is may


# phases

SUGGESTED = "财务处,经费报销审批,虚报差旅,,中,1.事前公示；2.事后回访；3.双人复核,,,"


def phases(keyed: Keyed) -> list[str | None]:
    return [measure.phase for one in keyed.register.risks for measure in one.measures]


def test_phases_are_chosen_by_key_and_suggested_on_demand() -> None:
    assert phases(arrange(SUGGESTED)) == [None, None, None]
    assert phases(arrange(SUGGESTED, suggested=True))[:2] == ["early", "after"]
    chosen = {"0:2:1/1": "during", "0:2:1/3": "after", "0:9:1/1": "early"}
    assert phases(arrange(SUGGESTED, phases=chosen)) == ["during", None, "after"]
    both = arrange(SUGGESTED, suggested=True, phases=chosen)
    assert phases(both) == ["during", "after", "after"]


def test_a_phase_that_its_column_says_stays() -> None:
    head = "单位,职权名称,风险点,前期预防,后期处置"
    row = "财务处,经费报销审批,虚报差旅,事后回访,公示"
    keyed = arrange(row, head=head, suggested=True, phases={"0:2:1/1": "during"})
    assert phases(keyed) == ["early", "after"]


def test_unsorted_measures_are_told_under_the_keys_by_which_they_are_sorted() -> None:
    rows = [UNPAIRED, TITLED, SUGGESTED]
    for pairs in ({}, {"0:2:1": [0, EVERY, 1]}):
        keyed = arrange(*rows, pairs=pairs)
        waiting = [one.key for one in unsorted_in(keyed)]
        assert len(waiting) == len(set(waiting)) == 8
        sorted_all = arrange(*rows, pairs=pairs, phases=dict.fromkeys(waiting, "early"))
        assert list(unsorted_in(sorted_all)) == []
        assert set(phases(sorted_all)) == {"early"}
        for key in waiting:
            left = arrange(*rows, pairs=pairs, phases={key: "early"})
            assert [one.key for one in unsorted_in(left)] == [k for k in waiting if k != key]


# who is in charge


def test_persons_in_charge_stay_as_cells_and_words_for_posts_do_not() -> None:
    keyed = arrange(
        "财务处,经费报销审批,虚报差旅,,中,双人复核,张三、出纳,李四,王五",
        "财务处,经费报销审批,虚列开支,,中,双人复核,财务处处长,,",
    )
    first, second = keyed.register.risks
    assert first.extras == (
        Extra(label="责任人", text="张三"),
        Extra(label="部门负责人", text="李四"),
        Extra(label="分管领导", text="王五"),
    )
    assert first.measures[0].responsible == "出纳"
    assert second.measures[0].responsible == "财务处处长"
    # a cell that leads a group goes on
    assert [extra.label for extra in second.extras] == ["部门负责人", "分管领导"]


def test_persons_in_charge_go_with_every_risk_of_a_pairing() -> None:
    row = UNPAIRED.removesuffix(",,,") + ",张三,,"
    keyed = arrange(row, pairs={"0:2:1": [0, 1, 1]})
    assert [one.extras for one in keyed.register.risks] == [
        (Extra(label="责任人", text="张三"),)
    ] * 2
