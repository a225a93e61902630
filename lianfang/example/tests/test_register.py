"""The example's register: rich enough, sound and rated by the scheme."""

from collections import Counter
from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from lianfang.checks.flows import Flow
from lianfang.example.entries import (
    FOLDER,
    REGULATIONS,
    UnitFile,
    regulation_entries,
    unit_files,
    unit_of,
)
from lianfang.example.governed import Governed, example_register
from lianfang.example.reading import rows_of
from lianfang.rating.answers import answers_of
from lianfang.rating.levels import highest
from lianfang.rating.rate import rate, residual
from lianfang.register.canonical import from_json, to_json
from lianfang.register.model import (
    Measure,
    Power,
    Register,
    RegulationState,
    RiskPoint,
    Role,
    StepKind,
    SubjectKind,
)
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import PowerRole, Scheme

DAYS = [date(2026, 5, 14), date(2028, 2, 29)]
LONGEST_FILE = 1500

UNRATED = {"R-BGS-XX-16", "R-GS-JS-04", "R-PSC-21", "R-SY2-22"}


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme("cnas-2012")


@pytest.fixture(scope="module", params=DAYS, ids=str)
def on(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture(scope="module")
def governed(on: date, scheme: Scheme) -> Governed:
    return example_register(on, scheme)


@pytest.fixture(scope="module")
def register(governed: Governed) -> Register:
    return governed.register


def _measures(register: Register) -> list[tuple[RiskPoint, Measure]]:
    return [(risk, measure) for risk in register.risks for measure in risk.measures]


def _power_of(register: Register, risk: RiskPoint) -> Power | None:
    """Return the power that a risk point is about, itself or by a step."""
    for power in register.powers:
        if risk.about.id in {power.id, *(step.id for step in power.steps)}:
            return power
    return None


def test_there_is_as_much_of_everything_as_such_an_institution_has(register: Register) -> None:
    assert len(register.powers) >= 160
    assert len(register.regulations) >= 60
    assert len(register.risks) >= 420
    assert len(_measures(register)) >= 1300
    assert {rule.state for rule in register.regulations} == set(RegulationState)


def test_every_unit_but_the_root_has_a_file_of_its_own_that_is_not_too_long() -> None:
    units = {row["代码"] for row in rows_of("units") if row["上级代码"]}
    assert {path.stem for path in FOLDER.iterdir()} == units | {REGULATIONS}
    for path in FOLDER.iterdir():
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE
    for code, file in unit_files().items():
        assert 4 <= len(file.powers) <= 12
        assert {unit_of(each) for each in (*file.powers, *file.risks)} == {code}


def test_codes_count_up_without_a_gap() -> None:
    for unit, file in unit_files().items():
        assert list(file.powers) == [f"{unit}-{n:02}" for n in range(1, len(file.powers) + 1)]
        assert list(file.risks) == [f"R-{unit}-{n:02}" for n in range(1, len(file.risks) + 1)]
    rules = regulation_entries()
    assert list(rules) == [f"ZD-{n:03}" for n in range(1, len(rules) + 1)]


def test_every_post_that_is_named_exists(register: Register) -> None:
    known = {post.id for post in register.posts}
    named = {
        *(part.post for power in register.powers for part in power.posts),
        *(step.post for power in register.powers for step in power.steps if step.post),
        *(post for risk in register.risks for post in risk.posts),
        *(measure.post for _, measure in _measures(register)),
        *(rule.owner for rule in register.regulations if rule.owner),
    }
    assert named <= known


def test_every_regulation_that_is_named_exists(register: Register) -> None:
    known = {rule.id for rule in register.regulations}
    assert {basis.regulation for power in register.powers for basis in power.bases} <= known
    assert {measure.regulation for _, measure in _measures(register)} <= {*known, None}


def test_every_risk_is_about_something_that_exists(register: Register) -> None:
    known = {
        SubjectKind.POWER: {power.id for power in register.powers},
        SubjectKind.STEP: {step.id for power in register.powers for step in power.steps},
        SubjectKind.POST: {post.id for post in register.posts},
        SubjectKind.REGULATION: {rule.id for rule in register.regulations},
    }
    assert all(risk.about.id in known[risk.about.kind] for risk in register.risks)
    assert {risk.about.kind for risk in register.risks} == set(known)


def test_every_code_of_the_scheme_is_one(register: Register, scheme: Scheme) -> None:
    categories, matters = [c.code for c in scheme.categories], [m.code for m in scheme.matters]
    assert {power.category for power in register.powers} == set(categories)
    assert {matter for power in register.powers for matter in power.matters} == set(matters)
    assert {aspect for risk in register.risks for aspect in risk.aspects} == {
        aspect.code for aspect in scheme.aspects
    }
    assert {risk.focus for risk in register.risks} == {area.code for area in scheme.focus_areas}
    phases = {measure.phase for _, measure in _measures(register)}
    assert phases == {None, *(phase.code for phase in scheme.phases)}


def test_every_flow_begins_once_branches_and_comes_to_an_end(register: Register) -> None:
    for power in register.powers:
        flow = Flow(power.steps)
        assert [step.kind for step in power.steps].count(StepKind.START) == 1, power.id
        assert 5 <= len(power.steps) <= 9, power.id
        assert power.steps[0].kind is StepKind.START
        assert power.steps[-1].kind is StepKind.END
        assert list(flow.unreachable()) == [], power.id
        assert list(flow.dead_ends()) == [], power.id
        assert any(step.kind is StepKind.DECISION for step in power.steps), power.id


def test_no_arrow_leads_out_of_a_flow_and_every_outcome_has_its_condition(
    register: Register,
) -> None:
    for power in register.powers:
        known = {step.id for step in power.steps}
        for step in power.steps:
            assert {arrow.to for arrow in step.arrows} <= known - {step.id}, step.id
            if step.kind is StepKind.DECISION:
                conditions = [arrow.condition for arrow in step.arrows]
                assert len(set(conditions)) == len(conditions) >= 2
                assert all(conditions), step.id


def test_the_end_can_be_reached_from_every_step(register: Register) -> None:
    for power in register.powers:
        reaching = {step.id for step in power.steps if step.kind is StepKind.END}
        for _ in power.steps:
            reaching |= {
                step.id
                for step in power.steps
                if any(arrow.to in reaching for arrow in step.arrows)
            }
        assert reaching == {step.id for step in power.steps}, power.id


def test_every_power_has_three_parts_at_different_posts(register: Register) -> None:
    united = set()
    for power in register.powers:
        parts = {role: {p.post for p in power.posts if p.role is role} for role in Role}
        assert all(parts.values()), power.id
        assert not parts[Role.SUPERVISES] & (parts[Role.DECIDES] | parts[Role.EXECUTES])
        if parts[Role.DECIDES] & parts[Role.EXECUTES]:
            united.add(power.id)
    assert united == {"BGS-CG-04"}


def test_whoever_decides_about_large_sums_has_a_limit_in_figures(register: Register) -> None:
    for power in register.powers:
        if "large_sums" in power.matters:
            assert [p.post for p in power.posts if p.role is Role.DECIDES and not p.amount] == []


def test_levels_are_those_of_the_rule(register: Register, scheme: Scheme) -> None:
    for risk in register.risks:
        if not risk.scores:
            continue
        power = _power_of(register, risk)
        roles: dict[str, list[PowerRole]] = {}
        for part in power.posts if power else ():
            roles.setdefault(part.post, []).append(PowerRole(part.role))
        answers = replace(
            answers_of([(score.factor, score.value) for score in risk.scores], scheme),
            matters=power.matters if power else (),
            roles=tuple(map(tuple, roles.values())),
            breach=False,
        )
        assert risk.computed == rate(answers, scheme).level is not None, risk.id
        if risk.residual:
            after = answers_of([(score.factor, score.value) for score in risk.residual], scheme)
            left = residual(answers, after, scheme).level
            assert left is not None
            assert highest(scheme, risk.computed, left) == risk.computed


def test_every_question_is_answered_and_the_same_power_runs_equally_often(
    register: Register, scheme: Scheme
) -> None:
    often: dict[str, set[int]] = {}
    for risk in register.risks:
        if risk.scores:
            assert len(risk.scores) == len(scheme.factors) + 1 + len(scheme.impacts), risk.id
            power = _power_of(register, risk)
            if power:
                often.setdefault(power.id, set()).add(risk.scores[0].value)
    assert [code for code, steps in often.items() if len(steps) > 1] == []


def test_another_level_than_the_computed_one_is_proposed_seldom_and_with_a_reason(
    register: Register,
) -> None:
    others = [risk for risk in register.risks if risk.level != risk.computed]
    assert 5 <= len(others) <= 12
    assert all(len(risk.reason) >= 20 for risk in others)
    assert {risk.id for risk in register.risks if risk.level is None} == UNRATED


def test_what_was_found_over_a_year_ago_is_confirmed_and_nothing_else(
    register: Register, on: date
) -> None:
    a_year_ago = on - timedelta(days=365)
    for risk in register.risks:
        assert risk.found_on is not None
        assert risk.found_on < on
        assert (risk.confirmed is not None) == (risk.found_on < a_year_ago), risk.id
        assert risk.confirmed in (None, risk.level)
    assert 200 < sum(risk.confirmed is not None for risk in register.risks) < 360


def test_every_level_is_there_and_no_unit_has_but_one(register: Register) -> None:
    levels = Counter(risk.level for risk in register.risks)
    assert min(levels[level] for level in ("high", "medium", "low")) >= 80
    for unit in {risk.unit for risk in register.risks}:
        assert len({risk.level for risk in register.risks if risk.unit == unit}) > 1


def test_a_measure_is_kept_by_another_post_than_the_one_that_carries_the_risk(
    register: Register,
) -> None:
    for risk, measure in _measures(register):
        assert measure.post not in risk.posts, measure.id


def test_a_measure_is_to_be_done_at_times_or_by_a_day_some_of_them_over(
    register: Register, on: date
) -> None:
    assert all(bool(m.frequency) != (m.due_on is not None) for _, m in _measures(register))
    days = [measure.due_on for _, measure in _measures(register) if measure.due_on]
    assert len(days) >= 15
    assert 2 <= sum(day < on for day in days) < len(days) / 2


def test_a_measure_asks_for_a_rule_where_that_is_still_to_come(register: Register) -> None:
    states = {rule.id: rule.state for rule in register.regulations}
    asking = [measure for _, measure in _measures(register) if measure.asks_rule]
    assert len(asking) >= 5
    assert all(measure.due_on for measure in asking)
    for _, measure in _measures(register):
        in_force = measure.regulation and states[measure.regulation] is RegulationState.IN_FORCE
        assert measure.asks_rule == (measure.regulation is not None and not in_force)


def test_a_rule_to_come_has_an_owner_and_a_day_one_of_them_overdue(
    register: Register, on: date
) -> None:
    coming = [
        rule
        for rule in register.regulations
        if rule.state in (RegulationState.TO_BE_MADE, RegulationState.DRAFTING)
    ]
    assert all(rule.owner and rule.due_on for rule in coming)
    assert sum(rule.due_on < on for rule in coming if rule.due_on) == 1


def test_a_rule_in_force_came_before_the_day_and_bears_the_year(
    register: Register, on: date
) -> None:
    for rule in register.regulations:
        if rule.in_force_on:
            assert rule.in_force_on < on
            assert "{" not in rule.number
            if "〔" in rule.number:
                assert f"〔{rule.in_force_on.year}〕" in rule.number
        gone = rule.state is RegulationState.REPEALED
        assert gone == (rule.repealed_on is not None)


def test_no_sentence_stands_twice(register: Register) -> None:
    sentences = Counter(
        [
            *(power.name for power in register.powers),
            *(risk.title for risk in register.risks),
            *(shown.text for risk in register.risks for shown in risk.manifestations),
            *(measure.text for _, measure in _measures(register)),
        ]
    )
    assert [text for text, count in sentences.items() if count > 1] == []


def test_powers_and_regulations_have_english_names(governed: Governed) -> None:
    register, english = governed.register, governed.english
    assert english.keys() == {
        *(power.id for power in register.powers),
        *(rule.id for rule in register.regulations),
    }
    assert all(name.isascii() and name for name in english.values())
    assert len(set(english.values())) == len(english)


def test_it_is_the_same_after_a_way_through_canonical_json(register: Register) -> None:
    assert from_json(to_json(register)) == register
    assert register.without_people() == register


def test_only_days_and_numbers_depend_on_the_day(scheme: Scheme) -> None:
    one, other = (example_register(day, scheme).register for day in DAYS)
    assert one.powers == other.powers
    assert [replace(risk, found_on=None, measures=()) for risk in one.risks] == [
        replace(risk, found_on=None, measures=()) for risk in other.risks
    ]
    assert [replace(m, due_on=None) for _, m in _measures(one)] == [
        replace(m, due_on=None) for _, m in _measures(other)
    ]
    assert one.risks != other.risks


def test_a_key_that_is_misspelt_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="power"):
        msgspec.yaml.decode(b"power: {}\nrisks: {}\n", type=UnitFile)
