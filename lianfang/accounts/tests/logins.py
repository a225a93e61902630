"""Logins for tests, and codes as somebody's phone would show them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client
from django.urls import reverse

from lianfang.accounts import actions
from lianfang.accounts.models import User
from lianfang.audit.models import Event

AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
OTHER = "seven pink umbrellas"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0.0.0 Safari/537.36"
)


@dataclass
class Clock:
    """What time it is in a test."""

    at: datetime = AT

    def pass_by(self, span: timedelta) -> None:
        """Let time go on."""
        self.at += span


@dataclass
class Device:
    """A browser with a cookie jar of its own."""

    client: Client = field(default_factory=lambda: Client(headers={"User-Agent": CHROME}))

    def try_in(self, username: str, password: str = PASSWORD) -> bool:
        """Send name and password; return whether they were taken for right."""
        answer = self.client.post(
            reverse("account_login"), {"username": username, "password": password}
        )
        self.page = answer.content.decode()
        return answer.status_code == 302

    def gets_in(self) -> bool:
        """Return whether a page that needs somebody signed in opens."""
        return self.client.get(reverse("accounts:home")).status_code == 200


def make_login(username: str = "zhang", *, first: bool = False, at: datetime = AT) -> User:
    """Return a login with PASSWORD."""
    return actions.create_login(
        username=username,
        password=PASSWORD,
        must_change_password=first,
        organisation=7,
        by=None,
        at=at,
    )


def code_of(user: User, *, steps: int = 0) -> str:
    """Return the code that a phone shows now, or some steps of 30 seconds later."""
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return code_for(decrypt(row.data["secret"]), steps=steps)


def code_for(secret: str, *, steps: int = 0) -> str:
    """Return the code of a secret."""
    return str(format_hotp_value(hotp_value(secret, int(AT.timestamp()) // 30 + steps)))


def told(user: User) -> list[str]:
    """Return what the log says was done with a login, in order, without its beginning."""
    subject = f"accounts.user:{user.pk}"
    names = Event.objects.filter(subject=subject).order_by("position").values_list("action")
    return [name.removeprefix("accounts.login.") for (name,) in names][1:]


def page(answer: Any) -> str:
    """Return what an answer of the test client says."""
    return str(answer.content.decode())


def set_up(device: Device) -> list[str]:
    """Set up a second factor through the pages; return the recovery codes shown."""
    url = reverse("mfa_activate_totp")
    asked = device.client.get(url)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    shown = device.client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    text = page(shown)
    assert 'src="data:image/svg+xml;base64,' in text
    assert re.search(r'<img[^>]*alt="[^"]+', text)
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', text)
    assert found is not None
    secret = found.group(1).replace(" ", "")
    wrong = device.client.post(url, {"code": "000000"})
    assert wrong.status_code == 422
    assert "验证码不对" in page(wrong)
    answer = device.client.post(url, {"code": code_for(secret)}, follow=True)
    codes = re.findall(r"<code>(\d{8})</code>", page(answer))
    assert len(codes) == 10
    return codes
