"""The draw: exact, fair, whatever the order of the list, and to be done by a pocket script."""

import hashlib
import hmac
import json
from collections import Counter
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.inspections.rules.drawing import (
    commitment_to,
    draw,
    may_inspect,
    mixed,
    rank,
    sample_size,
    seats,
)
from lianfang.inspections.rules.plan import Entry, Share, canonical, plan_digest
from lianfang.inspections.rules.sheet import to_bytes
from lianfang.inspections.tests.plans import (
    ENTRIES,
    INSPECTORS,
    OVERSIGHT,
    SEED,
    entry,
    inspector,
    plan,
    sheet,
)

MIX = mixed(SEED, "d" * 64, "42")
ROUNDS = 600


def mixes(many: int) -> list[str]:
    return [hashlib.sha256(f"mix {number}".encode()).hexdigest() for number in range(many)]


@pytest.mark.parametrize(
    ("population", "percent", "sample"),
    [
        (0, "30", 0),
        (1, "30", 1),
        (10, "30", 3),
        (11, "30", 4),
        (100, "10", 10),
        (101, "10", 11),
        (7, "12.5", 1),
        (9, "12.5", 2),
        (3, "100", 3),
        (5, "0", 0),
    ],
)
def test_samples_round_up(population: int, percent: str, sample: int) -> None:
    assert sample_size(population, percent) == sample


