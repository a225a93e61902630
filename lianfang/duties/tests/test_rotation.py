"""Rotation: the clock, the plan of a year, and who stays until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.duties import access
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.actions.rotation import (
    Move,
    NotElsewhere,
    OwnExemption,
    Staying,
    TooLong,
    drop_move,
    end_exemption,
    exempt,
    plan_move,
)
from lianfang.duties.models import Duty, RotationExemption, RotationMove
from lianfang.duties.queries.rotation import (
    TenureLine,
    moved_among,
    plan_of,
    rotation_rule,
    tenures,
)
from lianfang.duties.rules.tenure import Tenure, Term
from lianfang.org import actions
from lianfang.org.standing import Standing
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast
from lianfang.risks.models import PostLevel
from lianfang.scheme.load import load_scheme

pytestmark = pytest.mark.django_db
# five years after the cast came into its posts
OVER = date(2029, 1, 1)
IN_2028 = date(2028, 6, 1)


@pytest.fixture
def cast() -> Cast:
    cast = full_cast()
    PostLevel.objects.create(
        organisation=cast.organisation,
        unit=cast.units["CW"],
        post=cast.posts["CWG"],
        level="high",
        rank=3,
        from_on=SINCE,
        edition="2024-1",
    )
    return cast


def staying(cast: Cast, days: int = 400) -> Staying:
    return Staying(
        reason="项目未结束",
        approver=cast.people["secretary"],
        control="两人会签",
        from_on=IN_2028,
        until_on=IN_2028 + timedelta(days=days),
    )


def stay(cast: Cast, days: int = 400) -> RotationExemption:
    return exempt(
        person=cast.people["clerk"],
        post=cast.posts["CWG"],
        staying=staying(cast, days),
        on=IN_2028,
        by=cast.logins["office"],
        at=AT,
    )


def due(cast: Cast, on: date = IN_2028) -> date:
    reconcile(organisation=cast.organisation, on=on, by=None, at=AT)
    return Duty.objects.get(kind="rotation", state="open").due_on


def plan(cast: Cast, to: str | None = "PSG", on: date = ON) -> RotationMove:
    return plan_move(
        person=cast.people["clerk"],
        post=cast.posts["CWG"],
        move=Move(to_post=cast.posts[to] if to else None, planned_on=on, note="交接一个月"),
        by=cast.logins["office"],
        at=AT,
    )


def lines(cast: Cast, part: str) -> list[TenureLine]:
    return lines_of(cast.standing(part))


def lines_of(standing: Standing) -> list[TenureLine]:
    rule = rotation_rule(load_scheme("cnas-2012"))
    assert rule is not None
    seats = access.seats_looked_at(standing, list(access.units_looked_at(standing)))
    return tenures(standing, rule, seats=seats)


@pytest.mark.parametrize(
    ("on", "until", "term"),
    [
        (date(2027, 12, 31), None, Term.RUNNING),
        (date(2028, 1, 1), None, Term.NOTICE),
        (OVER, None, Term.NOTICE),
        (date(2029, 1, 2), None, Term.OVER),
        (date(2029, 1, 2), date(2029, 6, 1), Term.EXEMPT),
        (date(2028, 5, 1), date(2028, 12, 1), Term.NOTICE),
        (date(2029, 6, 2), date(2029, 6, 1), Term.OVER),
    ],
)
def test_how_a_term_stands_on_a_day(on: date, until: date | None, term: Term) -> None:
    tenure = Tenure(since=SINCE, ends_on=OVER, notice_on=date(2028, 1, 1), exempt_until=until)
    assert tenure.term_on(on) is term


def test_whole_months_count() -> None:
    tenure = Tenure(since=date(2024, 1, 31), ends_on=OVER, notice_on=OVER)
    assert tenure.months_on(date(2024, 2, 29)) == 0
    assert tenure.months_on(date(2024, 3, 31)) == 2


def test_an_exemption_moves_the_rotation_to_its_last_day_and_it_is_due_then(cast: Cast) -> None:
    assert due(cast) == OVER
    made = stay(cast)
    assert Duty.objects.get(kind="rotation").due_on == made.until_on
    assert due(cast, made.until_on + timedelta(days=30)) == made.until_on


def test_an_exemption_that_ends_before_the_term_moves_nothing(cast: Cast) -> None:
    due(cast)
    stay(cast, days=30)
    assert Duty.objects.get(kind="rotation").due_on == OVER


def test_an_exemption_that_is_ended_early_gives_the_day_of_the_term_back(cast: Cast) -> None:
    due(cast)
    made = stay(cast)
    ended = end_exemption(
        exemption=made, reason="项目提前结束", on=IN_2028, by=cast.logins["office"], at=AT
    )
    assert ended.until_on == IN_2028
    assert Duty.objects.get(kind="rotation").due_on == OVER
    with pytest.raises(TooLong):
        end_exemption(
            exemption=made, reason="再结束", on=IN_2028 + timedelta(days=1), by=None, at=AT
        )
    actions_told = Event.objects.filter(action__startswith="duties.rotation").order_by("position")
    assert [event.action for event in actions_told] == [
        "duties.rotation.exempted",
        "duties.rotation.exemption_ended",
    ]


def test_nobody_approves_that_they_stay_and_nobody_stays_for_ever(cast: Cast) -> None:
    given = staying(cast)
    for wrong, refusal in (
        (replace(given, approver=cast.people["clerk"]), OwnExemption),
        (replace(given, until_on=IN_2028 - timedelta(days=1)), TooLong),
        (replace(given, until_on=IN_2028 + timedelta(days=733)), TooLong),
    ):
        with pytest.raises(refusal):
            exempt(
                person=cast.people["clerk"],
                post=cast.posts["CWG"],
                staying=wrong,
                on=IN_2028,
                by=None,
                at=AT,
            )
    assert not RotationExemption.objects.exists()


def test_a_year_has_one_line_for_somebody_in_a_post_and_the_last_word_holds(cast: Cast) -> None:
    plan(cast, to=None)
    made = plan(cast)
    assert plan_of(cast.organisation.pk, ON.year) == [made]
    assert made.to_post == cast.posts["PSG"]
    with pytest.raises(NotElsewhere):
        plan(cast, to="CWG")
    drop_move(move=made, by=cast.logins["office"], at=AT)
    assert plan_of(cast.organisation.pk, ON.year) == []
    assert Event.objects.filter(action="duties.rotation.dropped").count() == 1


def test_a_move_is_carried_out_when_the_person_has_left_the_post(cast: Cast) -> None:
    made = plan(cast)
    assert moved_among([made], ON) == frozenset()
    seat = cast.people["clerk"].appointments.get()
    seat.to_on = ON
    seat.save()
    assert moved_among([made], ON + timedelta(days=1)) == {made.pk}


@pytest.mark.parametrize(
    ("part", "seen"), [("office", 1), ("head", 1), ("clerk", 1), ("colleague", 0)]
)
def test_the_clock_shows_those_beneath_and_oneself(cast: Cast, part: str, seen: int) -> None:
    assert len(lines(cast, part)) == seen


def test_the_clock_counts_appointments_that_follow_each_other(cast: Cast) -> None:
    seat = cast.people["clerk"].appointments.get()
    seat.to_on = date(2025, 12, 31)
    seat.save()
    actions.appoint(
        person=cast.people["clerk"],
        post=cast.posts["CWG"],
        from_on=date(2026, 1, 1),
        by=None,
        at=AT,
    )
    (line,) = lines(cast, "office")
    assert (line.tenure.since, line.tenure.ends_on, line.months) == (SINCE, OVER, 28)
    assert line.years == 2.3


def test_the_clock_takes_the_same_statements_for_more_people(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        person = actions.create_person(
            organisation=cast.organisation, code=f"X{number}", name=f"某{number}", by=None, at=AT
        )
        actions.appoint(person=person, post=cast.posts["CWG"], from_on=SINCE, by=None, at=AT)
    standing = cast.standing("office")
    # the units; levels in two; the seats, plan, exemptions and duties; the calendar in two
    with django_assert_num_queries(9):
        found = lines_of(standing)
    assert len(found) == 21


def test_the_office_plans_and_exempts_in_the_browser(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    client = Client()
    client.force_login(cast.logins["office"])
    holder = f"/duties/rotation/{cast.people['clerk'].pk}/{cast.posts['CWG'].pk}"
    sent = {"to_post": cast.posts["PSG"].pk, "planned_on": "2026-09-01", "note": ""}
    assert client.post(f"{holder}/plan/", sent).status_code == 302
    asked = {
        "reason": "项目未结束",
        "approver": cast.people["secretary"].pk,
        "control": "两人会签",
        "from_on": "2026-05-14",
        "until_on": "2027-05-14",
    }
    assert client.post(f"{holder}/exempt/", asked).status_code == 302
    page = client.get("/duties/rotation/").content.decode()
    assert "计划 2026年9月1日" in page
    assert "两人会签" in page
    late = {**asked, "until_on": "2030-01-01"}
    assert client.post(f"{holder}/exempt/", late).status_code == 422
