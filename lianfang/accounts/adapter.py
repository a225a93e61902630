"""How the sign-in library works in this house: our sessions, our log, our sentences, no mail."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_login_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.accounts import sessions
from lianfang.accounts.devices import remember_device
from lianfang.accounts.languages import remember_language
from lianfang.accounts.models import User
from lianfang.common import clock
from lianfang.common.errors import Refused
from lianfang.common.sealing import OtherKey, seal, unseal
from lianfang.common.text import Text

_PURPOSE = "lianfang.accounts"
# What a browser that tells no address has.
_NOWHERE = "0.0.0.0"  # noqa: S104
_SAID: Mapping[str, Promise | str] = {"account/messages/logged_out.txt": _("您已退出登录。")}
_WAYS: Mapping[str, Promise | str] = {
    "reauthenticate": _("用密码确认"),
    "mfa_reauthenticate": _("用验证码确认"),
    "mfa_reauthenticate:webauthn": _("用安全密钥确认"),
}


class Unreadable(Refused):
    """The secret of a second factor was sealed under another key."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in and out."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session of somebody who has proved who they are and is not closed since."""
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        records = get_authentication_records(request, user)
        how = next((x["type"] for x in records if x.get("method") == "mfa"), "password")
        sessions.begin(request, user, how=how, at=clock.now())

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Lead a closed login back to the door, where it learns no more than anybody."""
        del request, user
        return HttpResponseRedirect(reverse("account_login"))

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None = None, **_: Any
    ) -> HttpResponse:
        """Send them on; the browser remembers the device, and the language they chose."""
        response = HttpResponseRedirect(get_login_redirect_url(request, redirect_url))
        remember_device(request, response, user.username)
        if user.language:
            remember_language(response, user.language)
        return response

    def logout(self, request: HttpRequest) -> None:
        """End the session at its owner's wish."""
        sessions.finish(request, at=clock.now())

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, **more: Any
    ) -> None:
        """Say what is worth saying, in our words; a message that is given comes from our forms."""
        if said := more.get("message") or _SAID.get(message_template or ""):
            messages.add_message(request, level, str(said))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the browser's address, as our own proxies tell it; never fails."""
        return get_client_ip(request) or _NOWHERE

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways to prove it again, in our words."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": _WAYS[way["id"]]} for way in found if way["id"] in _WAYS]


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor. Its secrets are sealed: a copy of the database gives no codes."""

    def get_totp_issuer(self) -> str:
        """Return what stands above the code in somebody's authenticator."""
        return "廉防 Lianfang"

    def encrypt(self, text: str) -> str:
        """Seal a secret with the key of this installation."""
        return seal(text, purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret. Raises Unreadable where it was sealed in another installation."""
        try:
            return unseal(encrypted_text, purpose=_PURPOSE)
        except OtherKey as error:
            raise Unreadable(
                Text(
                    "这里读不出动态验证码的密钥。请安全管理员停用后，您再重新启用。",
                    "The secret behind your codes can't be read here. Ask the security "
                    "administrator to remove the second factor, then set it up again.",
                )
            ) from error
