"""The level of a post, in tables, and what holds of it whatever the register says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lianfang.register.model import Register, RiskPoint, Subject, SubjectKind
from lianfang.risks.rules.levels import Override, effective, levels_of, raised
from lianfang.risks.tests.registers import registers
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme

SCHEME = load_scheme("cnas-2012")
LEVELS = ("low", "medium", "high")
DAY = date(2026, 12, 31)
level = st.sampled_from(LEVELS)
maybe = st.one_of(st.none(), level)
days = st.dates(date(2026, 12, 1), date(2027, 1, 31))
override = st.builds(
    Override,
    level=level,
    from_on=days,
    until_on=st.one_of(st.none(), days),
    ended_on=st.one_of(st.none(), days),
)
overrides = st.lists(override, max_size=5)


def risk(confirmed: str | None, *posts: str, proposed: str | None = None) -> RiskPoint:
    """Return a risk point at some posts."""
    return RiskPoint(
        id=f"R-{confirmed}-{'-'.join(posts)}",
        unit="CW",
        about=Subject(kind=SubjectKind.UNIT, id="CW"),
        title="付款审核走过场",
        posts=posts,
        level=proposed,
        confirmed=confirmed,
    )


def of_levels(*codes: str) -> Scheme:
    """Return the scheme with other levels, the highest first, which a breach raises to its top."""
    kept = SCHEME.levels[0]
    levels = tuple(
        replace(kept, code=code, rank=len(codes) - place) for place, code in enumerate(codes)
    )
    raises = tuple(replace(step, cap=codes[0]) for step in SCHEME.raises)
    return replace(SCHEME, levels=levels, raises=raises)


@pytest.mark.parametrize(
    ("risks", "wanted"),
    [
        ((), {}),
        ((risk("low", "CWG"),), {"CWG": "low"}),
        ((risk("low", "CWG"), risk("high", "CWG"), risk("medium", "CWG")), {"CWG": "high"}),
        ((risk("medium", "CWG", "CWC"),), {"CWG": "medium", "CWC": "medium"}),
        ((risk("high"),), {}),
        ((risk(None, "CWG"),), {}),
        ((risk(None, "CWG", proposed="high"), risk("low", "CWG")), {"CWG": "low"}),
    ],
)
def test_a_post_has_the_highest_confirmed_level_that_names_it(
    risks: tuple[RiskPoint, ...], wanted: dict[str, str]
) -> None:
    assert levels_of(Register(risks=risks), SCHEME) == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [("low", "medium"), ("medium", "high"), ("high", "high"), (None, "medium")],
)
def test_a_breach_raises_one_level(before: str | None, after: str) -> None:
    assert raised(before, SCHEME) == after


@pytest.mark.parametrize(
    ("codes", "middle"),
    [(("a",), "a"), (("b", "a"), "b"), (("c", "b", "a"), "b"), (("d", "c", "b", "a"), "c")],
)
def test_a_post_without_a_level_comes_to_the_middle_one(
    codes: tuple[str, ...], middle: str
) -> None:
    assert raised(None, of_levels(*codes)) == middle


def test_no_level_rises_above_the_cap_of_the_scheme() -> None:
    capped = replace(SCHEME, raises=tuple(replace(s, cap="low") for s in SCHEME.raises))
    assert [raised(level, capped) for level in (None, *LEVELS)] == ["low", *LEVELS]


def test_a_scheme_that_raises_nothing_raises_nothing() -> None:
    calm = replace(SCHEME, raises=())
    assert [raised(level, calm) for level in (None, *LEVELS)] == [None, *LEVELS]


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (DAY - timedelta(1), "low"),
        (DAY, "high"),
        (DAY + timedelta(1), "high"),
        (DAY + timedelta(2), "low"),
    ],
)
def test_an_override_holds_from_its_first_to_its_last_day(on: date, wanted: str) -> None:
    above = Override(level="high", from_on=DAY, until_on=DAY + timedelta(1))
    assert effective("low", [above], on, SCHEME) == wanted


def test_an_ended_override_holds_no_more_from_that_day_on() -> None:
    above = Override(level="high", from_on=DAY, ended_on=DAY + timedelta(1))
    assert effective(None, [above], DAY, SCHEME) == "high"
    assert effective(None, [above], DAY + timedelta(1), SCHEME) is None


def test_a_lower_override_lowers_nothing() -> None:
    assert effective("high", [Override(level="low", from_on=DAY)], DAY, SCHEME) == "high"


@given(registers())
def test_no_post_is_below_a_confirmed_level_that_names_it(register: Register) -> None:
    found = levels_of(register, SCHEME)
    named = {post for risk in register.risks if risk.confirmed for post in risk.posts}
    assert found.keys() == named
    for entry in register.risks:
        for post in entry.posts if entry.confirmed else ():
            assert SCHEME.rank(found[post]) >= SCHEME.rank(entry.confirmed)


@given(registers(), maybe)
def test_one_more_risk_point_never_lowers_a_level(
    register: Register, confirmed: str | None
) -> None:
    before = levels_of(register, SCHEME)
    more = replace(register, risks=(*register.risks, risk(confirmed, "CWG")))
    after = levels_of(more, SCHEME)
    assert all(SCHEME.rank(after[post]) >= SCHEME.rank(before[post]) for post in before)
    assert levels_of(replace(more, risks=more.risks[::-1]), SCHEME) == after
    assert levels_of(replace(more, risks=more.risks * 2), SCHEME) == after


@given(maybe, overrides, days)
def test_a_level_in_force_is_never_below_the_editions(
    level: str | None, overrides: list[Override], on: date
) -> None:
    found = effective(level, overrides, on, SCHEME)
    assert SCHEME.rank(found) >= SCHEME.rank(level)
    assert effective(found, overrides, on, SCHEME) == found


@given(maybe, overrides, override, days)
def test_one_more_override_never_lowers_a_level(
    level: str | None, overrides: list[Override], more: Override, on: date
) -> None:
    before = effective(level, overrides, on, SCHEME)
    after = effective(level, [*overrides, more], on, SCHEME)
    assert SCHEME.rank(after) >= SCHEME.rank(before)
    assert (after == before) or more.holds(on)


@given(level, level)
def test_raising_keeps_the_order_of_levels_and_ends_at_the_top(low: str, high: str) -> None:
    low, high = sorted((low, high), key=SCHEME.rank)
    assert SCHEME.rank(raised(low, SCHEME)) <= SCHEME.rank(raised(high, SCHEME))
    assert SCHEME.rank(raised(low, SCHEME)) >= SCHEME.rank(low)
    assert raised(raised(raised(low, SCHEME), SCHEME), SCHEME) == "high"
