"""Stored duties brought into line: what is opened, moved, lapsed, left alone, and told."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event, Row
from lianfang.duties.actions.reconcile import Reconciled, reconcile
from lianfang.duties.models import Duty, MeasureInForce
from lianfang.duties.queries.marks import SIGNS
from lianfang.duties.rules import lapsing, values
from lianfang.duties.rules.facts import MeasureKind
from lianfang.duties.tests.many import fill
from lianfang.org import actions as org
from lianfang.org.models import Appointment, Body, Person, Post, Unit
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, appointment_of, full_cast
from lianfang.risks.tests.leveling import breach, publish
from lianfang.scheme.model import Actor, DutyKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_rules")]
DAY = timedelta(days=1)
ACTION = "duties.duties.reconciled"


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def run(cast: Cast, on: date = ON, *units: str) -> Reconciled:
    return reconcile(
        organisation=cast.organisation,
        units=[cast.units[code].pk for code in units] if units else None,
        on=on,
        by=cast.logins["office"],
        at=AT + (on - ON),
    )


def duty(cast: Cast, rule: str, part: str = "clerk") -> Duty:
    return Duty.objects.get(rule=rule, person=cast.people[part])


def told(cast: Cast) -> dict[str, str]:
    """Return what the last event says of each row, by its reference."""
    event = Event.objects.filter(action=ACTION).latest("position")
    return dict(Row.objects.filter(event=event).values_list("subject", "text"))


# opened, and nothing twice ----------------------------------------------------------------------


def test_an_edition_opens_what_its_levels_ask_for(cast: Cast) -> None:
    publish(cast, CWG="medium")
    assert run(cast) == Reconciled(opened=12)
    talk = duty(cast, "talk_before_medium")
    assert (talk.actor, talk.due_on, talk.edition) == (
        cast.people["head"],
        ON + 30 * DAY,
        "2026-1",
    )
    assert (talk.state, talk.opened_at, talk.scheme_version != "") == ("open", AT, True)


def test_done_again_nothing_is_written(cast: Cast) -> None:
    publish(cast, CWG="high")
    run(cast)
    events, versions = Event.objects.count(), set(Duty.objects.values_list("pk", "version"))
    assert run(cast) == Reconciled()
    assert Event.objects.count() == events
    assert set(Duty.objects.values_list("pk", "version")) == versions


def test_the_log_tells_for_each_unit_how_many_were_opened_and_their_digest(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    unit = cast.units["CW"]
    keys = Duty.objects.filter(unit=unit).order_by("ground", "period")
    lines = "".join(
        f"{ground} {period}\n" for ground, period in keys.values_list("ground", "period")
    )
    text = told(cast)[f"org.unit:{unit.pk}"]
    assert f'"opened":[null,{keys.count()}]' in text
    assert hashlib.sha256(lines.encode()).hexdigest() in text


def test_the_statements_do_not_grow_with_the_posts(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(cast, 20)
    more = full_cast("other")
    fill(more, 400)
    # organisation, highest key, facts (15), staging and comparing (8), insert, log (7);
    # on PostgreSQL two for the planner and one for its figures
    statements = 35 + (3 if connection.vendor == "postgresql" else 0)
    for each in (cast, more):
        with django_assert_num_queries(statements):
            run(each)


def test_some_units_are_reconciled_alone_and_learning_waits_for_the_whole(cast: Cast) -> None:
    publish(cast, CWG="medium")
    publish(cast, unit="PS", PSG="medium")
    assert run(cast, ON, "CW") == Reconciled(opened=4)
    assert set(Duty.objects.values_list("unit", flat=True)) == {cast.units["CW"].pk}
    run(cast)
    assert run(cast, ON, "CW") == Reconciled()


def test_another_organisation_is_left_alone(cast: Cast) -> None:
    other = full_cast("other")
    publish(cast, CWG="high")
    publish(other, CWG="high")
    run(cast)
    run(other)
    rows = Duty.objects.filter(organisation=other.organisation)
    before = list(rows.order_by("pk").values())
    publish(cast, "2026-2", ON + DAY, CWG="low")
    run(cast, ON + DAY)
    assert list(rows.order_by("pk").values()) == before


# lapsed -----------------------------------------------------------------------------------------


def test_what_a_lower_level_asks_no_more_lapses_with_the_reason(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    publish(cast, "2026-2", ON + DAY, CWG="low")
    done = run(cast, ON + DAY)
    report = duty(cast, "report_medium")
    assert (report.state, report.lapse, report.closed_on) == ("lapsed", "level", ON + DAY)
    assert done.lapsed == 2
    assert (
        '"lapse":[null,"level"],"state":["open","lapsed"]' in told(cast)[f"duties.duty:{report.pk}"]
    )


def test_a_breach_lets_the_duties_of_the_lower_level_lapse(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    breach(cast)
    run(cast)
    assert duty(cast, "report_medium").lapse == "level"
    assert duty(cast, "talk_regular_high").override is not None


def test_whoever_leaves_owes_nothing_more(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    org.end_appointment(appointment=appointment_of(cast, "clerk"), on=ON, by=None, at=AT)
    run(cast, ON + DAY)
    rows = Duty.objects.filter(person=cast.people["clerk"])
    assert set(rows.values_list("state", "lapse")) == {("lapsed", "left")}


def test_somebody_who_left_the_organisation_holds_no_post(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    Person.objects.filter(pk=cast.people["clerk"].pk).update(left_on=ON + DAY)
    assert run(cast, ON) == Reconciled()
    assert run(cast, ON + DAY).lapsed == 3


def test_a_retired_post_asks_nothing_more(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    Post.objects.filter(pk=cast.posts["CWG"].pk).update(retired_on=ON + DAY)
    assert run(cast, ON).lapsed == 0
    run(cast, ON + DAY)
    assert duty(cast, "report_medium").lapse == "left"


def test_a_retired_unit_is_not_visited(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    Unit.objects.filter(pk=cast.units["CW"].pk).update(retired_on=ON + DAY)
    run(cast, ON + DAY)
    assert Duty.objects.get(rule="supervision_visit").lapse == "unit"


def test_a_rule_switched_off_lets_its_duties_lapse(cast: Cast) -> None:
    publish(cast, CWG="high")
    run(cast)
    org.set_number(
        organisation=cast.organisation,
        path="duties.disclosure_high.on",
        number=0,
        from_on=ON + DAY,
        reason="改为每年公开",
        by=cast.logins["office"],
        at=AT,
    )
    assert run(cast, ON).lapsed == 0
    run(cast, ON + DAY)
    assert duty(cast, "disclosure_high").lapse == "rule"


def test_corrected_dates_let_the_old_period_lapse_and_open_the_right_one(cast: Cast) -> None:
    publish(cast, CWG="high")
    seat = appointment_of(cast, "clerk")
    Appointment.objects.filter(pk=seat.pk).update(from_on=ON + DAY)
    run(cast, ON + 2 * DAY)
    Appointment.objects.filter(pk=seat.pk).update(from_on=ON + 2 * DAY)
    run(cast, ON + 2 * DAY)
    checks = Duty.objects.filter(rule="check_high").order_by("period")
    assert list(checks.values_list("period", "state", "lapse")) == [
        (ON + DAY, "lapsed", "dates"),
        (ON + 2 * DAY, "open", ""),
    ]


def test_a_talk_missed_long_ago_gives_way_to_the_one_before_a_later_appointment(cast: Cast) -> None:
    publish(cast, CWG="medium")
    seat = Appointment.objects.filter(pk=appointment_of(cast, "clerk").pk)
    seat.update(from_on=ON + 10 * DAY)
    run(cast)
    later = date(2028, 3, 1)
    seat.update(from_on=later)
    run(cast, later)
    talks = Duty.objects.filter(rule="talk_before_medium").order_by("period")
    assert list(talks.values_list("period", "state", "lapse")) == [
        (ON + 10 * DAY, "lapsed", "dates"),
        (later, "open", ""),
    ]


def test_what_had_lapsed_is_open_again_where_it_is_owed_again(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    seat = Appointment.objects.filter(pk=appointment_of(cast, "clerk").pk)
    seat.update(withdrawn_at=AT)
    run(cast)
    seat.update(withdrawn_at=None)
    assert run(cast) == Reconciled(reopened=3)
    report = duty(cast, "report_medium")
    assert (report.state, report.lapse, report.closed_on) == ("open", "", None)
    assert '"state":["lapsed","open"]' in told(cast)[f"duties.duty:{report.pk}"]


# moved ------------------------------------------------------------------------------------------


def appoint_head(cast: Cast, from_on: date) -> None:
    """Let the head go the day before and the colleague follow."""
    org.end_appointment(appointment=appointment_of(cast, "head"), on=from_on - DAY, by=None, at=AT)
    org.appoint(
        person=cast.people["colleague"], post=cast.posts["CWC"], from_on=from_on, by=None, at=AT
    )


def test_open_duties_go_to_the_next_head_and_the_log_names_both(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    appoint_head(cast, ON + DAY)
    run(cast, ON + DAY)
    talk = duty(cast, "talk_before_medium")
    assert (talk.actor, talk.version) == (cast.people["colleague"], 2)
    assert '"actor":["head","colleague"]' in told(cast)[f"duties.duty:{talk.pk}"]


def test_what_is_overdue_for_more_than_a_year_goes_to_the_next_head_as_well(cast: Cast) -> None:
    publish(cast, CWG="high")
    run(cast)
    later = date(2028, 3, 1)
    appoint_head(cast, later)
    run(cast, later - DAY)
    first = Duty.objects.get(rule="talk_regular_high", period=ON)
    assert (first.state, first.actor) == ("open", cast.people["head"])
    assert run(cast, later, "CW").changed
    first.refresh_from_db()
    assert (first.state, first.actor) == ("open", cast.people["colleague"])
    assert run(cast, later, "CW") == Reconciled()


def test_a_new_edition_is_why_an_open_duty_is_still_owed(cast: Cast) -> None:
    publish(cast, CWG="medium")
    run(cast)
    publish(cast, "2026-2", ON + DAY, CWG="medium")
    run(cast, ON + DAY)
    report = duty(cast, "report_medium")
    assert (report.edition, report.level_since, report.state) == ("2026-2", ON, "open")


def test_a_changed_number_moves_the_due_date_of_the_period_that_runs(cast: Cast) -> None:
    publish(cast, CWG="high")
    run(cast)
    org.set_number(
        organisation=cast.organisation,
        path="duties.check_high.interval",
        number=3,
        from_on=ON + DAY,
        reason="加密检查",
        by=cast.logins["office"],
        at=AT,
    )
    run(cast, ON + DAY)
    check = duty(cast, "check_high")
    assert (check.due_on, check.period) == (date(2026, 8, 14), ON)


# left alone -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["done", "waived"])
def test_what_is_done_or_waived_stays_so(cast: Cast, state: str) -> None:
    publish(cast, CWG="medium")
    run(cast)
    Duty.objects.update(state=state, closed_on=ON, waived_reason="长期病假")
    publish(cast, "2026-2", ON + DAY, CWG="low")
    assert run(cast, ON + DAY) == Reconciled()
    assert set(Duty.objects.values_list("state", flat=True)) == {state}


@pytest.mark.parametrize("origin", ["alert", "draw"])
def test_what_came_of_an_event_or_a_draw_is_never_touched(cast: Cast, origin: str) -> None:
    made = Duty.objects.create(
        organisation=cast.organisation,
        ground="talk_on_adverse_report/a7",
        period=ON,
        rule="talk_on_adverse_report",
        scheme_version="1",
        kind="talk",
        origin=origin,
        clause="五（五）1",
        person=cast.people["clerk"],
        post=cast.posts["CWG"],
        unit=cast.units["CW"],
        actor_role="control_owner",
        actor=cast.people["head"],
        opens_on=ON,
        due_on=ON + 14 * DAY,
        opened_at=AT,
    )
    assert run(cast, ON) == Reconciled()
    assert run(cast, ON + 800 * DAY) == Reconciled()
    made.refresh_from_db()
    assert (made.state, made.version) == ("open", 1)


# facts ------------------------------------------------------------------------------------------


def test_years_in_a_post_count_over_appointments_that_ended_long_ago(cast: Cast) -> None:
    post, person = cast.posts["CWG"], cast.people["clerk"]
    Appointment.objects.filter(person=person).update(from_on=date(2024, 1, 1))
    Appointment.objects.create(
        organisation=cast.organisation,
        person=person,
        post=post,
        from_on=date(2021, 9, 1),
        to_on=date(2023, 12, 31),
    )
    publish(cast, CWG="high")
    run(cast)
    assert duty(cast, "rotation_high").due_on == date(2026, 9, 1)


def test_the_officer_of_the_discipline_office_is_checked_by_who_oversees_it(cast: Cast) -> None:
    publish(cast, unit="BG", JJG="high", BGG="high")
    run(cast)
    roles = dict(Duty.objects.filter(rule="check_high").values_list("person__name", "actor_role"))
    assert roles == {"officer": "discipline_oversight", "office": "discipline_office"}
    assert cast.bodies[Body.Kind.DISCIPLINE_OFFICE].pk


def test_two_posts_of_one_person_and_two_people_in_one_post(cast: Cast) -> None:
    org.appoint(
        person=cast.people["colleague"],
        post=cast.posts["CWG"],
        from_on=SINCE,
        kind=Appointment.Kind.CONCURRENT,
        by=None,
        at=AT,
    )
    publish(cast, CWG="medium")
    run(cast)
    reports = Duty.objects.filter(rule="report_medium").values_list("person__name", flat=True)
    assert set(reports) == {"clerk", "colleague"}


# the database refuses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "odd",
    [
        {"state": "done"},
        {"closed_on": ON},
        {"state": "waived", "closed_on": ON},
        {"state": "lapsed", "closed_on": ON},
        {"lapse": "left"},
        {"due_on": ON - DAY},
    ],
)
def test_a_duty_that_contradicts_itself_is_refused(cast: Cast, odd: dict[str, object]) -> None:
    publish(cast, CWG="high")
    run(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(rule="check_high").update(**odd)


def test_codes_are_the_same_in_rules_scheme_and_table() -> None:
    assert {*Duty.Origin.values} == {*values.Origin}
    assert {*Duty.ActorRole.values} == {*values.ActorRole}
    assert {*Duty.Lapse.values} == {*lapsing.Lapse}
    assert {*Duty.Kind.values} == {*DutyKind}
    assert {*SIGNS} == {*Duty.Kind}, "Give each kind its sign in queries/marks.py."
    assert {*MeasureInForce.Kind.values} == {*MeasureKind}
    assert {*Actor} <= {*values.ActorRole}
