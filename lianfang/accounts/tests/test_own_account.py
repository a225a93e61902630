"""Passwords and sessions of one's own account, through its pages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import override_settings
from django.urls import reverse

from lianfang.accounts import actions
from lianfang.accounts.models import User
from lianfang.accounts.tests.logins import (
    AT,
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


def change(device: Device, **typed: str) -> Any:
    entry = {"old": PASSWORD, "new": OTHER, "again": OTHER, **typed}
    return device.client.post(reverse("account_change_password"), entry)


def test_a_changed_password_keeps_this_session_and_ends_the_others(device: Device) -> None:
    other = Device()
    other.try_in("zhang")
    before = device.client.cookies["lianfang_session"].value
    assert change(device).headers["Location"] == reverse("accounts:home")
    assert device.gets_in()
    assert not other.gets_in()
    assert device.client.cookies["lianfang_session"].value != before
    assert UserSession.objects.get().session_key == device.client.cookies["lianfang_session"].value
    assert not Device().try_in("zhang")
    assert Device().try_in("zhang", OTHER)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old": "wrong"}, "现在的密码不对"),
        ({"again": "something else"}, "两次输入的新密码不同"),
        ({"new": "short", "again": "short"}, "至少 12 个字符"),
        ({"new": "zhang 是我的名字呀呀", "again": "zhang 是我的名字呀呀"}, "不要用登录名"),
        ({"new": PASSWORD, "again": PASSWORD}, "不能和现在的密码相同"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said(
    device: Device, typed: dict[str, str], said: str
) -> None:
    answer = change(device, **typed)
    assert answer.status_code == 422
    assert said in page(answer)
    assert not re.search(r'type="password"[^>]*value=', page(answer))


def test_a_session_somebody_left_open_is_no_way_to_guess_the_password(device: Device) -> None:
    for _ in range(5):
        change(device, old="wrong")
    assert "分钟后再试" in page(change(device))


@pytest.fixture
def newcomer() -> Device:
    """Return a browser of somebody with a first password."""
    make_login("li", first=True)
    browser = Device()
    assert browser.try_in("li")
    return browser


def test_a_first_password_is_changed_before_anything_else(newcomer: Device) -> None:
    change_page = reverse("account_change_password")
    for name in ("shell:desk", "accounts:home", "usersessions_list", "mfa_activate_totp"):
        answer = newcomer.client.get(reverse(name))
        assert answer.headers["Location"] == change_page
    part = newcomer.client.get(reverse("accounts:home"), headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == change_page
    assert "先换掉初始密码" in page(newcomer.client.get(change_page))


def test_with_a_first_password_one_may_turn_the_language_and_leave(newcomer: Device) -> None:
    answer = newcomer.client.post(reverse("shell:language"), {"language": "en"})
    assert answer.cookies["lianfang_language"].value == "en"
    answer = newcomer.client.post(reverse("account_logout"))
    assert answer.headers["Location"] == reverse("account_login")


def test_after_the_change_everything_opens(newcomer: Device) -> None:
    change(newcomer)
    assert newcomer.gets_in()


def test_an_idle_session_ends_and_says_so(device: Device, clock: Clock) -> None:
    clock.pass_by(timedelta(minutes=59))
    assert device.gets_in()
    clock.pass_by(timedelta(minutes=60))
    answer = device.client.get(reverse("accounts:home"), follow=True)
    assert "较长时间没有操作" in page(answer)
    assert not device.gets_in()


def test_a_session_in_use_goes_on_until_the_end_of_the_day_and_no_longer(
    device: Device, clock: Clock
) -> None:
    for _ in range(14):
        clock.pass_by(timedelta(minutes=50))
        assert device.gets_in()
    clock.pass_by(timedelta(minutes=20))
    answer = device.client.get(reverse("accounts:home"), follow=True)
    assert "登录时间已到上限" in page(answer)


@override_settings(SESSION_IDLE_LIMIT=timedelta(minutes=5))
def test_the_office_chooses_how_long_an_idle_session_lasts(device: Device, clock: Clock) -> None:
    clock.pass_by(timedelta(minutes=5))
    assert not device.gets_in()


def test_use_is_noted_once_a_minute(device: Device, clock: Clock) -> None:
    clock.pass_by(timedelta(seconds=59))
    assert device.gets_in()
    assert UserSession.objects.get().last_seen_at == AT
    clock.pass_by(timedelta(seconds=1))
    assert device.gets_in()
    assert UserSession.objects.get().last_seen_at == AT + MINUTE


def test_a_session_that_came_about_elsewhere_has_the_same_limits(user: User, clock: Clock) -> None:
    browser = Device()
    browser.client.force_login(user)
    assert browser.gets_in()
    clock.pass_by(timedelta(minutes=60))
    assert not browser.gets_in()


def test_sessions_are_listed_with_device_address_and_time_and_ended(
    device: Device, user: User
) -> None:
    other = Device()
    other.client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone; Mac OS X) Safari/604.1"
    other.try_in("zhang")
    text = page(device.client.get(reverse("usersessions_list")))
    assert "Chrome · Windows" in text
    assert "Safari · iPhone" in text
    assert "127.0.0.1" in text
    assert "2026年5月14日 10:00" in text
    row = UserSession.objects.exclude(
        session_key=device.client.cookies["lianfang_session"].value
    ).get()
    device.client.post(reverse("usersessions_list"), {"session": row.pk})
    assert not other.gets_in()
    assert device.gets_in()
    assert told(user)[-1] == "sessions_ended"


def test_all_other_sessions_are_ended_at_once(device: Device) -> None:
    others = [Device(), Device()]
    for other in others:
        other.try_in("zhang")
    device.client.post(reverse("usersessions_list"))
    assert [other.gets_in() for other in others] == [False, False]
    assert device.gets_in()


def test_nobody_ends_sessions_of_somebody_else(device: Device) -> None:
    make_login("li")
    other = Device()
    other.try_in("li")
    row = UserSession.objects.get(user__username="li")
    device.client.post(reverse("usersessions_list"), {"session": row.pk})
    assert other.gets_in()


def test_a_closed_login_is_out_at_once(device: Device, user: User) -> None:
    actions.close_login(user=user, by=None, at=AT)
    assert not device.gets_in()
    assert not device.try_in("zhang")
    assert WRONG in device.page


def test_an_account_shows_its_last_sign_ins_and_when_it_had_to_wait(
    device: Device, clock: Clock
) -> None:
    clock.pass_by(MINUTE)
    stranger = Device()
    for _ in range(5):
        stranger.try_in("zhang", "wrong")
    text = page(device.client.get(reverse("accounts:home")))
    assert "2026年5月14日 10:00" in text
    assert "Chrome · Windows" in text
    assert "有人连续输错，登录被推迟" in text
