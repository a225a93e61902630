"""Draws: frozen with digest and commitment, drawn once, with what they open and tell the log."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Detail, Event
from lianfang.common.errors import Stale
from lianfang.duties.actions.arising import open_arising
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.models import Duty
from lianfang.duties.rules.values import Wanted
from lianfang.inspections.actions.drawing import DrawnAlready, NobodyToDraw, NotYetKnown, SeedLost
from lianfang.inspections.actions.draws import (
    DrawMovedOn,
    DrawUnclear,
    NotAllInspected,
    change_draw,
    close_draw,
    drop_draw,
)
from lianfang.inspections.models import Draw, DrawnPost
from lianfang.inspections.queries.draws import plan_in, sheet_in
from lianfang.inspections.queries.population import plan_of
from lianfang.inspections.rules import states
from lianfang.inspections.rules.drawing import commitment_to
from lianfang.inspections.rules.plan import plan_digest, sha256
from lianfang.inspections.rules.shares import sampled_levels, shares_of
from lianfang.inspections.rules.states import NEXT_DRAW, DrawAct, DrawState, draw_after
from lianfang.inspections.rules.verifying import faults_in
from lianfang.inspections.tests.making import (
    DAY,
    END,
    LEVELS,
    PUBLIC,
    SCHEME,
    draft,
    draw_now,
    drawn,
    freeze,
    frozen,
    planned,
    rate,
)
from lianfang.org import actions as org
from lianfang.org.models import Person
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, appointment_of, full_cast
from lianfang.risks.tests.leveling import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def told(action: str) -> dict[str, Any]:
    """Return what the one event of an action says, by field, as it came to be."""
    event = Event.objects.get(action=action)
    text = Detail.objects.get(event=event, name="changes").text
    return {name: after for name, (_before, after) in json.loads(text).items()}


def drop(cast: Cast, draw: Draw) -> Draw:
    return drop_draw(draw=draw, reason="公开数值停发", by=cast.logins["officer"], at=AT)


# the table ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", DrawState)
@pytest.mark.parametrize("act", DrawAct)
def test_every_step_of_a_draw_is_in_the_table_or_not_possible(
    state: DrawState, act: DrawAct
) -> None:
    assert draw_after(state, act) == NEXT_DRAW.get((state, act))


def test_nothing_leads_back_behind_the_frozen_list_or_the_draw() -> None:
    order = list(DrawState)
    assert all(order.index(after) >= order.index(state) for (state, _), after in NEXT_DRAW.items())
    assert (DrawState.DRAWN, DrawAct.DROP) not in NEXT_DRAW


def test_states_of_the_tables_are_those_of_the_models() -> None:
    assert set(Draw.State.values) == {state.value for state in states.DrawState}


# planned ------------------------------------------------------------------------------------------


def test_levels_of_which_samples_are_drawn_are_those_of_the_scheme() -> None:
    assert sampled_levels(SCHEME) == ["medium", "low"]
    assert [(one.level, one.percent, one.rules) for one in shares_of(SCHEME, ["low"])] == [
        ("low", "10", ("check_low", "survey_low"))
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"levels": []},
        {"levels": ["high"]},
        {"team": 0},
        {"team": 6},
        {"due_on": PUBLIC - DAY},
        {"due_on": date(2027, 1, 1)},
    ],
)
def test_a_plan_that_could_not_be_drawn_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(DrawUnclear):
        draft(cast, **wrong)


def test_a_plan_may_be_changed_until_it_is_frozen(cast: Cast) -> None:
    draw = draft(cast)
    change: dict[str, Any] = {"scheme": SCHEME, "by": cast.logins["officer"], "at": AT}
    changed = change_draw(draw=draw, planned=planned(team=1), version=1, **change)
    assert (changed.team, changed.version) == (1, 2)
    assert told("inspections.draw.changed") == {"team": 1}
    with pytest.raises(Stale):
        change_draw(draw=draw, planned=planned(), version=1, **change)
    rate(cast, LEVELS)
    freeze(cast, draw)
    with pytest.raises(DrawMovedOn):
        change_draw(draw=draw, planned=planned(), **change)


# frozen -------------------------------------------------------------------------------------------


def test_who_holds_a_post_of_the_levels_may_be_drawn_and_inspectors_with_their_recusals(
    cast: Cast,
) -> None:
    org.record_kinship(
        person=cast.people["clerk"],
        relation="配偶",
        relative=cast.people["officer"],
        relative_name="officer",
        note="",
        on=ON,
        by=None,
        at=AT,
    )
    plan = plan_in(frozen(cast))
    assert plan is not None
    assert [(one.level, one.post, one.person_name, one.body) for one in plan.entries] == [
        ("medium", "BGG", "office", "discipline_office"),
        ("medium", "JJG", "officer", "discipline_oversight"),
        ("medium", "CWC", "head", "discipline_office"),
        ("medium", "CWG", "clerk", "discipline_office"),
        ("low", "PSG", "colleague", "discipline_office"),
    ]
    names = {person.code: person.name for person in cast.people.values()}
    assert [
        (one.body, one.person_name, one.units, {names[code] for code in one.people})
        for one in plan.inspectors
    ] == [
        # kin, and the head of the own unit; the head of the leadership stands over everybody
        ("discipline_office", "officer", ("BG",), {"officer", "clerk", "overseer"}),
        ("discipline_oversight", "overseer", ("BG",), {"overseer"}),
    ]


def test_the_log_keeps_digest_and_commitment_and_the_seed_stays_sealed(cast: Cast) -> None:
    draw = frozen(cast)
    plan = plan_in(draw)
    assert plan is not None
    assert told("inspections.draw.frozen") == {
        "plan_digest": plan_digest(plan),
        "commitment": draw.commitment,
        "population": 5,
    }
    assert len(draw.sealed_seed) > 64
    assert (draw.state, draw.sheet, draw.value) == ("frozen", "", "")


def test_a_value_that_may_be_known_already_is_refused(cast: Cast) -> None:
    rate(cast, LEVELS)
    draw = draft(cast, public_on=ON)
    with pytest.raises(DrawUnclear):
        freeze(cast, draw)


def test_a_level_is_frozen_once_a_year_unless_the_first_was_dropped(cast: Cast) -> None:
    first = frozen(cast)
    again = draft(cast, levels=["low"])
    with pytest.raises(DrawnAlready):
        freeze(cast, again)
    drop(cast, first)
    assert freeze(cast, again).state == "frozen"


def test_nobody_in_these_levels_is_nothing_to_freeze(cast: Cast) -> None:
    publish(cast, CWG="high")
    draw = draft(cast)
    with pytest.raises(NobodyToDraw):
        freeze(cast, draw)


def test_a_retired_post_and_somebody_who_left_are_not_on_the_list(cast: Cast) -> None:
    rate(cast, LEVELS)
    leaves = appointment_of(cast, "office")
    org.end_appointment(appointment=leaves, on=ON - DAY, by=None, at=AT)
    org.retire_post(post=cast.posts["BGG"], on=ON, reason="撤销", by=None, at=AT)
    plan = plan_of(draft(cast), SCHEME, ON)
    assert "BGG" not in [one.post for one in plan.entries]


def test_somebody_else_of_the_discipline_office_is_inspected_by_the_overseers(cast: Cast) -> None:
    publish(cast, CWG="medium")
    org.join_body(
        body=cast.bodies["discipline_office"],
        person=cast.people["clerk"],
        from_on=SINCE,
        by=None,
        at=AT,
    )
    (entry,) = plan_of(draft(cast), SCHEME, ON).entries
    assert entry.body == "discipline_oversight"


# drawn --------------------------------------------------------------------------------------------


def test_a_draw_opens_a_visit_and_a_survey_for_each_drawn(cast: Cast) -> None:
    draw = drawn(cast)
    sheet = sheet_in(draw)
    # 30 % of four are two, 10 % of one is one, both rounded up
    assert [one.level for one in sheet.drawn] == ["medium", "medium", "low"]
    duties = Duty.objects.filter(origin=Duty.Origin.DRAW)
    assert sorted(duties.values_list("rule", flat=True)) == [
        "check_low", "check_medium", "check_medium",
        "survey_low", "survey_medium", "survey_medium",
    ]  # fmt: skip
    assert set(duties.values_list("due_on", "period", "opens_on")) == {(END, END, PUBLIC)}
    for one in DrawnPost.objects.filter(draw=draw):
        entry = sheet.plan.entries[one.line - 1]
        assert one.duty is not None
        assert (one.duty.person, one.duty.post, one.duty.level) == (one.person, one.post, one.level)
        assert (one.duty.actor, one.duty.actor_role) == (None, entry.body)
        assert entry.person == one.person.code
        chosen = sheet.drawn[one.order - 1].inspectors
        assert [person.code for person in one.inspectors.all()] == list(chosen)


def test_the_seed_is_shown_and_the_sheet_verifies_by_what_was_announced(cast: Cast) -> None:
    draw = frozen(cast)
    announced = {"digest": draw.plan_digest, "commitment": draw.commitment}
    draw = draw_now(cast, draw, value="  3245.67 \n 点 ")
    sheet = sheet_in(draw)
    assert faults_in(sheet, draw.sheet.encode(), **announced) == []
    assert (sheet.value, draw.sealed_seed) == ("3245.67 点", "")
    assert commitment_to(sheet.seed) == draw.commitment
    assert told("inspections.draw.drawn") == {
        "seed": sheet.seed,
        "value": "3245.67 点",
        "sheet_digest": sha256(draw.sheet.encode()),
        "drawn": 3,
    }


def test_nobody_draws_before_the_value_is_known_or_without_it(cast: Cast) -> None:
    draw = frozen(cast)
    with pytest.raises(NotYetKnown):
        draw_now(cast, draw, on=ON)
    with pytest.raises(NotYetKnown):
        draw_now(cast, draw, value=" \n")
    assert not Duty.objects.filter(origin=Duty.Origin.DRAW).exists()


def test_a_seed_sealed_under_a_key_that_is_gone_is_told_of(cast: Cast, settings: Settings) -> None:
    draw, old = frozen(cast), settings.SECRET_KEY
    settings.SECRET_KEY = "another key of an installation that was moved"
    with pytest.raises(SeedLost):
        draw_now(cast, draw)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert draw_now(cast, draw).state == "drawn"


def test_nobody_draws_again_nor_drops_what_was_drawn(cast: Cast) -> None:
    draw = drawn(cast)
    with pytest.raises(DrawMovedOn):
        draw_now(cast, draw)
    with pytest.raises(DrawMovedOn):
        drop(cast, draw)


def test_a_dropped_draw_stays_with_its_reason_and_gives_its_seed_away_to_nobody(
    cast: Cast,
) -> None:
    dropped = drop(cast, frozen(cast))
    assert (dropped.state, dropped.dropped_reason) == ("dropped", "公开数值停发")
    assert dropped.plan_digest
    assert dropped.sealed_seed == ""


def test_what_was_drawn_is_left_alone_when_duties_are_reconciled(cast: Cast) -> None:
    drawn(cast)
    before = list(Duty.objects.filter(origin="draw").values_list("pk", "state", "version"))
    reconcile(organisation=cast.organisation, on=PUBLIC + DAY, by=None, at=AT)
    assert list(Duty.objects.filter(origin="draw").values_list("pk", "state", "version")) == before


def test_a_draw_is_closed_when_its_visits_are(cast: Cast) -> None:
    draw = drawn(cast)
    close: dict[str, Any] = {"on": PUBLIC, "by": cast.logins["officer"], "at": AT}
    with pytest.raises(NotAllInspected):
        close_draw(draw=draw, **close)
    Duty.objects.filter(kind="inspection").update(state="done", closed_on=PUBLIC)
    assert close_draw(draw=draw, **close).closed_on == PUBLIC


def test_the_statements_of_a_draw_dont_grow_with_those_drawn(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        person = Person.objects.create(
            organisation=cast.organisation, code=f"X{number}", name=f"某人{number}"
        )
        org.appoint(person=person, post=cast.posts["CWG"], from_on=SINCE, by=None, at=AT)
    draw = frozen(cast)
    # the transaction (2), the organisation, the draw, it is saved, the log (5); people and posts;
    # duties: the organisation, those there (2), inserted, the log (6); those drawn, who inspects
    with django_assert_num_queries(24):
        draw_now(cast, draw)
    assert draw.drawn.count() == 12


# what arises --------------------------------------------------------------------------------------


def arising(cast: Cast, **values: Any) -> Wanted:
    given: dict[str, Any] = {
        "ground": "talk_on_adverse_report/p1",
        "period": ON,
        "rule": "talk_on_adverse_report",
        "kind": "talk",
        "origin": "alert",
        "clause": "五（五）1",
        "level": "",
        "person": cast.people["clerk"].pk,
        "post": cast.posts["CWG"].pk,
        "unit": cast.units["CW"].pk,
        "measure": None,
        "actor_role": "control_owner",
        "actor": cast.people["head"].pk,
        "opens_on": ON,
        "due_on": ON + timedelta(days=14),
        "level_since": None,
        "held_since": None,
        "edition": "",
        "override": None,
        "form": "",
        "hours": None,
    }
    return Wanted(**{**given, **values})


def opened(cast: Cast, *wanted: Wanted) -> list[Duty]:
    return open_arising(
        organisation=cast.organisation, wanted=wanted, scheme_version="1", by=None, at=AT
    )


def test_an_event_opens_its_duty_once(cast: Cast) -> None:
    (first,) = opened(cast, arising(cast))
    again, other = opened(cast, arising(cast, due_on=END), arising(cast, period=ON + DAY))
    assert (again.pk, again.due_on) == (first.pk, ON + timedelta(days=14))
    assert other.pk != first.pk
    assert Event.objects.filter(action="duties.duties.arisen").count() == 2
    opened(cast, arising(cast))
    assert Event.objects.filter(action="duties.duties.arisen").count() == 2


def test_what_follows_from_facts_is_not_opened_by_an_event(cast: Cast) -> None:
    with pytest.raises(ValueError, match="reconciled"):
        opened(cast, arising(cast, origin="level"))
