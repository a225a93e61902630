"""The second factor of a login, through its pages."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse

from lianfang.accounts import actions
from lianfang.accounts.adapter import SecondFactorAdapter
from lianfang.accounts.models import User
from lianfang.accounts.tests.logins import (
    AT,
    Device,
    code_of,
    make_login,
    page,
    set_up,
    told,
)

pytestmark = pytest.mark.django_db


def test_a_second_factor_is_set_up_with_the_phone_and_asked_for_from_then_on(
    device: Device, user: User
) -> None:
    set_up(device)
    assert "已启用" in page(device.client.get(reverse("accounts:home")))
    other = Device()
    assert other.try_in("zhang")
    assert not other.gets_in()
    cache.clear()
    url = reverse("mfa_authenticate")
    asked = other.client.get(url)
    assert "验证码" in page(asked)
    assert "验证码不对" in page(other.client.post(url, {"code": "000000"}))
    assert other.client.post(url, {"code": code_of(user)}).status_code == 302
    assert other.gets_in()
    assert told(user) == ["signed_in", "authenticator_added", "signed_in"]
    assert "密码和动态验证码" in page(other.client.get(reverse("usersessions_list")))


def test_a_recovery_code_stands_in_for_the_phone_once(device: Device) -> None:
    code = set_up(device)[0]
    for expected in (True, False):
        other = Device()
        other.try_in("zhang")
        other.client.post(reverse("mfa_authenticate"), {"code": code})
        assert other.gets_in() is expected
    text = page(device.client.get(reverse("mfa_view_recovery_codes")))
    assert code not in text
    assert "还有 9 个" in text


def test_wrong_codes_make_wait(device: Device) -> None:
    set_up(device)
    other = Device()
    other.try_in("zhang")
    url = reverse("mfa_authenticate")
    for _ in range(5):
        other.client.post(url, {"code": "000000"})
    assert "分钟后再试" in page(other.client.post(url, {"code": "000000"}))


def test_one_may_stop_between_password_and_code(device: Device) -> None:
    set_up(device)
    other = Device()
    other.try_in("zhang")
    assert other.client.get(reverse("account_login")).headers["Location"] == reverse(
        "mfa_authenticate"
    )
    other.client.post(reverse("account_logout"))
    assert other.client.get(reverse("account_login")).status_code == 200
    assert other.client.get(reverse("mfa_authenticate")).status_code == 302


def test_a_login_closed_between_password_and_code_does_not_get_in(
    device: Device, user: User
) -> None:
    set_up(device)
    other = Device()
    other.try_in("zhang")
    actions.close_login(user=user, by=None, at=AT)
    cache.clear()
    other.client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    assert not other.gets_in()
    assert not UserSession.objects.exists()
    assert told(user)[-1] == "closed"


def test_recovery_codes_are_shown_and_given_only_after_proving_it_again(device: Device) -> None:
    codes = set_up(device)
    file = device.client.get(reverse("mfa_download_recovery_codes"))
    assert file.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert all(code in page(file) for code in codes)
    assert "no-store" in file.headers["Cache-Control"]
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=-1):
        for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes"):
            assert device.client.get(reverse(name)).status_code == 302


def test_a_secret_that_can_not_be_read_here_is_said_and_breaks_no_page(
    device: Device, user: User
) -> None:
    set_up(device)
    rows = {row.pk: row.data for row in Authenticator.objects.filter(user=user)}
    with override_settings(SECRET_KEY="another"):
        other = SecondFactorAdapter()
        for pk, data in rows.items():
            sealed = {key: other.encrypt("x") for key in ("secret", "seed") if key in data}
            Authenticator.objects.filter(pk=pk).update(data={**data, **sealed})
    assert "还有 10 个" in page(device.client.get(reverse("accounts:home")))
    shown = device.client.get(reverse("mfa_view_recovery_codes"), follow=True)
    assert "这里读不出动态验证码的密钥" in page(shown)
    stranger = Device()
    stranger.try_in("zhang")
    asked = stranger.client.post(reverse("mfa_authenticate"), {"code": "123456"})
    assert "这里读不出动态验证码的密钥" in page(asked)


def test_new_recovery_codes_take_the_place_of_the_old(device: Device, user: User) -> None:
    old = set_up(device)
    url = reverse("mfa_generate_recovery_codes")
    assert "作废" in page(device.client.get(url))
    new = re.findall(r"<code>(\d{8})</code>", page(device.client.post(url, follow=True)))
    assert len(new) == 10
    assert not set(old) & set(new)
    assert told(user)[-1] == "recovery_codes_made"


def test_the_second_factor_is_turned_off_again(device: Device, user: User) -> None:
    set_up(device)
    url = reverse("mfa_deactivate_totp")
    assert device.client.get(url).status_code == 200
    assert "动态验证码已停用" in page(device.client.post(url, follow=True))
    assert not Authenticator.objects.exists()
    assert Device().try_in("zhang")
    assert told(user)[-2:] == ["authenticator_removed", "signed_in"]
    assert device.client.get(reverse("mfa_view_recovery_codes")).status_code == 404


def test_it_is_proved_again_by_a_code_as_well(device: Device, user: User) -> None:
    set_up(device)
    other = Device()
    other.try_in("zhang")
    cache.clear()
    other.client.post(reverse("mfa_authenticate"), {"code": code_of(user)})
    asked = other.client.get(reverse("mfa_deactivate_totp"))
    way = asked.headers["Location"]
    text = page(other.client.get(way))
    assert "确认是您本人" in text
    assert "用验证码确认" in text
    code = reverse("mfa_reauthenticate") + "?" + way.split("?")[1]
    assert "用密码确认" in page(other.client.get(code))
    answer = other.client.post(code, {"code": code_of(user, steps=1)})
    assert answer.headers["Location"] == reverse("mfa_deactivate_totp")


ANSWERS = [
    "",
    "null",
    "[]",
    '"x"',
    "{}",
    '{"id": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "!",'
    ' "attestationObject": "AA", "authenticatorData": "AA", "signature": "AA"}}',
    "not JSON",
]


@pytest.mark.parametrize("answered", ANSWERS)
def test_no_answer_of_a_browser_passes_for_a_key_nor_breaks_a_page(
    device: Device, answered: str
) -> None:
    set_up(device)
    sent = {"name": "钥匙", "credential": answered}
    url = reverse("mfa_add_webauthn")
    assert device.client.get(url).status_code == 200
    assert device.client.post(url, sent).status_code == 422
    other = Device()
    other.try_in("zhang")
    url = reverse("mfa_authenticate")
    other.client.get(url)
    assert other.client.post(url, {"credential": answered}).status_code == 200
    assert not other.gets_in()
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def test_nobody_removes_the_key_of_somebody_else(device: Device) -> None:
    set_up(device)
    other = make_login("li")
    actions.add_key(user=other, name="钥匙", credential={}, by=other, at=AT)
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    assert device.client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
