"""The example is loaded once, whole, through the usual doors, whatever the day."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.accounts import actions as accounts
from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.audit.verify import verify
from lianfang.common.errors import Refused
from lianfang.duties.models import Duty, DutyEvidence, RotationExemption, RotationMove
from lianfang.example.entering import Kind, example_logins
from lianfang.example.guard import HoldsSomethingElse, example, require_example_only
from lianfang.example.loading import load_example
from lianfang.files.models import Import
from lianfang.inspections.models import Draw, Finding
from lianfang.inspections.rules.sheet import read_sheet
from lianfang.inspections.rules.verifying import faults_in
from lianfang.learning.models import Activity, LearningPlan, WarningCase
from lianfang.org import actions
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

pytestmark = pytest.mark.django_db
# ten o'clock in Shanghai; the day after New Year's Eve there; a leap day
MOMENTS = [
    datetime(2026, 5, 14, 2, tzinfo=UTC),
    datetime(2026, 12, 31, 16, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 2, tzinfo=UTC),
]
AT = MOMENTS[0]


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def counts() -> dict[str, int]:
    """Return how many rows of each kind there are."""
    models = (Unit, Post, Person, Appointment, Portfolio, Membership, Kinship, Qualification, User)
    return {model.__name__: model._default_manager.count() for model in models}


def standing(username: str, at: datetime = AT) -> Standing:
    found = standing_of(User.objects.get(username=username), at)
    assert found is not None
    return found


def structure(organisation: Organisation, at: datetime = AT) -> Structure:
    return structure_of(organisation.pk, at.date())


@pytest.mark.parametrize("at", MOMENTS, ids=lambda at: at.date().isoformat())
def test_it_is_as_rich_on_any_day(at: datetime) -> None:
    organisation = load_example(at=at)
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


@pytest.mark.parametrize("at", MOMENTS, ids=lambda at: at.date().isoformat())
def test_the_log_tells_a_past_in_the_order_in_which_it_happened(at: datetime) -> None:
    load_example(at=at)
    times = list(Event.objects.order_by("position").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] < at
    assert (at - times[0]).days in (44, 45)
    told = Counter(Event.objects.values_list("action", flat=True))
    assert told["org.roster.applied"] == 2
    assert told["org.person.left"] == told["org.post.changed"] == 1
    assert told["org.number.set"] == 4


def test_a_second_start_leaves_it_alone() -> None:
    first = load_example(at=AT)
    before, events = counts(), Event.objects.count()
    assert load_example(at=MOMENTS[1]) == first
    assert (counts(), Event.objects.count()) == (before, events)


def test_it_comes_through_the_import_that_offices_use() -> None:
    load_example(at=AT)
    staff, bodies = Import.objects.filter(kind=ROSTER).order_by("pk")
    assert (staff.state, bodies.state) == ("applied", "applied")
    assert staff.attachment.name == "示范评价中心名册.xlsx"
    assert staff.closed_by is not None
    assert bodies.closed_by is not None
    assert (staff.closed_by.username, bodies.closed_by.username) == ("system", "security")


def test_every_role_is_held_by_somebody_who_can_be_entered_as() -> None:
    load_example(at=AT)
    roles = {login.username: standing(login.username).roles for login in example_logins()}
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


def test_nobody_oversees_themself_and_every_chain_ends_outside() -> None:
    organisation = load_example(at=AT)
    found = structure(organisation)
    for post in found.posts:
        for seat in found.seats_of_post.get(post, ()):
            people = [link.person for link in chain_of(found, post, seat.person).links]
            assert seat.person not in people
            assert len(set(people)) == len(people)
            assert people[-1] is None


def test_what_is_not_as_it_should_be_is_there_to_be_seen() -> None:
    organisation = load_example(at=AT)
    found = structure(organisation)
    posts = {post.code: post for post in Post.objects.all()}

    def because(code: str) -> set[str]:
        chain = chain_of(found, posts[code].pk)
        return {link.because for link in chain.links} | {rung.because for rung in chain.passed}

    assert Because.ACTING_HEAD in because("JGC-JZ")
    assert Because.HEAD_VACANT in because("GS-JS-SC")
    assert Because.NO_PORTFOLIO in because("FZC-GH")
    assert Because.PORTFOLIO_ABOVE in because("SY1-A-XM")
    on = AT.date()
    held = Appointment.objects.filter(holding(on))
    assert not held.filter(post=posts["SY2-FC"]).exists()
    assert held.filter(kind="concurrent").count() == 3
    longest = held.order_by("from_on").first()
    assert longest is not None
    assert (longest.post.code, on.year - longest.from_on.year) == ("BGS-CG-CG", 7)
    assert Person.objects.filter(left_on__lte=on).count() == 4


def test_an_appointment_never_overlaps_another_of_the_same_person_in_the_same_post() -> None:
    load_example(at=AT)
    rows = Appointment.objects.order_by("person", "post", "from_on")
    for before, after in pairwise(rows):
        if (before.person_id, before.post_id) == (after.person_id, after.post_id):
            assert before.to_on is not None
            assert before.to_on < after.from_on


def test_logins_have_no_password_and_administrators_exclude_each_other() -> None:
    load_example(at=AT)
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert {admin.kind for admin in Administrator.objects.all()} == set(Administrator.Kind)
    assert not Person.objects.filter(login__administrator__isnull=False).exists()


def test_known_calendars_are_loaded_and_numbers_are_set() -> None:
    load_example(at=AT)
    years = set(CalendarYear.objects.values_list("year", flat=True))
    assert years == {2024, 2025, 2026, 2027} & set(known_years())
    assert SchemeOverride.objects.filter(number=None).count() == 1
    assert SchemeOverride.objects.filter(from_on__gt=AT.date()).count() == 1


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    load_example(at=AT, report=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == len(told)


def test_a_database_with_another_organisation_is_refused() -> None:
    actions.create_organisation(code="real", name="某中心", at=AT)
    for attempt in (require_example_only, lambda: load_example(at=AT)):
        with pytest.raises(HoldsSomethingElse, match="某中心"):
            attempt()
    assert example() is None


def test_a_database_with_a_stray_login_is_refused() -> None:
    load_example(at=AT)
    require_example_only()
    accounts.create_login(
        username="stranger",
        password=None,
        must_change_password=False,
        organisation=None,
        by=None,
        at=AT,
    )
    with pytest.raises(HoldsSomethingElse, match="stranger"):
        require_example_only()


def test_a_failure_on_the_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop(Refused):
        """Raised in the last step."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lianfang.example.loading.deeds_since", stop)
    with pytest.raises(KeyboardInterrupt):
        load_example(at=AT)
    assert not Organisation.objects.exists()
    assert {login.kind for login in example_logins()} == set(Kind)


