"""The example is loaded once, whole, through the usual doors, whatever the day."""

from collections import Counter
from datetime import datetime
from itertools import pairwise

import pytest
from django.db.models import F

from lianfang.accounts import actions as accounts
from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.audit.verify import verify
from lianfang.cycles.models import CorrectiveTask, Cycle, Edition
from lianfang.duties.models import (
    Duty,
    DutyEvidence,
    Reminder,
    RotationExemption,
    RotationMove,
    Talk,
)
from lianfang.example.earlier import FIRST_UNITS
from lianfang.example.entering import example_logins
from lianfang.example.guard import HoldsSomethingElse, require_example_only
from lianfang.example.loading import load_example
from lianfang.example.moments import calendar_at
from lianfang.example.tests.loaded.moments import MOMENTS, NEW_YEAR, loaded_at
from lianfang.files.models import Import
from lianfang.org.exchange.calendar import known_years
from lianfang.org.models import (
    Administrator,
    Appointment,
    CalendarYear,
    Kinship,
    Membership,
    Organisation,
    Person,
    Portfolio,
    Post,
    Qualification,
    SchemeOverride,
    Unit,
    holding,
)
from lianfang.org.queries import standing_of
from lianfang.org.queries.roster import ROSTER
from lianfang.org.queries.structure import structure_of
from lianfang.org.rules.chain import Because, chain_of
from lianfang.org.rules.roles import Role
from lianfang.org.rules.structure import Structure
from lianfang.org.standing import Standing
from lianfang.risks.models import LevelOverride, Participation, PostLevel

pytestmark = loaded_at(*MOMENTS)


def counts() -> dict[str, int]:
    """Return how many rows of each kind there are."""
    models = (Unit, Post, Person, Appointment, Portfolio, Membership, Kinship, Qualification, User)
    return {model.__name__: model._default_manager.count() for model in models}


def standing(username: str, at: datetime) -> Standing:
    found = standing_of(User.objects.get(username=username), at)
    assert found is not None
    return found


def structure(organisation: Organisation, at: datetime) -> Structure:
    return structure_of(organisation.pk, calendar_at(at).on)


def test_it_is_as_rich_on_any_day(organisation: Organisation) -> None:
    assert organisation.is_example
    assert organisation.superior_name_en == "Model Supervising Authority"
    assert counts() == {
        "Unit": 26,
        "Post": 93,
        "Person": 127,
        "Appointment": 166,
        "Portfolio": 22,
        "Membership": 25,
        "Kinship": 8,
        "Qualification": 40,
        "User": 15,
    }
    assert verify().is_whole


def test_the_log_tells_a_past_in_the_order_in_which_it_happened(at: datetime) -> None:
    times = list(Event.objects.order_by("position").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] < at
    assert (at - times[0]).days in (419, 420)
    told = Counter(Event.objects.values_list("action", flat=True))
    assert told["org.roster.applied"] == 2
    assert told["org.person.left"] == 2
    assert told["org.post.changed"] == 1
    assert told["org.number.set"] == 4


def test_a_second_start_leaves_it_alone(organisation: Organisation) -> None:
    before, events = counts(), Event.objects.count()
    assert load_example(at=NEW_YEAR) == organisation
    assert (counts(), Event.objects.count()) == (before, events)


def test_it_comes_through_the_import_that_offices_use() -> None:
    staff, bodies = Import.objects.filter(kind=ROSTER).order_by("pk")
    assert (staff.state, bodies.state) == ("applied", "applied")
    assert staff.attachment.name == "示范评价中心名册.xlsx"
    assert staff.closed_by is not None
    assert bodies.closed_by is not None
    assert (staff.closed_by.username, bodies.closed_by.username) == ("system", "security")