@given(
    counts=st.dictionaries(
        st.sampled_from("ABCDEFGH"), st.integers(min_value=1, max_value=40), min_size=1
    ),
    percent=st.integers(min_value=0, max_value=100),
    seed=st.integers(min_value=0, max_value=10_000),
)
def test_units_get_their_part_rounded_down_or_up_and_the_sum_is_exact(
    counts: dict[str, int], percent: int, seed: int
) -> None:
    everybody = sum(counts.values())
    total = sample_size(everybody, str(percent))
    found = seats(counts, total, "low", hashlib.sha256(str(seed).encode()).hexdigest())
    assert sum(found.values()) == total
    for unit, many in found.items():
        part = Fraction(counts[unit] * total, everybody)
        assert many in (int(part), -int(-part // 1))
        assert many <= counts[unit]


def test_somebody_alone_in_a_small_unit_is_drawn_as_often_as_anybody() -> None:
    counts = {"BIG": 30, "MIDDLE": 9, "ONE": 1}
    drawn = Counter[str]()
    for mix in mixes(ROUNDS):
        drawn.update(seats(counts, 4, "low", mix))
    for unit, many in counts.items():
        expected = ROUNDS * 4 * many / 40
        assert abs(drawn[unit] - expected) < 4 * expected**0.5


def test_everybody_of_a_level_is_as_likely_to_be_drawn() -> None:
    people = [*(entry(one, "A") for one in range(9)), *(entry(one, "B") for one in range(3))]
    frozen = plan(people)
    drawn = Counter(one.person for mix in mixes(ROUNDS) for one in draw(frozen, mix).drawn)
    expected = ROUNDS * 4 / 12
    assert sum(drawn.values()) == ROUNDS * 4
    # chi-square with 11 degrees of freedom: beyond 31.3 once in a thousand
    assert sum((drawn[one.person] - expected) ** 2 / expected for one in people) < 31.3


@settings(max_examples=60)
@given(order=st.permutations(ENTRIES), pool=st.permutations(INSPECTORS))
def test_the_order_in_which_people_are_listed_makes_no_difference(
    order: list[Entry], pool: list[object]
) -> None:
    shuffled = plan(order, pool)  # type: ignore[arg-type]
    assert to_bytes(sheet(shuffled)) == to_bytes(sheet())


def test_the_order_of_lines_in_a_plan_makes_no_difference_to_who_is_drawn() -> None:
    frozen = plan()
    backwards = msgspec.structs.replace(frozen, entries=frozen.entries[::-1])
    assert draw(backwards, MIX).drawn == draw(frozen, MIX).drawn


@given(st.integers(min_value=0, max_value=500))
def test_nobody_inspects_whom_they_may_not(number: int) -> None:
    frozen = plan()
    people = {one.person: one for one in frozen.inspectors}
    for picked in draw(frozen, mixes(1)[0][:-3] + f"{number:03x}").drawn:
        drawn = frozen.entries[picked.line - 1]
        assert (drawn.person, drawn.post) == (picked.person, picked.post)
        assert len(set(picked.inspectors)) == len(picked.inspectors) <= frozen.head.team
        assert all(may_inspect(people[one], drawn) for one in picked.inspectors)
        assert not any(drawn.unit in people[one].units for one in picked.inspectors)


@pytest.mark.parametrize(
    ("who", "about", "may"),
    [
        (inspector("J1"), entry(1), True),
        (inspector("J1", units=["CW"]), entry(1, "CW"), False),
        (inspector("J1", people=["CW001"]), entry(1, "CW"), False),
        (inspector("J1"), entry(1, person="J1"), False),
        (inspector("J1"), entry(1, body=OVERSIGHT), False),
    ],
)
def test_own_unit_kin_and_oneself_are_not_inspected(who: object, about: Entry, may: bool) -> None:
    assert may_inspect(who, about) is may  # type: ignore[arg-type]


def test_visits_are_spread_over_those_who_inspect() -> None:
    frozen = plan([entry(number) for number in range(40)], [inspector(one) for one in "VWXYZ"])
    visits = Counter(who for one in draw(frozen, MIX).drawn for who in one.inspectors)
    assert set(visits) == set("VWXYZ")
    assert max(visits.values()) - min(visits.values()) <= 1


def test_too_few_inspectors_leave_a_team_short_not_the_person_out() -> None:
    alone = plan([entry(1)], [inspector("J1")])
    assert [one.inspectors for one in draw(alone, MIX).drawn] == [("J1",)]
    nobody = plan([entry(1)], [inspector("J1", units=["CW"])])
    assert [one.inspectors for one in draw(nobody, MIX).drawn] == [()]


def test_a_level_without_anybody_draws_nobody() -> None:
    result = draw(plan([entry(1, level="low")]), MIX)
    assert [(one.level, one.sample) for one in result.strata] == [("low", 1)]


def test_one_changed_name_changes_the_digest_and_so_the_mixed_seed() -> None:
    other = plan([*ENTRIES[1:], entry(1, person_name="某人壹")])
    assert plan_digest(other) != plan_digest(plan())
    assert sheet(other).mixed != sheet().mixed


def test_the_commitment_tells_nothing_but_binds_the_seed() -> None:
    assert commitment_to(SEED) != commitment_to("5b" * 32)
    told = f"lianfang draw 1 seed\n{SEED}".encode()
    assert commitment_to(SEED) == hashlib.sha256(told).hexdigest()


@given(
    st.recursive(
        st.text() | st.integers(min_value=-(10**6), max_value=10**6),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    )
)
def test_canonical_json_is_what_a_pocket_script_writes(value: object) -> None:
    try:
        written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        expected = written.encode()
    except UnicodeEncodeError:
        return
    assert canonical(value) == expected


def test_a_pocket_script_comes_to_the_same_draw() -> None:
    """Recompute a draw without this program, as docs/inspections.md says."""
    told = json.loads(to_bytes(sheet()))

    def written(value: object) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def digest(line: dict[str, object]) -> str:
        return hashlib.sha256(
            written({name: value for name, value in line.items() if name != "digest"})
        ).hexdigest()

    def place(*parts: str) -> str:
        key = bytes.fromhex(told["mixed"])
        return hmac.new(key, written(list(parts)), "sha256").hexdigest()

    fixed = told["plan"]
    plan_hash = hashlib.sha256(
        written(
            {
                "head": fixed["head"],
                "entries": [digest(one) for one in fixed["entries"]],
                "inspectors": [digest(one) for one in fixed["inspectors"]],
            }
        )
    ).hexdigest()
    assert plan_hash == told["plan_digest"]
    message = f"lianfang draw 1 mix\n{plan_hash}\n{told['value']}".encode()
    mix = hmac.new(bytes.fromhex(told["seed"]), message, "sha256").hexdigest()
    assert mix == told["mixed"]
    drawn = []
    for share in fixed["head"]["shares"]:
        group = [one for one in fixed["entries"] if one["level"] == share["level"]]
        total = -(-len(group) * int(share["percent"]) // 100)
        units = sorted({one["unit"] for one in group})
        start = int(place("start", share["level"]), 16) % len(group)
        reached, extra = 0, {}
        for unit in sorted(units, key=lambda unit: place("unit", share["level"], unit)):
            part = sum(one["unit"] == unit for one in group) * total % len(group)
            marks = range(start, len(group) * total, len(group))
            extra[unit] = sum(reached <= mark < reached + part for mark in marks)
            reached += part
        for unit in units:
            own = [one for one in group if one["unit"] == unit]
            own.sort(
                key=lambda one: place(
                    "entry", one["level"], one["unit"], one["post"], one["person"]
                )
            )
            drawn += own[: len(own) * total // len(group) + extra[unit]]
    assert [one["person"] for one in drawn] == [one["person"] for one in told["drawn"]]


def test_shares_may_be_whole_or_broken_numbers() -> None:
    medium = [one for one in ENTRIES if one.level == "medium"]
    half = plan(medium, shares=(Share(level="medium", percent="12.5", rules=()),))
    assert len(draw(half, MIX).drawn) == 2
    assert rank(MIX, "a", "b") != rank(MIX, "ab")
