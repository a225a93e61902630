"""Every number and word an organisation may set is named, worded, and can be set and returned."""

from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from lianfang.common.text import Text
from lianfang.scheme import model
from lianfang.scheme.describing import GROUPS, WORDS
from lianfang.scheme.faults import SchemeRefused
from lianfang.scheme.model import Measured, Quantity, Scheme, Threshold
from lianfang.scheme.override import (
    adjustable,
    choosable,
    described,
    overridden,
    set_together,
)
from lianfang.scheme.vocabulary import word_of


def _parts_of_the_model() -> list[type[Any]]:
    named = (getattr(model, name) for name in model.__all__)
    return [kind for kind in named if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]


def _kinds(hint: Any) -> set[Any]:
    return {hint}.union(*(_kinds(part) for part in get_args(hint)))


def test_every_number_that_a_rule_can_have_is_worded() -> None:
    wanted = {
        (kind, name)
        for kind in _parts_of_the_model()
        for name, hint in get_type_hints(kind).items()
        if _kinds(hint) & {Quantity, Threshold}
    }
    switches = {(model.DutyRule, "on"), (model.LeadRules, "register_only")}
    assert wanted == WORDS.keys() - switches


def test_every_path_is_described_with_its_clause_and_group(real: Scheme, tiny: Scheme) -> None:
    for scheme in (real, tiny):
        entries = described(scheme)
        assert [entry.path for entry in entries] == list(adjustable(scheme))
        sections = {section for each in scheme.documents for section in each.sections}
        assert {entry.clause.section for entry in entries} <= sections
        assert {entry.group for entry in entries} <= set(GROUPS.values())


def test_every_label_stands_for_one_number_in_both_languages(real: Scheme) -> None:
    entries = described(real)
    for side in ("zh", "en"):
        labels = [getattr(entry.label, side) for entry in entries]
        assert len(set(labels)) == len(labels)
        assert all(label.strip() and "{" not in label for label in labels)


def test_labels_are_made_of_the_labels_of_the_rule(real: Scheme) -> None:
    said = {entry.path: entry for entry in described(real)}
    talk = said["duties.talk_regular_high.interval"]
    assert talk.label == Text("定期廉政谈话（高）：间隔", "Regular talk (high): interval")
    assert (talk.value, talk.unit, talk.default) == (6, Measured.MONTHS, True)
    assert said["rating.thresholds.high"].label.zh == "评为“高”的最低得数"
    assert said["clocks.triage.span"].label.zh == "分流（自发现之日起）"
    assert said["ladders.outcomes.rungs.admonition.effect"].label.zh == "处理结果 · 诫勉：影响期"
    assert said["duties.learning.hours.unrated.amount"].label.en.endswith("(Not rated)")
    switch = said["duties.report_high.on"]
    assert (switch.value, switch.unit, switch.default) == (False, None, True)
    assert said["duties.check_low.on"].default is False
    assert said["sheets.units.weights.leadership.weight"].clause.section == "五（七）1"


def test_any_number_can_be_set_and_set_back(real: Scheme) -> None:
    before = _numbers(real)
    for entry in described(real):
        if len(set_together(real, entry.path)) == 1 and not isinstance(entry.value, bool):
            assert _numbers(overridden(real, {entry.path: entry.value})) == before
            other = overridden(real, {entry.path: entry.value - 0.25})
            assert _numbers(other) == before | {entry.path: entry.value - 0.25}


def test_any_switch_can_be_turned(real: Scheme) -> None:
    before = _numbers(real)
    for entry in described(real):
        if isinstance(entry.value, bool):
            changed = overridden(real, {entry.path: not entry.value})
            assert _numbers(changed) == before | {entry.path: not entry.value}


def _numbers(scheme: Scheme) -> dict[str, float | bool]:
    return {entry.path: entry.value for entry in described(scheme)}


def test_weights_that_make_up_a_sum_are_set_together(real: Scheme) -> None:
    paths = set_together(real, "factors.human.weight")
    assert len(paths) == 5
    changed = overridden(real, dict(zip(paths, (20, 20, 20, 20, 20), strict=True)))
    assert [factor.weight.value for factor in changed.factors] == [20] * 5
    assert set_together(real, "sheets.persons.weights.holder.weight") == (
        "sheets.persons.weights.holder.weight",
        "sheets.persons.weights.discipline_office.weight",
        "sheets.persons.weights.leadership.weight",
    )
    assert set_together(real, "clocks.triage.span") == ("clocks.triage.span",)
    assert set_together(real, "nothing.at.all") == ("nothing.at.all",)


def test_a_word_chosen_is_said_in_every_rule(real: Scheme) -> None:
    paths = choosable(real)
    assert list(paths) == [
        *("vocabulary.risk", "vocabulary.catalogue", "vocabulary.discipline_office")
    ]
    changed = overridden(
        real, {}, {"vocabulary.risk": "probity", "vocabulary.discipline_office": "committee"}
    )
    assert word_of(real, "risk").zh == "廉政风险"
    assert word_of(changed, "risk") == Text("廉洁风险", "Probity risk")
    assert word_of(changed, "catalogue") == word_of(real, "catalogue")
    rules = msgspec.structs.replace(
        changed, title=Text("", ""), documents=(), clauses=(), vocabulary=()
    )
    texts = _texts(rules)
    assert any("纪委" in text.zh for text in texts)
    assert not [text for text in texts if "纪检监察室" in text.zh or "廉政风险" in text.zh]
    assert not [text for text in texts if "discipline office" in text.en.lower()]


def test_words_by_which_tables_are_read_stay(real: Scheme) -> None:
    changed = overridden(real, {}, {"vocabulary.risk": "corruption"})
    for before, after in zip(real.levels, changed.levels, strict=True):
        assert before.aliases == after.aliases
    assert changed.checks.word_lists.keys() == real.checks.word_lists.keys()
    assert changed.clauses == real.clauses
    assert changed.documents == real.documents


def test_the_schemes_own_word_changes_nothing(real: Scheme) -> None:
    assert overridden(real, {}, {"vocabulary.risk": "integrity"}) == real


@pytest.mark.parametrize(
    ("path", "choice", "word"),
    [
        ("vocabulary.nothing", "integrity", "vocabulary.nothing"),
        ("risk", "integrity", "risk"),
        ("vocabulary.risk", "nothing", "integrity, probity, corruption"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(
    real: Scheme, path: str, choice: str, word: str
) -> None:
    with pytest.raises(SchemeRefused) as refused:
        overridden(real, {}, {path: choice})
    assert word in refused.value.text.en


def test_a_term_that_a_scheme_does_not_have_is_refused(tiny: Scheme) -> None:
    assert choosable(tiny) == {}
    with pytest.raises(SchemeRefused, match="risk"):
        word_of(tiny, "risk")


def _texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, tuple):
        return [text for part in value for text in _texts(part)]
    fields = getattr(value, "__struct_fields__", ())
    return [text for name in fields for text in _texts(getattr(value, name))]
