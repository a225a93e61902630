"""The first scheme says everything that the method asks, with the method's numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianfang.common.text import Text
from lianfang.scheme.faults import SchemeRefused
from lianfang.scheme.home import home
from lianfang.scheme.model import Matrix, Measured, Quantity, Scheme, Threshold
from lianfang.scheme.override import adjustable, overridden
from lianfang.scheme.page import page

NUMBERS = [
    *[("factors.frequency.weight", 15), ("factors.human.weight", 20)],
    *[("factors.discretion.weight", 25), ("factors.loopholes.weight", 20)],
    *[("factors.impropriety.weight", 20), ("raises.breach.levels", 1), ("grounds.most_lower", 1)],
    *[("duties.talk_on_adverse_report.deadline", 10), ("duties.check_low.share", 10)],
    *[("duties.survey_low.share", 10), ("duties.talk_before_medium.sitting", 30)],
    *[("duties.check_medium.share", 30), ("duties.survey_medium.share", 30)],
    *[("duties.report_medium.interval", 6), ("duties.talk_regular_high.interval", 6)],
    *[("duties.check_high.interval", 6), ("duties.statement_high.interval", 12)],
    *[("duties.disclosure_high.interval", 6), ("duties.rotation_high.tenure", 5)],
    *[("duties.rotation_high.notice", 12), ("duties.measure_recurring.interval", 6)],
    *[("duties.supervision_visit.interval", 6), ("duties.unit_report.interval", 6)],
    *[("duty_terms.newcomer", 3), ("clocks.triage.span", 3), ("clocks.owner_talk.span", 10)],
    *[("clocks.acceptance_told.span", 15), ("clocks.result_told.span", 15)],
    *[("clocks.sent_up.span", 5), ("clocks.correction.span", 1), ("clocks.disposal.span", 1)],
    ("clocks.admonition_followed.span", 6),
    *[("retentions.substantiated.span", 10), ("retentions.unfounded.span", 3)],
    *[("retentions.other_matter.span", 1), ("retentions.transferred.span", 1)],
    ("retentions.not_taken.span", 6),
    *[("survey.invited", 12), ("survey.span", 10)],
    *[("ladders.outcomes.rungs.admonition.effect", 6)],
    *[("sheets.units.weights.control_owner.weight", 20)],
    *[("sheets.units.weights.discipline_office.weight", 40)],
    ("sheets.units.weights.leadership.weight", 40),
]


@pytest.mark.parametrize(("path", "number"), NUMBERS)
def test_each_number_of_the_method_is_a_marked_default(
    real: Scheme, path: str, number: float
) -> None:
    found = adjustable(real)[path]
    assert isinstance(found, Quantity)
    assert found.value == number
    assert found.default


@pytest.mark.parametrize(
    ("product", "level"),
    [(1, "low"), (7, "low"), (8, "medium"), (14, "medium"), (15, "high"), (25, "high")],
)
def test_the_matrix_has_the_levels_of_the_method(real: Scheme, product: int, level: str) -> None:
    assert isinstance(real.rating, Matrix)
    assert real.rating.factors_first
    assert next(t.level for t in real.rating.thresholds if product >= t.at_least) == level


def test_every_scale_words_five_steps_differently(real: Scheme) -> None:
    scales = (*real.factors, real.likelihood, *real.impacts)
    assert len(scales) == 10
    for scale in scales:
        assert len({anchor.text.zh for anchor in scale.anchors}) == 5
        assert len({anchor.text.en for anchor in scale.anchors}) == 5


def test_the_survey_asks_on_five_steps_and_no_organisation_sets_its_smallest_group(
    real: Scheme,
) -> None:
    assert [anchor.step for anchor in real.survey.anchors] == [1, 2, 3, 4, 5]
    assert 8 <= len(real.survey.questions) <= 10
    assert {question.part for question in real.survey.questions} == {
        part.code for part in real.survey.parts
    }
    assert (real.survey.smallest.value, real.survey.smallest.default) == (5, True)
    assert "survey.smallest" not in adjustable(real)


@pytest.mark.parametrize(
    ("sheet", "maxima"),
    [("units", [15, 15, 15, 15, 20, 10, 5, 5]), ("persons", [40, 20, 10, 15, 15])],
)
def test_the_sheets_have_the_sections_of_the_method(
    real: Scheme, sheet: str, maxima: list[int]
) -> None:
    found = next(each for each in real.sheets if each.code == sheet)
    assert [section.maximum for section in found.sections] == maxima
    assert [band.at_least for band in found.bands] == [90, 80, 60, 0]
    assert [cap.band for cap in found.caps] == ["passed"]


def test_the_stages_have_the_dates_of_the_plan(real: Scheme) -> None:
    assert [(stage.begins, stage.ends) for stage in real.stages] == [
        ("02-01", "04-30"),
        ("05-01", "05-31"),
        ("06-01", "06-30"),
        ("07-01", "07-31"),
        ("10-01", "12-31"),
    ]
    assert real.calendar.warn_from == "11-01"


def test_the_report_of_the_high_level_is_off_until_switched_on(real: Scheme) -> None:
    assert "report_high" in {duty.code for duty in real.duties if not duty.on}
    changed = overridden(real, {"duties.report_high.on": True})
    assert "report_high" in {duty.code for duty in changed.duties if duty.on}


def test_the_words_of_the_method_are_there(real: Scheme) -> None:
    assert [level.code for level in real.levels] == ["high", "medium", "low"]
    assert [level.shape for level in real.levels] == ["▲", "■", "●"]
    assert [aspect.code for aspect in real.aspects] == [
        *("power_setup", "rules", "oversight", "conduct", "environment"),
    ]
    assert [area.posts for area in real.focus_areas].count("leaders") == 4
    assert [area.posts for area in real.focus_areas].count("others") == 5
    assert [phase.code for phase in real.phases] == ["early", "during", "after"]
    assert [form.code for form in real.forms] == ["first", "second", "third", "fourth"]
    assert len(real.ladders[0].rungs) == 3
    assert {trigger.ladder for trigger in real.alert_triggers} == {"owner", "office"}
    said = {term.code: [c.label.zh for c in term.choices] for term in real.vocabulary}
    assert said["risk"] == ["廉政风险", "廉洁风险", "腐败风险"]
    assert said["catalogue"] == ["职权目录", "权力清单"]
    assert said["discipline_office"] == ["纪检监察室", "纪委", "派驻纪检组"]


def test_english_is_complete_and_english(real: Scheme) -> None:
    for text in _texts(real):
        assert not any("一" <= sign <= "鿿" for sign in text.en), text
        assert text.en[0].isupper() or not text.en[0].isalpha() or text.zh.endswith("之日"), text


def _texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, tuple):
        return [text for part in value for text in _texts(part)]
    fields = getattr(value, "__struct_fields__", ())
    return [text for name in fields for text in _texts(getattr(value, name))]


def test_a_number_is_overridden_without_touching_the_scheme(real: Scheme) -> None:
    changed = overridden(
        real, {"duties.talk_regular_high.interval": 12, "rating.thresholds.high": 16}
    )
    found = adjustable(changed)
    assert found["duties.talk_regular_high.interval"] == Quantity(
        value=12, unit=Measured.MONTHS, default=False
    )
    assert found["rating.thresholds.high"] == Threshold(at_least=16, level="high")
    assert overridden(real, {}) == real


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("duties.nothing.interval", 1),
        ("levels.high.rank", 9),
        ("factors.human.weight", 21),
        ("rating.thresholds.high", 7),
        ("clocks.triage.span", -1),
    ],
)
def test_an_override_that_fits_nowhere_is_refused(real: Scheme, path: str, number: float) -> None:
    with pytest.raises(SchemeRefused):
        overridden(real, {path: number})


def test_what_a_scheme_fixes_cannot_be_overridden(tiny: Scheme) -> None:
    with pytest.raises(SchemeRefused, match="interval"):
        overridden(tiny, {"duties.talk.interval": 1})


def test_the_page_in_docs_is_the_page_of_the_scheme(real: Scheme) -> None:
    written = (home().parent / "docs" / "scheme.md").read_text(encoding="utf-8")
    assert written == page(real), "Run python -m lianfang.scheme.page."


def test_every_label_is_on_the_page(real: Scheme) -> None:
    text = page(real)
    missing = [label.zh for label in _labels(real) if label.zh not in text]
    assert missing == [], "Show them in a part of scheme/page/."


def _labels(value: object) -> Iterator[Text]:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for part in value:
            yield from _labels(part)
    for name in getattr(value, "__struct_fields__", ()):
        inside = getattr(value, name)
        if name == "label":
            yield inside
        else:
            yield from _labels(inside)


def test_the_page_of_another_scheme_names_nothing_of_the_first(tiny: Scheme) -> None:
    text = page(tiny)
    assert "质检认纪" not in text
    assert "`red`" in text
    assert "甲？" in text


def test_no_module_names_a_code_of_the_first_scheme() -> None:
    room = Path(__file__).parent.parent
    for file in room.rglob("*.py"):
        if "tests" not in file.parts:
            text = file.read_text(encoding="utf-8")
            for code in ('"high"', '"medium"', '"low"', '"early"', '"power_setup"'):
                assert code not in text, file
