"""Signing in and out as a browser does it without scripts, and failing to."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from lianfang.accounts import actions, sessions
from lianfang.accounts.devices import COOKIE
from lianfang.accounts.models import User
from lianfang.accounts.tests.logins import (
    AT,
    CHROME,
    OTHER,
    PASSWORD,
    Clock,
    Device,
    make_login,
    page,
    told,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WRONG = "登录名或密码不对"


def test_the_sign_in_page_is_in_our_words_and_needs_no_script() -> None:
    text = page(Client().get(reverse("account_login")))
    assert "<h1" in text
    assert "登录名" in text
    assert "Sign In" not in text
    assert 'autocomplete="current-password"' in text
    assert not re.search(r"\son\w+=|<script(?! type=\"module\" src)|style=", text)


def test_a_name_in_any_case_and_its_password_open_the_door(user: User) -> None:
    browser = Device()
    assert browser.try_in(" ZHANG ")
    assert browser.gets_in()
    row = UserSession.objects.get()
    assert (row.user, row.ip, row.created_at) == (user, "127.0.0.1", AT)
    user.refresh_from_db()
    assert user.last_login == AT
    assert told(user) == ["signed_in"]


def test_one_goes_on_to_where_one_wanted_to_and_never_to_another_host(user: User) -> None:
    del user
    entry = {"username": "zhang", "password": PASSWORD}
    asked = Client().get(reverse("usersessions_list"))
    assert asked.headers["Location"] == "/account/login/?next=/account/sessions/"
    answer = Client().post(asked.headers["Location"], entry)
    assert answer.headers["Location"] == "/account/sessions/"
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = Client().post(reverse("account_login"), {**entry, "next": elsewhere})
        assert answer.headers["Location"] == reverse("shell:desk")


def test_a_part_of_a_page_asked_for_without_a_session_becomes_the_whole_sign_in_page() -> None:
    answer = Client().get(
        reverse("accounts:home"),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/org/?q=1"},
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/account/login/?next=%2Forg%2F%3Fq%3D1"


@pytest.mark.parametrize(("username", "password"), [("zhang", "wrong"), ("nobody", PASSWORD)])
def test_wrong_entries_get_one_sentence_and_no_password_back(
    user: User, username: str, password: str
) -> None:
    del user
    browser = Device()
    assert not browser.try_in(username, password)
    assert WRONG in browser.page
    assert 'role="alert"' in browser.page
    assert f'value="{username}"' in browser.page
    assert not re.search(r'type="password"[^>]*value=', browser.page)


def test_a_password_is_taken_as_it_is_with_its_spaces(user: User) -> None:
    actions.change_password(user=user, password=f" {OTHER} ", by=user, at=AT)
    assert not Device().try_in("zhang", OTHER)
    assert Device().try_in("zhang", f" {OTHER} ")


def test_signing_in_makes_a_new_session_key_so_that_none_can_be_planted(user: User) -> None:
    del user
    planted = Client()
    planted.get(reverse("account_login"))
    session = planted.session
    session["planted"] = True
    session.save()
    planted.cookies["lianfang_session"] = str(session.session_key)
    planted.post(reverse("account_login"), {"username": "zhang", "password": PASSWORD})
    assert planted.cookies["lianfang_session"].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_cookies_are_out_of_reach_of_scripts_and_end_with_the_browser(device: Device) -> None:
    session = device.client.cookies["lianfang_session"]
    assert session["httponly"]
    assert not session["max-age"]
    known = device.client.cookies[COOKIE]
    assert known["httponly"]
    assert known["samesite"] == "Strict"
    assert known["max-age"]


def test_signing_out_is_a_post_and_ends_the_session(device: Device, user: User) -> None:
    assert device.client.get(reverse("account_logout")).status_code == 200
    assert device.gets_in()
    answer = device.client.post(reverse("account_logout"), follow=True)
    assert "您已退出登录" in page(answer)
    assert not device.gets_in()
    assert not UserSession.objects.exists()
    assert told(user) == ["signed_in", "signed_out"]


def test_signing_out_asks_for_the_token_of_forms(user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(reverse("account_logout")).status_code == 403
    assert strict.post(reverse("account_login")).status_code == 403


def test_the_pages_of_the_library_that_are_not_wanted_do_not_exist(device: Device) -> None:
    for path in ("signup/", "email/", "password/reset/", "password/set/", "login/code/confirm/"):
        assert device.client.get(f"/account/{path}").status_code == 404


def test_others_who_try_shut_nobody_out_on_a_device_of_their_own(
    device: Device, clock: Clock
) -> None:
    stranger = Device()
    for _ in range(5):
        stranger.try_in("zhang", "wrong")
    assert not stranger.try_in("zhang")
    assert "1 分钟后再试" in stranger.page
    device.client.post(reverse("account_logout"))
    assert device.try_in("zhang")
    clock.pass_by(MINUTE)
    assert stranger.try_in("zhang")


def test_an_office_behind_one_address_is_never_shut_out(user: User) -> None:
    del user
    for number in range(40):
        assert not Device().try_in(f"somebody{number}", "wrong")
    assert Device().try_in("zhang")


def test_a_device_known_to_one_login_is_unknown_to_another(device: Device) -> None:
    make_login("li")
    stranger = Device()
    for _ in range(5):
        stranger.try_in("li", "wrong")
    device.client.post(reverse("account_logout"))
    assert not device.try_in("li")
    assert "这个登录名连续输错多次" in device.page


def test_a_cookie_that_was_tampered_with_makes_no_known_device(device: Device) -> None:
    stranger = Device()
    stranger.client.cookies[COOKIE] = device.client.cookies[COOKIE].value[:-2] + "xx"
    for _ in range(5):
        stranger.try_in("zhang", "wrong")
    assert "这台设备" not in stranger.page
    device.client.post(reverse("account_logout"))
    assert device.try_in("zhang")


def test_the_language_chosen_once_comes_with_the_login(device: Device, user: User) -> None:
    device.client.post(reverse("shell:language"), {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"
    other = Device()
    other.try_in("zhang")
    assert other.client.cookies["lianfang_language"].value == "en"


def test_nobody_gets_in_without_a_password_where_data_is_real(user: User) -> None:
    request = RequestFactory().post("/")
    with override_settings(EXAMPLE=False), pytest.raises(sessions.OnlyInExample):
        sessions.enter_as(request, user, at=AT)


@override_settings(EXAMPLE=True)
def test_the_example_lets_people_in_and_from_one_to_the_next(device: Device, user: User) -> None:
    other = make_login("li")
    before = device.client.cookies["lianfang_session"].value
    request = device.client.get(reverse("accounts:home")).wsgi_request
    sessions.enter_as(request, other, at=AT)
    assert request.user == other
    assert request.session.session_key != before
    assert told(user) == ["signed_in", "signed_out"]
    assert told(other) == ["entered"]
    assert UserSession.objects.get().user == other


def test_a_browser_that_tells_nothing_signs_in_too(user: User) -> None:
    del user
    silent = Client(headers={"User-Agent": ""}, REMOTE_ADDR="")
    answer = silent.post(reverse("account_login"), {"username": "zhang", "password": PASSWORD})
    assert answer.status_code == 302
    assert UserSession.objects.get().ip == "0.0.0.0"  # noqa: S104
    assert "其他浏览器" in page(silent.get(reverse("accounts:home")))


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_our_own_proxy_the_address_is_the_one_it_tells(user: User) -> None:
    del user
    client = Client(headers={"User-Agent": CHROME, "X-Forwarded-For": "6.6.6.6, 10.1.2.3"})
    client.post(reverse("account_login"), {"username": "zhang", "password": PASSWORD})
    assert UserSession.objects.get().ip == "10.1.2.3"
