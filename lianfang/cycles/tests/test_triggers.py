"""What asks for a revision: a table, and properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.cycles.rules.triggers import Happened, InForce, Trigger, wanted
from lianfang.org.rules.calendar import add_months

EDITION = InForce(unit=1, number="2026-1", since=date(2026, 6, 20))


def happened(trigger: Trigger, on: date, thing: str = "7", unit: int = 1) -> Happened:
    return Happened(unit=unit, trigger=trigger, thing=thing, about="变动", on=on)


def keys(*facts: Happened, on: date, under_way: frozenset[int] = frozenset()) -> set[str]:
    found = wanted([EDITION], facts, under_way=under_way, on=on, review_months=12)
    return {key for _unit, key in found}


@pytest.mark.parametrize(
    ("trigger", "day", "on", "asks"),
    [
        # what took effect since the edition was published, and not before or later
        (Trigger.HOLDER, date(2026, 6, 21), date(2026, 6, 21), True),
        (Trigger.HOLDER, date(2026, 6, 20), date(2026, 8, 1), False),
        (Trigger.HOLDER, date(2026, 8, 2), date(2026, 8, 1), False),
        (Trigger.REQUIREMENT, date(2026, 7, 1), date(2026, 8, 1), True),
        (Trigger.STRUCTURE, date(2026, 8, 1), date(2026, 8, 1), True),
        # a breach asks until an edition has taken it up, so also from before
        (Trigger.BREACH, date(2026, 3, 1), date(2026, 8, 1), True),
        (Trigger.BREACH, date(2026, 8, 2), date(2026, 8, 1), False),
    ],
)
def test_what_happened_asks_for_a_revision_from_its_day_on(
    trigger: Trigger, day: date, on: date, asks: bool
) -> None:
    assert bool(keys(happened(trigger, day), on=on)) == asks


@pytest.mark.parametrize(("on", "asks"), [(date(2027, 6, 19), False), (date(2027, 6, 20), True)])
def test_an_edition_asks_for_its_review_when_it_is_a_year_old(on: date, asks: bool) -> None:
    assert (keys(on=on) == {"yearly_review:2026-1"}) == asks


def test_units_without_an_edition_or_being_filed_anew_need_none() -> None:
    day = date(2026, 7, 1)
    assert keys(happened(Trigger.HOLDER, day, unit=2), on=day) == set()
    assert keys(happened(Trigger.HOLDER, day), on=day, under_way=frozenset({1})) == set()


def test_a_breach_keeps_its_key_from_edition_to_edition_and_the_others_do_not() -> None:
    day, later = date(2026, 7, 1), InForce(unit=1, number="2026-2", since=date(2026, 6, 25))
    facts = [happened(Trigger.BREACH, day), happened(Trigger.HOLDER, day)]
    first = keys(*facts, on=day)
    found = wanted([later], facts, under_way=(), on=day, review_months=12)
    second = {key for _unit, key in found}
    assert first & second == {"breach:7"}
    assert len(first) == len(second) == 2


facts = st.lists(
    st.builds(
        happened,
        st.sampled_from(list(Trigger)),
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        st.sampled_from(["1", "2", "3"]),
    )
)


@given(facts, st.dates(date(2026, 6, 20), date(2027, 12, 31)))
def test_a_day_later_everything_asks_still(told: list[Happened], on: date) -> None:
    assert keys(*told, on=on) <= keys(*told, on=on + timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 1), -3, date(2025, 12, 1)),
    ],
)
def test_months_are_calendar_months_that_fall_back_to_the_end(
    day: date, months: int, then: date
) -> None:
    assert add_months(day, months) == then