def test_some_duties_are_done_one_is_waived_and_one_is_late() -> None:
    organisation = load_example(at=AT)
    duties = Duty.objects.filter(organisation=organisation)
    # three of them by the hours that were learnt
    assert duties.filter(state="done").count() == 50
    assert duties.get(state="waived").kind == Duty.Kind.TALK
    late = duties.get(state="open", due_on__lt=AT.date())
    assert (late.kind, late.unit.code) == (Duty.Kind.TALK, "PDC")
    assert DutyEvidence.objects.count() == 29
    assert RotationMove.objects.get().to_post is not None
    assert RotationExemption.objects.get().until_on > AT.date()
    draw = Draw.objects.get(organisation=organisation)
    assert faults_in(read_sheet(draw.sheet.encode()), draw.sheet.encode()) == []
    assert sorted(Finding.objects.values_list("state", flat=True)) == ["closed", "open"]


@pytest.mark.parametrize("at", MOMENTS[:2], ids=lambda at: f"{at:%F}")
def test_people_learn_in_the_years_of_what_is_planned(at: datetime) -> None:
    organisation = load_example(at=at)
    activities = Activity.objects.filter(organisation=organisation)
    assert sorted(activities.values_list("state", flat=True)) == [
        "held", "held", "open", "planned", "planned",
    ]  # fmt: skip
    years = set(activities.values_list("plan__year", flat=True))
    assert years == set(LearningPlan.objects.values_list("year", flat=True))
    assert WarningCase.objects.filter(published_at__isnull=False).count() == 2
    assert activities.get(is_public=True).attendances.count() == 31
