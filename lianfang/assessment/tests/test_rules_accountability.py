"""Who may have to answer, by the facts: three kinds, and nobody twice (五（七）2)."""

from datetime import date, timedelta
from typing import Any

from lianfang.assessment.rules.accountability import Harm, Silence, candidates_of
from lianfang.assessment.rules.figures.model import About, AlertFact, DutyFact, Why

ON = date(2026, 5, 14)
FOUND = date(2026, 4, 10)
DAY = timedelta(days=1)


def duty(key: int, kind: str, due_on: date, closed_on: date | None = None) -> DutyFact:
    return DutyFact(
        key=key,
        label=f"{key}",
        kind=kind,
        due_on=due_on,
        is_done=closed_on is not None,
        closed_on=closed_on,
    )


def harm(**more: Any) -> Harm:
    given: dict[str, Any] = {
        "breach": 5,
        "post": 7,
        "unit": 3,
        "label": "出纳岗",
        "on": FOUND,
        "owner": 20,
        "holders": (30,),
    }
    return Harm(**{**given, **more})


def test_an_owner_answers_for_what_stood_open_when_harm_was_found() -> None:
    alert = AlertFact(key=9, label="9", due_on=FOUND - DAY, closed_on=None, in_time=False)
    duties = (
        duty(1, "measure", FOUND - DAY),
        duty(2, "talk", FOUND - DAY, FOUND + DAY),
        duty(3, "talk", FOUND - DAY, FOUND - DAY),
        duty(4, "measure", FOUND + DAY),
        duty(5, "report", FOUND - DAY),
    )
    (found,) = candidates_of([harm(duties=duties, alerts=(alert,))], [], on=ON)
    assert (found.kind, found.person, found.grounds, found.key) == (
        "owner",
        20,
        (0, 1, 2),
        "owner:5",
    )
    assert [(row.about, row.key, row.why) for row in found.rows] == [
        (About.BREACH, 5, Why.NONE),
        (About.DUTY, 1, Why.OPEN),
        (About.DUTY, 2, Why.LATE),
        (About.ALERT, 9, Why.OPEN),
    ]


def test_harm_alone_makes_no_owner_answer() -> None:
    assert candidates_of([harm()], [], on=ON) == []
    missing = (duty(1, "measure", FOUND - DAY),)
    assert candidates_of([harm(duties=missing, owner=None)], [], on=ON) == []


def test_holders_answer_where_the_level_rose() -> None:
    found = candidates_of([harm(level="high", holders=(30, 31))], [], on=ON)
    assert [(one.kind, one.person, one.key) for one in found] == [
        ("holder", 30, "holder:5:30"),
        ("holder", 31, "holder:5:31"),
    ]


def test_a_head_answers_for_reports_past_their_day() -> None:
    late, sent = duty(1, "unit_report", ON - DAY), duty(2, "unit_report", ON - DAY, ON)
    coming = duty(3, "unit_report", ON)
    silence = Silence(unit=3, year=2026, head=20, duties=(late, sent, coming))
    (found,) = candidates_of([], [silence], on=ON)
    assert (found.kind, found.key, [row.key for row in found.rows]) == (
        "reporting",
        "reporting:3:2026",
        [1],
    )
    nobody = Silence(unit=3, year=2026, head=None, duties=(late,))
    assert candidates_of([], [nobody], on=ON) == []


def test_who_was_taken_up_comes_up_no_more() -> None:
    assert candidates_of([harm(level="high")], [], on=ON, taken={"holder:5:30"}) == []
