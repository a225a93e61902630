"""Asks the oracle about the institution of the tests: one rule, one day."""

from collections.abc import Iterable
from datetime import date, timedelta

from lianfang.duties.rules.values import Wanted
from lianfang.duties.tests.world import (
    Rated,
    World,
    given,
)

JULY = date(2026, 7, 1)
ON = date(2026, 9, 1)
DAY = timedelta(days=1)
HIGH, MEDIUM, LOW = given("high", JULY), given("medium", JULY), given("low", JULY)


def rate(world: World, post: int, *levels: object) -> World:
    return world.with_(rated=[Rated(post, level) for level in levels])  # type: ignore[arg-type]


def owed(world: World, rule: str, on: date = ON) -> list[Wanted]:
    return [each for each in world.wanted(on) if each.rule == rule]


def dues(rows: Iterable[Wanted]) -> list[date]:
    return [each.due_on for each in rows]
