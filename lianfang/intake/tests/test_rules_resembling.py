"""Which new risk point says what another one says already."""

import pytest

from lianfang.intake.rules import resembling
from lianfang.intake.rules.resembling import resembled, words_of
from lianfang.intake.tests.rules_parts import about, risk, shown

LONG = "在经费报销审批环节拆分票据、虚列开支并与经办人串通套取资金" * 8


def found(new: list[str], stored: list[str]) -> dict[str, tuple[str, int]]:
    """Return what new risk points resemble, by letter and number: n1 is new, s1 is stored."""
    old = [risk(f"s{n}", title) for n, title in enumerate(stored, 1)]
    made = [risk(f"n{n}", title) for n, title in enumerate(new, 1)]
    return {
        code: (original.id, percent)
        for code, (original, percent) in resembled(made, [*old, *made]).items()
    }


@pytest.mark.parametrize(
    ("new", "stored", "result"),
    [
        ([], ["虚报差旅费用"], {}),
        (["虚报差旅费用"], [], {}),
        (["虚报差旅费用"], ["公车私用"], {}),
        (["虚报差旅费用"], ["虚报差旅费用"], {"n1": ("s1", 100)}),
        (["虚报 差旅费用。"], ["虚报差旅费用"], {"n1": ("s1", 100)}),
        (["虚报差旅费用的"], ["公车私用", "虚报差旅费用"], {"n1": ("s2", 92)}),
        # of new ones an earlier one is the original
        (["虚报差旅费用"] * 3, [], {"n2": ("n1", 100), "n3": ("n1", 100)}),
        (["虚报差旅费用", "虚报差旅费用的"], [], {"n2": ("n1", 92)}),
        # nearly equal is not equal
        ([LONG], [f"{LONG}等"], {"n1": ("s1", 99)}),
    ],
)
def test_a_risk_resembles_the_likest_before_it(
    new: list[str], stored: list[str], result: dict[str, tuple[str, int]]
) -> None:
    assert found(new, stored) == result


def test_how_a_risk_shows_is_part_of_what_it_says() -> None:
    one = risk("n1", "虚报差旅费用", manifestations=shown(["拆分票据套取资金", "重复报销"]))
    other = risk("s1", "虚报差旅费用")
    assert words_of(one) == "虚报差旅费用拆分票据套取资金重复报销"
    assert resembled([one], [other, one]) == {}


def test_units_are_apart() -> None:
    one, other = risk("n1", "虚报差旅费用"), risk("s1", "虚报差旅费用", unit="BG")
    assert resembled([one], [other, one]) == {}


def test_an_equal_one_about_the_same_thing_is_the_original() -> None:
    elsewhere = risk("s1", "虚报差旅费用", about=about("power", "CW-02"))
    same, new = risk("s2", "虚报差旅费用"), risk("n1", "虚报差旅费用")
    assert resembled([new], [elsewhere, same, new]) == {"n1": (same, 100)}
    assert resembled([new], [elsewhere, new]) == {"n1": (elsewhere, 100)}


def test_above_so_many_comparisons_only_equal_wording_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(resembling, "_MOST", 3)
    assert found(["虚报差旅费用", "虚报差旅费用的"], ["虚报差旅费用"]) == {"n1": ("s1", 100)}
