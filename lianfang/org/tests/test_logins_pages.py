"""The security administrator's pages, and everybody else before their doors."""

import re
from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client
from django.urls import reverse

from lianfang.accounts import actions as accounts
from lianfang.accounts.models import User
from lianfang.common import clock
from lianfang.org import actions
from lianfang.org.models import Person
from lianfang.org.tests.cast import AT, Cast, full_cast

pytestmark = pytest.mark.django_db

STAFF = ["secretary", "deputy", "head", "clerk", "colleague", "office", "officer", "overseer"]
CHANGES = [
    "login-reset",
    "login-close",
    "login-reopen",
    "login-end-sessions",
    "login-remove-factor",
    "login-detach",
    "login-attach",
]


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def now() -> datetime:
        return AT

    monkeypatch.setattr(clock, "now", now)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def enter(cast: Cast, part: str = "security") -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def page(answer: Any) -> str:
    return str(answer.content.decode())


def change(client: Client, name: str, user: User, **typed: object) -> Any:
    return client.post(reverse(f"org:{name}", args=[user.pk]), typed)


def test_the_list_tells_whose_login_it_is_and_how_it_stands(cast: Cast) -> None:
    actions.close_login(login=cast.logins["clerk"], reason="x", by=None, at=AT)
    text = page(enter(cast).get(reverse("org:logins")))
    assert "centre-clerk" in text
    assert "已关闭" in text
    assert "系统管理员" in text
    assert "从未登录" in text


def test_an_empty_search_offers_to_clear_it(cast: Cast) -> None:
    text = page(enter(cast).get(reverse("org:logins"), {"q": "nobody"}))
    assert "没有符合条件的登录" in text
    assert "清除筛选" in text


def test_the_list_is_swapped_alone_where_only_it_was_asked_for(cast: Cast) -> None:
    answer = enter(cast).get(reverse("org:logins"), headers={"HX-Request": "true"})
    assert page(answer).lstrip().startswith('<section class="card" id="logins">')


def test_a_login_is_made_and_its_password_shown_once(cast: Cast) -> None:
    person = actions.create_person(
        organisation=cast.organisation, code="101", name="林知行", by=None, at=AT
    )
    client = enter(cast)
    url = reverse("org:login-add")
    assert "林知行 101" in page(client.get(url))
    answer = client.post(url, {"person": person.pk, "username": "lin"})
    found = re.search(r"<code>([a-z2-9-]{19})</code>", page(answer))
    assert found is not None
    assert "no-store" in answer.headers["Cache-Control"]
    user = User.objects.get(username="lin")
    assert user.check_password(found.group(1))
    assert Person.objects.get(login=user) == person
    assert found.group(1) not in page(client.get(reverse("org:login", args=[user.pk])))


def test_a_refusal_is_an_error_of_the_form(cast: Cast) -> None:
    person = actions.create_person(
        organisation=cast.organisation, code="101", name="林知行", by=None, at=AT
    )
    answer = enter(cast).post(
        reverse("org:login-add"), {"person": person.pk, "username": "centre-clerk"}
    )
    assert answer.status_code == 422
    assert "已经使用" in page(answer)


def test_a_person_of_another_organisation_can_not_be_chosen(cast: Cast) -> None:
    other = full_cast("other")
    stranger = actions.create_person(
        organisation=other.organisation, code="101", name="林", by=None, at=AT
    )
    answer = enter(cast).post(reverse("org:login-add"), {"person": stranger.pk, "username": "lin"})
    assert answer.status_code == 422
    assert not User.objects.filter(username="lin").exists()


def test_an_administrator_can_not_be_given_a_persons_login_nor_the_other_way_round(
    cast: Cast,
) -> None:
    person = actions.create_person(
        organisation=cast.organisation, code="101", name="林知行", by=None, at=AT
    )
    client = enter(cast)
    for kind in ("system", "security", "audit"):
        answer = change(client, "login-attach", cast.logins[kind], person=person.pk)
        assert answer.status_code == 403
    person.refresh_from_db()
    assert person.login is None