def test_every_role_is_held_by_somebody_who_can_be_entered_as(at: datetime) -> None:
    roles = {login.username: standing(login.username, at).roles for login in example_logins()}
    assert frozenset[Role]().union(*roles.values()) == set(Role)
    wanted = {
        "clerk": {Role.HOLDER},
        "assessor": {Role.HOLDER},
        "head": {Role.HOLDER, Role.UNIT_HEAD},
        "acting": {Role.HOLDER, Role.UNIT_HEAD},
        "officer": {Role.HOLDER, Role.DISCIPLINE_OFFICE},
        "overseer": {Role.HOLDER, Role.DISCIPLINE_OVERSIGHT},
        "office": {Role.HOLDER, Role.LEADING_GROUP_OFFICE},
        "system": {Role.SYSTEM_ADMINISTRATOR},
        "security": {Role.SECURITY_ADMINISTRATOR},
        "audit": {Role.AUDIT_ADMINISTRATOR},
    }
    assert {name: set(roles[name]) for name in wanted} == wanted
    assert {Role.PORTFOLIO_LEADER, Role.LEADERSHIP} <= roles["leader"]
    assert Role.LEADERSHIP_HEAD in roles["secretary"]


def test_nobody_oversees_themself_and_every_chain_ends_outside(
    organisation: Organisation, at: datetime
) -> None:
    found = structure(organisation, at)
    for post in found.posts:
        for seat in found.seats_of_post.get(post, ()):
            people = [link.person for link in chain_of(found, post, seat.person).links]
            assert seat.person not in people
            assert len(set(people)) == len(people)
            assert people[-1] is None


