"""What becomes of a part: what is stored, what a file says, and what it said before."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lianfang.intake.rules.merging import Merged, Merging, hung_on
from lianfang.intake.tests.rules_parts import (
    about,
    any_powers,
    any_risks,
    bases,
    flow,
    links,
    measure,
    measures,
    power,
    risk,
    shown,
)
from lianfang.register.model import (
    Basis,
    Extra,
    Manifestation,
    Measure,
    Power,
    PowerPost,
    RiskPoint,
    Role,
    Subject,
)

_FEW = settings(max_examples=150, deadline=None)

OF_A_RISK = ("title", "level")
OF_A_POWER = ("name", "category", "kind")
OF_A_MEASURE = ("text", "phase", "frequency", "evidence", "method", "indicator", "regulation")
CODES = ("level", "category", "phase", "regulation")
# stored, said and said before; None for a file that never spoke of the part
FIELD = [
    ("A", "A", None, "A", False),
    ("A", "", None, "A", False),
    ("A", "B", None, "B", False),
    ("", "B", None, "B", False),
    ("A", "B", "A", "B", False),
    ("X", "A", "A", "X", False),
    ("", "A", "A", "", False),
    ("X", "", "A", "X", False),
    ("X", "X", "A", "X", False),
    ("X", "B", "A", "B", True),
    ("", "B", "A", "B", True),
    ("A", "B", "", "B", True),
]
# lists of words, a letter each
LIST = [
    ("AB", "", None, "AB"),
    ("AB", "A", None, "AB"),
    ("AB", "BC", None, "ABC"),
    ("", "AB", None, "AB"),
    ("AB", "AB", "AB", "AB"),
    ("BA", "AB", "AB", "BA"),
    ("AB", "A", "AB", "A"),
    ("AB", "AC", "AB", "AC"),
    ("ABX", "A", "AB", "AX"),
    ("A", "AB", "AB", "A"),
    ("X", "AB", "AB", "X"),
    ("", "AB", "AB", ""),
    ("AX", "", "AB", "AX"),
    ("AX", "AX", "AB", "AX"),
]


def merged_risk(
    stored: RiskPoint, said: RiskPoint, earlier: RiskPoint | None = None
) -> Merged[RiskPoint]:
    return Merging().risk(stored, said, earlier)


def merged_power(
    stored: Power,
    said: Power,
    earlier: Power | None = None,
    hung: frozenset[str] = frozenset(),
) -> Merged[Power]:
    return Merging().power(stored, said, earlier, hung)


def word(field: str, text: str) -> str | None:
    return text or None if field in CODES else text


@pytest.mark.parametrize("field", [*OF_A_RISK, *OF_A_POWER, *OF_A_MEASURE])
@pytest.mark.parametrize(("stored", "said", "earlier", "result", "clashes"), FIELD)
def test_a_field_takes_what_is_new_and_keeps_what_somebody_changed(
    field: str, stored: str, said: str, earlier: str | None, result: str, clashes: bool
) -> None:
    fields = [None if text is None else {field: word(field, text)} for text in (said, earlier)]
    if field in OF_A_RISK:
        risks = [None if some is None else replace(risk(), **some) for some in fields]
        assert risks[0] is not None
        found = merged_risk(replace(risk(), **{field: word(field, stored)}), risks[0], risks[1])
        outcome: RiskPoint | Power | Measure = found.part
        named = found.clashes
    elif field in OF_A_POWER:
        powers = [None if some is None else replace(power(), **some) for some in fields]
        assert powers[0] is not None
        of = merged_power(replace(power(), **{field: word(field, stored)}), powers[0], powers[1])
        outcome, named = of.part, of.clashes
    else:
        rows = [
            None if some is None else risk(measures=(replace(measure(), **some),))
            for some in fields
        ]
        assert rows[0] is not None
        first = risk(measures=(replace(measure(), **{field: word(field, stored)}),))
        found = merged_risk(first, rows[0], rows[1])
        (outcome,) = found.part.measures
        named = found.clashes
    assert getattr(outcome, field) == word(field, result)
    assert named == ((field,) if clashes else ())


def listed(field: str, letters: str) -> RiskPoint | Power:
    made: dict[str, Any] = {
        "posts": {"posts": tuple(letters)},
        "aspects": {"aspects": tuple(letters)},
        "manifestations": {"manifestations": shown(letters)},
        "measures": {"measures": measures(letters)},
    }
    return power(bases=bases(letters)) if field == "bases" else risk(**made[field])


@pytest.mark.parametrize("field", ["posts", "aspects", "manifestations", "measures", "bases"])
@pytest.mark.parametrize(("stored", "said", "earlier", "result"), LIST)
def test_of_a_list_only_what_the_file_took_out_itself_is_taken_out(
    field: str, stored: str, said: str, earlier: str | None, result: str
) -> None:
    parts = [
        None if letters is None else listed(field, letters) for letters in (stored, said, earlier)
    ]
    found = merged_power(*parts) if field == "bases" else merged_risk(*parts)  # type: ignore[arg-type]
    assert getattr(found.part, field) == getattr(listed(field, result), field)
    assert found.clashes == ()


def test_who_has_a_part_in_a_power_is_added_and_never_taken_away() -> None:
    def of(letters: str, role: Role = Role.EXECUTES) -> Power:
        return power(posts=tuple(PowerPost(post=letter, role=role) for letter in letters))

    assert merged_power(of("A"), of("AB")).part == of("AB")
    assert merged_power(of("AB"), of("B"), of("AB")).part == of("AB")
    # dropped by somebody since
    assert merged_power(of("A"), of("AB"), of("AB")).part == of("A")
    # what the register knows of a part is more exact
    assert merged_power(of("A", Role.DECIDES), of("A")).part == of("A", Role.DECIDES)


def test_a_basis_that_is_there_keeps_the_regulation_that_it_names() -> None:
    stored = power(bases=(Basis(text="《办法》", regulation="ZD-001", article="第三条"),))
    said = power(bases=(Basis(text="《办法》"), Basis(text="《细则》", regulation="ZD-002")))
    assert merged_power(stored, said).part.bases == (*stored.bases, said.bases[1])


def test_bases_of_the_same_words_stay_apart() -> None:
    twice = power(
        bases=(
            Basis(text="《办法》", regulation="ZD-001", article="第一条"),
            Basis(text="《办法》", regulation="ZD-002", article="第二条"),
        )
    )
    assert merged_power(twice, power(bases=bases(["《办法》"]))).part == twice


@pytest.mark.parametrize(
    ("stored", "said", "earlier", "result"),
    [
        (None, "high", None, "high"),
        ("low", None, None, "low"),
        ("low", "high", "high", "low"),
        ("low", "high", "low", "high"),
    ],
)
def test_the_level_beside_a_manifestation_is_a_field_of_its_own(
    stored: str | None, said: str | None, earlier: str | None, result: str | None
) -> None:
    parts = [
        risk(manifestations=(Manifestation(text="A", level=level),))
        for level in (stored, said, earlier, result)
    ]
    before = parts[2] if earlier else None
    assert merged_risk(parts[0], parts[1], before).part == parts[3]


# what a risk hangs on

POWER, STEP, UNIT, POST = (
    about("power", "CW-01"),
    about("step", "CW-01-2"),
    about("unit", "CW"),
    about("post", "CN"),
)
OTHER = about("power", "CW-02")


@pytest.mark.parametrize(
    ("stored", "said", "earlier", "result", "clashes"),
    [
        (POWER, STEP, None, STEP, False),
        # the power alone is less than its step
        (STEP, POWER, None, STEP, False),
        (STEP, POWER, STEP, STEP, False),
        (STEP, OTHER, None, OTHER, False),
        # the unit is where a risk is until somebody places it
        (POST, UNIT, None, POST, False),
        (POWER, UNIT, POWER, POWER, False),
        (UNIT, POST, None, POST, False),
        (OTHER, POWER, POWER, OTHER, False),
        (POWER, OTHER, POWER, OTHER, False),
        (POST, OTHER, POWER, OTHER, True),
    ],
)
def test_a_risk_hangs_on_the_more_exact_of_what_is_known(
    stored: Subject, said: Subject, earlier: Subject | None, result: Subject, clashes: bool
) -> None:
    before = risk(about=earlier) if earlier else None
    found = merged_risk(risk(about=stored), risk(about=said), before)
    assert found.part.about == result
    assert found.clashes == (("about",) if clashes else ())


# measures


def test_a_measure_that_somebody_dropped_does_not_come_back_under_another_id() -> None:
    before = risk(measures=(measure("A", "双人复核"), measure("B", "每月抽查")))
    again = risk(measures=(measure("A", "双人复核"), measure("C", "每月抽查")))
    stored = risk(measures=(measure("A", "双人复核"),))
    assert merged_risk(stored, again, before).part == stored
    # nor the third time, when the file said it under the new id
    assert merged_risk(stored, again, again).part == stored


def test_a_measure_that_somebody_reworded_stays_though_the_file_left_it_out() -> None:
    before = risk(measures=(measure("A", "双人复核"), measure("B", "每月抽查")))
    stored = risk(measures=(measure("A", "双人复核"), measure("B", "每旬抽查并登记")))
    said = risk(measures=(measure("A", "双人复核"),))
    assert merged_risk(stored, said, before).part == stored


def test_a_measure_of_the_same_words_is_not_added_twice() -> None:
    stored = risk(measures=(measure("A", "双人复核"),))
    assert merged_risk(stored, risk(measures=(measure("B", "双人复核"),))).part == stored


def test_what_only_the_register_knows_of_a_measure_stays() -> None:
    stored = risk(measures=(measure("A", phase="early", asks_rule=True, regulation="ZD-001"),))
    assert merged_risk(stored, risk(measures=(measure("A"),))).part == stored


WHO = [
    # at a first import the register's word on who answers is the more exact one
    (("CN", ""), (None, "财务处处长"), None, ("CN", "")),
    ((None, "出纳"), ("CN", ""), None, (None, "出纳")),
    ((None, ""), (None, "出纳"), None, (None, "出纳")),
    ((None, ""), ("CN", ""), None, ("CN", "")),
    # afterwards only what is new in the file counts
    (("CN", ""), (None, "出纳"), (None, "出纳"), ("CN", "")),
    (("CN", ""), ("KJ", ""), ("CN", ""), ("KJ", "")),
    (("CN", ""), (None, ""), ("CN", ""), ("CN", "")),
    # one answers, not both: a post in place of words, words in place of a post
    ((None, "出纳"), ("CN", ""), (None, "出纳"), ("CN", "")),
    (("CN", ""), (None, "专班"), ("CN", ""), (None, "专班")),
]


@pytest.mark.parametrize(("stored", "said", "earlier", "result"), WHO)
def test_who_answers_for_a_measure_is_a_post_or_words(
    stored: tuple[str | None, str],
    said: tuple[str | None, str],
    earlier: tuple[str | None, str] | None,
    result: tuple[str | None, str],
) -> None:
    def of(who: tuple[str | None, str]) -> RiskPoint:
        return risk(measures=(measure("A", post=who[0], responsible=who[1]),))

    before = None if earlier is None else of(earlier)
    found = merged_risk(of(stored), of(said), before)
    assert found.part == of(result)
    assert found.clashes == ()


def test_who_answers_was_changed_on_both_sides() -> None:
    def of(post: str | None, words: str = "") -> RiskPoint:
        return risk(measures=(measure("A", post=post, responsible=words),))

    found = merged_risk(of("CN"), of("KJ"), of(None, "出纳"))
    assert found.part == of("KJ")
    assert found.clashes == ("responsible",)


# steps


def test_links_that_risks_name_never_take_a_step_away() -> None:
    stored = power(steps=flow("受理", "审核", "决定"))
    said = power(steps=(links("受理")[0], replace(links("公示")[0], id="CW-01-4")))
    assert merged_power(stored, said).part.steps == (*stored.steps, said.steps[1])


def test_a_flow_takes_the_place_of_the_one_before() -> None:
    stored = power(steps=flow("受理", "审核", "决定"))
    said = power(steps=flow("受理", "决定"))
    found = merged_power(stored, said)
    assert [step.name for step in found.part.steps] == ["受理", "决定"]
    assert found.clashes == ()


def test_steps_on_which_risks_hang_stay_behind_a_new_flow() -> None:
    hung = hung_on([risk(about=about("step", "CW-01-2")), risk(about=POWER)])
    assert hung == {"CW-01-2"}
    stored = power(steps=links("受理", "审核"))
    said = power(steps=tuple(replace(s, id=f"new{s.id}", arrows=()) for s in flow("登记", "办结")))
    flowing = replace(
        said, steps=(replace(said.steps[0], arrows=flow("甲", "乙")[0].arrows), said.steps[1])
    )
    found = merged_power(stored, flowing, None, hung)
    assert [step.name for step in found.part.steps] == ["登记", "办结", "审核"]


def test_a_flow_keeps_what_only_the_register_knows_of_its_steps() -> None:
    known = tuple(
        replace(step, post="CN", lane="出纳", days=3, output="单据")
        for step in flow("受理", "审核")
    )
    found = merged_power(power(steps=known), power(steps=flow("受理", "审核", "决定")))
    first = found.part.steps[0]
    assert (first.post, first.lane, first.days, first.output) == ("CN", "出纳", 3, "单据")
    assert len(found.part.steps) == 3


def test_a_flow_that_the_file_repeats_leaves_the_drawn_one() -> None:
    stored, said = power(steps=flow("受理", "复审", "决定")), power(steps=flow("受理", "决定"))
    assert merged_power(stored, said, said) == Merged(stored, ())


def test_a_flow_that_changed_on_both_sides_is_the_file_s_and_named() -> None:
    stored = power(steps=flow("受理", "复审", "决定"))
    found = merged_power(
        stored, power(steps=flow("受理", "公示")), power(steps=flow("受理", "决定"))
    )
    assert [step.name for step in found.part.steps] == ["受理", "公示"]
    assert found.clashes == ("steps",)


@pytest.mark.parametrize(
    ("stored", "said", "earlier", "result"),
    [
        ("科长", "处长", "科长", "处长"),
        ("专员", "科长", "科长", "专员"),
        ("科长", "", "科长", "科长"),
        # the words of a first import are less than what was drawn
        ("科长", "处长", None, "科长"),
    ],
)
def test_who_takes_a_step_is_new_where_the_file_says_so_anew(
    stored: str, said: str, earlier: str | None, result: str
) -> None:
    parts = [
        None if lane is None else power(steps=flow("受理", "审核", lane=lane))
        for lane in (stored, said, earlier, result)
    ]
    assert merged_power(*parts[:3]).part == parts[3]  # type: ignore[arg-type]


# cells that fit no field


@pytest.mark.parametrize(
    ("stored", "said", "earlier", "result"),
    [
        ([("备注", "A")], [], None, [("备注", "A")]),
        ([("备注", "A")], [("备注", "B")], None, [("备注", "B")]),
        ([("后果", "A")], [("备注", "B")], None, [("后果", "A"), ("备注", "B")]),
        ([("备注", "X")], [("备注", "A")], [("备注", "A")], [("备注", "X")]),
        ([("备注", "X")], [("备注", "B")], [("备注", "A")], [("备注", "B")]),
    ],
)
def test_a_cell_of_no_field_goes_by_its_heading(
    stored: list[tuple[str, str]],
    said: list[tuple[str, str]],
    earlier: list[tuple[str, str]] | None,
    result: list[tuple[str, str]],
) -> None:
    parts = [
        None if cells is None else tuple(Extra(label=label, text=text) for label, text in cells)
        for cells in (stored, said, earlier, result)
    ]
    risks = [None if extras is None else risk(extras=extras) for extras in parts]
    powers = [None if extras is None else power(extras=extras) for extras in parts]
    assert merged_risk(*risks[:3]).part == risks[3]  # type: ignore[arg-type]
    assert merged_power(*powers[:3]).part == powers[3]  # type: ignore[arg-type]


# forms, where an emptied cell means to empty


def test_an_emptied_cell_of_a_form_empties() -> None:
    full = risk(
        level="high",
        posts=("CN",),
        aspects=("post",),
        manifestations=shown("A"),
        measures=(measure("A", "双人复核", post="CN", frequency="每月"),),
    )
    bare = risk()
    merging = Merging(blanks_count=True)
    assert merging.risk(full, bare, full) == Merged(bare, ())
    spare = power(category="decision", kind="行政许可", bases=bases("A"))
    assert merging.power(spare, power(), spare) == Merged(power(), ())
    only = replace(full, measures=(measure("A", "双人复核"),))
    assert merging.risk(full, only, full) == Merged(only, ())


def test_a_blank_cell_of_a_form_keeps_what_was_written_meanwhile() -> None:
    stored = risk(level="high", aspects=("post",), measures=measures("A"))
    assert Merging(blanks_count=True).risk(stored, risk(), risk()) == Merged(stored, ())


def test_an_emptied_cell_that_somebody_changed_meanwhile_is_named() -> None:
    found = Merging(blanks_count=True).risk(risk(level="low"), risk(), risk(level="high"))
    assert found == Merged(risk(), ("level",))


# whatever the parts


def test_one_merging_tells_the_clashes_of_each_part_alone() -> None:
    merging = Merging()
    assert merging.risk(risk(level="low"), risk(level="high"), risk()).clashes == ("level",)
    assert merging.risk(risk(), risk(), None).clashes == ()


@_FEW
@given(any_risks(), st.none() | any_risks(), st.booleans())
def test_a_risk_merged_with_itself_is_itself(
    one: RiskPoint, earlier: RiskPoint | None, blanks: bool
) -> None:
    assert Merging(blanks_count=blanks).risk(one, one, earlier) == Merged(one, ())


@_FEW
@given(any_powers(), st.none() | any_powers(), st.booleans())
def test_a_power_merged_with_itself_is_itself(
    one: Power, earlier: Power | None, blanks: bool
) -> None:
    assert Merging(blanks_count=blanks).power(one, one, earlier) == Merged(one, ())


@_FEW
@given(any_risks(), any_risks(), st.booleans())
def test_a_file_that_repeats_itself_changes_no_risk(
    stored: RiskPoint, said: RiskPoint, blanks: bool
) -> None:
    assert Merging(blanks_count=blanks).risk(stored, said, said) == Merged(stored, ())


@_FEW
@given(any_powers(), any_powers(), st.booleans())
def test_a_file_that_repeats_itself_changes_no_power(
    stored: Power, said: Power, blanks: bool
) -> None:
    assert Merging(blanks_count=blanks).power(stored, said, said) == Merged(stored, ())


@_FEW
@given(any_risks(), any_risks(), st.none() | any_risks())
def test_a_risk_merged_once_stays_so(
    stored: RiskPoint, said: RiskPoint, earlier: RiskPoint | None
) -> None:
    once = merged_risk(stored, said, earlier).part
    assert merged_risk(once, said, said) == Merged(once, ())


@_FEW
@given(any_powers(), any_powers(), st.none() | any_powers())
def test_a_power_merged_once_stays_so(stored: Power, said: Power, earlier: Power | None) -> None:
    once = merged_power(stored, said, earlier).part
    assert merged_power(once, said, said) == Merged(once, ())


@_FEW
@given(any_risks(), any_risks())
def test_a_first_import_takes_nothing_away_from_a_risk(stored: RiskPoint, said: RiskPoint) -> None:
    part = merged_risk(stored, said).part
    assert set(stored.posts) <= set(part.posts)
    assert set(stored.aspects) <= set(part.aspects)
    assert [shown.text for shown in stored.manifestations] == [
        shown.text for shown in part.manifestations[: len(stored.manifestations)]
    ]
    assert [one.id for one in stored.measures] == [
        one.id for one in part.measures[: len(stored.measures)]
    ]
    assert len({one.id for one in part.measures}) == len(part.measures)


@_FEW
@given(any_powers(), any_powers())
def test_a_first_import_takes_no_basis_post_or_cell_away_from_a_power(
    stored: Power, said: Power
) -> None:
    part = merged_power(stored, said).part
    assert part.bases[: len(stored.bases)] == stored.bases
    assert part.posts[: len(stored.posts)] == stored.posts
    assert {extra.label for extra in stored.extras} <= {extra.label for extra in part.extras}
    assert len({step.id for step in part.steps}) == len(part.steps)
