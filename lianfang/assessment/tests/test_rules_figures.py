"""Every figure of the yearly check equals what is counted by hand here."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lianfang.assessment.rules.figures import FIGURES, OF_PERSONS, Facts
from lianfang.assessment.rules.figures.model import (
    About,
    AlertFact,
    BreachFact,
    DutyFact,
    Figure,
    FilingFact,
    LearningFact,
    MeasureFact,
    PersonFact,
    PostFact,
    PowerFact,
    RiskFact,
    SurveyFact,
    TaskFact,
    Why,
    without,
)
from lianfang.assessment.words import ABOUT, WHYS
from lianfang.org.queries.numbers import written_scheme

ON = date(2026, 5, 14)
BEFORE, LATER = date(2026, 4, 30), date(2026, 6, 30)
ALL = frozenset({"decides", "executes", "supervises"})


def counted(code: str, **facts: Any) -> Figure:
    return FIGURES[code](Facts(on=ON, **facts))


def both(figure: Figure) -> tuple[float, float]:
    return figure.numerator, figure.denominator


def whys(figure: Figure) -> list[Why]:
    return [row.why for row in figure.rows]


def duty(key: int, kind: str, due_on: date, closed_on: date | None = None) -> DutyFact:
    return DutyFact(
        key=key,
        label=f"{key}",
        kind=kind,
        due_on=due_on,
        is_done=closed_on is not None,
        closed_on=closed_on,
    )


DUTIES = (
    duty(1, "talk", BEFORE, BEFORE),
    duty(2, "talk", BEFORE, ON),
    duty(3, "inspection", BEFORE),
    duty(4, "report", BEFORE),
    duty(5, "report", LATER),
    duty(6, "statement", LATER, ON),
    duty(7, "measure", BEFORE, ON),
    duty(8, "measure", BEFORE),
    duty(9, "measure", LATER),
    duty(10, "learning", BEFORE),
    duty(11, "rotation", BEFORE),
    duty(12, "unit_report", BEFORE),
    duty(13, "unit_report", BEFORE, BEFORE),
    duty(14, "visit", ON),
)


def test_every_figure_of_the_scheme_is_counted_and_no_other() -> None:
    assert {figure.code for figure in written_scheme("cnas-2012").figures} == set(FIGURES)
    assert set(FIGURES) >= OF_PERSONS


@pytest.mark.parametrize("code", FIGURES)
def test_nothing_to_count_is_never_all_of_it(code: str) -> None:
    figure = FIGURES[code](Facts(on=ON))
    assert both(figure) == (0, 0)
    assert figure.share is None
    assert figure.percent is None


def test_duties_on_time_leave_out_what_is_late_and_what_is_not_due() -> None:
    # on time: 1, 6, 13; late: 2; open: 3, 4, 12. Not due: 5, 14. Elsewhere: 7 to 11.
    figure = counted("duties_on_time", duties=DUTIES)
    assert both(figure) == (3, 7)
    assert [row.key for row in figure.rows] == [1, 2, 3, 4, 6, 12, 13]
    assert [row.why for row in figure.rows if not row.counts] == [
        Why.LATE,
        Why.OPEN,
        Why.OPEN,
        Why.OPEN,
    ]
    assert figure.percent == 42


def test_measures_in_place_count_late_ones_too() -> None:
    assert both(counted("measures_in_place", duties=DUTIES)) == (1, 2)
    missing = counted("measures_not_in_place", duties=DUTIES)
    assert (missing.numerator, [row.key for row in missing.rows]) == (1, [8])


def test_overdue_duties_are_those_of_oversight() -> None:
    found = counted("duties_overdue", duties=DUTIES)
    assert (found.numerator, [row.key for row in found.rows]) == (1, [3])
    assert found.share is None


def test_reports_missing_are_those_past_their_day() -> None:
    found = counted("reports_missing", duties=DUTIES)
    assert (found.numerator, [row.key for row in found.rows]) == (1, [12])


def alert(key: int, due_on: date, closed_on: date | None, in_time: bool) -> AlertFact:
    return AlertFact(key=key, label=f"{key}", due_on=due_on, closed_on=closed_on, in_time=in_time)


ALERTS = (
    alert(1, BEFORE, BEFORE, True),
    alert(2, BEFORE, ON, False),
    alert(3, BEFORE, None, False),
    alert(4, LATER, None, True),
    alert(5, LATER, ON, True),
)


def test_alerts_in_time_are_those_closed_in_time() -> None:
    figure = counted("alerts_in_time", alerts=ALERTS)
    assert both(figure) == (2, 4)
    assert whys(figure) == [Why.NONE, Why.LATE, Why.OPEN, Why.NONE]


def test_alerts_unhandled_are_those_past_their_day() -> None:
    assert counted("alerts_unhandled", alerts=ALERTS).numerator == 1


def test_a_figure_without_hidden_alerts_is_as_if_they_were_not_there() -> None:
    figure = without(counted("alerts_in_time", alerts=ALERTS), About.ALERT, {1, 3})
    assert both(figure) == (1, 2)
    assert [row.key for row in figure.rows] == [2, 5]
    same = counted("duties_on_time", duties=DUTIES)
    assert without(same, About.ALERT, {1, 3}) == same


def test_owners_named_counts_posts() -> None:
    posts = (
        PostFact(key=1, label="出纳岗", has_owner=True),
        PostFact(key=2, label="会计岗", has_owner=False),
    )
    figure = counted("owners_named", posts=posts)
    assert both(figure) == (1, 2)
    assert whys(figure) == [Why.NONE, Why.NO_OWNER]


def power(key: int, **more: Any) -> PowerFact:
    given = {"category": "execution", "bases": 1, "steps": 3, "risks": 2, "roles": ALL}
    return PowerFact(key=key, label=f"{key}", **{**given, **more})


def test_powers_are_complete_with_category_basis_and_process() -> None:
    powers = (power(1), power(2, category=""), power(3, bases=0), power(4, steps=0))
    figure = counted("powers_complete", powers=powers)
    assert both(figure) == (1, 4)
    assert whys(figure) == [Why.NONE, Why.NO_CATEGORY, Why.NO_BASIS, Why.NO_FLOW]


def test_posts_are_definite_where_three_roles_stand_apart() -> None:
    powers = (power(1), power(2, roles=ALL - {"supervises"}), power(3, clashes=True))
    figure = counted("posts_definite", powers=powers)
    assert both(figure) == (1, 3)
    assert whys(figure) == [Why.NONE, Why.ROLE_MISSING, Why.ROLES_CLASH]


def test_powers_with_risks_have_at_least_one() -> None:
    assert both(counted("powers_with_risks", powers=(power(1), power(2, risks=0)))) == (1, 2)


def risk(key: int, **more: Any) -> RiskFact:
    return RiskFact(key=key, label=f"{key}", **more)


def test_a_risk_is_rated_with_a_reason_where_it_departs() -> None:
    risks = (
        risk(1, level="high", computed="high"),
        risk(2, level="medium", computed="high", reason="已有双人复核"),
        risk(3, level="medium", computed="high"),
        risk(4),
        risk(5, level="low"),
    )
    figure = counted("risks_rated", risks=risks)
    assert both(figure) == (3, 5)
    assert whys(figure) == [Why.NONE, Why.NONE, Why.NO_REASON, Why.UNRATED, Why.NONE]


def test_reviews_done_count_risk_points() -> None:
    figure = counted("reviews_done", risks=(risk(1, is_reviewed=True), risk(2)))
    assert (both(figure), figure.percent) == ((1, 2), 50)


def test_a_measure_is_complete_with_who_when_and_evidence() -> None:
    whole = {"who": "post", "when": "每月", "evidence": "台账"}
    measures = [
        MeasureFact(risk=n, label=f"{n}", **{**whole, **gap})
        for n, gap in enumerate(({}, {"who": ""}, {"when": ""}, {"evidence": ""}))
    ]
    figure = counted("measures_complete", measures=tuple(measures))
    assert both(figure) == (1, 4)
    assert whys(figure) == [Why.NONE, Why.NOBODY, Why.NO_TIME, Why.NO_EVIDENCE]


def test_a_filing_counts_sent_in_time_and_again_in_time() -> None:
    filings = (
        FilingFact(key=1, label="", due_on=BEFORE, sent_on=BEFORE),
        FilingFact(key=2, label="", due_on=BEFORE, sent_on=ON),
        FilingFact(key=3, label="", due_on=BEFORE, sent_on=None),
        FilingFact(key=4, label="", due_on=LATER, sent_on=None),
        FilingFact(key=5, label="", due_on=BEFORE, sent_on=BEFORE, again_due_on=ON, again_on=ON),
        FilingFact(
            key=6, label="", due_on=BEFORE, sent_on=BEFORE, again_due_on=BEFORE, again_on=ON
        ),
        FilingFact(key=7, label="", due_on=BEFORE, sent_on=BEFORE, again_due_on=BEFORE),
    )
    figure = counted("filing_on_time", filings=filings)
    assert both(figure) == (2, 6)
    assert whys(figure) == [Why.NONE, Why.LATE, Why.OPEN, Why.NONE, Why.LATE, Why.OPEN]


def test_participation_counts_people() -> None:
    people = (
        PersonFact(key=1, label="甲", took_part=True),
        PersonFact(key=2, label="乙", took_part=True),
        PersonFact(key=3, label="丙", took_part=False),
    )
    assert both(counted("participation", people=people)) == (2, 3)


def test_hours_beyond_those_asked_make_up_for_nobody() -> None:
    learning = (
        LearningFact(key=1, label="甲", done=20, asked=12),
        LearningFact(key=2, label="乙", done=4.5, asked=8),
    )
    figure = counted("learning_done", learning=learning)
    # 12 and 4.5 of 20
    assert both(figure) == (16.5, 20)
    assert figure.share == Decimal("16.5") / 20
    assert [row.said for row in figure.rows] == ["20 / 12", "4.5 / 8"]


def test_corrections_count_by_their_day() -> None:
    tasks = (
        TaskFact(about=About.TASK, key=1, label="", due_on=BEFORE, done_on=BEFORE),
        TaskFact(about=About.FINDING, key=2, label="", due_on=BEFORE, done_on=ON),
        TaskFact(about=About.OWN_TASK, key=3, label="", due_on=BEFORE, done_on=None),
        TaskFact(about=About.TASK, key=4, label="", due_on=LATER, done_on=None),
    )
    figure = counted("corrections_done", tasks=tasks)
    assert both(figure) == (1, 3)
    assert whys(figure) == [Why.NONE, Why.LATE, Why.OPEN]


def test_a_survey_score_is_the_mean_of_hundred() -> None:
    surveys = (
        SurveyFact(key=1, label="", percent=90.0),
        SurveyFact(key=2, label="", percent=71.0),
    )
    figure = counted("survey_score", surveys=surveys)
    assert both(figure) == (161, 200)
    assert figure.percent == 80


def test_breaches_count_where_the_level_rose() -> None:
    breaches = (
        BreachFact(key=1, label="", on=BEFORE, level="high"),
        BreachFact(key=2, label="", on=BEFORE),
    )
    assert both(counted("breaches_raising_level", breaches=breaches)) == (1, 2)


def test_every_kind_of_row_and_reason_has_words() -> None:
    assert set(ABOUT) == set(About)
    assert set(WHYS) == set(Why) - {Why.NONE}
