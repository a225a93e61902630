"""Who may see and change what, relation by relation; nothing crosses organisations."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from lianfang.org import access, actions
from lianfang.org.queries import organisation_id_of, standing_of
from lianfang.org.rules.roles import Role
from lianfang.org.tests.cast import AT, ON, Cast, full_cast, login

pytestmark = pytest.mark.django_db

STAFF = ["secretary", "deputy", "head", "clerk", "colleague", "office", "officer", "overseer"]
ADMINISTRATORS = ["system", "security", "audit"]


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.mark.parametrize(
    ("part", "roles"),
    [
        ("secretary", {Role.HOLDER, Role.LEADERSHIP, Role.LEADERSHIP_HEAD, Role.LEADING_GROUP}),
        ("deputy", {Role.HOLDER, Role.LEADERSHIP, Role.PORTFOLIO_LEADER}),
        ("head", {Role.HOLDER, Role.UNIT_HEAD}),
        ("clerk", {Role.HOLDER}),
        ("office", {Role.HOLDER, Role.LEADING_GROUP_OFFICE}),
        ("officer", {Role.HOLDER, Role.DISCIPLINE_OFFICE}),
        ("overseer", {Role.HOLDER, Role.UNIT_HEAD, Role.DISCIPLINE_OVERSIGHT}),
        ("system", {Role.SYSTEM_ADMINISTRATOR}),
        ("security", {Role.SECURITY_ADMINISTRATOR}),
        ("audit", {Role.AUDIT_ADMINISTRATOR}),
    ],
)
def test_roles_follow_from_appointments_portfolios_and_bodies(
    cast: Cast, part: str, roles: set[Role]
) -> None:
    assert cast.standing(part).roles == roles


def test_a_derived_role_follows_an_appointment_the_moment_it_changes(cast: Cast) -> None:
    actions.appoint(
        person=cast.people["clerk"],
        post=cast.posts["CWC"],
        from_on=ON,
        kind="acting",
        by=None,
        at=AT,
    )
    assert Role.UNIT_HEAD not in cast.standing("clerk").roles
    actions.end_appointment(
        appointment=cast.people["head"].appointments.get(),
        on=ON - timedelta(days=1),
        by=None,
        at=AT,
    )
    assert Role.UNIT_HEAD in cast.standing("clerk").roles
    assert Role.UNIT_HEAD not in cast.standing("head").roles


def test_reach_goes_down_to_the_units_below(cast: Cast) -> None:
    section = actions.create_unit(
        organisation=cast.organisation,
        code="CW1",
        name="结算科",
        parent=cast.units["CW"],
        by=None,
        at=AT,
    )
    assert cast.standing("head").headed == {cast.units["CW"].pk, section.pk}
    assert cast.standing("deputy").portfolio == {cast.units["CW"].pk, section.pk}


def test_somebody_who_has_left_stands_nowhere(cast: Cast) -> None:
    actions.record_departure(person=cast.people["clerk"], on=ON, by=None, at=AT)
    assert standing_of(cast.logins["clerk"], AT) is None


def test_a_login_of_nobody_stands_nowhere(cast: Cast) -> None:
    stray = login("stray")
    assert standing_of(stray, AT) is None
    assert organisation_id_of(stray) is None
    assert organisation_id_of(cast.logins["clerk"]) == cast.organisation.pk
    assert organisation_id_of(cast.logins["audit"]) == cast.organisation.pk


def test_the_day_is_that_of_the_organisation(cast: Cast) -> None:
    late = AT.replace(hour=23)
    standing = standing_of(cast.logins["clerk"], late)
    assert standing is not None
    assert standing.on == date(2026, 5, 15)


PRIVATE = {
    # who asks: whose sheet and kinship they may see
    "secretary": set(STAFF),
    "deputy": {"deputy", "head", "clerk"},
    "head": {"head", "clerk"},
    "clerk": {"clerk"},
    "colleague": {"colleague"},
    "office": set(STAFF),
    "officer": set(STAFF),
    "overseer": {"overseer", "office", "officer"},
    "system": set(),
    "security": set(),
    "audit": set(),
}


@pytest.mark.parametrize("asker", PRIVATE)
def test_what_is_private_is_for_oneself_those_above_and_the_offices(cast: Cast, asker: str) -> None:
    standing = cast.standing(asker)
    seen = {part for part in STAFF if access.may_see_private(standing, cast.people[part])}
    assert seen == PRIVATE[asker]
    listed = {person.name for person in access.people_answered_for_by(standing)}
    assert listed == PRIVATE[asker]


@pytest.mark.parametrize("asker", [*STAFF, *ADMINISTRATORS])
def test_another_organisation_can_not_be_known(cast: Cast, asker: str) -> None:
    other = full_cast("other")
    standing = cast.standing(asker)
    for fetch, thing in (
        (access.get_unit_for, other.units["CW"]),
        (access.get_post_for, other.posts["CWG"]),
        (access.get_person_for, other.people["clerk"]),
        (access.get_person_to_answer_for, other.people["clerk"]),
        (access.get_body_for, other.bodies["leading_group"]),
    ):
        with pytest.raises(Http404):
            fetch(standing, thing.pk)
    assert not access.may_see_private(standing, other.people["clerk"])
    assert not access.units_visible_to(standing).filter(organisation=other.organisation).exists()


@pytest.mark.parametrize("asker", [*STAFF, "security"])
def test_only_the_system_administrator_changes_the_data(cast: Cast, asker: str) -> None:
    with pytest.raises(PermissionDenied):
        access.get_unit_for(cast.standing(asker), cast.units["CW"].pk, to="edit")
    kept = access.get_unit_for(cast.standing("system"), cast.units["CW"].pk, to="edit")
    assert kept == cast.units["CW"]


@pytest.mark.parametrize("asker", [*STAFF, "system"])
def test_only_the_security_administrator_seats_people_in_bodies(cast: Cast, asker: str) -> None:
    body = cast.bodies["discipline_office"]
    with pytest.raises(PermissionDenied):
        access.get_body_for(cast.standing(asker), body.pk, to="edit")
    assert access.get_body_for(cast.standing("security"), body.pk, to="edit") == body


def test_the_audit_administrator_knows_nothing_of_the_organisation(cast: Cast) -> None:
    standing = cast.standing("audit")
    assert not access.units_visible_to(standing).exists()
    assert not access.people_visible_to(standing).exists()
    with pytest.raises(Http404):
        access.get_person_for(standing, cast.people["clerk"].pk)
