"""The rules of early warning: states, routes, clocks, colours, the ladder (五（六）)."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.alerts.rules.clocks import Clocks, is_late
from lianfang.alerts.rules.colours import OpenAlert, colour_of
from lianfang.alerts.rules.ladder import follow_up_day, rungs_open
from lianfang.alerts.rules.letters import LetterKind, Told, draft_of, paper_of
from lianfang.alerts.rules.overdue import ClockCode, Running, running_clock
from lianfang.alerts.rules.raising import rises_due
from lianfang.alerts.rules.routing import WAYS, Concerned, PartyRole, Router, Way
from lianfang.alerts.rules.states import (
    NEXT,
    OPEN,
    Act,
    CorrectionAct,
    CorrectionState,
    State,
    correction_after,
    state_after,
)
from lianfang.org.rules.calendar import WorkCalendar, add_working_days
from lianfang.org.rules.chain import Role
from lianfang.org.rules.structure import BodyKind, PostFact, Seat, Structure, UnitFact, UnitKind
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
CALENDAR = WorkCalendar(years=frozenset({2026}))
ON = date(2026, 5, 14)
ROOT, LEADERSHIP, FINANCE, CASH = 1, 2, 3, 4
SECRETARY, DEPUTY, HEAD, CLERK, CASHIER, OFFICER, OVERSEER, KIN = range(11, 19)

# states ------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_what_is_not_in_the_table_is_not_done(state: State, act: Act) -> None:
    expected = None if act is Act.CLOSE_HANDED else NEXT.get((state, act))
    assert state_after(state, act, is_handed_over=False) == expected


@pytest.mark.parametrize("act", list(Act))
def test_handed_over_the_alert_waits_for_its_lead(act: Act) -> None:
    allowed = {Act.ADD, Act.RECUSE, Act.CLOSE_HANDED}
    found = state_after(State.IN_HAND, act, is_handed_over=True)
    assert (found is not None) == (act in allowed)


def test_nothing_opens_what_is_closed_or_struck() -> None:
    ends = {(state, act): after for (state, act), after in NEXT.items() if state not in OPEN}
    assert set(ends.values()) == {State.CLOSED}
    assert not any(state is State.STRUCK for state, _ in ends)


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        ("open", "answer", "answered"),
        ("answered", "accept", "closed"),
        ("answered", "return", "open"),
        ("open", "accept", None),
        ("closed", "answer", None),
    ],
)
def test_a_notice_is_answered_then_judged(state: str, act: str, after: str | None) -> None:
    assert correction_after(state, CorrectionAct(act)) == (after and CorrectionState(after))


# routes ------------------------------------------------------------------------------


def structure(**changes: object) -> Structure:
    given: dict[str, object] = {
        "on": ON,
        "units": {
            ROOT: UnitFact(id=ROOT, parent=None, kind=UnitKind.ORGANISATION),
            LEADERSHIP: UnitFact(id=LEADERSHIP, parent=ROOT, kind=UnitKind.LEADERSHIP),
            FINANCE: UnitFact(id=FINANCE, parent=ROOT, kind=UnitKind.DEPARTMENT),
            CASH: UnitFact(id=CASH, parent=FINANCE, kind=UnitKind.DEPARTMENT),
        },
        "posts": {
            SECRETARY: PostFact(
                id=SECRETARY, unit=LEADERSHIP, leadership=True, leadership_head=True
            ),
            DEPUTY: PostFact(id=DEPUTY, unit=LEADERSHIP, leadership=True),
            HEAD: PostFact(id=HEAD, unit=FINANCE, unit_head=True),
            CLERK: PostFact(id=CLERK, unit=FINANCE),
            CASHIER: PostFact(id=CASHIER, unit=CASH),
            OFFICER: PostFact(id=OFFICER, unit=FINANCE),
        },
        # everybody sits in the post of their own number
        "seats": tuple(
            Seat(person=each, post=each)
            for each in (SECRETARY, DEPUTY, HEAD, CLERK, CASHIER, OFFICER)
        ),
        "portfolios": {FINANCE: DEPUTY},
        "members": {
            BodyKind.DISCIPLINE_OFFICE: frozenset({OFFICER}),
            BodyKind.DISCIPLINE_OVERSIGHT: frozenset({OVERSEER}),
        },
    }
    return Structure(**{**given, **changes})  # type: ignore[arg-type]


def router(*people: int, kept: int | None = None) -> Router:
    found = structure()
    at = people[0] if people else None
    return Router(
        scheme=SCHEME,
        structure=found,
        concerned=Concerned(
            unit=found.posts[at].unit if at else None,
            post=at,
            people=people,
            kept_out=frozenset(people) | ({kept} if kept else set()),
        ),
    )


@pytest.mark.parametrize(
    ("people", "trigger", "route", "ways"),
    [
        ((CLERK,), "closeness", "to_leader", ["owner", "leader", "office"]),
        ((CLERK,), "suspicion", "to_office", ["office"]),
        ((HEAD,), "closeness", "to_leader", ["owner", "office"]),
        ((DEPUTY,), "suspicion", "leader_up", ["head", "superior"]),
        ((OFFICER,), "closeness", "office_up", ["head", "superior"]),
        ((SECRETARY,), "closeness", "to_superior", ["superior"]),
        ((SECRETARY, OFFICER), "closeness", "to_superior", ["superior"]),
        ((CLERK, DEPUTY), "closeness", "leader_up", ["head", "superior"]),
        ((), "closeness", "to_leader", ["office"]),
    ],
)
def test_the_first_route_that_applies_wins(
    people: tuple[int, ...], trigger: str, route: str, ways: list[str]
) -> None:
    found = router(*people).routing(trigger, None)
    assert (found.route.code, [party.way.value for party in found.parties]) == (route, ways)


def test_what_is_about_both_is_sent_up_by_the_body_over_the_office() -> None:
    party = router(SECRETARY, OFFICER).routing("closeness", None).parties[0]
    assert party.role is PartyRole.DISCIPLINE_OVERSIGHT


def test_kin_of_the_owner_are_passed_over_for_the_next_one_up() -> None:
    found = router(CLERK, kept=HEAD).routing("closeness", HEAD)
    assert [(each.way, each.person) for each in found.parties] == [
        (Way.OWNER, DEPUTY),
        (Way.OFFICE, None),
    ]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (9, []),
        (10, ["overdue_leader"]),
        (19, ["overdue_leader"]),
        (20, ["overdue_leader", "overdue_head"]),
    ],
)
def test_what_is_late_goes_up_by_the_days_of_the_scheme(days: int, told: list[str]) -> None:
    on = add_working_days(CALENDAR, ON, days)
    found = rises_due(SCHEME.reminders, ON, on=on, calendar=CALENDAR)
    assert [each.reminder.code for each in found] == told


LEADER, TOP = Role.PORTFOLIO_LEADER, Role.LEADERSHIP_HEAD


@pytest.mark.parametrize(
    ("people", "kept", "holder", "to", "person"),
    [
        ((CLERK,), None, HEAD, LEADER, DEPUTY),
        ((CLERK,), None, HEAD, TOP, SECRETARY),
        # whoever stands on the rung is kin: the next one up
        ((CLERK,), DEPUTY, HEAD, LEADER, SECRETARY),
        # nobody stands above the highest, nor is anybody told of what they have
        ((CLERK,), None, SECRETARY, TOP, None),
        ((CLERK,), None, DEPUTY, LEADER, SECRETARY),
        ((DEPUTY,), None, SECRETARY, TOP, None),
        # above a body stands the head of the leadership alone
        ((CLERK,), None, None, LEADER, None),
        ((CLERK,), None, None, TOP, SECRETARY),
        ((SECRETARY,), None, None, TOP, None),
        # what is about nobody known
        ((), None, HEAD, LEADER, None),
        ((), None, HEAD, TOP, SECRETARY),
    ],
)
def test_above_whoever_has_it_stands_the_next_who_may_know(
    people: tuple[int, ...], kept: int | None, holder: int | None, to: Role, person: int | None
) -> None:
    party = router(*people, kept=kept).above(holder, to)
    assert (party.person if party is not None else None) == person


@given(
    people=st.sets(st.sampled_from([SECRETARY, DEPUTY, HEAD, CLERK, CASHIER, OFFICER]), max_size=3),
    kept=st.sampled_from([SECRETARY, DEPUTY, HEAD, OFFICER, KIN]),
    holder=st.sampled_from([None, SECRETARY, DEPUTY, HEAD, OFFICER]),
    to=st.sampled_from([LEADER, TOP]),
)
def test_nobody_concerned_and_no_kin_is_told_that_it_is_late(
    people: set[int], kept: int, holder: int | None, to: Role
) -> None:
    asked = router(*sorted(people), kept=kept)
    party = asked.above(holder, to)
    if party is not None:
        assert party.person is not None
        assert party.person not in asked.concerned.kept_out
        assert party.person != holder


@pytest.mark.parametrize("recorder", [HEAD, DEPUTY, SECRETARY])
def test_who_noticed_it_above_decides(recorder: int) -> None:
    assert router(CASHIER).routing("closeness", recorder).triager.person == recorder


@given(
    people=st.sets(st.sampled_from([SECRETARY, DEPUTY, HEAD, CLERK, CASHIER, OFFICER]), max_size=3),
    kept=st.sampled_from([SECRETARY, DEPUTY, HEAD, OFFICER, KIN]),
    trigger=st.sampled_from([each.code for each in SCHEME.alert_triggers]),
    recorder=st.sampled_from([None, SECRETARY, DEPUTY, HEAD, OFFICER]),
)
def test_nobody_concerned_and_no_kin_ever_gets_it(
    people: set[int], kept: int, trigger: str, recorder: int | None
) -> None:
    asked = router(*sorted(people), kept=kept)
    found = asked.routing(trigger, recorder)
    hidden = asked.concerned.kept_out
    everybody = [*found.parties, found.triager]
    assert not hidden & {each.person for each in everybody if each.person is not None}
    for each in everybody:
        is_office = each.role is PartyRole.DISCIPLINE_OFFICE and each.person is None
        assert not (is_office and OFFICER in hidden)
    assert {each.way for each in found.parties} <= {
        *WAYS[found.route.about],
        Way.HEAD,
        Way.SUPERIOR,
    }


# clocks ------------------------------------------------------------------------------

CLOCKS = Clocks(scheme=SCHEME, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("way", "due"),
    [
        (Way.OWNER, date(2026, 5, 28)),
        (Way.HEAD, date(2026, 5, 28)),
        (Way.SUPERIOR, date(2026, 5, 21)),
        (Way.OFFICE, date(2026, 6, 14)),
    ],
)
def test_each_way_has_its_clock_from_triage(way: Way, due: date) -> None:
    assert CLOCKS.handling_due(way, ON) == due


def test_holidays_do_not_count() -> None:
    off = WorkCalendar(departures={date(2026, 5, 15): False}, years=frozenset({2026}))
    assert Clocks(scheme=SCHEME, calendar=off).triage_due(ON) == date(2026, 5, 20)
    assert CLOCKS.triage_due(ON) == date(2026, 5, 19)


def test_across_the_new_year_the_month_of_a_correction_goes_on() -> None:
    assert CLOCKS.correction_due(date(2026, 12, 31)) == date(2027, 1, 31)


def test_late_is_after_the_day_and_not_on_it() -> None:
    assert not is_late(due_on=ON, done_on=None, on=ON)
    assert is_late(due_on=date(2026, 5, 13), done_on=None, on=ON)
    assert not is_late(due_on=None, done_on=None, on=ON)
    assert not is_late(due_on=ON, done_on=ON, on=date(2026, 6, 1))


def running(state: str, **values: object) -> tuple[str, date] | None:
    given: dict[str, object] = {
        "state": state,
        "is_handed_over": False,
        "triage_due_on": date(2026, 5, 1),
        "due_on": date(2026, 5, 2),
        "begun_on": None,
        "talks_until": date(2026, 5, 3),
        "follow_up_on": date(2026, 5, 4),
        "followed_up_on": None,
    }
    return running_clock(Running(**{**given, **values}))  # type: ignore[arg-type]


def test_one_clock_runs_at_a_time() -> None:
    assert running("noticed") == (ClockCode.TRIAGE, date(2026, 5, 1))
    assert running("triaged") == (ClockCode.HANDLING, date(2026, 5, 2))
    assert running("in_hand", begun_on=ON) == (ClockCode.HANDLING, date(2026, 5, 3))
    assert running("in_hand", begun_on=ON, talks_until=None) is None
    assert running("in_hand", is_handed_over=True) is None
    assert running("closed") == (ClockCode.FOLLOW_UP, date(2026, 5, 4))
    assert running("closed", followed_up_on=ON) is None
    assert running("struck") is None


# colours ------------------------------------------------------------------------------


def colour(*alerts: tuple[date, str]) -> str:
    rows = [OpenAlert(noticed_on=day, gravity=gravity) for day, gravity in alerts]
    return colour_of(rows, scheme=SCHEME, calendar=CALENDAR, on=ON).code


NEW = (ON, "ordinary")


@pytest.mark.parametrize(
    ("alerts", "code"),
    [
        ([], "green"),
        ([NEW], "yellow"),
        ([NEW] * 2, "yellow"),
        ([NEW] * 3, "orange"),
        ([NEW] * 5, "red"),
        ([(ON, "serious")], "orange"),
        ([(ON, "grave")], "red"),
        # eleven working days, and thirty-one
        ([(date(2026, 4, 29), "ordinary")], "orange"),
        ([(date(2026, 4, 30), "ordinary")], "yellow"),
        ([(date(2026, 4, 1), "ordinary")], "red"),
    ],
)
def test_number_age_and_gravity_colour_a_unit(alerts: list[tuple[date, str]], code: str) -> None:
    assert colour(*alerts) == code


@given(st.lists(st.sampled_from([NEW, (ON, "serious"), (ON, "grave")]), max_size=6))
def test_one_more_alert_never_lowers_a_colour(alerts: list[tuple[date, str]]) -> None:
    ranks = {each.code: each.rank for each in SCHEME.alert_colours}
    assert ranks[colour(*alerts, NEW)] >= ranks[colour(*alerts)]


# ladder and letters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taken", "codes"),
    [
        ([], ["reminder", "caution", "criticism"]),
        (["reminder"], ["reminder", "caution", "criticism"]),
        (["caution"], ["caution", "criticism"]),
        (["caution", "criticism"], ["criticism"]),
    ],
)
def test_measures_go_up_and_end_with_criticism(taken: list[str], codes: list[str]) -> None:
    assert [rung.code for rung in rungs_open(SCHEME, Way.OWNER, taken)] == codes


@pytest.mark.parametrize("way", [Way.OFFICE, Way.SUPERIOR])
def test_the_office_takes_no_measure_of_the_owner(way: Way) -> None:
    assert rungs_open(SCHEME, way, []) == ()


def test_caution_and_criticism_are_followed_up_at_three_months() -> None:
    assert follow_up_day(SCHEME, "caution", ON) == date(2026, 8, 14)
    assert follow_up_day(SCHEME, "reminder", ON) is None
    assert follow_up_day(SCHEME, "unfounded", ON) is None


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_notice_alone_says_by_when_its_unit_answers(kind: LetterKind) -> None:
    due = date(2026, 6, 14) if kind is LetterKind.NOTICE else None
    told = Told(
        kind=kind, organisation="示范中心", signed_by="财务处", addressee="某", on=ON,
        body=draft_of(kind), due_on=due,
    )  # fmt: skip
    paper = paper_of(told, "廉警〔2026〕1号")
    said = "".join(block.text for block in paper.body)
    assert ("2026年6月14日" in said) == (kind is LetterKind.NOTICE)
    assert paper.number == "廉警〔2026〕1号"
