"""One's own account: what is known of it, its password, its sessions."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from lianfang.accounts import actions, sessions
from lianfang.accounts.devices import known_device
from lianfang.accounts.forms import PasswordForm, SessionForm
from lianfang.accounts.queries import arrivals_of, second_factor_of, sessions_of
from lianfang.accounts.views.acting import both, bound, carried_out
from lianfang.common.http import REFUSED, AppRequest, render_page


@never_cache
@require_GET
def home(request: AppRequest) -> HttpResponse:
    """Show one's own login: password, second factor, sessions, the last sign-ins."""
    context: dict[str, object] = {
        "login": request.user,
        "factor": second_factor_of(request.user),
        "sessions": sessions_of(request.user, request.at, request.session.session_key or ""),
        "arrivals": arrivals_of(request.user),
    }
    return render_page(request, "accounts/home.html", context)


@sensitive_post_parameters()
@never_cache
@both
def change_password(request: AppRequest) -> HttpResponse:
    """Change one's own password, which ends all other sessions."""
    form = PasswordForm(**bound(request))
    user, status = request.user, 200

    def deed() -> None:
        device = known_device(request, user.username)
        actions.prove_password(
            user=user, password=form.cleaned_data["old"], device=device, at=request.at
        )
        changed = actions.change_password(
            user=user,
            password=form.cleaned_data["new"],
            by=user,
            at=request.at,
            session_key=request.session.session_key or "",
        )
        sessions.carry_over(request, changed)

    if request.method == "POST":
        if form.is_valid() and carried_out(form, deed):
            messages.success(request, _("密码已修改。其他设备上的会话已结束。"))
            return HttpResponseRedirect(reverse("accounts:home"))
        status = REFUSED
    return render_page(request, "accounts/password.html", {"form": form}, status=status)


@never_cache
@both
def list_sessions(request: AppRequest) -> HttpResponse:
    """List one's own sessions; end one of them, or all but this."""
    current = request.session.session_key or ""
    if request.method == "POST":
        form = SessionForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data["session"]
            if chosen is None:
                actions.end_sessions(user=request.user, by=request.user, at=request.at, but=current)
            else:
                actions.end_session(
                    user=request.user, session_id=chosen, by=request.user, at=request.at
                )
            messages.success(request, _("会话已结束。"))
        return HttpResponseRedirect(reverse("usersessions_list"))
    shown = sessions_of(request.user, request.at, current)
    return render_page(request, "usersessions/usersession_list.html", {"sessions": shown})
