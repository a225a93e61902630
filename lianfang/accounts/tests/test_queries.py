"""What an account's pages cost, with one row and with twenty; and what the nightly work leaves."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from lianfang.accounts import actions, jobs
from lianfang.accounts.models import FailureCount, User
from lianfang.accounts.naming import Proof
from lianfang.accounts.queries import (
    arrivals_of,
    second_factor_of,
    sessions_of,
    waits_until,
)
from lianfang.accounts.tests.logins import AT, CHROME, make_login

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def sign_in(user: User, times: int, at: object = AT) -> None:
    for number in range(times):
        actions.record_sign_in(
            user=user,
            session_key=f"{user}{at}{number}"[-40:],
            address="10.0.0.1",
            user_agent=CHROME,
            how="password",
            by=user,
            at=at,  # type: ignore[arg-type]
        )


@pytest.mark.parametrize("many", [1, 20])
def test_sessions_are_read_at_once(django_assert_num_queries: object, many: int) -> None:
    user = make_login()
    sign_in(user, many)
    # the sessions
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = sessions_of(user, AT)
    assert len(found) == many
    assert found[0].device == "Chrome · Windows"


@pytest.mark.parametrize("many", [1, 20])
def test_arrivals_are_read_at_once_and_the_last_ten_alone(
    django_assert_num_queries: object, many: int
) -> None:
    user = make_login()
    sign_in(user, many)
    # the events, their details
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = arrivals_of(user)
    assert len(found) == min(many, 10)
    assert (found[0].address, found[0].device) == ("10.0.0.1", "Chrome · Windows")


def test_sessions_that_are_over_are_not_listed() -> None:
    user = make_login()
    sign_in(user, 1)
    assert len(sessions_of(user, AT + HOUR - timedelta(seconds=1))) == 1
    assert sessions_of(user, AT + HOUR) == []


def test_the_second_factor_is_told_in_one_statement(django_assert_num_queries: object) -> None:
    user = make_login()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert not second_factor_of(user).is_on
    actions.add_authenticator(user=user, secret=generate_totp_secret(), by=user, at=AT)
    # the authenticator and the recovery codes
    with django_assert_num_queries(1):  # type: ignore[operator]
        factor = second_factor_of(user)
    assert (factor.is_on, factor.codes_since, factor.codes_left) == (True, AT, 10)


def test_until_when_a_login_waits_is_told() -> None:
    user = make_login()
    assert waits_until(user, AT) is None
    for _ in range(5):
        actions.begin_attempt(username="zhang", device="", at=AT, proof=Proof.PASSWORD)
    until = AT + timedelta(minutes=1)
    assert waits_until(user, AT) == until
    assert waits_until(user, until) is None


def test_the_nightly_work_takes_away_what_is_over_and_nothing_else() -> None:
    user = make_login()
    later = AT + timedelta(days=1)
    for at in (AT, later):
        sign_in(user, 1, at)
        actions.begin_attempt(username=f"x{at}", device="", at=at, proof=Proof.PASSWORD)
    Session.objects.create(session_key="old", session_data="", expire_date=AT)
    Session.objects.create(session_key="new", session_data="", expire_date=later + HOUR)
    assert jobs.run(later) == 3
    assert jobs.run(later) == 0
    assert FailureCount.objects.get().last_at == later
    assert UserSession.objects.get().last_seen_at == later
    assert Session.objects.get().session_key == "new"
