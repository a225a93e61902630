"""Logins in the hands of the security administrator: actions, refusals, and what they cost."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from lianfang.accounts import actions as accounts
from lianfang.accounts.models import User
from lianfang.audit.models import Detail, Event
from lianfang.org import access, actions
from lianfang.org.actions.logins import AdministratorsLogin
from lianfang.org.actions.people import LoginRefused
from lianfang.org.actions.setup import AdministratorRefused
from lianfang.org.models import Administrator, Person
from lianfang.org.queries.logins import (
    PAGE,
    all_logins,
    find_logins,
    people_without_login,
    shown_login,
)
from lianfang.org.tests.cast import AT, ON, Cast, full_cast, login

pytestmark = pytest.mark.django_db

STAFF = ["secretary", "deputy", "head", "clerk", "colleague", "office", "officer", "overseer"]
ADMINISTRATORS = ["system", "security", "audit"]


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    """Return somebody without a login."""
    return actions.create_person(
        organisation=cast.organisation, code="101", name="林知行", by=None, at=AT
    )


def signed_in(user: User, key: str = "k1") -> User:
    accounts.record_sign_in(
        user=user,
        session_key=key,
        address="10.0.0.1",
        user_agent="",
        how="password",
        by=user,
        at=AT,
    )
    return user


def actions_told() -> list[str]:
    return list(Event.objects.order_by("position").values_list("action", flat=True))


def test_a_new_login_is_its_persons_and_must_change_its_password(
    cast: Cast, newcomer: Person
) -> None:
    by = cast.logins["security"]
    made, password = actions.add_login(person=newcomer, username="lin", by=by, at=AT)
    newcomer.refresh_from_db()
    assert newcomer.login == made
    assert made.organisation == cast.organisation.pk
    assert made.must_change_password
    assert made.check_password(password)
    assert actions_told()[-2:] == ["accounts.login.created", "org.person.login_attached"]
    assert not Detail.objects.filter(text__contains=password).exists()


def test_a_login_is_made_wholly_or_not_at_all(cast: Cast) -> None:
    before = actions_told()
    with pytest.raises(LoginRefused):
        actions.add_login(person=cast.people["clerk"], username="second", by=None, at=AT)
    assert not User.objects.filter(username="second").exists()
    assert actions_told() == before


def test_a_name_in_use_makes_no_second_login(newcomer: Person) -> None:
    with pytest.raises(accounts.LoginNameRefused):
        actions.add_login(person=newcomer, username="CENTRE-Clerk", by=None, at=AT)


def test_nobody_who_has_left_gets_a_login(newcomer: Person) -> None:
    gone = actions.record_departure(person=newcomer, on=ON, by=None, at=AT)
    with pytest.raises(LoginRefused, match="离开"):
        actions.add_login(person=gone, username="lin", by=None, at=AT)
    with pytest.raises(LoginRefused, match="离开"):
        actions.give_login(person=gone, login=login("stray"), by=None, at=AT)


def test_a_parted_login_opens_nothing_and_can_be_given_again(cast: Cast, newcomer: Person) -> None:
    user = signed_in(cast.logins["clerk"])
    actions.take_login(login=user, by=None, at=AT)
    assert not UserSession.objects.exists()
    assert not Person.objects.filter(login=user).exists()
    with pytest.raises(LoginRefused, match="没有关联"):
        actions.take_login(login=user, by=None, at=AT)
    assert actions.give_login(person=newcomer, login=user, by=None, at=AT).login == user


def test_a_login_of_another_organisation_is_given_to_nobody_here(newcomer: Person) -> None:
    other = full_cast("other")
    stray = User.objects.get(username="other-clerk")
    stray.organisation = other.organisation.pk
    stray.save()
    actions.take_login(login=stray, by=None, at=AT)
    with pytest.raises(LoginRefused, match="别的机构"):
        actions.give_login(person=newcomer, login=stray, by=None, at=AT)


@pytest.mark.parametrize("kind", ADMINISTRATORS)
def test_an_administrators_login_is_no_persons(cast: Cast, newcomer: Person, kind: str) -> None:
    with pytest.raises(LoginRefused):
        actions.give_login(person=newcomer, login=cast.logins[kind], by=None, at=AT)
    newcomer.refresh_from_db()
    assert newcomer.login is None


def test_a_persons_login_is_no_administrators(cast: Cast) -> None:
    other = actions.create_organisation(code="b", name="乙", at=AT)
    with pytest.raises(AdministratorRefused):
        actions.appoint_administrator(
            organisation=other, login=cast.logins["clerk"], kind="audit", by=None, at=AT
        )


@pytest.mark.parametrize("kind", ADMINISTRATORS)
def test_no_login_is_two_administrators_even_to_the_database(cast: Cast, kind: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Administrator.objects.create(
            organisation=cast.organisation, login=cast.logins[kind], kind="system"
        )


@pytest.mark.parametrize("kind", ADMINISTRATORS)
@pytest.mark.parametrize("by", ADMINISTRATORS)
def test_no_administrator_changes_the_login_of_one(cast: Cast, kind: str, by: str) -> None:
    user, actor = cast.logins[kind], cast.logins[by]
    before = actions_told()
    for deed in (
        lambda: actions.reset_login(login=user, by=actor, at=AT),
        lambda: actions.close_login(login=user, reason="x", by=actor, at=AT),
        lambda: actions.reopen_login(login=user, by=actor, at=AT),
        lambda: actions.end_login_sessions(login=user, by=actor, at=AT),
        lambda: actions.remove_login_factor(login=user, by=actor, at=AT),
    ):
        with pytest.raises(AdministratorsLogin, match="lianfang user"):
            deed()
    assert actions_told() == before


def test_a_lost_phone_costs_the_second_factor_and_the_sessions(cast: Cast) -> None:
    user = signed_in(cast.logins["clerk"])
    accounts.add_authenticator(user=user, secret=generate_totp_secret(), by=user, at=AT)
    actions.remove_login_factor(login=user, by=cast.logins["security"], at=AT)
    assert not Authenticator.objects.exists()
    assert not UserSession.objects.exists()


def test_only_the_security_administrator_knows_of_logins(cast: Cast) -> None:
    clerk = cast.logins["clerk"]
    for part in [*STAFF, "system", "audit"]:
        standing = cast.standing(part)
        assert not access.logins_visible_to(standing).exists()
        with pytest.raises(Http404):
            access.get_login_for(standing, clerk.pk)
    security = cast.standing("security")
    assert access.get_login_for(security, clerk.pk, to="edit") == clerk
    assert access.logins_visible_to(security).count() == len(cast.logins)


def test_administrators_are_listed_and_not_to_be_changed(cast: Cast) -> None:
    security = cast.standing("security")
    for kind in ADMINISTRATORS:
        assert access.get_login_for(security, cast.logins[kind].pk) == cast.logins[kind]
        with pytest.raises(PermissionDenied):
            access.get_login_for(security, cast.logins[kind].pk, to="edit")


def test_logins_of_another_organisation_can_not_be_known(cast: Cast) -> None:
    other = full_cast("other")
    security = cast.standing("security")
    for user in other.logins.values():
        with pytest.raises(Http404):
            access.get_login_for(security, user.pk)


def test_a_login_that_belongs_to_nobody_is_still_of_the_organisation(cast: Cast) -> None:
    stray = login("stray")
    stray.organisation = cast.organisation.pk
    stray.save()
    found = find_logins(access.logins_visible_to(cast.standing("security")), AT, state="nobody")
    assert [shown.login for shown in found.logins] == [stray]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CLERK", ["centre-clerk"]),
        ("004", ["centre-clerk"]),
        ("审计", ["centre-audit"]),
        ("nobody of that name", []),
    ],
)
def test_logins_are_found_by_name_number_and_whom_they_belong_to(
    cast: Cast, words: str, found: list[str]
) -> None:
    page = find_logins(access.logins_visible_to(cast.standing("security")), AT, words=words)
    assert [shown.login.username for shown in page.logins] == found


def test_logins_are_narrowed_by_state(cast: Cast) -> None:
    logins = access.logins_visible_to(cast.standing("security"))
    actions.close_login(login=cast.logins["clerk"], reason="x", by=None, at=AT)
    actions.reset_login(login=cast.logins["head"], by=None, at=AT)
    actions.record_departure(person=cast.people["office"], on=ON, by=None, at=AT)
    expected = {"closed": ["centre-clerk"], "first": ["centre-head"], "left": ["centre-office"]}
    for state, names in expected.items():
        page = find_logins(logins, AT, state=state)
        assert [shown.login.username for shown in page.logins] == names
    assert len(find_logins(logins, AT, state="open").logins) == len(cast.logins) - 1


def many(cast: Cast, count: int) -> None:
    for number in range(count):
        user = login(f"u{number:03}")
        user.organisation = cast.organisation.pk
        user.save()


def test_pages_follow_each_other_without_a_gap(cast: Cast) -> None:
    many(cast, PAGE + 5)
    logins = access.logins_visible_to(cast.standing("security"))
    first = find_logins(logins, AT)
    second = find_logins(logins, AT, after=first.more)
    assert len(first.logins) == PAGE
    assert second.more == ""
    names = [shown.login.username for page in (first, second) for shown in page.logins]
    assert len(set(names)) == len(names) == PAGE + 5 + len(cast.logins)


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_of_logins_costs_one_statement(
    cast: Cast, django_assert_num_queries: object, count: int
) -> None:
    many(cast, count)
    logins = access.logins_visible_to(cast.standing("security"))
    # the logins with people, administrators, sessions and second factors
    with django_assert_num_queries(1):  # type: ignore[operator]
        page = find_logins(logins, AT)
        assert [shown.person for shown in page.logins]
    assert len(page.logins) == count + len(cast.logins)


def test_a_login_is_shown_with_open_sessions_and_second_factor(cast: Cast) -> None:
    user = signed_in(signed_in(cast.logins["clerk"]), "k2")
    accounts.add_authenticator(user=user, secret=generate_totp_secret(), by=user, at=AT)
    logins = access.logins_visible_to(cast.standing("security"))
    shown = shown_login(logins, user, AT)
    assert (shown.sessions, shown.has_factor) == (2, True)
    assert shown_login(logins, user, AT + timedelta(hours=1)).sessions == 0
    listed = {shown.login.username: shown for shown in all_logins(AT)}
    assert listed["centre-clerk"].sessions == 2
    assert listed["centre-system"].administrator is not None


def test_people_with_a_login_or_gone_get_no_other(cast: Cast, newcomer: Person) -> None:
    people = access.people_visible_to(cast.standing("security"))
    assert list(people_without_login(people)) == [newcomer]
    actions.record_departure(person=newcomer, on=ON, by=None, at=AT)
    assert not people_without_login(people).exists()
