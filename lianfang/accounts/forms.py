"""Forms of signing in and of one's own account. What was typed as a password is never sent back."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import context
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.accounts import actions
from lianfang.accounts.devices import known_device
from lianfang.accounts.models import User
from lianfang.accounts.naming import LONGEST_NAME
from lianfang.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from lianfang.common.errors import Refused
from lianfang.common.http import language_now

KEY_REFUSED = _("安全密钥没有通过，请重试。")
# What a browser answers is anything at all.
_NO_KEY = (forms.ValidationError, AttributeError, KeyError, TypeError, ValueError)
# Longer than the rule, so that the rule can say so.
_MOST = 4 * LONGEST_PASSWORD


def password_field(label: Any, autocomplete: str, **kw: Any) -> forms.CharField:
    """Return a field in which a password is typed exactly as it is, spaces included."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=_MOST, **kw)


class LoginForm(forms.Form):
    """Name and password; valid where they belong to a login."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = password_field(_("密码"), "current-password")

    def __init__(self, *args: Any, request: HttpRequest, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.request = request
        if self.is_bound:
            # what was refused takes the focus then
            del self.fields["username"].widget.attrs["autofocus"]

    def clean(self) -> dict[str, Any]:
        """Prove the login; what refuses it is a sentence above the form."""
        told = super().clean() or self.cleaned_data
        if not self.errors:
            username = told["username"]
            try:
                self.user = actions.prove_login(
                    username=username,
                    password=told["password"],
                    device=known_device(self.request, username),
                    at=self.request.at,  # type: ignore[attr-defined]
                )
            except Refused as refused:
                raise forms.ValidationError(refused.sentence(language_now())) from refused
        return told

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on with the steps of signing in: a code, where the login asks for one."""
        login = Login(user=self.user, redirect_url=redirect_url)
        response: HttpResponse = perform_password_login(
            request, {"username": self.user.username}, login
        )
        return response


class ConfirmForm(forms.Form):
    """The password once more, before something that matters."""

    password = password_field(_("现在的密码"), "current-password")

    def __init__(self, *args: Any, user: User, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.user = user

    def clean_password(self) -> str:
        """Prove the password."""
        password: str = self.cleaned_data["password"]
        request = context.request
        try:
            actions.prove_password(
                user=self.user,
                password=password,
                device=known_device(request, self.user.username),
                at=request.at,
            )
        except Refused as refused:
            raise forms.ValidationError(refused.sentence(language_now())) from refused
        return password


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code, to sign in."""

    reauthenticated = False

    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        help_text=_("手机上显示的 6 位数字；手机不在身边时，用一个 8 位恢复码"),
    )

    def __init__(self, *args: Any, user: User, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.user = user

    def clean_code(self) -> str:
        """Prove the code."""
        code: str = self.cleaned_data["code"]
        request = context.request
        try:
            self.authenticator = actions.prove_code(
                user=self.user,
                code=code,
                device=known_device(request, self.user.username),
                at=request.at,
            )
        except Refused as refused:
            raise forms.ValidationError(refused.sentence(language_now())) from refused
        return code

    def save(self) -> None:
        """Note with the session that a code was given."""
        self.authenticator.user = self.user
        post_authentication(
            context.request, self.authenticator, reauthenticated=self.reauthenticated
        )


class ConfirmCodeForm(CodeForm):
    """A code once more, before something that matters."""

    reauthenticated = True


class NewCodeForm(forms.Form):
    """The first code of a new authenticator; whether it is right, the view asks."""

    code = forms.CharField(
        label=_("手机上显示的验证码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class KeyProofForm(forms.Form):
    """What a security key answered; valid, its `credential` is the key."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.user = user

    def clean_credential(self) -> Authenticator:
        """Prove the key. Nothing is counted: there is nothing to be guessed."""
        answered = self.cleaned_data["credential"]
        try:
            webauthn.parse_authentication_response(answered)
            key = webauthn.complete_authentication(self.user, answered)
        except _NO_KEY as error:
            raise forms.ValidationError(KEY_REFUSED) from error
        key.user = self.user
        return key

    def save(self) -> None:
        """Note with the session that a key was shown to sign in."""
        post_authentication(context.request, self.cleaned_data["credential"])


class NewKeyForm(forms.Form):
    """A new security key: the name its owner gives it, and what it answered."""

    name = forms.CharField(
        label=_("名称"), max_length=40, help_text=_("便于以后辨认，例如“办公室钥匙”")
    )
    credential = forms.JSONField(widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, object]:
        """Prove that the key answered what it was asked."""
        answered: dict[str, object] = self.cleaned_data["credential"]
        try:
            webauthn.parse_registration_response(answered)
            webauthn.complete_registration(answered)
        except _NO_KEY as error:
            raise forms.ValidationError(KEY_REFUSED) from error
        return answered


class PasswordForm(forms.Form):
    """The password one has, and a new one, twice."""

    old = password_field(_("现在的密码"), "current-password")
    new = password_field(
        _("新密码"),
        "new-password",
        help_text=format_lazy(
            _("至少 {shortest} 个字符，可以用几个词或一句话；不要求大小写或符号"),
            shortest=SHORTEST_PASSWORD,
        ),
    )
    again = password_field(_("再输一次新密码"), "new-password")

    def clean_again(self) -> str:
        """Refuse two entries that differ."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("两次输入的新密码不同，请重新输入。"))
        return again


class SessionForm(forms.Form):
    """Which session is to end; none named: all but this one."""

    session = forms.IntegerField(required=False, min_value=1)
