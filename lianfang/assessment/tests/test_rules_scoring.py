"""Scores, bands, caps and places; sheets of 100 points; who stays out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lianfang.assessment.rules import sheets as rules
from lianfang.assessment.rules.recusal import Looker, is_recused, office_is_concerned
from lianfang.assessment.rules.scoring import (
    Party,
    band_of,
    proposed,
    ranks_of,
    result_of,
    tally_of,
    weights_of,
    wrong_points,
)
from lianfang.common.text import Text
from lianfang.org.queries.numbers import written_scheme
from lianfang.scheme.model import Sheet

SCHEME = written_scheme("cnas-2012")
UNITS, PERSONS = SCHEME.sheets
LIMITS = {"most_added": Decimal(5), "most_taken": Decimal(20)}


def all_of(share: str, sheet: Sheet = UNITS) -> dict[tuple[str, Party], Decimal]:
    return {
        (item.code, party): rules.maximum_of(item) * Decimal(share)
        for item in rules.items_of(sheet)
        for party in Party
    }


def test_the_sheets_of_the_scheme_are_worth_100_points() -> None:
    assert [rules.whole_of(sheet) for sheet in SCHEME.sheets] == [100, 100]
    assert [rules.fault_of(sheet) for sheet in SCHEME.sheets] == [None, None]


def test_points_of_three_parties_are_weighed_20_40_40() -> None:
    assert list(weights_of(UNITS).values()) == [20, 40, 40]
    points = {("on_time", Party.SELF): Decimal(20), ("on_time", Party.OFFICE): Decimal(15)}
    points["on_time", Party.LEADERSHIP] = Decimal("16.5")
    tally = tally_of(UNITS, points, [], **LIMITS)
    # 20 × 0.2 + 15 × 0.4 + 16.5 × 0.4
    assert tally.weighed == Decimal("16.60")
    assert tally.parties == {Party.SELF: 20, Party.OFFICE: 15, Party.LEADERSHIP: Decimal("16.5")}


@pytest.mark.parametrize(
    ("adjustments", "added", "taken", "score"),
    [
        ([], "0", "0", "80"),
        (["2", "-3"], "2", "3", "79"),
        (["4", "4"], "5", "0", "85"),
        (["-15", "-15"], "0", "20", "60"),
    ],
)
def test_additions_and_deductions_count_up_to_their_limits(
    adjustments: list[str], added: str, taken: str, score: str
) -> None:
    tally = tally_of(UNITS, all_of("0.8"), map(Decimal, adjustments), **LIMITS)
    assert [tally.added, tally.taken, tally.score] == [*map(Decimal, (added, taken, score))]


@given(st.decimals(0, 1, places=2), st.lists(st.decimals(-30, 30, places=1), max_size=6))
def test_a_score_lies_between_nought_and_100(share: Decimal, adjustments: list[Decimal]) -> None:
    assert 0 <= tally_of(UNITS, all_of(str(share)), adjustments, **LIMITS).score <= 100


@pytest.mark.parametrize(
    ("score", "band"),
    [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.99", "good"),
        ("80", "good"),
        ("79.99", "passed"),
        ("60", "passed"),
        ("59.99", "failed"),
        ("0", "failed"),
    ],
)
def test_bands_begin_where_the_scheme_says(score: str, band: str) -> None:
    assert band_of(Decimal(score), UNITS.bands).code == band


@pytest.mark.parametrize(
    ("score", "band"), [("95", "passed"), ("85", "passed"), ("70", "passed"), ("30", "failed")]
)
def test_a_corruption_case_caps_the_result_at_passed(score: str, band: str) -> None:
    assert result_of(Decimal(score), UNITS, {"corruption_case"}).code == band
    assert result_of(Decimal(score), UNITS, set()) == band_of(Decimal(score), UNITS.bands)


def test_equal_scores_share_a_place_and_the_next_is_left_out() -> None:
    scores = {1: Decimal(90), 2: Decimal("92.50"), 3: Decimal(90), 4: Decimal(70)}
    assert ranks_of(scores) == {2: 1, 1: 2, 3: 2, 4: 4}


@pytest.mark.parametrize(
    ("share", "points"), [(None, None), ("1", "8.0"), ("0", "0.0"), ("0.6667", "5.3")]
)
def test_a_share_of_nothing_proposes_nothing(share: str | None, points: str | None) -> None:
    given = None if share is None else Decimal(share)
    assert proposed(given, Decimal(8)) == (None if points is None else Decimal(points))


def test_points_beyond_the_maximum_or_in_hundredths_are_wrong() -> None:
    points = {"owners": Decimal("5.1"), "filing": Decimal("4.25"), "arranged": Decimal(5)}
    assert wrong_points(UNITS, {**points, "unknown": Decimal(1)}) == [
        "owners",
        "filing",
        "unknown",
    ]


# sheets -------------------------------------------------------------------------------------------


def test_a_sheet_of_other_than_100_points_says_how_to_mend_it() -> None:
    item = rules.item_in(UNITS, "on_time")
    assert item is not None
    less = rules.fault_of(rules.with_item(UNITS, replace(item, maximum=17.5)))
    more = rules.fault_of(rules.with_item(UNITS, replace(item, maximum=23)))
    assert less is not None
    assert more is not None
    assert "还差 2.5 分" in less.zh
    assert "Raise the maximum" in less.en
    assert "多出 3 分" in more.zh
    assert "remove an item" in more.en


def test_a_section_is_worth_what_its_items_are() -> None:
    item = rules.item_in(UNITS, "owners")
    assert item is not None
    changed = rules.with_item(UNITS, replace(item, maximum=7))
    assert changed.sections[0].maximum == 17
    added = rules.with_new_item(
        changed, "organisation", replace(item, code=rules.new_code(["own_item_1"]), maximum=1)
    )
    assert added.sections[0].items[-1].code == "own_item_2"
    assert added.sections[0].maximum == 18


def test_a_section_without_items_goes() -> None:
    changed = rules.without_item(UNITS, "on_time")
    assert "duties" not in {section.code for section in changed.sections}
    assert rules.whole_of(changed) == 80


# who stays out ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "person", "out"),
    [
        (7, None, True),
        (8, None, False),
        (8, 1, True),
        (8, 2, True),
        (7, 3, False),
    ],
)
def test_nobody_judges_themself_their_kin_or_their_own_unit(
    unit: int, person: int | None, out: bool
) -> None:
    looker = Looker(person=1, units=frozenset({7}), kin=frozenset({2}))
    assert is_recused(looker, unit=unit, person=person) is out


@pytest.mark.parametrize(
    ("own", "members", "concerned"),
    [
        (5, [], True),
        (None, [], False),
        (None, [{5}, {5, 6}], True),
        (None, [{5}, {6}], False),
    ],
)
def test_the_office_does_not_score_its_own_unit(
    own: int | None, members: list[set[int]], concerned: bool
) -> None:
    assert office_is_concerned(5, own, members) is concerned


def test_labels_stay_bilingual_where_a_standard_is_not_changed() -> None:
    item = rules.items_of(PERSONS)[0]
    assert isinstance(item.standard, Text)
    assert item.standard.zh != item.standard.en
