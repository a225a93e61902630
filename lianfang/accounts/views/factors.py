"""The second factor of one's own login. Every page asks to prove it again first."""

import base64
from collections.abc import Callable
from typing import TypeVar

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianfang.accounts import actions
from lianfang.accounts.forms import NewCodeForm, NewKeyForm
from lianfang.accounts.models import User
from lianfang.accounts.queries import recovery_codes_of, second_factor_of
from lianfang.accounts.views.acting import both, bound, carried_out
from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def proved_again(view: View) -> View:
    """Ask for password or code once more, where that was not done in the last minutes."""
    asked: View = reauthentication_required(app="allauth.mfa")(view)
    return asked


@require_GET
def index(request: AppRequest) -> HttpResponse:
    """Lead to the account, which shows the second factor."""
    del request
    return HttpResponseRedirect(reverse("accounts:home"))


@never_cache
@both
@proved_again
def add(request: AppRequest) -> HttpResponse:
    """Show a secret to an authenticator, and ask for its first code."""
    if second_factor_of(request.user).codes_since:
        return HttpResponseRedirect(reverse("mfa_deactivate_totp"))
    secret = get_totp_secret(regenerate=request.method == "GET")
    form = NewCodeForm(**bound(request))
    status = 200
    if request.method == "POST":
        if form.is_valid() and _added(request, form, secret):
            clear_totp_secret(request)
            messages.success(request, _("动态验证码已启用。请把恢复码抄下或存好。"))
            return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
        status = REFUSED
    context: dict[str, object] = {
        "form": form,
        "secret": _grouped(secret),
        **_picture(request.user, secret),
    }
    return render_page(request, "mfa/totp/activate_form.html", context, status=status)


@never_cache
@both
@proved_again
def remove(request: AppRequest) -> HttpResponse:
    """Turn the authenticator off."""
    form = forms.Form(**bound(request))
    if request.method == "POST" and carried_out(
        form,
        lambda: actions.remove_authenticator(user=request.user, by=request.user, at=request.at),
    ):
        messages.success(request, _("动态验证码已停用。"))
        return HttpResponseRedirect(reverse("accounts:home"))
    context: dict[str, object] = {"form": form, "factor": second_factor_of(request.user)}
    return render_page(request, "mfa/totp/deactivate_form.html", context)


@never_cache
@both
@proved_again
def key_add(request: AppRequest) -> HttpResponse:
    """Register a security key, by the browser's own ceremony."""
    form = NewKeyForm(**bound(request))
    user, status = request.user, 200
    if request.method == "POST":
        if form.is_valid():
            actions.add_key(user=user, **form.cleaned_data, by=user, at=request.at)
            messages.success(request, _("安全密钥已登记。"))
            return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
        status = REFUSED
    options = webauthn.begin_registration(user, passwordless=False)
    context: dict[str, object] = {"form": form, "options": options}
    return render_page(request, "mfa/webauthn/add_form.html", context, status=status)


@never_cache
@both
@proved_again
def key_remove(request: AppRequest, pk: int) -> HttpResponse:
    """Take a security key no more."""
    keys = second_factor_of(request.user).keys
    key = next((key for key in keys if key.pk == pk), None)
    if key is None:
        raise Http404
    form, user = forms.Form(**bound(request)), request.user
    if request.method == "POST" and carried_out(
        form, lambda: actions.remove_key(user=user, key_id=pk, by=user, at=request.at)
    ):
        messages.success(request, _("安全密钥已停用。"))
        return HttpResponseRedirect(reverse("accounts:home"))
    return render_page(request, "mfa/webauthn/remove_form.html", {"form": form, "key": key})


@never_cache
@require_GET
@proved_again
def codes(request: AppRequest) -> HttpResponse:
    """Show the recovery codes that are left."""
    try:
        left = _codes_of(request.user)
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
        return HttpResponseRedirect(reverse("accounts:home"))
    return render_page(request, "mfa/recovery_codes/index.html", {"codes": left})


@never_cache
@require_GET
@proved_again
def codes_file(request: AppRequest) -> HttpResponse:
    """Give the recovery codes as a file."""
    text = "\r\n".join([str(request.user), "", *_codes_of(request.user), ""])
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="recovery-codes.txt"'},
    )


@never_cache
@both
@proved_again
def codes_renew(request: AppRequest) -> HttpResponse:
    """Replace the recovery codes, which makes the old ones worthless."""
    form = forms.Form(**bound(request))
    if request.method == "POST" and carried_out(
        form, lambda: actions.make_recovery_codes(user=request.user, by=request.user, at=request.at)
    ):
        messages.success(request, _("已生成新的恢复码，旧的作废。"))
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
    context: dict[str, object] = {"form": form, "factor": second_factor_of(request.user)}
    return render_page(request, "mfa/recovery_codes/generate.html", context)


def _added(request: AppRequest, form: NewCodeForm, secret: str) -> bool:
    if not validate_totp_code(secret, form.cleaned_data["code"]):
        form.add_error("code", _("验证码不对。请核对手机的时间，再输入现在显示的数字。"))
        return False
    user = request.user
    return carried_out(
        form, lambda: actions.add_authenticator(user=user, secret=secret, by=user, at=request.at)
    )


def _picture(user: User, secret: str) -> dict[str, object]:
    adapter = get_adapter()
    url = adapter.build_totp_url(user, secret)
    svg = base64.b64encode(adapter.build_totp_svg(url).encode()).decode()
    return {"url": url, "picture": f"data:image/svg+xml;base64,{svg}"}


def _grouped(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _codes_of(user: User) -> list[str]:
    """Return the codes. Raises Http404 where no second factor is on, Unreadable."""
    codes = recovery_codes_of(user)
    if codes is None:
        raise Http404
    return codes