def test_what_is_not_as_it_should_be_is_there_to_be_seen(
    organisation: Organisation, at: datetime
) -> None:
    found = structure(organisation, at)
    posts = {post.code: post for post in Post.objects.all()}

    def because(code: str) -> set[str]:
        chain = chain_of(found, posts[code].pk)
        return {link.because for link in chain.links} | {rung.because for rung in chain.passed}

    assert Because.ACTING_HEAD in because("JGC-JZ")
    assert Because.HEAD_VACANT in because("GS-JS-SC")
    assert Because.NO_PORTFOLIO in because("FZC-GH")
    assert Because.PORTFOLIO_ABOVE in because("SY1-A-XM")
    on = calendar_at(at).on
    held = Appointment.objects.filter(holding(on))
    assert not held.filter(post=posts["SY2-FC"]).exists()
    assert held.filter(kind="concurrent").count() == 3
    longest = held.order_by("from_on").first()
    assert longest is not None
    assert (longest.post.code, (on - longest.from_on).days // 365) == ("BGS-CG-CG", 7)
    assert Person.objects.filter(left_on__lte=on).count() == 4


def test_an_appointment_never_overlaps_another_of_the_same_person_in_the_same_post() -> None:
    rows = Appointment.objects.order_by("person", "post", "from_on")
    for before, after in pairwise(rows):
        if (before.person_id, before.post_id) == (after.person_id, after.post_id):
            assert before.to_on is not None
            assert before.to_on < after.from_on


def test_logins_have_no_password_and_administrators_exclude_each_other() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert {admin.kind for admin in Administrator.objects.all()} == set(Administrator.Kind)
    assert not Person.objects.filter(login__administrator__isnull=False).exists()


def test_known_calendars_are_loaded_and_numbers_are_set(at: datetime) -> None:
    on = calendar_at(at).on
    years = set(CalendarYear.objects.values_list("year", flat=True))
    assert years == set(range(on.year - 2, on.year + 2)) & set(known_years())
    assert SchemeOverride.objects.filter(number=None).count() == 1
    assert SchemeOverride.objects.filter(from_on__gt=on).count() == 1


def test_progress_is_told_to_the_end(told: list[tuple[int, int]]) -> None:
    assert told[-1][0] == told[-1][1]


def test_a_database_with_a_stray_login_is_refused(at: datetime) -> None:
    require_example_only()
    accounts.create_login(
        username="stranger",
        password=None,
        must_change_password=False,
        organisation=None,
        by=None,
        at=at,
    )
    with pytest.raises(HoldsSomethingElse, match="stranger"):
        require_example_only()


def test_last_years_editions_gave_way_to_this_years_where_units_are_that_far(at: datetime) -> None:
    year = calendar_at(at).on.year
    first = Edition.objects.filter(year=year - 1, serial=1)
    assert set(first.values_list("unit__code", flat=True)) == set(FIRST_UNITS)
    now = {"ZLC", "ZLC-TS", "JSC", "PDC", "FZC-GJ"}
    assert set(first.exclude(superseded_on=None).values_list("unit__code", flat=True)) == now
    assert set(Edition.objects.filter(year=year).values_list("unit__code", flat=True)) == now
    age = {(calendar_at(at).on - each.effective_from).days for each in first}
    assert age == {360, 337, 328}


def test_the_year_before_is_over_and_this_years_filings_are_in_every_state(at: datetime) -> None:
    year = calendar_at(at).on.year
    before, now = Cycle.objects.order_by("year")
    assert (before.year, before.is_first, now.year, now.is_first) == (year - 1, True, year, False)
    assert not before.stages.filter(closed_on=None).exists()
    states = Counter(now.filings.filter(revision=None).values_list("state", flat=True))
    assert states == {
        "drafting": 15,
        "published": 5,
        "in_check": 2,
        "returned": 1,
        "submitted": 1,
        "not_started": 1,
    }
    for cycle in (before, now):
        assert Participation.objects.filter(year=cycle.year).count() > 50
    tasks = CorrectiveTask.objects.filter(review__cycle=before).order_by("state")
    assert [task.state for task in tasks] == ["confirmed", "done", "open"]


def test_a_breach_raised_a_level_until_an_edition_took_it_up() -> None:
    raised = LevelOverride.objects.get(post__code="JSC-JW")
    assert raised.ended_by_edition.endswith("-1")
    assert PostLevel.objects.get(post__code="JSC-JW", until_on=None).level == raised.level
    left = LevelOverride.objects.filter(ended_on=None).select_related("post__unit")
    # the second comes of a lead that was closed with a breach
    assert {one.post.unit.code for one in left} == {"ZLC", "SY2"}


def test_duties_are_done_late_waived_lapsed_open_and_overdue(at: datetime) -> None:
    on = calendar_at(at).on
    duties = Duty.objects.all()
    assert duties.filter(state="done").count() > 1400
    assert set(duties.filter(state="done").values_list("kind", flat=True)) == (
        set(Duty.Kind) - {Duty.Kind.SURVEY, Duty.Kind.ROTATION}
    )
    assert duties.filter(state="done", closed_on__gt=F("due_on")).count() > 20
    assert 2 <= duties.filter(state="waived").count() <= 10
    assert {"level", "left", "measure"} <= set(
        duties.filter(state="lapsed").values_list("lapse", flat=True)
    )
    late = duties.filter(state="open", due_on__lt=on).exclude(origin="draw")
    assert 7 <= late.count() <= 25
    assert late.filter(kind=Duty.Kind.TALK, person__code="1901").exists()


def test_those_above_were_reminded_of_talks_that_are_overdue(at: datetime) -> None:
    on = calendar_at(at).on
    told = Reminder.objects.filter(duty__state="open", duty__due_on__lt=on, duty__kind="talk")
    assert {"overdue_owner", "overdue_leader"} <= set(told.values_list("code", flat=True))
    assert {"leader", "acting"} <= set(told.values_list("person__login__username", flat=True))


def test_talks_are_confirmed_held_and_planned_and_measures_have_papers(at: datetime) -> None:
    states = Counter(Talk.objects.values_list("state", flat=True))
    assert states["confirmed"] > 40
    assert (states["held"], states["planned"]) == (1, 1)
    assert DutyEvidence.objects.count() == 29
    assert RotationMove.objects.get().to_post is not None
    assert RotationExemption.objects.get().until_on > calendar_at(at).on