def test_a_password_is_reset_and_the_new_one_shown_once(cast: Cast) -> None:
    client, user = enter(cast), cast.logins["clerk"]
    assert client.get(reverse("org:login-reset", args=[user.pk])).status_code == 200
    user.refresh_from_db()
    assert not user.must_change_password
    answer = change(client, "login-reset", user)
    found = re.search(r"<code>([a-z2-9-]{19})</code>", page(answer))
    assert found is not None
    user.refresh_from_db()
    assert user.check_password(found.group(1))
    assert user.must_change_password


def test_a_login_is_closed_with_a_reason_and_opened_again(cast: Cast) -> None:
    client, user = enter(cast), cast.logins["clerk"]
    theirs = enter(cast, "clerk")
    assert change(client, "login-close", user).status_code == 422
    assert change(client, "login-close", user, reason="调离").status_code == 302
    assert theirs.get(reverse("accounts:home")).status_code == 302
    again = change(client, "login-close", user, reason="调离")
    assert again.status_code == 422
    assert "已经关闭" in page(again)
    assert "重新启用" in page(client.get(reverse("org:login", args=[user.pk])))
    change(client, "login-reopen", user)
    user.refresh_from_db()
    assert user.is_active


def test_sessions_are_ended_and_the_second_factor_removed(cast: Cast) -> None:
    client, user = enter(cast), cast.logins["clerk"]
    accounts.record_sign_in(
        user=user,
        session_key="k",
        address="10.0.0.1",
        user_agent="",
        how="password",
        by=user,
        at=AT,
    )
    accounts.add_authenticator(user=user, secret=generate_totp_secret(), by=user, at=AT)
    url = reverse("org:login", args=[user.pk])
    text = page(client.get(url))
    assert "结束全部会话" in text
    assert "停用" in text
    change(client, "login-end-sessions", user)
    change(client, "login-remove-factor", user)
    text = page(client.get(url))
    assert "结束全部会话" not in text
    assert "未启用" in text


def test_a_login_is_parted_from_its_person_and_given_to_another(cast: Cast) -> None:
    client, user = enter(cast), cast.logins["clerk"]
    user.organisation = cast.organisation.pk
    user.save()
    change(client, "login-detach", user)
    assert "centre-clerk" in page(client.get(reverse("org:logins"), {"state": "nobody"}))
    person = cast.people["clerk"]
    assert change(client, "login-attach", user, person=person.pk).status_code == 302
    person.refresh_from_db()
    assert person.login == user


def test_a_login_has_its_history_without_what_happens_every_day(cast: Cast) -> None:
    client, user = enter(cast), cast.logins["clerk"]
    for number in range(60):
        accounts.record_sign_in(
            user=user,
            session_key=f"k{number}",
            address="10.0.0.1",
            user_agent="",
            how="password",
            by=user,
            at=AT,
        )
    change(client, "login-close", user, reason="长期外派")
    text = page(client.get(reverse("org:login", args=[user.pk])))
    assert "长期外派" in text
    assert "10.0.0.1" not in text


def test_a_login_that_waits_says_until_when(cast: Cast) -> None:
    for _ in range(5):
        with pytest.raises(accounts.WrongLogin):
            accounts.prove_login(username="centre-clerk", password="x", device="", at=AT)
    text = page(enter(cast).get(reverse("org:login", args=[cast.logins["clerk"].pk])))
    assert "2026年5月14日 10:01" in text


@pytest.mark.parametrize("part", [*STAFF, "system", "audit"])
def test_nobody_else_opens_these_pages(cast: Cast, part: str) -> None:
    client, user = enter(cast, part), cast.logins["clerk"]
    for name in ("logins", "login-add"):
        assert client.get(reverse(f"org:{name}")).status_code == 403
    for name in ("login", *CHANGES):
        assert client.get(reverse(f"org:{name}", args=[user.pk])).status_code == 404
    for name in CHANGES:
        assert change(client, name, user, reason="x").status_code == 404


@pytest.mark.parametrize("kind", ["system", "security", "audit"])
def test_an_administrators_login_is_shown_and_changed_on_no_page(cast: Cast, kind: str) -> None:
    client, user = enter(cast), cast.logins[kind]
    text = page(client.get(reverse("org:login", args=[user.pk])))
    assert "在页面上不能改动" in text
    for name in CHANGES:
        url = reverse(f"org:{name}", args=[user.pk])
        assert url not in text
        assert client.get(url).status_code == 403
        assert client.post(url, {"reason": "x"}).status_code == 403
